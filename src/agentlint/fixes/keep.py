"""The proof of an edit: the new text is read again, and is the old tree but for what was meant.

Every value that no edit touches must be there again, of the same kind, under the same keys, and
exactly where the edits moved it to. A value that is edited keeps its keys and its kind, and what stood
under a key that is edited stands under the key that was written in its place. What is new must stand in
text that the edits wrote, and what is gone in text that an edit took out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TypeAlias

from msgspec import Struct

from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    Document,
    Mapping,
    MarkdownDocument,
    Node,
    Scalar,
)
from agentlint.fixes.apply import Applied
from agentlint.fixes.syntax import PYTHON, FileSyntax
from agentlint.text import SourceFile, Span

# What one thing of a document is (keys, kind, text), apart from where it stands.
_What: TypeAlias = tuple[object, ...]
_COMMENT: _What = ("comment",)
# No key of a file holds this character.
_WRITTEN = "\0"
_BYTE_ORDER_MARK = "\ufeff"


class _Part(Struct, frozen=True):
    """A value or block; `name` stays the same when its text is edited, `content` does not."""

    name: _What
    content: str
    span: Span


def keeps_the_rest(syntax: FileSyntax, applied: Applied) -> bool:
    """Whether the edited text says what the old one said, but for the edits themselves."""
    if applied.text.startswith(_BYTE_ORDER_MARK):  # in a file, it would be no part of the text
        return False
    after = FileSyntax(SourceFile(syntax.source.path, applied.text), syntax.language)
    if syntax.language == PYTHON:
        from agentlint.fixes.programs import keeps_the_program

        return keeps_the_program(applied)
    if _problems(syntax.document) != _problems(after.document):
        return False
    edited = _Edited.of(applied)
    old, new = list(_parts(syntax, edited.old)), list(_parts(after, edited.new))
    return _are_alike(old, new, edited)


def _problems(document: Document) -> list[str]:
    return [f"{problem.kind}: {problem.message}" for problem in document.problems]


class _Edited(Struct, frozen=True):
    """What the edits did to offsets: `old` and `new` are the spans before and after, in order, and
    `gone` those of `old` in whose place nothing was written."""

    old: Sequence[Span]
    new: Sequence[Span]
    gone: Sequence[Span]
    shifts: Sequence[int]

    @classmethod
    def of(cls, applied: Applied) -> _Edited:
        gains = (len(edit.text) - len(edit.span) for edit in applied.edits)
        return cls(
            old=[edit.span for edit in applied.edits],
            new=applied.written(),
            gone=[edit.span for edit in applied.edits if not edit.text],
            shifts=(0, *accumulate(gains)),
        )

    def moved(self, span: Span) -> Span:
        """Where a span that no edit reaches into stands afterwards."""
        shift = self.shifts[bisect_right(self.old, span.start, key=_end)]
        return Span(span.start + shift, span.end + shift)


def _end(span: Span) -> int:
    return span.end


def _are_alike(old: list[_Part], new: list[_Part], edited: _Edited) -> bool:
    """Whether what no edit reaches into is all there, what was edited still has its name, and whatever
    else there is stands where an edit wrote."""
    kept = Counter(
        _Part(part.name, part.content, edited.moved(part.span))
        for part in old
        if not _reaches_into(edited.old, part.span)
    )
    changed = Counter(
        part.name
        for part in old
        if _reaches_into(edited.old, part.span) and not _may_be_gone(part, edited)
    )
    found = Counter(new)
    written = found - kept
    if kept - found or not all(_reaches(edited.new, part.span) for part in written):
        return False
    return not changed - Counter(part.name for part in written.elements())


def _may_be_gone(part: _Part, edited: _Edited) -> bool:
    """A comment may be taken out, one of a config or a block of Markdown that is nothing else, and
    whatever lies whole in a line that was."""
    is_comment = part.name == _COMMENT or BlockKind.HTML in part.name
    return is_comment or _holds(edited.gone, part.span)


def _holds(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of `spans`, which are in order, holds the whole of `span` and more."""
    index = bisect_left(spans, span.end, key=_end)
    return any(other.contains(span) and other != span for other in spans[index : index + 1])


def _reaches_into(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of `spans`, which are in order, has a part of `span`, or stands within it."""
    index = bisect_left(spans, span.start, key=_end)
    return any(other.overlaps(span) for other in spans[index : index + 2])


def _reaches(spans: Sequence[Span], span: Span) -> bool:
    """As `_reaches_into`, or stands at an edge of it: of a text that was taken out no more is left."""
    index = bisect_left(spans, span.start, key=_end)
    return any(other.start <= span.end for other in spans[index : index + 1])


def _parts(syntax: FileSyntax, edited: Sequence[Span]) -> Iterator[_Part]:
    """Every leaf of the file: scalars, empty collections, comments, and the blocks of Markdown."""
    document = syntax.document
    if isinstance(document, MarkdownDocument):
        yield from (_block(block) for block in document.blocks)
    for tree in syntax.trees:
        yield from _leaves(tree, edited)


def _block(block: Block) -> _Part:
    name = ("block", block.kind, block.level, block.depth, block.in_list, block.info)
    return _Part(name, block.region.text, block.span)


def _leaves(tree: DataDocument, edited: Sequence[Span]) -> Iterator[_Part]:
    for comment in tree.comments:
        yield _Part(_COMMENT, comment.text, comment.span())
    for root in tree.roots:
        for pointer, node in _walk(root, frozenset(edited)):
            yield from _leaf(pointer, node)


def _walk(root: Node, edited: frozenset[Span]) -> Iterator[tuple[tuple[str, ...], Node]]:
    """As `walk`, but a key that an edit wrote or writes anew has one name before and after."""
    stack: list[tuple[tuple[str, ...], Node]] = [((), root)]
    while stack:
        where, here = stack.pop()
        yield where, here
        if isinstance(here, Scalar):
            continue
        if isinstance(here, Mapping):
            keys = [_WRITTEN if e.key.outer in edited else e.key.text for e in here.entries]
            values: Iterable[Node] = [entry.value for entry in here.entries]
        else:
            keys, values = [str(index) for index in range(len(here.items))], here.items
        stack.extend(((*where, key), value) for key, value in zip(keys, values, strict=True))


def _leaf(pointer: tuple[str, ...], node: Node) -> Iterable[_Part]:
    match node:
        case Scalar():
            yield _Part((*pointer, node.kind), node.text, node.outer)
        case Mapping(entries=entries):
            yield from (_Part((*pointer, "key"), e.key.text, e.key.outer) for e in entries)
            if not entries:
                yield _Part((*pointer, "mapping"), "", node.span)
        case _ if not node.items:
            yield _Part((*pointer, "sequence"), "", node.span)
