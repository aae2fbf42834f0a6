"""GitHub Actions workflow commands, one annotation a finding.

Escaping follows actions/toolkit (packages/core/src/command.ts): data escapes `%`, CR and LF,
properties `:` and `,` too. Control characters never reach this far: every string was made safe.
"""

from __future__ import annotations

from agentlint.findings import Finding, Notice, Severity
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import STALE, gone
from agentlint.reporters.wording import message_of, sentence

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """One workflow command a finding and a notice; "" for a report with neither."""
    lines = [_annotation(finding, report) for finding in report.findings]
    lines += [_notice(notice) for notice in report.notices]
    lines += [_gone(*one) for one in (gone(report.baseline) if report.baseline else ())]
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding, report: Report) -> str:
    source = report.sources[finding.path]
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    properties = {
        "file": finding.path,
        "line": str(start.line),
        "endLine": str(end.line),
        "title": f"agentlint {finding.rule}",
    }
    if start.line == end.line:
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    return _command(_COMMANDS[finding.severity], properties, message_of(finding))


def _notice(notice: Notice) -> str:
    properties = {"file": notice.path} if notice.path else {}
    properties["title"] = f"agentlint {notice.kind}"
    if notice.line:
        properties["line"] = str(notice.line)
    return _command("notice", properties, sentence(notice.message))


def _gone(path: str, message: str) -> str:
    properties = {"file": path, "title": f"agentlint {STALE}"}
    return _command("notice", properties, sentence(message))


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
