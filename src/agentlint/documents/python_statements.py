"""Where the statements of a Python module begin and end, for what a comment says of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from agentlint.documents.python_parser import AstPlaces, module_of
from agentlint.text import Span

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from agentlint.text import Region

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


class Statement(Struct, frozen=True):
    """`head` is what stands before the block of a `def`, `with` or the like, decorators included; of a
    statement without a block it is all of it."""

    span: Span
    head: Span


def statements(region: Region) -> Iterator[Statement]:
    """Those that take several lines, handlers and cases among them; none of a text that is not read."""
    module = module_of(region)
    places = AstPlaces(region.text)
    stack: list[ast.AST] = [*module.body] if module else []
    while stack:
        node: Any = stack.pop()
        within = [*_within(node)]
        stack += within
        first = _first(node)
        if first.lineno == _last(node).end_lineno:
            continue
        start, end = places.offsets(first)[0], places.offsets(_last(node))[1]
        blocks = (places.offsets(_first(one))[0] for one in within)
        yield Statement(region.span(start, end), region.span(start, min(blocks, default=end)))


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """The statements in the blocks of another."""
    for name in _BLOCKS:
        block = getattr(node, name, None)
        yield from block if isinstance(block, list) else ()


def _first(node: Any) -> Any:
    """What of a node comes first; a `case` has no place of its own."""
    parts = (getattr(node, "pattern", node), *getattr(node, "decorator_list", ()))
    return min(parts, key=lambda part: (part.lineno, part.col_offset))


def _last(node: Any) -> Any:
    """What of a node comes last."""
    return node.body[-1] if hasattr(node, "pattern") else node
