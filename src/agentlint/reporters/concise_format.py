"""One line a finding: `path:line:column: severity[rule] message`."""

from __future__ import annotations

from agentlint.findings import Finding, Notice
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import summary


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - one signature for all
    """Findings, then notices, then the summary line."""
    lines = [finding_line(finding, report) for finding in report.findings]
    lines += [notice_line(notice) for notice in report.notices]
    return "\n".join((*lines, summary(report), ""))


def finding_line(finding: Finding, report: Report) -> str:
    place = report.sources[finding.path].position(finding.span.start)
    where = f"{safe(finding.path)}:{place.line}:{place.column}"
    return f"{where}: {finding.severity}[{finding.rule}] {safe(finding.message)}"


def notice_line(notice: Notice) -> str:
    where = safe(notice.path) + (f":{notice.line}" if notice.line else "")
    return f"{where}: notice[{notice.kind}] {safe(notice.message)}"
