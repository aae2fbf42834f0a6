"""The line that closes a report for people."""

from __future__ import annotations

from agentlint.findings import Severity
from agentlint.reporters.report import Report

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info finding"}


def summary(report: Report) -> str:
    """Counts by severity, of files read and skipped, and of findings that are not shown."""
    counts = [
        counted(report.count(severity), noun)
        for severity, noun in _NOUNS.items()
        if report.count(severity)
    ]
    nothing = "Nothing new" if report.baseline else "Nothing"
    found = f"Found {_listed(counts)}" if counts else f"{nothing} found"
    parts = [f"{found} in {counted(report.files_read, 'file')}"]
    if report.files_skipped:
        parts.append(f"{counted(report.files_skipped, 'file')} skipped")
    if report.suppressed_count:
        parts.append(f"{counted(report.suppressed_count, 'finding')} suppressed")
    if report.baseline:
        parts.append(f"{counted(report.baseline.hidden, 'finding')} in the baseline")
    if report.on_unchanged_lines is not None:
        parts.append(f"{counted(report.on_unchanged_lines, 'finding')} on unchanged lines")
    return ", ".join(parts) + "."


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
