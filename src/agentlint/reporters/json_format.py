"""A stable JSON document for scripts; docs/json.md describes version 1.

Keys are only ever added to a version. Lines and columns start at 1, columns count code points, and
ends are exclusive.
"""

from __future__ import annotations

import json
from typing import Any

from agentlint import __version__
from agentlint.findings import BaselineEntry, Finding, Fix, Location, Notice, Severity, Suppressed
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe, safe_fix

VERSION = 1


def render(report: Report) -> str:
    """The whole report as one JSON object."""
    document: dict[str, Any] = {
        "version": VERSION,
        "tool": {"name": "agentlint", "version": __version__},
        "findings": [finding_object(finding, report) for finding in report.findings],
        "notices": [notice_object(notice) for notice in report.notices],
        "summary": summary_object(report),
    }
    if report.suppressed:
        document["suppressed"] = [suppressed_object(item, report) for item in report.suppressed]
    if report.baseline:
        document["baseline"] = {
            "hidden": report.baseline.hidden,
            "stale": [stale_object(entry) for entry in report.baseline.stale],
        }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def finding_object(finding: Finding, report: Report) -> dict[str, Any]:
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


def suppressed_object(suppressed: Suppressed, report: Report) -> dict[str, Any]:
    """A finding with the `reason` of the comment that took it back."""
    return {**finding_object(suppressed.finding, report), "reason": safe(suppressed.reason)}


def notice_object(notice: Notice) -> dict[str, Any]:
    return {
        "kind": str(notice.kind),
        "path": safe(notice.path),
        "line": notice.line or None,
        "message": safe(notice.message),
    }


def stale_object(entry: BaselineEntry) -> dict[str, Any]:
    """A baseline entry; `count` is the number of its findings that are gone."""
    return {
        "rule": safe(entry.rule),
        "path": safe(entry.path),
        "fingerprint": safe(entry.fingerprint),
        "count": entry.count,
    }


def summary_object(report: Report) -> dict[str, Any]:
    counts = {
        **{f"{severity}s": report.count(severity) for severity in Severity},
        "files_read": report.files_read,
        "files_skipped": report.files_skipped,
        "suppressed": report.suppressed_count,
    }
    if report.on_unchanged_lines is not None:
        counts["on_unchanged_lines"] = report.on_unchanged_lines
    return counts


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
