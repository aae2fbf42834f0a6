"""Columns as others count them; agentlint's own count code points."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from agentlint.text import Pattern, SourceFile

_PAIRED = Pattern("[\U00010000-\U0010ffff]")


def utf16_column(source: SourceFile, offset: int) -> int:
    """The 1-based column of an offset in UTF-16 code units (SARIF, LSP)."""
    place = source.position(offset)
    paired = _paired(source.text)
    start = source.line_starts[place.line - 1]
    return place.column + bisect_left(paired, offset) - bisect_left(paired, start)


@lru_cache(maxsize=8)
def _paired(text: str) -> list[int]:
    """Offsets of what takes two code units, so that many places on one long line stay cheap."""
    return [] if text.isascii() else [match.start() for match in _PAIRED.finditer(text)]


def utf8_column(source: SourceFile, offset: int) -> int:
    """The 1-based column of an offset in bytes of UTF-8 (the Reviewdog Diagnostic Format)."""
    return 1 + len(_before(source, offset).encode("utf-8", "surrogatepass"))


def _before(source: SourceFile, offset: int) -> str:
    line = source.position(offset).line
    return source.text[source.line_starts[line - 1] : offset]
