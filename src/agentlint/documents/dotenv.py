"""Files of environment variables into one mapping: `KEY=value`, `export KEY=value`.

There is no standard; this follows what shells, docker compose and the dotenv libraries agree on.
`${VAR:-default}` and the like stay as written: what they mean is not known here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentlint.documents.limits import MAX_CHARACTERS, size_problem, syntax_problem
from agentlint.documents.nodes import (
    DataDocument,
    DuplicateKey,
    Entry,
    Mapping,
    Problem,
    Scalar,
    ScalarKind,
)
from agentlint.documents.pieces import Piece, gather
from agentlint.text import Pattern, line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.text import Region, Span

_ANY = f"{{0,{MAX_CHARACTERS}}}"
_KEY = Pattern(
    r"[ \t]{0,999}(?:export[ \t]{1,999})?(?P<key>[A-Za-z_][\w.-]{0,999})"
    r"[ \t]{0,999}(?:=|:(?=[ \t]))[ \t]{0,999}"
)
# Docker and Compose take its value from the environment of whoever runs them.
_NAME_ALONE = Pattern(
    r"[ \t]{0,999}(?:export[ \t]{1,999})?[A-Z_][A-Z0-9_]{0,999}[ \t]{0,999}(?=[\r\n]|\Z)"
)
_COMMENT_LINE = Pattern(rf"[ \t]{{0,999}}(#[^\r\n]{_ANY})?(?=[\r\n]|\Z)")
_QUOTED = Pattern(rf"'[^']{_ANY}'|\"[^\"\\]{_ANY}(?:\\.[^\"\\]{_ANY}){_ANY}\"", re.DOTALL)
_UNQUOTED = Pattern(rf"[^\r\n]{_ANY}")
_INLINE_COMMENT = Pattern(r"(?:^|(?<=[ \t]))#")
_ESCAPE = Pattern(r"\\([nrt\"\\$])")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


def parse(region: Region) -> DataDocument:
    """One root, a mapping of strings; all lines that are no assignments are one problem, at the first."""
    too_large = size_problem(region)
    if too_large:
        return DataDocument("dotenv", region, problems=(too_large,))
    reader = _Reader(region)
    reader.read()
    root = Mapping(tuple(reader.entries), region.span())
    return DataDocument(
        "dotenv",
        region,
        roots=(root,),
        comments=tuple(reader.comments),
        duplicate_keys=tuple(reader.duplicates),
        problems=(_stray_lines(reader.strays),) if reader.strays else (),
    )


def _stray_lines(places: list[Span]) -> Problem:
    more = f", and {len(places) - 1:,} more" if len(places) > 1 else ""
    return syntax_problem(f"not a KEY=value line{more}", places[0])


class _Reader:
    def __init__(self, region: Region) -> None:
        self.entries: list[Entry] = []
        self.comments: list[Region] = []
        self.duplicates: list[DuplicateKey] = []
        self.strays: list[Span] = []
        self._region = region
        self._text = region.text
        self._seen: dict[str, Scalar] = {}

    def read(self) -> None:
        at = 0
        for start in line_starts(self._text):
            if start >= at:  # not within a value of several lines
                at = self._line(start)

    def _line(self, start: int) -> int:
        """Read the line that begins at `start` and answer where what it says ends."""
        if comment := _COMMENT_LINE.match(self._text, start):
            if comment[1]:
                self.comments.append(self._region.cut(*comment.span(1)))
            return comment.end()
        key = _KEY.match(self._text, start)
        if key is None:
            if name := _NAME_ALONE.match(self._text, start):
                return name.end()
            self.strays.append(self._region.span(start, start))
            return start
        value, end = self._value(key.end())
        self._add(self._scalar(*key.span("key")), value)
        return end

    def _add(self, key: Scalar, value: Scalar) -> None:
        first = self._seen.setdefault(key.text, key)
        if first is not key:
            self.duplicates.append(DuplicateKey(first, key))
        self.entries.append(Entry(key, value))

    def _value(self, start: int) -> tuple[Scalar, int]:
        quoted = _QUOTED.match(self._text, start)
        rest = _UNQUOTED.match(self._text, quoted.end() if quoted else start)
        after = rest[0] if rest else ""
        end = start + len(after) if quoted is None else quoted.end() + len(after)
        comment = _INLINE_COMMENT.search(after)
        said = after[: comment.start()] if comment else after
        if quoted and not said.strip():
            self._take_comment(end - len(after), comment, end)
            return self._quoted(*quoted.span()), end
        if quoted:  # text goes on after the quote, so the quotes are part of the value
            return self._plain(start)
        self._take_comment(start, comment, end)
        return self._scalar(start, start + len(said.rstrip())), end

    def _plain(self, start: int) -> tuple[Scalar, int]:
        line = _UNQUOTED.match(self._text, start)
        end = line.end() if line else start
        return self._scalar(start, start + len(self._text[start:end].rstrip())), end

    def _take_comment(self, base: int, comment: re.Match[str] | None, end: int) -> None:
        if comment:
            self.comments.append(self._region.cut(base + comment.start(), end))

    def _scalar(self, start: int, end: int) -> Scalar:
        region = self._region.cut(start, end)
        return Scalar(ScalarKind.STRING, region, region.span())

    def _quoted(self, start: int, end: int) -> Scalar:
        inside = (start + 1, end - 1)
        if self._text[start] == '"' and "\\" in self._text[start:end]:
            region = gather(self._region, list(_unescape(self._text, *inside)), inside[0])
        else:
            region = self._region.cut(*inside)
        return Scalar(ScalarKind.STRING, region, self._region.span(start, end))


def _unescape(text: str, start: int, end: int) -> Iterator[Piece]:
    for escape in _ESCAPE.finditer(text, start, end):
        yield text[start : escape.start()], start, escape.start()
        yield _ESCAPED.get(escape[1], escape[1]), escape.start(), escape.end()
        start = escape.end()
    yield text[start:end], start, end
