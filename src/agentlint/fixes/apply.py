"""Choosing fixes that do not touch each other, and applying them to a text."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from msgspec import Struct

from agentlint.findings import Edit, Finding
from agentlint.text import Span


class Applied(Struct, frozen=True):
    """`text` is `before` with `edits`, which are in order of place and do not touch each other."""

    before: str
    text: str
    edits: tuple[Edit, ...]

    def written(self) -> tuple[Span, ...]:
        """The spans of `text` that the edits wrote."""
        spans, shift = [], 0
        for edit in self.edits:
            start = edit.span.start + shift
            spans.append(Span(start, start + len(edit.text)))
            shift += len(edit.text) - len(edit.span)
        return tuple(spans)

    def moved(self, span: Span) -> Span:
        """What stands in `text` for the `span` of `before`, with the edits that touch it."""
        touching = [edit.span for edit in self.edits if span.meets(edit.span)]
        first = min((span.start, *(edit.start for edit in touching)))
        last = max((span.end, *(edit.end for edit in touching)))
        return Span(first + self._gained(first), last + self._gained(last + 1))

    def _gained(self, offset: int) -> int:
        """How much longer the text became by the edits that begin before an offset."""
        return sum(
            len(edit.text) - len(edit.span) for edit in self.edits if edit.span.start < offset
        )


def choose(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one file whose fixes can be applied together: of those that touch the same
    text the first, and every other that asks for the very same edits."""
    chosen: list[Finding] = []
    taken: set[Edit] = set()
    spans: list[Span] = []
    for finding in sorted(findings, key=_first_edit):
        others = [edit for edit in finding.fix.edits if edit not in taken] if finding.fix else []
        if not any(_touches(spans, edit.span) for edit in others):
            chosen.append(finding)
            taken.update(others)
            for edit in others:
                insort(spans, edit.span)
    return chosen


def apply_fixes(text: str, findings: Iterable[Finding]) -> Applied:
    """`text` with the fixes of `findings`, which `choose` found to go together."""
    edits = {edit for finding in findings if finding.fix for edit in finding.fix.edits}
    ordered = tuple(sorted(edits, key=lambda edit: edit.span))
    parts: list[str] = []
    done = 0
    for edit in ordered:
        parts += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return Applied(text, "".join((*parts, text[done:])), ordered)


def _first_edit(finding: Finding) -> tuple[Span, str]:
    edits: Sequence[Edit] = finding.fix.edits if finding.fix else ()
    return (edits[0].span if edits else finding.span, finding.rule)


def _touches(spans: Sequence[Span], span: Span) -> bool:
    """Whether `span` meets one of `spans`, which are in order and do not overlap, if only at an edge:
    what each of two edits means may depend on the other."""
    index = bisect_left(spans, span)
    return any(other.meets(span) for other in spans[max(0, index - 1) : index + 1])
