"""Choosing fixes that do not touch each other, and applying them to a text."""

from __future__ import annotations

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


def choose(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one file whose fixes can be applied together: of those that touch the same
    text the first, and every other that asks for the very same edits."""
    chosen: list[Finding] = []
    taken: list[Edit] = []
    for finding in sorted(findings, key=_first_edit):
        edits = finding.fix.edits if finding.fix else ()
        others = [edit for edit in edits if edit not in taken]
        if not others or not any(_touch(edit, other) for edit in others for other in taken):
            chosen.append(finding)
            taken.extend(others)
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


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits meet, if only at an edge: what each of them means may depend on the other."""
    return one.span.start <= other.span.end and other.span.start <= one.span.end
