"""SARIF 2.1.0 as GitHub code scanning and other viewers read it.

Columns are UTF-16 code units, as `columnKind` says. Paths are relative to the root and
percent-encoded, so that no path of this machine is in the file; nor is a time or a command line, so
that equal findings give equal files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

from agentlint import __version__
from agentlint.facts.detectors.redaction import redact
from agentlint.findings import (
    Finding,
    Fix,
    Location,
    Notice,
    NoticeKind,
    Suppressed,
)
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters.addresses import HOME
from agentlint.reporters.code_units import utf16_column
from agentlint.reporters.line_hash import line_hashes
from agentlint.reporters.masking import masked
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe, safe_fix
from agentlint.reporters.sarif_rules import LEVELS, notice_descriptor, rule_descriptor
from agentlint.reporters.wording import message_of, sentence
from agentlint.text import Pattern, SourceFile, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
MAX_RESULTS = 25_000
MAX_RELATED = 1_000
_MAX_SNIPPET = 300
_DRIVE = Pattern(r"[A-Za-z]:[/\\]")
_LINK_MARKS = Pattern(r"([\\\[\]])")
_LINK = "]("


def render(report: Report) -> str:
    """One SARIF log with one run."""
    pages = list(rule_pages().values())
    results = _Results(report)
    listed = results.all()
    run = {
        "tool": {
            "driver": {
                "name": "agentlint",
                "fullName": f"agentlint {__version__}",
                "organization": "agentlint",
                "semanticVersion": __version__,
                "version": __version__,
                "informationUri": HOME,
                "rules": [rule_descriptor(page) for page in pages],
                "notifications": [notice_descriptor(kind) for kind in NoticeKind],
            }
        },
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "defaultEncoding": "utf-8",
        "automationDetails": {"id": "agentlint/"},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the checkout."}}},
        "results": listed,
        "invocations": [
            {
                "executionSuccessful": not report.failed,
                "toolExecutionNotifications": [
                    _notification(notice) for notice in (*report.notices, *results.left_out)
                ],
            }
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


class _Results:
    """The results of a report, within the limits of code scanning; `left_out` says what is not there."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._rules = {rule: index for index, rule in enumerate(rule_pages())}
        self._hashes = cache(lambda path: line_hashes(report.sources[path].text))
        self.left_out: list[Notice] = []

    def all(self) -> list[dict[str, Any]]:
        findings, suppressed = self._report.findings, self._report.suppressed
        excess = len(findings) + len(suppressed) - MAX_RESULTS
        if excess > 0:
            self._leave_out("", excess, MAX_RESULTS, "results")
        kept = _most_severe(findings)
        return [
            *(self._result(finding) for finding in kept),
            *(self._suppressed(item) for item in suppressed[: MAX_RESULTS - len(kept)]),
        ]

    def _leave_out(self, path: str, count: int, limit: int, what: str) -> None:
        message = f"code scanning takes {limit} {what} at most: {count} more left out"
        self.left_out.append(Notice(path, 0, NoticeKind.LIMIT, message))

    def _result(self, finding: Finding) -> dict[str, Any]:
        source = self._report.sources[finding.path]
        line = source.position(finding.span.start).line
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self._rules[finding.rule],
            "level": LEVELS[finding.severity],
            "kind": "fail",
            "message": {"text": _message(finding)},
            "locations": [_location(finding.location, self._report, snippet=True)],
            "partialFingerprints": {
                "primaryLocationLineHash": self._hashes(finding.path)[line - 1],
                "agentlint/v1": finding.fingerprint,
            },
            "properties": {"confidence": str(finding.confidence)},
        }
        if finding.related:
            result["relatedLocations"] = self._related(finding)
        fix = safe_fix(finding.fix)
        if fix:
            result["fixes"] = [_fix(fix, source)]
        return result

    def _related(self, finding: Finding) -> list[dict[str, Any]]:
        if len(finding.related) > MAX_RELATED:
            count = len(finding.related) - MAX_RELATED
            self._leave_out(finding.path, count, MAX_RELATED, "locations a result")
        return [
            {
                "id": number,
                **_location(related.location, self._report),
                "message": {"text": sentence(_plain(related.message))},
            }
            for number, related in enumerate(finding.related[:MAX_RELATED], 1)
        ]

    def _suppressed(self, item: Suppressed) -> dict[str, Any]:
        suppression: dict[str, Any] = {"kind": "external", "status": "accepted"}
        if item.comment:
            suppression["kind"] = "inSource"
            suppression["location"] = _location(item.comment, self._report)
        if item.reason:
            suppression["justification"] = _plain(item.reason)
        return {**self._result(item.finding), "suppressions": [suppression]}


def _most_severe(findings: Sequence[Finding]) -> Sequence[Finding]:
    if len(findings) <= MAX_RESULTS:
        return findings
    ranked = sorted(findings, key=lambda finding: finding.severity.rank)
    return sorted(ranked[:MAX_RESULTS], key=lambda finding: finding.sort_key)


def _message(finding: Finding) -> str:
    """Plain text: what is wrong, what to do, and links to the related places."""
    text = message_of(finding)
    if finding.related or _LINK in text:
        text = _without_links(text)
    links = (
        f" See [{_without_links(safe(related.message))}]({number})."
        for number, related in enumerate(finding.related[:MAX_RELATED], 1)
    )
    return text + "".join(links)


def _plain(text: str) -> str:
    shown = safe(text)
    return _without_links(shown) if _LINK in shown else shown


def _without_links(text: str) -> str:
    """`text` with its brackets escaped as SARIF has it, and apart for readers that know no escapes."""
    return _LINK_MARKS.sub(r"\\\1", text).replace(_LINK, "]\\(")


def _location(location: Location, report: Report, *, snippet: bool = False) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(location.path)}
    source = report.sources.get(location.path)
    if source:
        physical["region"] = _region(location.span, source)
        if snippet:
            physical |= _context(location, source, report)
    return {"physicalLocation": physical}


def _context(location: Location, source: SourceFile, report: Report) -> dict[str, Any]:
    """The line of a place, for viewers without the file; nothing for several lines or a long one."""
    line = source.position(location.span.start).line
    whole = source.line_span(line)
    if len(whole) > _MAX_SNIPPET or source.position(location.span.end).line != line:
        return {}
    text = masked(whole.cut(source.text), whole.start, report.secrets.get(location.path, ()))
    snippet = {"text": safe(text)}
    return {"contextRegion": {"startLine": line, "endLine": line, "snippet": snippet}}


def _region(span: Span, source: SourceFile) -> dict[str, int]:
    return {
        "startLine": source.position(span.start).line,
        "startColumn": utf16_column(source, span.start),
        "endLine": source.position(span.end).line,
        "endColumn": utf16_column(source, span.end),
    }


def _fix(fix: Fix, source: SourceFile) -> dict[str, Any]:
    return {
        "description": {"text": sentence(_plain(fix.title))},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(source.path),
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
    notification: dict[str, Any] = {
        "descriptor": {"id": str(notice.kind), "index": list(NoticeKind).index(notice.kind)},
        "level": "error" if notice.kind.is_failure else "warning",
        "message": {"text": sentence(_plain(notice.message))},
    }
    if notice.path:
        physical: dict[str, Any] = {"artifactLocation": _artifact(notice.path)}
        if notice.line:
            physical["region"] = {"startLine": notice.line}
        notification["locations"] = [{"physicalLocation": physical}]
    return notification


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: below the root, or anywhere for one of several checkouts."""
    if path.startswith("/"):
        return {"uri": f"file://{_uri(path)}"}
    if _DRIVE.match(path):
        below = path[2:].replace("\\", "/")
        return {"uri": f"file:///{path[:2]}{_uri(below)}"}
    return {"uri": _uri(path), "uriBaseId": ROOT}


@cache
def _uri(path: str) -> str:
    return quote(redact(path).encode("utf-8", "surrogateescape"), safe="/")
