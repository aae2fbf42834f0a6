"""SARIF 2.1.0 as GitHub code scanning and other viewers read it.

Columns are UTF-16 code units, as `columnKind` says. Paths are relative to the root and
percent-encoded, so that no path of this machine is in the file.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import quote

from agentlint import __version__
from agentlint.facts.redaction import redact
from agentlint.findings import Confidence, Finding, Fix, Location, Notice, NoticeKind, Severity
from agentlint.knowledge.pages import RulePage, rule_pages
from agentlint.reporters.line_hash import line_hashes
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe, safe_fix
from agentlint.text import Pattern, SourceFile, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/agentlint-gateway/agentlint"
ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
_PRECISION = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_MARKDOWN = Pattern(r"([\\\[\]()])")
_MAX_SHORT, _MAX_FULL = 250, 1000


def render(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001 - one signature for all
    """One SARIF log with one run."""
    pages = list(rule_pages().values())
    index = {page.id: number for number, page in enumerate(pages)}
    hashes = _Hashes(report)
    run = {
        "tool": {
            "driver": {
                "name": "agentlint",
                "fullName": f"agentlint {__version__}",
                "semanticVersion": __version__,
                "version": __version__,
                "informationUri": HOME,
                "rules": [_rule(page) for page in pages],
                "notifications": [_descriptor(kind) for kind in NoticeKind],
            }
        },
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "defaultEncoding": "utf-8",
        "automationDetails": {"id": "agentlint/"},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the checkout."}}},
        "invocations": [
            {
                "executionSuccessful": not report.failed,
                "toolExecutionNotifications": [_notification(n) for n in report.notices],
            }
        ],
        "results": [_result(f, index[f.rule], report, hashes) for f in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(page: RulePage) -> dict[str, Any]:
    tags = [page.category]
    properties: dict[str, Any] = {
        "problem.severity": _PROBLEMS[page.severity],
        "precision": "high",
    }
    if page.cwe:
        tags += ["security", f"external/cwe/{page.cwe.lower()}"]
    if page.security_severity:
        properties["security-severity"] = page.security_severity
    return {
        "id": page.id,
        "name": "".join(word.capitalize() for word in page.id.split("-")),
        "shortDescription": {"text": _sentence(page.title)[:_MAX_SHORT]},
        "fullDescription": {"text": page.summary[:_MAX_FULL]},
        "help": {"text": page.help, "markdown": page.help},
        "helpUri": f"{HOME}/blob/main/rules/{page.id}.md",
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
        "properties": {**properties, "tags": tags},
    }


def _descriptor(kind: NoticeKind) -> dict[str, Any]:
    text = _sentence(f"{str(kind).replace('-', ' ')}: a file, or a part of it, was not judged")
    return {
        "id": str(kind),
        "name": "".join(word.capitalize() for word in kind.split("-")),
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": "The notice says what was not read, and why."},
        "helpUri": f"{HOME}/blob/main/docs/notices.md",
    }


def _result(finding: Finding, rule: int, report: Report, hashes: _Hashes) -> dict[str, Any]:
    source = report.sources[finding.path]
    message = _message(finding)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "kind": "fail",
        "message": {"text": message},
        "locations": [_location(finding.location, report)],
        "partialFingerprints": {
            "primaryLocationLineHash": hashes.at(source, finding.span),
            "agentlint/v1": finding.fingerprint,
        },
        "properties": {"confidence": _PRECISION[finding.confidence]},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(related.location, report),
                "message": {"text": _plain(related.message)},
            }
            for number, related in enumerate(finding.related, 1)
        ]
    fix = safe_fix(finding.fix)
    if fix and fix.edits:
        result["fixes"] = [_fix(fix, source)]
    return result


def _message(finding: Finding) -> str:
    """The message as plain text: brackets are links in SARIF, so those of a file are escaped."""
    text = _sentence(_plain(finding.message))
    return f"{text} {_sentence(_plain(finding.help))}" if finding.help else text


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", safe(text))


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _location(location: Location, report: Report) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(location.path), "uriBaseId": ROOT}}
    source = report.sources.get(location.path)
    if source:
        physical["region"] = _region(location.span, source)
    return {"physicalLocation": physical}


def _region(span: Span, source: SourceFile) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": _utf16_column(source, span.start),
        "endLine": end.line,
        "endColumn": _utf16_column(source, span.end),
    }


def _utf16_column(source: SourceFile, offset: int) -> int:
    """The 1-based column of an offset in UTF-16 code units."""
    line = source.position(offset).line
    before = source.text[source.line_starts[line - 1] : offset]
    return 1 + len(before) + sum(ord(character) > 0xFFFF for character in before)


def _fix(fix: Fix, source: SourceFile) -> dict[str, Any]:
    return {
        "description": {"text": _sentence(_plain(fix.title))},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(source.path), "uriBaseId": ROOT},
                "replacements": [
                    {
                        "deletedRegion": _region(edit.span, source),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
    }


def _notification(notice: Notice) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(notice.path), "uriBaseId": ROOT}}
    if notice.line:
        physical["region"] = {"startLine": notice.line}
    return {
        "descriptor": {"id": str(notice.kind), "index": list(NoticeKind).index(notice.kind)},
        "level": "error" if notice.kind is NoticeKind.INTERNAL else "warning",
        "message": {"text": _sentence(_plain(notice.message))},
        "locations": [{"physicalLocation": physical}],
    }


def _uri(path: str) -> str:
    """The path percent-encoded, which keeps all that a terminal obeys out of it."""
    return quote(redact(path).encode("utf-8", "surrogateescape"), safe="/")


class _Hashes:
    """The line hashes of each file that has findings, worked out once a file."""

    def __init__(self, report: Report) -> None:
        self._of = cache(lambda path: line_hashes(report.sources[path].text))

    def at(self, source: SourceFile, span: Span) -> str:
        return self._of(source.path)[source.position(span.start).line - 1]
