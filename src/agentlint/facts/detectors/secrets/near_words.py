"""Keys of a shape that is rare, but nobody's alone, near a word that says whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern, compiled
from agentlint.facts.detectors.secrets.placeholders import is_filler
from agentlint.findings import Confidence
from agentlint.knowledge.data import Row, rows

_REACH = 300
# No part of something longer, such as the name of a file, but for the end of a sentence.
_FOLLOWED = ascii_pattern(r"[\w-]|\.\w")


def find_near_words(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on what has the shape of a row and stands near one of its words."""
    for row in _rows():
        places = sorted(at for word in row["near"] for at in hay.places(word.encode()))
        for start, end in _around(places, len(hay.text)):
            yield from _between(hay.text, start, end, row)


def _around(places: Sequence[int], size: int) -> Iterator[tuple[int, int]]:
    """The parts of a text that are near to one of `places`, without overlaps."""
    start = end = 0
    for at in places:
        if at - _REACH > end:
            if end:
                yield start, end
            start = at - _REACH
        end = min(size, at + _REACH)
    if end:
        yield max(0, start), end


def _between(text: str, start: int, end: int, row: Row) -> Iterator[Verdict]:
    shape = compiled(rf"(?<![\w.-])(?:{row['shape']})")
    for found in shape.finditer(text, start, end):
        low, high = found.span()
        parts = found.group().split(".")
        if _FOLLOWED.match(text, high) or any(map(is_filler, parts)):
            continue
        if not is_stand_in(text, low, high):
            yield Verdict.secret(low, high, row["id"], Tier.TOKEN, Confidence.HIGH)


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(row for row in rows("secrets", "named") if row.get("near"))
