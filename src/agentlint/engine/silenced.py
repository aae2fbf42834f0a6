"""Which rules the settings silence in which files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

from agentlint.config import EVERY_RULE, Settings
from agentlint.discovery import IgnoreRules
from agentlint.findings import Finding

Silenced: TypeAlias = Callable[[str, str], bool]
"""Of a rule and the path of a file: whether `per-file-ignores` silences the one in the other."""


def silenced(settings: Settings) -> Silenced:
    entries = [
        (frozenset(entry.rules), IgnoreRules().plus([entry.pattern]))
        for entry in settings.per_file_ignores
    ]

    @cache
    def is_silenced(rule: str, path: str) -> bool:
        return any(
            not rules.isdisjoint({rule, EVERY_RULE}) and pattern.covers(path)
            for rules, pattern in entries
        )

    return is_silenced


def heard(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The findings, less those that the settings silence in their file."""
    if not settings.per_file_ignores:
        return list(findings)
    is_silenced = silenced(settings)
    return [finding for finding in findings if not is_silenced(finding.rule, finding.path)]
