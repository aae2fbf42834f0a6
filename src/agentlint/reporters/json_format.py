"""A stable JSON document for scripts; docs/json.md describes version 1.

Keys are only ever added to a version. Lines and columns start at 1, columns count code points, and
ends are exclusive.
"""

from __future__ import annotations

import json
from typing import Any

from agentlint import __version__
from agentlint.findings import Finding, Fix, Location, Notice, Severity
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe, safe_fix

VERSION = 1


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - one signature for all
    """The whole report as one JSON object."""
    document = {
        "version": VERSION,
        "tool": {"name": "agentlint", "version": __version__},
        "findings": [_finding(finding, report) for finding in report.findings],
        "notices": [_notice(notice) for notice in report.notices],
        "summary": {
            **{f"{severity}s": report.count(severity) for severity in Severity},
            "files_read": report.files_read,
            "files_skipped": report.files_skipped,
            "suppressed": len(report.suppressed),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    fix = safe_fix(finding.fix)
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "message": safe(finding.message),
        "help": safe(finding.help),
        **_location(finding.location, report),
        "related": [
            {"message": safe(related.message), **_location(related.location, report)}
            for related in finding.related
        ],
        "fix": _fix(fix, finding.path, report) if fix else None,
        "fingerprint": finding.fingerprint,
    }


def _location(location: Location, report: Report) -> dict[str, Any]:
    source = report.sources.get(location.path)
    if source is None:
        return {"path": safe(location.path)}
    start, end = source.position(location.span.start), source.position(location.span.end)
    return {
        "path": safe(location.path),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _fix(fix: Fix, path: str, report: Report) -> dict[str, Any]:
    return {
        "title": safe(fix.title),
        "applicability": str(fix.applicability),
        "edits": [
            {**_location(Location(path, edit.span), report), "text": edit.text}
            for edit in fix.edits
        ],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "kind": str(notice.kind),
        "path": safe(notice.path),
        "line": notice.line or None,
        "message": safe(notice.message),
    }
