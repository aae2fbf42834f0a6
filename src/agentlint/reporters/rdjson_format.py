"""The Reviewdog Diagnostic Format, as one DiagnosticResult.

Columns count bytes of UTF-8 and ends are exclusive. reviewdog refuses keys that it does not know, so
there are none beside those of proto/rdf/reviewdog.proto (https://github.com/reviewdog/reviewdog).
"""

from __future__ import annotations

import json
from typing import Any

from agentlint.findings import Finding, Fix, Notice, Severity
from agentlint.reporters.addresses import HOME, NOTICES, rule_address
from agentlint.reporters.code_units import utf8_column
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe, safe_fix
from agentlint.reporters.wording import message_of, sentence
from agentlint.text import SourceFile, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report) -> str:
    """A JSON object with one diagnostic a finding and a notice."""
    result = {
        "source": {"name": "agentlint", "url": HOME},
        "diagnostics": [
            *(_diagnostic(finding, report) for finding in report.findings),
            *(_notice(notice) for notice in report.notices),
        ],
    }
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(finding: Finding, report: Report) -> dict[str, Any]:
    source = report.sources[finding.path]
    diagnostic: dict[str, Any] = {
        "message": message_of(finding),
        "location": {"path": safe(finding.path), "range": _range(finding.span, source)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule, "url": rule_address(finding.rule)},
    }
    fix = safe_fix(finding.fix)
    if fix:
        diagnostic["suggestions"] = _suggestions(fix, source)
    return diagnostic


def _suggestions(fix: Fix, source: SourceFile) -> list[dict[str, Any]]:
    return [{"range": _range(edit.span, source), "text": edit.text} for edit in fix.edits]


def _range(span: Span, source: SourceFile) -> dict[str, Any]:
    return {
        edge: {"line": source.position(offset).line, "column": utf8_column(source, offset)}
        for edge, offset in (("start", span.start), ("end", span.end))
    }


def _notice(notice: Notice) -> dict[str, Any]:
    location: dict[str, Any] = {"path": safe(notice.path) or "."}
    if notice.line:
        location["range"] = {"start": {"line": notice.line}}
    return {
        "message": sentence(safe(notice.message)),
        "location": location,
        "severity": "ERROR" if notice.kind.is_failure else "INFO",
        "code": {"value": str(notice.kind), "url": NOTICES},
    }
