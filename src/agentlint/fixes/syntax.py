"""A file as whoever edits it needs it: its text, its language, and which node stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    Document,
    Entry,
    Mapping,
    MarkdownDocument,
    Scalar,
    data_language,
    parse,
    walk,
)
from agentlint.facts.files.data_facts import MAX_EMBEDDING, embedded
from agentlint.text import Region, SourceFile, Span

PYTHON = "python"


class Holder(Struct, frozen=True):
    """An entry of a mapping, and the language that it is written in."""

    entry: Entry
    mapping: Mapping
    language: str


class FileSyntax(Struct, frozen=True, dict=True):
    """`language` is one of `data_language`'s answers, or "python"."""

    source: SourceFile
    language: str

    @property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def document(self) -> Document:
        """The file's own document; raises ValueError for a program."""
        return parse(self.language, Region.whole(self.text))

    @cached_property
    def trees(self) -> tuple[DataDocument, ...]:
        """The data documents of the file: itself, or the front matter and fences of Markdown, and the
        configs that stand in their values."""
        if self.language == PYTHON:
            return ()
        document = self.document
        outer = (document,) if isinstance(document, DataDocument) else tuple(_shown(document))
        return (*outer, *(inner for tree in outer for inner in _inner(tree)))

    def value(self, span: Span) -> tuple[Scalar, str] | None:
        """The scalar at `span` with its language; None where there is none, or where an alias makes
        it stand for several values."""
        found = self._scalars.get(span, ())
        return found[0] if len(found) == 1 else None

    def holder(self, mapping: Span, beside: Span) -> Holder | None:
        """The one entry of the mapping at `mapping` whose value stands at `beside`."""
        found = self._holders.get((mapping, beside), ())
        return found[0] if len(found) == 1 else None

    def holder_of(self, value: Span) -> Holder | None:
        """The one entry whose value stands at `value`."""
        found = self._holders_of.get(value, ())
        return found[0] if len(found) == 1 else None

    def block(self, span: Span) -> Block | None:
        """The block of a Markdown text that holds `span`."""
        at = bisect_right(self._blocks, span.start, key=_start) - 1
        found = self._blocks[at] if at >= 0 else None
        return found if found and found.span.contains(span) else None

    @cached_property
    def _blocks(self) -> Sequence[Block]:
        document = self.document
        return document.blocks if isinstance(document, MarkdownDocument) else ()

    @cached_property
    def _scalars(self) -> dict[Span, list[tuple[Scalar, str]]]:
        places: defaultdict[Span, list[tuple[Scalar, str]]] = defaultdict(list)
        for tree in self.trees:
            for root in tree.roots:
                for _, node in walk(root):
                    if isinstance(node, Scalar):
                        places[node.span].append((node, tree.language))
        return places

    @cached_property
    def _holders(self) -> dict[tuple[Span, Span], list[Holder]]:
        places: defaultdict[tuple[Span, Span], list[Holder]] = defaultdict(list)
        for tree in self.trees:
            for root in tree.roots:
                for _, node in walk(root):
                    if isinstance(node, Mapping):
                        for entry in node.entries:
                            key = (node.span, entry.value.span)
                            places[key].append(Holder(entry, node, tree.language))
        return places

    @cached_property
    def _holders_of(self) -> dict[Span, list[Holder]]:
        places: defaultdict[Span, list[Holder]] = defaultdict(list)
        for (_, beside), holders in self._holders.items():
            places[beside] += holders
        return places


def _start(block: Block) -> int:
    return block.span.start


def _inner(tree: DataDocument, depth: int = 0) -> Iterator[DataDocument]:
    for root in tree.roots if depth < MAX_EMBEDDING else ():
        for inner in embedded(root):
            yield inner
            yield from _inner(inner, depth + 1)


def _shown(document: MarkdownDocument) -> Iterator[DataDocument]:
    if document.front_matter:
        yield document.front_matter
    for block in document.blocks:
        language = data_language(block.language) if block.kind is BlockKind.FENCE else None
        if language and block.region.exact:
            tree = parse(language, block.region)
            if isinstance(tree, DataDocument):
                yield tree
