"""What parsers share: where they stand in a text, and the region of a value from the pieces they saw."""

from __future__ import annotations

from bisect import bisect_right
from sys import maxunicode
from typing import TYPE_CHECKING, TypeAlias

from agentlint.documents.limits import MAX_VALUES, LimitReachedError, SyntaxFoundError
from agentlint.text import Region, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agentlint.text import Run

Piece: TypeAlias = tuple[str, int, int]
"""Text of a value and the offsets, in the text being parsed, of what it was written as."""


class Cursor:
    """Where a scanner stands in the text of a region, and the comments and values that it has passed."""

    def __init__(self, region: Region) -> None:
        self.comments: list[Region] = []
        self._region = region
        self._text = region.text
        self._at = 0
        self._values = 0

    def _count(self) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise LimitReachedError(f"more than {MAX_VALUES:,} keys and values", self._at)

    def _expect(self, mark: str, otherwise: str) -> None:
        if not self._text.startswith(mark, self._at):
            raise SyntaxFoundError(otherwise, self._at)
        self._at += len(mark)


def gather(region: Region, pieces: Sequence[Piece], at: int, exact: bool = True) -> Region:
    """The value that `pieces` of `region`, in their order there, spell.

    `at` is its place should they spell nothing.
    """
    exact = exact and region.exact
    if len(pieces) == 1 and exact:
        text, start, end = pieces[0]
        if region.text[start:end] == text:
            return region.cut(start, end)
    return Region.join(_origins(region, pieces), at=region.span(at, at).start, exact=exact)


def _origins(region: Region, pieces: Sequence[Piece]) -> Iterator[tuple[str, Span]]:
    whole, runs = region.text, region.runs
    index = bisect_right(runs, pieces[0][1], key=_start) - 1 if pieces else 0
    for text, start, end in pieces:
        if whole[start:end] != text:
            yield text, region.span(start, end)
            continue
        at = start
        while at < end:
            run = runs[index]
            if run.end <= at:
                index += 1
                continue
            high = min(run.end, end)
            shift = run.origin - run.start
            origin = (
                Span(at + shift, high + shift) if run.verbatim else Span(run.origin, run.origin_end)
            )
            yield whole[at:high], origin
            at = high


def _start(run: Run) -> int:
    return run.start


def character(code: int) -> str:
    """The character of an escape; a lone surrogate, which no file can hold, is U+FFFD.

    Raises ValueError beyond Unicode.
    """
    if code > maxunicode:
        raise ValueError("beyond Unicode")
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def paired(high: int, low: int) -> str:
    """The character that the two surrogates of a pair spell together."""
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
