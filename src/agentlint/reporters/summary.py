"""The line that closes a report for people."""

from __future__ import annotations

from agentlint.findings import Severity
from agentlint.reporters.report import Report

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info finding"}


def summary(report: Report) -> str:
    """Counts by severity, of files read and of files skipped, on one line."""
    counts = [
        _count(report.count(severity), noun)
        for severity, noun in _NOUNS.items()
        if report.count(severity)
    ]
    found = f"Found {_listed(counts)} in" if counts else "Nothing found in"
    parts = [f"{found} {_count(report.files_read, 'file')}"]
    if report.files_skipped:
        parts.append(f"{_count(report.files_skipped, 'file')} skipped")
    if report.suppressed:
        parts.append(f"{_count(len(report.suppressed), 'finding')} suppressed")
    return ", ".join(parts) + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
