"""A unified diff as `patch -p1` and `git apply` take it, with no credential shown in it.

Lines end at the line feed, as in those tools; a carriage return before it is part of the line. What
would hide, move a cursor or be a secret is replaced as in every other format: such a diff is for
reading only, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias

from msgspec import Struct

from agentlint.facts.detectors.redaction import redact
from agentlint.facts.secret import SecretCandidate
from agentlint.reporters.masking import masked
from agentlint.reporters.safe import safe
from agentlint.text import SourceFile, printable

_CONTEXT = 3
# Comparing more lines than this with each other could take long for a text made to be slow.
_MAX_COMPARED = 5_000
_BOM = "\ufeff"
_NO_LINE_END = "\n\\ No newline at end of file\n"

_Change: TypeAlias = tuple[str, int, int, int, int]


class Version(Struct, frozen=True):
    """One text of a file and the credentials in it."""

    source: SourceFile
    secrets: tuple[SecretCandidate, ...] = ()


class Diff(Struct, frozen=True):
    """`exact` is False where a line is not shown as it is, so that no tool can apply the diff."""

    text: str
    exact: bool


class _Side(Struct):
    """The lines of one version, each as it may be shown."""

    version: Version
    lines: list[str]
    starts: list[int]
    exact: bool = True

    @classmethod
    def of(cls, version: Version) -> _Side:
        mark = _BOM if version.source.has_bom else ""
        lines = f"{mark}{version.source.text}".split("\n")
        lines = [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])
        starts = [0, *accumulate(map(len, lines))]
        return cls(version, lines, [max(0, start - len(mark)) for start in starts])

    def shown(self, mark: str, start: int, end: int) -> Iterator[str]:
        for index in range(start, end):
            line = self.lines[index]
            bom = _BOM if index == 0 and self.version.source.has_bom else ""
            body = line.removeprefix(bom)
            body = body.removesuffix("\n").removesuffix("\r") if line[-1:] == "\n" else body
            safe_body = printable(redact(masked(body, self.starts[index], self.version.secrets)))
            self.exact = self.exact and safe_body == body
            yield f"{mark}{bom}{safe_body}{line[len(bom) + len(body) :] or _NO_LINE_END}"


def unified_diff(old: Version, new: Version) -> Diff:
    """The difference between two versions of a file; empty for equal texts."""
    sides = (_Side.of(old), _Side.of(new))
    name = safe(old.source.path)
    tab = "\t" if " " in name else ""
    parts = [f"--- a/{name}{tab}\n", f"+++ b/{name}{tab}\n"]
    hunks = list(_hunks(_changes(sides[0].lines, sides[1].lines)))
    for hunk in hunks:
        parts += _hunk(hunk, *sides)
    exact = sides[0].exact and sides[1].exact and name == old.source.path
    return Diff("".join(parts) if hunks else "", exact)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    """What changed, as ranges of lines: most of a text is the same at both ends."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if not before and not after:
        return []
    if len(before) + len(after) > _MAX_COMPARED:
        return [("replace", start, len(old) - end, start, len(new) - end)]
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, before, after)
    return [
        (tag, a + start, b + start, c + start, d + start)
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    """Changes that share their context lines stand in one hunk."""
    hunk = changes[:1]
    for one, other in pairwise(changes):
        if other[1] - one[2] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(other)
    if hunk:
        yield hunk


def _hunk(changes: list[_Change], old: _Side, new: _Side) -> Iterator[str]:
    before = min(_CONTEXT, changes[0][1])
    after = min(_CONTEXT, len(old.lines) - changes[-1][2])
    first, last = changes[0][1] - before, changes[-1][2] + after
    new_first, new_last = changes[0][3] - before, changes[-1][4] + after
    yield f"@@ -{_range(first, last)} +{_range(new_first, new_last)} @@\n"
    at = first
    for _, start, end, new_start, new_end in changes:
        yield from old.shown(" ", at, start)
        yield from old.shown("-", start, end)
        yield from new.shown("+", new_start, new_end)
        at = end
    yield from old.shown(" ", at, last)


def _range(start: int, end: int) -> str:
    """A range of lines as a hunk has it: from 1, and from the line before for an empty one."""
    count = end - start
    return f"{start + bool(count)}" + ("" if count == 1 else f",{count}")
