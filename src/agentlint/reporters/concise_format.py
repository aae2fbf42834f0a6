"""One line a finding: `path:line:column: severity[rule] message`."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.findings import Applicability, Finding, Notice, Suppressed
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import STALE, gone, summary
from agentlint.reporters.viewpoint import Viewpoint

_ROOT = Viewpoint()


def render(report: Report) -> str:
    """Findings, then what was suppressed, notices and stale baseline entries, then the summary."""
    lines = [
        f"{finding_line(finding, report)}{fix_mark(finding, report)}" for finding in report.findings
    ]
    return "\n".join((*lines, *closing_lines(report), summary(report), ""))


def finding_line(finding: Finding, report: Report) -> str:
    return f"{_place(finding, report)}: {finding.severity}[{finding.rule}] {safe(finding.message)}"


def fix_mark(finding: Finding, report: Report) -> str:
    """` [*]` behind a finding that `--fix` would mend."""
    fix = finding.fix
    if fix is None or not report.is_fixable(finding):
        return ""
    applied = fix.applicability is Applicability.SAFE or report.unsafe_fixes
    return " [*]" if applied else ""


def closing_lines(report: Report) -> Iterator[str]:
    """Whatever a report says beside its findings, one line each."""
    yield from (_suppressed_line(suppressed, report) for suppressed in report.suppressed)
    yield from (notice_line(notice, report.viewpoint) for notice in report.notices)
    if report.baseline:
        for path, message in gone(report.baseline):
            yield f"{safe(report.viewpoint.path(path))}: notice[{STALE}] {safe(message)}"


def notice_line(notice: Notice, viewpoint: Viewpoint = _ROOT) -> str:
    """A notice about no file has no place in front of it."""
    line = f":{notice.line}" if notice.line else ""
    where = f"{safe(viewpoint.path(notice.path))}{line}: " if notice.path else ""
    return f"{where}notice[{notice.kind}] {safe(notice.message)}"


def _suppressed_line(suppressed: Suppressed, report: Report) -> str:
    finding = suppressed.finding
    reason = f" ({safe(suppressed.reason)})" if suppressed.reason else ""
    line = f"{_place(finding, report)}: suppressed[{finding.rule}] {safe(finding.message)}"
    return line + reason


def _place(finding: Finding, report: Report) -> str:
    place = report.sources[finding.path].position(finding.span.start)
    path = report.viewpoint.path(finding.path)
    return f"{safe(path)}:{place.line}:{place.column}"
