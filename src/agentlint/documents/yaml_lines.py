"""YAML in the plain block style of nearly all configs, read a line at a time, without ruamel.

A key and its value on one line, items after a dash, comments, block scalars, collections in brackets,
text that goes on over several lines, anchors and their aliases: each means the same wherever it stands.
The first line that says more, or that stands where it may not, ends the attempt, and ruamel reads the
text from its start; so nothing is ever refused here. That both read the same is a property in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.documents.limits import MAX_DEPTH, LimitReachedError
from agentlint.documents.nodes import ScalarKind
from agentlint.documents.pieces import gather
from agentlint.documents.yaml_blocks import ANY, SOME, block_indent, block_text, fold
from agentlint.documents.yaml_flow import (
    NAME,
    QUOTED,
    QUOTED_LINES,
    OtherStyleError,
    plain,
    take_brackets,
    take_key,
    take_plain,
    take_scalar,
    words,
)
from agentlint.documents.yaml_tree import TreeBuilder
from agentlint.text import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from agentlint.documents.nodes import DataDocument
    from agentlint.documents.pieces import Piece
    from agentlint.text import Region

_KEY = r"[\w./$][\w./$@-]{0,60}+ (?:[ ][\w./$@-]{1,60}+){0,9}+"
_VALUE = rf"{QUOTED_LINES} | \*{NAME} | [|>][+-]? | {plain()}"
_BLANKS = rf"(?:[ ]{SOME}+ (?=[^\#\r\n]))?+"  # before a value
_END = rf"[ ]{ANY}+ (?P<comment>(?<![^ \n])\#[^\r\n]{ANY}+)? (?:\r?\n|\Z)"
_LINE = Pattern(
    rf"""(?x) (?P<indent>[ ]{ANY}+)
    (?: (?P<mark>---)(?=[ \r\n]|\Z)
      | (?:(?P<dash>-)[ ]{SOME}+)?
        (?: (?P<key>{_KEY} | << | {QUOTED}):(?=[ \r\n]|\Z) {_BLANKS} )?
        (?: &(?P<anchor>{NAME})(?=[ \r\n]|\Z) {_BLANKS} )? )
    (?: (?P<bracket>[\[{{]) | (?: (?P<value>{_VALUE})(?=[ \r\n]|\Z) )? {_END} )"""
)
_END_OF_LINE = Pattern(rf"(?x) {_END}")
_BREAKS_BETWEEN = Pattern(rf"[ ]{ANY}+(?:\r?\n[ ]{ANY}+){SOME}+")
_NEXT_WORDS = Pattern(rf"(?x) (?!\#){words()}")
_CHOMPING = {"-": False, "+": True}


def read(region: Region) -> DataDocument | None:
    """The documents of a stream, or None where ruamel has to read it."""
    reader = _LineReader(region)
    try:
        reader.read()
    except (OtherStyleError, LimitReachedError):  # ruamel comes to the same limit, and says where
        return None
    return reader.tree.document(reader.comments)


class _Level(Struct, frozen=True):
    """An open collection: the column of its keys or dashes."""

    column: int
    is_mapping: bool


class _LineReader:
    def __init__(self, region: Region) -> None:
        self.tree = TreeBuilder(region)
        self.comments: list[tuple[int, int]] = []
        self._text = region.text
        self._levels: list[_Level] = []
        self._awaited: int | None = None  # offset after the colon of a key without a value so far
        self._anchor: tuple[str, int] | None = None  # of the awaited value: its name and place
        self._has_root = False
        self._needs_root = False  # a mark has begun a document that has nothing in it so far

    def read(self) -> None:
        lines = self._text.replace("\r\n", "\n").replace("\n", "")
        if not lines.isprintable():  # tabs, other breaks, what YAML forbids
            raise OtherStyleError
        at, end, match = 0, len(self._text), _LINE.compiled.match
        while at < end:
            line = match(self._text, at)
            if line is None:
                raise OtherStyleError
            at = self._take(line)
        self._end_document(end)

    def _take(self, line: re.Match[str]) -> int:
        """Read a line, with all that its value takes below it; the offset after it."""
        has_value = line["value"] is not None or line["bracket"] is not None
        if line["mark"] is not None:
            if line["indent"] or has_value:
                raise OtherStyleError
            self._begin_document(line.start())
        elif line["key"] is not None or line["dash"] is not None:
            self._take_entry(line, has_value=has_value)
        elif has_value:
            self._go_below(line)
        elif line["anchor"] is not None:
            raise OtherStyleError
        after = self._take_value(line) if has_value else line.end()
        if line["comment"] is not None:
            self.comments.append(line.span("comment"))
        return after

    def _begin_document(self, at: int) -> None:
        self._end_document(at)
        self.tree.forget_anchors()
        self._needs_root = True

    def _end_document(self, at: int) -> None:
        """End the document before `at`; one that has nothing but its mark is null."""
        if self._needs_root:
            is_blank_before = self._text[at - 1] in " \r\n"
            place = self.tree.end if is_blank_before else at
            self.tree.absent(place, place)
            self._needs_root = False
        self._end_wait()
        while self._levels:
            self._close()
        self._has_root = False

    def _take_entry(self, line: re.Match[str], *, has_value: bool) -> None:
        """Come to an item, or a key, or both: all that stands before the value."""
        start = line.end("indent")
        is_item = line["dash"] is not None
        self._go_to(start - line.start(), start, is_item=is_item)
        if line["key"] is not None:
            start, end = line.span("key")
            if is_item:
                self._open(start - line.start(), start, is_mapping=True)
            take_key(self.tree, start, end)
            self._awaited = end + 1
        elif not has_value:
            raise OtherStyleError
        self._anchor = (line["anchor"], line.start("anchor") - 1) if line["anchor"] else None
        if has_value:
            self._awaited = None

    def _go_below(self, line: re.Match[str]) -> None:
        """Come to a value that stands on a line of its own, below its key."""
        column = line.end("indent") - line.start()
        is_below = self._awaited is not None and column > self._levels[-1].column
        if not is_below or line["anchor"] is not None:
            raise OtherStyleError
        self._awaited = None

    def _go_to(self, column: int, at: int, *, is_item: bool) -> None:
        """End and begin collections so that a key, or the dash of an item, may follow here."""
        wanted = _Level(column, not is_item)
        if self._awaited is not None:
            if column > self._levels[-1].column or (is_item and column == self._levels[-1].column):
                self._awaited = None
                self._open(column, at, is_mapping=not is_item)
                return
            self._end_wait()
        elif self._levels and column > self._levels[-1].column:
            raise OtherStyleError
        while self._levels and self._levels[-1].column > column:
            self._close()
        if self._levels and self._levels[-1] == _Level(column, is_mapping=False) != wanted:
            self._close()  # items may stand as far left as the key that they belong to
        if not self._levels and not self._has_root:
            self._open(column, at, is_mapping=not is_item)
        elif not self._levels or self._levels[-1] != wanted:
            raise OtherStyleError

    def _take_value(self, line: re.Match[str]) -> int:
        """Read what begins on a line as a value; the offset after the line that it ends on."""
        if line["bracket"] is not None:
            return self._take_brackets(line.start("bracket"))
        match line["value"][0]:
            case "|" | ">":
                return self._take_block(line)
            case '"' | "'" | "*":
                take_scalar(self.tree, *line.span("value"), self._anchor_name())
                return line.end()
            case _:
                return self._take_plain(line)

    def _take_brackets(self, at: int) -> int:
        anchor, self._anchor = self._anchor, None
        after = take_brackets(self.tree, at, len(self._levels), self.comments, anchor)
        return self._end_line(after)

    def _take_block(self, line: re.Match[str]) -> int:
        start, end = line.span("value")
        if line["key"] is None and line["dash"] is None:
            raise OtherStyleError
        style, chomping = line["value"][0], _CHOMPING.get(line["value"][1:])
        indent = block_indent(self._text, line.end(), self._levels[-1].column + 1)
        pieces, after = block_text(self._text, line.end(), indent, style, chomping)
        value = gather(self.tree.region, pieces, start)
        end = pieces[-1][2] if pieces else end
        self.tree.scalar(ScalarKind.STRING, value, start, end, self._anchor_name())
        return after

    def _take_plain(self, line: re.Match[str]) -> int:
        start, end = line.span("value")
        below = list(self._below(end, line.end())) if line["comment"] is None else []
        if not below:
            take_scalar(self.tree, start, end, self._anchor_name())
            return line.end()
        take_plain(self.tree, [(line["value"], start, end), *below], self._anchor_name())
        return self._end_line(below[-1][2])

    def _below(self, at: int, next_line: int) -> Iterator[Piece]:
        """The text on further lines of a plain scalar of which one line ends at `at`."""
        column = self._levels[-1].column
        if not self._text.startswith((" " * (column + 1), "\n", "\r"), next_line):
            return
        while between := _BREAKS_BETWEEN.match(self._text, at):
            here = between.end()
            is_deeper = here - self._text.rfind("\n", at, here) > column + 1
            words = _NEXT_WORDS.match(self._text, here) if is_deeper else None
            if words is None:
                return
            yield from fold(self._text, at, here)
            yield words[0], here, words.end()
            at = words.end()

    def _end_line(self, at: int) -> int:
        """The offset after a line of which nothing but a comment may be left at `at`."""
        end = _END_OF_LINE.match(self._text, at)
        if end is None:
            raise OtherStyleError
        if end["comment"] is not None:
            self.comments.append(end.span("comment"))
        return end.end()

    def _anchor_name(self) -> str | None:
        name = self._anchor[0] if self._anchor else None
        self._anchor = None
        return name

    def _open(self, column: int, at: int, *, is_mapping: bool) -> None:
        if len(self._levels) >= MAX_DEPTH:
            raise OtherStyleError
        self._levels.append(_Level(column, is_mapping))
        self._has_root, self._needs_root = True, False
        name, start = self._anchor or (None, at)
        self._anchor = None
        self.tree.open(start, is_mapping=is_mapping, anchor=name)

    def _close(self) -> None:
        self._levels.pop()
        self.tree.close()

    def _end_wait(self) -> None:
        if self._awaited is None:
            return
        if self._anchor:
            raise OtherStyleError
        self.tree.absent(self._awaited, self._awaited)
        self._awaited = None
