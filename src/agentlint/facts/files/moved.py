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

    def moved(self, found: T) -> T:
        """A fact or a problem, or a part of one, with every place in it led to the outer file."""
        return cast("T", self._moved(found))

    def _moved(self, found: object) -> object:
        match found:
            case Span(start=start, end=end):
                return self.region.span(start, end)
            case Reach():
                first, last = self._lines(found.first, found.last)
                around_first, around_last = self._lines(found.around_first, found.around_last)
                return Reach(first, last, around_first, around_last)
            case Struct():
                parts = {name: getattr(found, name) for name in found.__struct_fields__}
                led = {name: self._moved(part) for name, part in parts.items()}
                changed = {name: part for name, part in led.items() if part is not parts[name]}
                return replace(found, **changed) if changed else found
            case tuple():
                items = tuple(map(self._moved, found))
                return found if all(map(is_, items, found)) else items
        return found

    def _lines(self, first: int, last: int) -> tuple[int, int]:
        """The lines of the outer file that lines of the inner one stand on."""
        start, end = self.inner.line_span(first).start, self.inner.line_span(last).end
        place = self.region.span(start, end)
        behind = max(place.start, place.end - 1)
        return self.outer.position(place.start).line, self.outer.position(behind).line
