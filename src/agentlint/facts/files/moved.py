"""What was read in a text that stands in pieces in a file, at its places in the file."""

from __future__ import annotations

from operator import is_
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from agentlint.facts.suppression import Reach
from agentlint.text import Region, SourceFile, Span

T = TypeVar("T")


class Move(Struct, frozen=True):
    """From `inner`, a file that `region` would be on its own, to the `outer` file that it stands in."""

    region: Region
    inner: SourceFile
    outer: SourceFile

    def moved(self, told: T) -> T:
        """A fact or a problem, or a part of one, with every place in it led to the outer file."""
        return cast("T", self._moved(told))

    def _moved(self, told: object) -> object:
        match told:
            case Span(start=start, end=end):
                return self.region.span(start, end)
            case Reach():
                first, last = self._lines(told.first, told.last)
                around_first, around_last = self._lines(told.around_first, told.around_last)
                return Reach(first, last, around_first, around_last)
            case Struct():
                parts = {name: getattr(told, name) for name in told.__struct_fields__}
                led = {name: self._moved(part) for name, part in parts.items()}
                changed = {name: part for name, part in led.items() if part is not parts[name]}
                return replace(told, **changed) if changed else told
            case tuple():
                items = tuple(map(self._moved, told))
                return told if all(map(is_, items, told)) else items
        return told

    def _lines(self, first: int, last: int) -> tuple[int, int]:
        """The lines of the outer file that lines of the inner one stand on."""
        start, end = self.inner.line_span(first).start, self.inner.line_span(last).end
        place = self.region.span(start, end)
        behind = max(place.start, place.end - 1)
        return self.outer.position(place.start).line, self.outer.position(behind).line
