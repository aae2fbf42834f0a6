"""The line that closes a report for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agentlint.findings import Applicability, Comparison, Severity
from agentlint.reporters.report import Report

STALE = "stale-baseline"
"""What a line about entries of a baseline is called where notices have their kind."""
_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info finding"}
_NO_FILE = "No file to check: no instruction file or config of model calls that is not excluded."


def summary(report: Report) -> str:
    """Counts by severity, of files read and skipped, of findings that are not shown, and of fixes; nothing
    was found in no file, which is to be told from nothing found in many."""
    if not (report.files_read or report.files_skipped or report.findings or report.fixed):
        return _NO_FILE
    return "\n".join(filter(None, (_fixed(report), _found(report), _fixable(report))))


def _fixed(report: Report) -> str:
    return f"Fixed {counted(len(report.fixed), 'finding')}." if report.fixed else ""


def _found(report: Report) -> str:
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
    if report.as_of:
        parts.append(f"as of {report.as_of}")
    return ", ".join(parts) + "."


def _fixable(report: Report) -> str:
    """How many of the findings a fix would mend, and how to apply it."""
    safe, unsafe = (_count(report, kind) for kind in (Applicability.SAFE, Applicability.UNSAFE))
    if report.unsafe_fixes:
        return f"[*] {safe + unsafe} fixable with `--fix --unsafe-fixes`." * bool(safe + unsafe)
    if safe:
        return f"[*] {safe} fixable with `--fix`{unsafe_left(report)}."
    return f"No safe fixes; {unsafe} fixable with `--fix --unsafe-fixes`." if unsafe else ""


def unsafe_left(report: Report) -> str:
    """How many more fixes there are than were asked for, to stand behind the number of these."""
    more = 0 if report.unsafe_fixes else _count(report, Applicability.UNSAFE)
    return f" ({more} more with `--unsafe-fixes`)" if more else ""


def _count(report: Report, kind: Applicability) -> int:
    fixes = [finding.fix for finding in report.counted if report.is_fixable(finding)]
    return sum(fix is not None and fix.applicability is kind for fix in fixes)


def gone(baseline: Comparison) -> Iterator[tuple[str, str]]:
    """The path and a message for each file and rule whose findings are gone, in part or all."""
    counts: Counter[tuple[str, str]] = Counter()
    for entry in baseline.stale:
        counts[entry.path, entry.rule] += entry.count
    for (path, rule), count in counts.items():
        are, them = ("is", "it") if count == 1 else ("are", "them")
        lost = f"{counted(count, 'finding')} of {rule} in the baseline {are} gone"
        yield path, f"{lost}; `agentlint baseline` takes {them} out"


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
