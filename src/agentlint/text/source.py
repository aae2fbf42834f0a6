"""A file as the rest of the tool sees it: decoded text and the starts of its lines."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from agentlint.text.pattern import Pattern
from agentlint.text.span import Span

# str.splitlines() also breaks at VT, FF, NEL, LS and others, which no editor or parser counts.
LINE_END = Pattern(r"\r\n|\r|\n")
_UTF_8 = "utf-8"
# As https://www.unicode.org/faq/utf_bom.html#bom4 lists them.
MARKS = {_UTF_8: b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
"""Byte order marks by the encoding that they tell."""
ANY_BYTES = "latin-1"
"""Gives each byte a character: for a text in an encoding that nothing tells."""


class Position(Struct, frozen=True):
    """A place for people: both numbers start at 1, the column counts code points."""

    line: int
    column: int


def line_starts(text: str) -> list[int]:
    """Offsets of the first code point of each line; lines end at CRLF, CR or LF and nothing else."""
    if "\r" in text:
        return [0, *(match.end() for match in LINE_END.finditer(text))]
    *lines, _ = text.split("\n")
    return [0, *(end + breaks for breaks, end in enumerate(accumulate(map(len, lines)), 1))]


class SourceFile(Struct, frozen=True, dict=True):
    """One file's text. `path` is relative to the root, with forward slashes; `text` has no BOM.

    `encoding` is one of `MARKS`, and a text in UTF-16 has a mark; or it is `ANY_BYTES`, and of the text
    only what is ASCII means anything.
    """

    path: str
    text: str
    has_bom: bool = False
    encoding: str = _UTF_8

    def __repr__(self) -> str:
        """Without the text, which may hold a secret."""
        return f"SourceFile({self.path!r})"

    @property
    def data(self) -> bytes:
        """The bytes of the file: they were decoded strictly, so they are the very same."""
        return (MARKS[self.encoding] if self.has_bom else b"") + self.text.encode(self.encoding)

    @property
    def is_utf8(self) -> bool:
        return self.encoding == _UTF_8

    @cached_property
    def line_starts(self) -> list[int]:
        return line_starts(self.text)

    @property
    def line_count(self) -> int:
        return len(self.line_starts)

    def position(self, offset: int) -> Position:
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < self.line_count else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    def line_text(self, line: int) -> str:
        return self.line_span(line).cut(self.text)
