"""Sections and links of a Markdown document, and which of them move model calls or tell the way back."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct, field

from agentlint.documents import Block, BlockKind, InlineKind, MarkdownDocument, inlines
from agentlint.facts.section import Link, Section
from agentlint.facts.source import Source
from agentlint.facts.suppression import without_suppressions
from agentlint.facts.values.value import Located
from agentlint.facts.wording import migration_words as words
from agentlint.facts.wording.migrations import (
    names_migration,
    names_rollback,
    orders_migration,
    tells_translated_way_back,
    tells_way_back,
)
from agentlint.text import Pattern, Span

_DONE = Pattern(r"\[[xX]\]\s{0,4}[*_`]{0,4}\Z")
_SENTENCE_END = Pattern(r"(?<=[.!?。！？])\s+|\n\s*\n|\n(?=\s{0,8}(?:[-*+]|\d{1,3}[.)])\s)")
_LONGEST_MARK = 12
_LEADING_MARKS = Pattern(r"(?:[\s>*_+`#-]|\d{1,3}[.)]|\[[ xX]\])*")
_FILE_LINK = Pattern(
    r"\[[^\[\]]{0,200}\]\((?![a-z][a-z0-9+.-]{1,20}:|//|#)[^()\s]{1,400}\)", re.IGNORECASE
)
_NOT_A_FILE = Pattern(r"[a-z][a-z0-9+.-]{1,20}:|//|#", re.IGNORECASE)


def sections(document: MarkdownDocument, source: Source) -> Iterator[Section]:
    """The sections of a document in order; the one before the first heading comes first."""
    drafts = [_Draft(0, "", Span(0, 0), -1)]
    around: list[int] = []  # the sections that are open, each within the one before
    ends = {}
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            place = block.region.span()
            while around and drafts[around[-1]].level >= block.level:
                ends[around.pop()] = place.start
            ends.setdefault(0, place.start)
            parent = around[-1] if around else -1
            around.append(len(drafts))
            drafts.append(_Draft(block.level, block.region.text.strip(), place, parent))
        drafts[-1].read(block, document.region.text)
    end = len(document.region.text)
    for index, draft in enumerate(drafts):
        yield draft.section(source.path, index, ends.get(index, end))


def links(document: MarkdownDocument, source: Source) -> Iterator[Link]:
    """Links to other files of the repository, relative to the root."""
    folder = posixpath.dirname(source.path)
    for block in document.blocks:
        if block.kind in (BlockKind.FENCE, BlockKind.INDENTED_CODE, BlockKind.HTML):
            continue
        for region in block.cells or (block.region,):
            if "](" not in region.text and "@" not in region.text and "]:" not in region.text:
                continue
            around = names_rollback(region.text)
            for inline in inlines(region):
                if inline.kind is InlineKind.LINK_TARGET:
                    target = _target(folder, inline.region.text)
                    if target:
                        says = around or names_rollback(inline.region.text)
                        yield Link(source.path, target, inline.region.span(), says)


class _Draft(Struct):
    level: int
    title: str
    place: Span
    parent: int
    migration: Located[str] | None = None
    way_back: bool = False
    _plain: list[str] = field(default_factory=list)

    def read(self, block: Block, around: str) -> None:
        match block.kind:
            case BlockKind.HEADING:
                self._read_heading(block, around)
            case BlockKind.FENCE | BlockKind.INDENTED_CODE:
                self.way_back = self.way_back or names_rollback(block.region.text)
            case BlockKind.PARAGRAPH | BlockKind.TABLE_ROW:
                self._read_text(block, around)
            case BlockKind.HTML:
                pass

    def _read_heading(self, block: Block, around: str) -> None:
        if names_rollback(self.title) or tells_way_back(self.title):
            self.way_back = True
        elif names_migration(self.title, around):
            self.migration = Located(self.title, block.region.span())

    def _read_text(self, block: Block, around: str) -> None:
        text = without_suppressions(block.region.text)
        folded = text.casefold()
        if not any(hint in folded for hint in words.HINTS) and not tells_translated_way_back(
            folded
        ):
            return
        for start, end in _sentences(text):
            sentence = text[start:end]
            self.way_back = self.way_back or tells_way_back(_without_links(sentence))
            is_done = _DONE.search(text, max(0, start - _LONGEST_MARK), start) is not None
            if self.migration is None and not is_done and orders_migration(sentence, around):
                self.migration = Located(sentence, block.region.span(start, end))

    def section(self, path: str, index: int, end: int) -> Section:
        return Section(
            path=path,
            index=index,
            parent=self.parent,
            level=self.level,
            title=self.title,
            span=Span(self.place.start, max(end, self.place.end)),
            migration=self.migration,
            way_back=self.way_back,
        )


def _without_links(sentence: str) -> str:
    """A sentence without its links to other files, of which only the files can tell what they say."""
    return _FILE_LINK.sub(" ", sentence) if "](" in sentence else sentence


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for boundary in [*(_SENTENCE_END.finditer(text)), None]:
        end = boundary.start() if boundary else len(text)
        marks = _LEADING_MARKS.match(text, at, end)
        start = marks.end() if marks else at
        if start < end:
            yield start, end
        at = boundary.end() if boundary else end


def _target(folder: str, written: str) -> str | None:
    written = unquote(written.strip().strip("<>")).partition("#")[0].partition("?")[0]
    if not written or _NOT_A_FILE.match(written):
        return None
    joined = written.lstrip("/") if written.startswith("/") else posixpath.join(folder, written)
    target = posixpath.normpath(joined)
    return None if target.startswith("..") else target
