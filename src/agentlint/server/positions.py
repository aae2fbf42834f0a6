"""Places as the protocol tells them: lines from 0, columns in the unit that client and server agreed on.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#position
"""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol.types import Position, PositionEncodingKind, Range
from msgspec import Struct

from agentlint.text import SourceFile, Span

_UNITS: dict[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8.value: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16.value: lambda text: len(text) + sum(c > "\uffff" for c in text),
    PositionEncodingKind.Utf32.value: len,
}


class Positions(Struct, frozen=True):
    """The places of one text, counted in `encoding`."""

    source: SourceFile
    encoding: str = PositionEncodingKind.Utf16.value

    def range(self, span: Span) -> Range:
        return Range(self.position(span.start), self.position(span.end))

    def position(self, offset: int) -> Position:
        """Where an offset in code points stands."""
        line = self.source.position(offset).line
        start = self.source.line_starts[line - 1]
        return Position(line - 1, _UNITS[self.encoding](self.source.text[start:offset]))

    def offset(self, position: Position) -> int:
        """The offset in code points; a place beyond a line or the text is the end of it."""
        if position.line >= self.source.line_count:
            return len(self.source.text)
        line = self.source.line_span(position.line + 1)
        text = line.cut(self.source.text)
        width = _UNITS[self.encoding]
        if width(text) == len(text):
            return line.start + min(position.character, len(text))
        used = 0
        for index, character in enumerate(text):
            if used >= position.character:
                return line.start + index
            used += width(character)
        return line.end

    def span(self, place: Range) -> Span:
        return Span(self.offset(place.start), self.offset(place.end))
