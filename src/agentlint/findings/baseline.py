"""What a baseline knows of findings that were there before, and what a run makes of it."""

from __future__ import annotations

from msgspec import Struct


class BaselineEntry(Struct, frozen=True):
    """`count` findings of one rule about one thing in one file.

    `fingerprint` is that of the first of them. `lines` holds a short hash of each one's line, without
    what was found on it: it decides which of them is new when there are more than `count`.
    """

    rule: str
    path: str
    fingerprint: str
    count: int
    lines: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[str, str, str]:
        return (self.path, self.rule, self.fingerprint)


class Comparison(Struct, frozen=True):
    """`hidden` counts the findings that the baseline knows; `stale` says which entries found fewer
    than their count, each with the number that is gone."""

    hidden: int
    stale: tuple[BaselineEntry, ...] = ()
