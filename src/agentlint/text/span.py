"""The one way to say where something stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from msgspec import Struct


# A run makes spans and the like by the hundred thousand. None can be part of a cycle (`gc=False`), so
# that looking for garbage among them is time lost.
class Span(Struct, frozen=True, order=True, gc=False):
    """A half-open range of code points in a file's text; a byte order mark is not counted."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def meets(self, other: Span) -> bool:
        """As `overlaps`, or touches at an edge."""
        return self.start <= other.end and other.start <= self.end

    def cut(self, text: str) -> str:
        return text[self.start : self.end]


class Spans:
    """Many spans that are asked together, so that asking costs no more for more of them."""

    __slots__ = ("_reach", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach = list(accumulate((span.end for span in ordered), max))

    def any_contains(self, other: Span) -> bool:
        """Whether one of the spans contains `other`."""
        before = bisect_right(self._starts, other.start)
        return before > 0 and other.end <= self._reach[before - 1]

    def any_overlaps(self, other: Span) -> bool:
        """Whether one of the spans overlaps `other`."""
        before = bisect_left(self._starts, other.end)
        return before > 0 and other.start < self._reach[before - 1]
