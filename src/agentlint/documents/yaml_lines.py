"""YAML in the plain block style of nearly all configs, read a line at a time, without ruamel.

A key and its value on one line, items after a dash, comments, block scalars and short lists in
brackets: each of these lines means the same wherever it stands. The first line that says more, or
that stands where it may not, ends the attempt, and ruamel reads the text from its start; so nothing
is ever refused here. That both read the same is a property in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.documents.limits import MAX_DEPTH, LimitReachedError
from agentlint.documents.nodes import ScalarKind
from agentlint.documents.pieces import gather
from agentlint.documents.yaml_blocks import ANY, SOME, block_indent, block_text
from agentlint.documents.yaml_tree import TreeBuilder
from agentlint.text import Pattern

if TYPE_CHECKING:
    import re

    from agentlint.documents.nodes import DataDocument
    from agentlint.text import Region

_QUOTED = rf""" "[^"\\\n]{ANY}" | '[^'\n]{ANY}' """
_KEY = r"[\w./$][\w./$@-]{0,60}+ (?:[ ][\w./$@-]{1,60}+){0,9}+"
_WORD = rf"(?:[^ :\n]{SOME}+ | :(?![ \n]|\Z)){SOME}+"
_FIRST = r"""(?:[^ \n?:,\[\]{}\#&*!|>'"%@`-] | -(?![ \n]|\Z))"""
_PLAIN = rf"{_FIRST} (?:{_WORD})?+ (?:[ ]{SOME}+(?!\#){_WORD}){ANY}+"
_MEMBER = rf"(?: {_QUOTED} | [\w./][\w./*@-]{{0,99}}+ )"
_LIST = rf"\[ [ ]{{0,9}} (?:{_MEMBER} (?:[ ]{{0,9}} , [ ]{{0,9}} {_MEMBER}){{0,99}} [ ]{{0,9}})? \]"
_VALUE = rf"{_QUOTED} | [|>][+-]? | \{{\}} | {_LIST} | {_PLAIN}"
_LINE = Pattern(
    rf"""(?x) (?P<indent>[ ]{ANY}+)
    (?: (?P<mark>---)(?=[ \n]|\Z)
      | (?:(?P<dash>-)[ ]{SOME}+)?
        (?: (?P<key>{_KEY} | {_QUOTED}):(?=[ \n]|\Z) (?:[ ]{SOME}+(?P<value>{_VALUE}))?
          | (?(dash)(?P<item>{_VALUE})|(?!)) )
        (?=[ \n]|\Z)
      | )
    [ ]{ANY}+ (?P<comment>(?<![^ \n])\#[^\n]{ANY}+)? (?:\n|\Z)"""
)
_MEMBERS = Pattern(rf"(?x) {_MEMBER}")
_CHOMPING = {"-": False, "+": True}


def read(region: Region) -> DataDocument | None:
    """The documents of a stream, or None where ruamel has to read it."""
    reader = _LineReader(region)
    try:
        reader.read()
    except (_OtherStyleError, LimitReachedError):  # ruamel comes to the same limit, and says where
        return None
    return reader.tree.document(reader.comments)


class _OtherStyleError(Exception):
    """Raised where a line says what only a whole parser knows, or stands where it may not."""


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
        self._has_root = False
        self._needs_root = False  # a mark has begun a document that has nothing in it so far

    def read(self) -> None:
        if not self._text.replace("\n", "").isprintable():  # tabs, other breaks, what YAML forbids
            raise _OtherStyleError
        at, end, match = 0, len(self._text), _LINE.compiled.match
        while at < end:
            line = match(self._text, at)
            if line is None:
                raise _OtherStyleError
            at = self._take(line)
        self._end_document()

    def _take(self, line: re.Match[str]) -> int:
        """Read a line, with the block scalar that it opens; the offset after it."""
        after = line.end()
        if line["key"] is not None or line["item"] is not None:
            after = self._take_content(line)
        elif line["mark"] is not None:
            self._begin_document(line)
        if line["comment"] is not None:
            self.comments.append(line.span("comment"))
        return after

    def _begin_document(self, line: re.Match[str]) -> None:
        if line["indent"]:
            raise _OtherStyleError
        self._end_document()
        self._needs_root = True

    def _end_document(self) -> None:
        if self._needs_root:
            raise _OtherStyleError
        self._end_wait()
        while self._levels:
            self._close()
        self._has_root = False

    def _take_content(self, line: re.Match[str]) -> int:
        is_item = line["dash"] is not None
        start = line.end("indent")
        self._go_to(start - line.start(), start, is_item=is_item)
        if line["key"] is None:
            return self._take_value(line, "item")
        start, end = line.span("key")
        if is_item:
            self._open(start - line.start(), start, is_mapping=True)
        self._take_scalar(start, end)
        if line["value"] is None:
            self._awaited = end + 1
            return line.end()
        return self._take_value(line, "value")

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
            raise _OtherStyleError
        while self._levels and self._levels[-1].column > column:
            self._close()
        if self._levels and self._levels[-1] == _Level(column, is_mapping=False) != wanted:
            self._close()  # items may stand as far left as the key that they belong to
        if not self._levels and not self._has_root:
            self._open(column, at, is_mapping=not is_item)
        elif not self._levels or self._levels[-1] != wanted:
            raise _OtherStyleError

    def _take_value(self, line: re.Match[str], name: str) -> int:
        start, end = line.span(name)
        match self._text[start]:
            case "|" | ">":
                return self._take_block(line, name)
            case "[":
                self.tree.open(start, is_mapping=False)
                for member in _MEMBERS.finditer(self._text, start + 1, end - 1):
                    self._take_scalar(*member.span())
                self.tree.close(end)
            case "{":
                self.tree.open(start, is_mapping=True)
                self.tree.close(end)
            case _:
                self._take_scalar(start, end)
        return line.end()

    def _take_scalar(self, start: int, end: int) -> None:
        """A plain scalar, or one whose quotes hold nothing but its text."""
        quoted = self._text[start] in "\"'"
        inside = (start + 1, end - 1) if quoted else (start, end)
        text = self._text[slice(*inside)]
        value = gather(self.tree.region, [(text, *inside)] if text else [], start)
        self.tree.scalar(ScalarKind.STRING if quoted else None, value, start, end)

    def _take_block(self, line: re.Match[str], name: str) -> int:
        start, end = line.span(name)
        style, chomping = line[name][0], _CHOMPING.get(line[name][1:])
        indent = block_indent(self._text, line.end(), self._levels[-1].column + 1)
        pieces, after = block_text(self._text, line.end(), indent, style, chomping)
        value = gather(self.tree.region, pieces, start)
        self.tree.scalar(ScalarKind.STRING, value, start, pieces[-1][2] if pieces else end)
        return after

    def _open(self, column: int, at: int, *, is_mapping: bool) -> None:
        if len(self._levels) >= MAX_DEPTH:
            raise _OtherStyleError
        self._levels.append(_Level(column, is_mapping))
        self._has_root, self._needs_root = True, False
        self.tree.open(at, is_mapping=is_mapping)

    def _close(self) -> None:
        self._levels.pop()
        self.tree.close()

    def _end_wait(self) -> None:
        if self._awaited is not None:
            self.tree.absent(self._awaited, self._awaited)
            self._awaited = None
