"""The rules that `per-file-ignores` of the settings leaves out in some files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

from agentlint.config import EVERY_RULE, Settings
from agentlint.discovery import IgnoreRules
from agentlint.findings import Finding

Ignored: TypeAlias = Callable[[str, str], bool]
"""Of a rule and the path of a file: whether the one is ignored in the other."""


def ignored_in_files(settings: Settings) -> Ignored:
    entries = [
        (frozenset(entry.rules), IgnoreRules().plus([entry.pattern]))
        for entry in settings.per_file_ignores
    ]

    @cache
    def is_ignored(rule: str, path: str) -> bool:
        return any(
            not rules.isdisjoint({rule, EVERY_RULE}) and pattern.covers(path)
            for rules, pattern in entries
        )

    return is_ignored


def without_ignored(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The findings, less those of rules that are ignored in their file."""
    if not settings.per_file_ignores:
        return list(findings)
    is_ignored = ignored_in_files(settings)
    return [finding for finding in findings if not is_ignored(finding.rule, finding.path)]
