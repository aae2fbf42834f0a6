"""The scopes of a module and the names that its statements bind in them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agentlint.documents.code import Binding, Call, Dictionary, Path, Scope, ScopeKind
from agentlint.documents.python_failures import LOOPS
from agentlint.text import Region, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentlint.documents.code import Expression
    from agentlint.documents.python_expressions import Expressions

_ENVIRONMENT = "environ"
_BLOCKS = frozenset({"body", "orelse", "finalbody"})


class Bindings:
    """What the nodes of a tree bind, told in the order of the text.

    `scopes` and `found` are as a `CodeDocument` has them; `loops` is what runs again and again, and
    `dictionaries` are the last names of what is bound to one.
    """

    def __init__(self, region: Region, expressions: Expressions) -> None:
        self.scopes = [Scope(ScopeKind.MODULE, None)]
        self.found: list[Binding] = []
        self.loops: list[Span] = []
        self.dictionaries: set[str] = set()
        self._region = region
        self._expressions = expressions
        self._globals: set[tuple[int, str]] = set()
        self._block_ends: dict[ast.AST, int] = {}
        self._block_end = 0

    def come_to(self, node: ast.AST) -> None:
        """Every node is come to before what it binds is told, and after what it stands in."""
        self._block_end = self._block_ends.pop(node, self._block_end)

    def mark_blocks(self, node: ast.AST) -> None:
        """Remember where the blocks of `node` end, and those that it runs again and again."""
        for name in node._fields:
            block = getattr(node, name, None)
            if name in _BLOCKS and isinstance(block, list) and block:
                _, end = self._expressions.offsets(block[-1])
                self._block_ends.update(dict.fromkeys(block, end))
                if name == "body" and isinstance(node, LOOPS):
                    start, _ = self._expressions.offsets(node)
                    self.loops.append(self._region.span(start, end))

    def open(self, scope: Scope) -> int:
        """The index of a scope that begins."""
        self.scopes.append(scope)
        return len(self.scopes) - 1

    def declare_global(self, scope: int, names: Iterable[str]) -> None:
        self._globals.update((scope, name) for name in names)

    def declare_nonlocal(self, scope: int, names: Iterable[str]) -> None:
        """Any function around may be the one whose names are meant."""
        above = self.scopes[scope].parent
        while above:
            for name in names:
                self.add(Binding((name,), None, above))
            above = self.scopes[above].parent

    def bind_target(
        self, target: ast.expr, value: Expression | None, scope: int, by: ast.AST
    ) -> None:
        """What stands left of the `=` of `by`: a name, an attribute, an item, or several of them."""
        for names, given in self._bound(target, value):
            holds = self.holding(by)
            field = isinstance(by, ast.AnnAssign) and self.scopes[scope].derived
            self.add(Binding(names, given, scope, holds=holds, field=field))

    def _bound(
        self, target: ast.expr, value: Expression | None
    ) -> Iterator[tuple[tuple[str, ...], Expression | None]]:
        """The names that are bound, each with the value if that is known to be its own."""
        if isinstance(target, ast.Name | ast.Attribute):
            path = self._expressions.path(target)
            if path.base is None:
                yield path.names, value
                if _is_dictionary(value):
                    self.dictionaries.add(path.names[-1])
            return
        if isinstance(target, ast.Subscript):
            variable = self._variable(target)
            if variable:
                yield variable, value
        for inner in ast.walk(target):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield (inner.id,), None

    def _variable(self, target: ast.Subscript) -> tuple[str, ...]:
        """A variable of the environment, as an attribute of that: `os.environ["NAME"] = ...`."""
        if isinstance(target.value, ast.Name | ast.Attribute) and isinstance(
            target.slice, ast.Constant
        ):
            path, name = self._expressions.path(target.value), target.slice.value
            if path.base is None and path.names[-1] == _ENVIRONMENT and isinstance(name, str):
                return (*path.names, name)
        return ()

    def add(self, binding: Binding) -> None:
        if self._globals and (binding.scope, binding.target[0]) in self._globals:
            binding = replace(binding, scope=0, holds=None, field=False)
        self.found.append(binding)

    def holding(self, node: ast.AST) -> Span:
        """From behind what binds a name to the end of the block."""
        _, start = self._expressions.offsets(node)
        return self._region.span(start, max(start, self._block_end))


def _is_dictionary(value: Expression | None) -> bool:
    match value:
        case Dictionary() | Call(function=Path(names=("dict",), base=None)):
            return True
    return False
