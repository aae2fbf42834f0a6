"""What block scalars and the line breaks in other scalars of YAML spell, piece by piece.

A text may end with its last character or with a NUL, as ruamel has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.documents.limits import MAX_CHARACTERS
from agentlint.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.documents.pieces import Piece

ANY = f"{{0,{MAX_CHARACTERS}}}"
SOME = f"{{1,{MAX_CHARACTERS}}}"
"""As many as a text can hold: quantifiers of regular expressions that know an end."""
BREAKS = r"\n\r\x85\u2028\u2029"
"""The line breaks of YAML, as a class of characters in a regular expression."""
BREAK = rf"(?:\r\n|[{BREAKS}])"
_LINE_BREAK = Pattern(BREAK)
_LINE = Pattern(rf"( {ANY})([^\x00{BREAKS}]{ANY})({BREAK}?)")
DOCUMENT_MARK = Pattern(rf"(?:---|\.\.\.)(?=[ \t\x00{BREAKS}])")
_SEPARATORS = ("\u2028", "\u2029")
_NEWLINES = ("\n", *_SEPARATORS)


def block_indent(text: str, at: int, least: int) -> int:
    """Indentation of a block scalar: that of its first line with text, else of its widest."""
    widest = least
    while line := _LINE.match(text, at):
        indent = len(line[1])
        if line[2] and indent >= least:
            return indent
        if line[2] or not line[3]:
            return max(widest, indent)
        widest = max(widest, indent)
        at = line.end()
    return widest


def block_text(
    text: str, at: int, indent: int, style: str, chomping: bool | None
) -> tuple[list[Piece], int]:
    """What the lines of a block scalar from `at` on spell, and the offset after them.

    `style` is | or >; of the line breaks at the end, `chomping` keeps none (False), one (None) or
    all (True).
    """
    lines = list(_block_lines(text, at, indent))
    pieces = list(_fold_lines(lines) if style == ">" else _literal_lines(lines))
    return _chomp(pieces, chomping), lines[-1].end if lines else at


def _block_lines(text: str, at: int, indent: int) -> Iterator[_BlockLine]:
    while at < len(text) and text[at] != "\0":
        match = _LINE.match(text, at)
        if match is None or (match[2] and len(match[1]) < indent):
            return
        if indent == 0 and DOCUMENT_MARK.match(text, at):
            return
        start = at + min(indent, len(match[1]))
        yield _BlockLine(text[start : match.end(2)], start, match[3], match.end())
        at = match.end()


class _BlockLine(Struct, frozen=True):
    """A line of a block scalar without its indentation; `end` is the offset after its break."""

    text: str
    start: int
    line_break: str
    end: int

    def text_piece(self) -> Piece:
        return self.text, self.start, self.start + len(self.text)

    def newline(self) -> Piece:
        return _newline(self.line_break, self.end - len(self.line_break))


def fold(text: str, start: int, end: int) -> Iterator[Piece]:
    """What breaks within a flow scalar stand for: one for a space, more for all but the first."""
    first, *others = _LINE_BREAK.finditer(text, start, end)
    if first[0] in _SEPARATORS:
        yield _newline(first[0], first.start())
    elif not others:
        yield " ", start, end
    yield from (_newline(match[0], match.start()) for match in others)


def joined(text: str, start: int, end: int) -> Iterator[Piece]:
    """What breaks after a backslash stand for: none for the first, and one for each of the others."""
    _, *others = _LINE_BREAK.finditer(text, start, end)
    yield from (_newline(match[0], match.start()) for match in others)


def _newline(written: str, at: int) -> Piece:
    """YAML reads every line break as a newline, save the two separators of Unicode."""
    return written if written in _SEPARATORS else "\n", at, at + len(written)


def _literal_lines(lines: list[_BlockLine]) -> Iterator[Piece]:
    for line in lines:
        if line.text:
            yield line.text_piece()
        if line.line_break:
            yield line.newline()


def _fold_lines(lines: list[_BlockLine]) -> Iterator[Piece]:
    """A lone break between two lines of text is a space, and before empty lines it is nothing;
    a line that begins with a blank keeps the breaks around it."""
    before: _BlockLine | None = None
    empty: list[_BlockLine] = []
    for line in lines:
        if not line.text:
            empty.append(line)
            continue
        if before is not None:
            yield from _fold_between(before, line, lone=not empty)
        yield from (skipped.newline() for skipped in empty)
        yield line.text_piece()
        before, empty = line, []
    yield from (line.newline() for line in ([before] if before else []) + empty if line.line_break)


def _fold_between(before: _BlockLine, after: _BlockLine, *, lone: bool) -> Iterator[Piece]:
    if before.text[0] in " \t" or after.text[0] in " \t" or before.line_break in _SEPARATORS:
        yield before.newline()
    elif lone:
        yield " ", before.start + len(before.text), after.start


def _chomp(pieces: list[Piece], chomping: bool | None) -> list[Piece]:
    """Without the trailing line breaks (False), with one of them (None) or with all (True)."""
    if chomping:
        return pieces
    kept = len(pieces)
    while kept and pieces[kept - 1][0] in _NEWLINES:
        kept -= 1
    return pieces[: kept + 1] if chomping is None and kept else pieces[:kept]
