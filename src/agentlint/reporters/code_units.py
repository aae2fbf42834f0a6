"""Columns as others count them; agentlint's own count code points."""

from __future__ import annotations

from agentlint.text import SourceFile


def utf16_column(source: SourceFile, offset: int) -> int:
    """The 1-based column of an offset in UTF-16 code units (SARIF, LSP)."""
    before = _before(source, offset)
    return 1 + len(before) + sum(character > "\uffff" for character in before)


def utf8_column(source: SourceFile, offset: int) -> int:
    """The 1-based column of an offset in bytes of UTF-8 (the Reviewdog Diagnostic Format)."""
    return 1 + len(_before(source, offset).encode("utf-8", "surrogatepass"))


def _before(source: SourceFile, offset: int) -> str:
    line = source.position(offset).line
    return source.text[source.line_starts[line - 1] : offset]
