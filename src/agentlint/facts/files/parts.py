"""The parts of a file that have a beginning and an end, for comments above one that mean all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from agentlint.documents import Block, BlockKind, Entry, Mapping, Node, Scalar, Sequence, walk
from agentlint.documents.code import CodeDocument
from agentlint.text import Span


class Part(Struct, frozen=True):
    """`is_one` says that a comment above means the whole of it; of another part, which holds further
    ones that comments may stand above, it means no more than the beginning.

    `inside` is where the content begins that a comment behind the first line of it would be above.
    `is_leaf` says that no other part stands in it.
    """

    span: Span
    is_one: bool = True
    inside: int = -1
    is_leaf: bool = False


def data_parts(root: Node) -> Iterator[Part]:
    """The items of each list, and the entries of each table with their values."""
    for _, node in walk(root):
        match node:
            case Sequence(items=items, span=around):
                within = (item for item in items if around.contains(_span(item)))
                yield from (Part(_span(item)) for item in within)
            case Mapping(entries=entries, span=around):
                for entry in entries:
                    key, value = entry.key.outer, _span(entry.value)
                    span = Span(min(key.start, value.start), max(key.end, value.end))
                    # An alias stands for a value elsewhere, and a merged table for entries elsewhere. In
                    # TOML the header of a table, which has its key, is a part of the table.
                    follows = key.end <= value.start or value.contains(key)
                    if follows and around.contains(span):
                        yield Part(span, _is_one(entry.value), _inside(entry))


def _span(node: Node) -> Span:
    return node.outer if isinstance(node, Scalar) else node.span


def _is_one(value: Node) -> bool:
    """Whether a value is a setting and no section: it holds no table of its own, nor lists of lists."""
    match value:
        case Mapping(entries=entries):
            return all(_is_flat(entry.value) for entry in entries)
        case Sequence(items=items):
            return all(map(_is_flat, items))
    return True


def _is_flat(node: Node) -> bool:
    items = node.items if isinstance(node, Sequence) else (node,)
    return all(isinstance(item, Scalar) for item in items)


def _inside(entry: Entry) -> int:
    """Where the first thing stands that the value of an entry holds; -1 where it holds none."""
    match entry.value:
        case Mapping(entries=(first, *_)):
            return first.key.outer.start
        case Sequence(items=(first, *_)):
            return _span(first).start
    return -1


def markdown_parts(blocks: Iterable[Block]) -> Iterator[Part]:
    """The paragraphs, the items with what they hold, and the tables."""
    items: list[tuple[int, Span]] = []
    table: Span | None = None
    last = 0
    for block in blocks:
        is_row = block.kind is BlockKind.TABLE_ROW
        if table and (block.header or not is_row):
            yield Part(table)
            table = None
        # A comment, which is HTML, may stand between the text of an item and the items within it.
        least = 0 if block.kind is BlockKind.HTML else 1
        while items and not (block.in_list and block.depth >= items[-1][0] + least):
            yield Part(Span(items.pop()[1].start, last), is_one=False)
        if is_row:
            table = Span(table.start if table else block.span.start, block.span.end)
        elif block.kind is BlockKind.PARAGRAPH:
            yield Part(block.span, is_leaf=True)
            if block.in_list:
                items.append((block.depth, block.span))
        last = max(last, block.span.end)
    yield from (Part(Span(span.start, last), is_one=False) for _, span in items)
    if table:
        yield Part(table)


def program_parts(document: CodeDocument) -> Iterator[Part]:
    """The statements; one with a block is a part, and its head another, which a comment above means."""
    from agentlint.documents.python_statements import statements

    for statement in statements(document.region):
        yield Part(statement.head, is_leaf=True)
        if statement.head != statement.span:
            yield Part(statement.span, is_one=False)
