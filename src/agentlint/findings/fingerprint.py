"""Identity of a finding across edits: the same fault keeps its fingerprint when lines move."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from agentlint.findings.finding import Finding


def fingerprint(rule: str, path: str, subject: str, repeat: int) -> str:
    """32 hexadecimal digits over what the finding is about, and not over where it stands.

    `repeat` counts earlier findings of the same rule, path and subject, from 0.
    """
    joined = "\0".join((rule, path, subject, str(repeat)))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def number_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in file order, each with its fingerprint."""
    seen: Counter[tuple[str, str, str]] = Counter()
    numbered = []
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        key = (finding.rule, finding.path, finding.subject)
        numbered.append(replace(finding, fingerprint=fingerprint(*key, seen[key])))
        seen[key] += 1
    return numbered
