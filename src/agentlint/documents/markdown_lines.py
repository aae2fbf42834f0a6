"""The lines of a Markdown text, and where in them the block parser took its content from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentlint.documents.pieces import Piece, gather
from agentlint.text import line_starts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentlint.text import Region, Span

# What CommonMark trims from the ends of content, as markdown-it-py does.
TRIMMED = " \t\n\v\f\r\u00a0\u1680\u202f\u205f\u3000\u2028\u2029" + "".join(
    map(chr, range(0x2000, 0x200B))
)


class Lines:
    """The lines of `region` from `offset` on, numbered from 0 and without their breaks."""

    def __init__(self, region: Region, offset: int) -> None:
        text = region.text[offset:].replace("\0", "\ufffd")  # as the parser reads it
        starts = line_starts(text)
        self.texts = [
            text[start:end].rstrip("\r\n")
            for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
        ]
        self._region = region
        self._starts = [offset + start for start in starts]

    def cut(self, line: int, start: int, end: int) -> Region:
        """The columns from `start` to `end` of one line."""
        base = self._starts[line]
        return self._region.cut(base + start, base + end)

    def gather(self, line: int, pieces: Iterable[Piece]) -> Region:
        """The region that pieces spell whose offsets are columns of one line."""
        base = self._starts[line]
        moved = [(text, base + start, base + end) for text, start, end in pieces]
        return gather(self._region, moved, moved[0][1] if moved else base)

    def somewhere(self, line: int, text: str) -> Region:
        """A region for `text` of which only the line is known."""
        return gather(self._region, [self._whole(line, text)], self._starts[line], exact=False)

    def span(self, line: int, column: int, end_line: int) -> Span:
        """From a column to the last text of the line before `end_line`."""
        last = max(line, min(end_line, len(self.texts)) - 1)
        start = self._starts[line] + column
        return self._region.span(
            start, max(start, self._starts[last] + len(self.texts[last].rstrip()))
        )

    def content(self, first: int, end_line: int, content: str) -> Region:
        """The region of `content`, which is made of the ends of the lines from `first` on."""
        wanted = content.removesuffix("\n").split("\n")
        while first + len(wanted) < end_line and self._find(first, wanted[0]) is None:
            first += 1  # the parser trimmed lines that hold nothing but odd blanks
        if first < len(self.texts) and self.texts[first].endswith(wanted[0]):
            # Most content stands in the text as the parser gave it.
            at = self._starts[first] + len(self.texts[first]) - len(wanted[0])
            if self._region.text.startswith(content, at):
                return self._region.cut(at, at + len(content))
        pieces: list[Piece] = []
        exact = True
        for line, text in zip(range(first, len(self.texts)), wanted, strict=False):
            found = self._find(line, text)
            exact = exact and found is not None
            pieces.extend(found or [self._whole(line, text)])
            pieces.append(self._break(line))
        if not content.endswith("\n"):
            del pieces[-1:]
        at = pieces[0][1] if pieces else self._starts[min(first, len(self.texts) - 1)]
        return gather(self._region, pieces, at, exact=exact)

    def _find(self, line: int, text: str) -> list[Piece] | None:
        """`text` as the end of its source line, trailing blanks aside, or None."""
        source = self.texts[line]
        if source.endswith(text):
            return [self._piece(line, len(source) - len(text), len(source))]
        for trimmed in (source, source.rstrip(), source.rstrip(TRIMMED)):
            start = _end_start(trimmed, text)
            if start is None:
                continue
            end = self._piece(line, start, len(trimmed))
            spaces = text[: len(text) - len(end[0])]
            return [(spaces, end[1] - 1, end[1]), end] if spaces else [end]
        return None

    def _piece(self, line: int, start: int, end: int) -> Piece:
        return self.texts[line][start:end], self._starts[line] + start, self._starts[line] + end

    def _whole(self, line: int, text: str) -> Piece:
        return text, self._starts[line], self._starts[line] + len(self.texts[line])

    def _break(self, line: int) -> Piece:
        end = self._starts[line] + len(self.texts[line])
        return "\n", end, self._starts[line + 1] if line + 1 < len(self._starts) else end


def _end_start(source: str, text: str) -> int | None:
    """The column from which `source` ends like `text`, or None.

    Where a container takes only a part of a tab, the parser writes the rest of it as spaces: those
    `text` has more, right after that tab.
    """
    if source.endswith(text):
        return len(source) - len(text)
    words = text.lstrip(" ")
    if not source.endswith(words):
        return None
    start = len(source[: len(source) - len(words)].rstrip(" "))
    fits = source[:start].endswith("\t") and len(source) - start < len(text)
    return start if fits else None
