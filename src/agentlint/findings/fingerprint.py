"""Identity of a finding across edits: the same fault keeps its fingerprint when lines move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from agentlint.findings.finding import Finding
from agentlint.text import Pattern
from agentlint.text.hashing import hex_digest

# `models/2/model: x`: a place in a list, which is another as soon as an entry is put before it.
_LIST_PLACE = Pattern(r"(?:^|(?<=/))\d{1,6}(?=[/:]|$)")


def fingerprint(rule: str, path: str, subject: str, repeat: int) -> str:
    """32 hexadecimal digits over what the finding is about, and not over where it stands.

    `repeat` counts earlier findings of the same rule, path and subject, from 0. A number that stands
    for a place in a list is no part of the subject.
    """
    joined = "\0".join((rule, path, _lasting(subject), str(repeat)))
    return hex_digest(joined)[:32]


def identity(finding: Finding) -> str:
    """What `finding` and its repeats have in common: the fingerprint of the first of them."""
    return fingerprint(finding.rule, finding.path, finding.subject, 0)


def number_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in file order, each with its fingerprint."""
    seen: Counter[tuple[str, str, str]] = Counter()
    numbered = []
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        key = (finding.rule, finding.path, _lasting(finding.subject))
        numbered.append(replace(finding, fingerprint=fingerprint(*key, seen[key])))
        seen[key] += 1
    return numbered


def _lasting(subject: str) -> str:
    return _LIST_PLACE.sub("", subject)
