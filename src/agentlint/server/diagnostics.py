"""Findings and notices as diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Range,
)

from agentlint.engine.suppress import UNUSED
from agentlint.engine.workspace import Snapshot
from agentlint.findings import Finding, Notice, Severity
from agentlint.reporters.addresses import NOTICES, rule_address
from agentlint.reporters.safe import safe
from agentlint.reporters.wording import message_of, sentence
from agentlint.server.positions import Positions
from agentlint.text import SourceFile, Span

SOURCE = "agentlint"
_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}
_START = SourceFile("", "")


def diagnostics_of(
    path: str, snapshot: Snapshot, encoding: str, uri_of: Callable[[str], str]
) -> list[Diagnostic]:
    """What a client shows at the file of this path; `uri_of` names files by their path."""
    sources = snapshot.collected.sources
    found = (finding for finding in snapshot.report.findings if finding.path == path)
    noticed = (notice for notice in snapshot.report.notices if notice.path == path)
    places = Positions(sources.get(path, _START), encoding)
    return [
        *(_of_finding(finding, places, snapshot, uri_of) for finding in found),
        *(_of_notice(notice, places) for notice in noticed),
    ]


def settings_fault(message: str) -> Diagnostic:
    """What is wrong with a settings file, at its first line."""
    return Diagnostic(
        range=Positions(_START).range(Span(0, 0)),
        message=sentence(safe(message)),
        severity=DiagnosticSeverity.Error,
        source=SOURCE,
        code="settings",
    )


def _of_finding(
    finding: Finding, places: Positions, snapshot: Snapshot, uri_of: Callable[[str], str]
) -> Diagnostic:
    return Diagnostic(
        range=places.range(finding.span),
        message=message_of(finding),
        severity=_SEVERITIES[finding.severity],
        source=SOURCE,
        code=finding.rule,
        code_description=CodeDescription(rule_address(finding.rule)),
        tags=[DiagnosticTag.Unnecessary] if finding.rule == UNUSED else None,
        related_information=list(_related(finding, places.encoding, snapshot, uri_of)) or None,
    )


def _related(
    finding: Finding, encoding: str, snapshot: Snapshot, uri_of: Callable[[str], str]
) -> Iterator[DiagnosticRelatedInformation]:
    for related in finding.related:
        source = snapshot.collected.sources.get(related.location.path)
        if source:
            place = Positions(source, encoding).range(related.location.span)
            location = Location(uri_of(related.location.path), place)
            yield DiagnosticRelatedInformation(location, sentence(safe(related.message)))


def _of_notice(notice: Notice, places: Positions) -> Diagnostic:
    line = min(max(notice.line, 1), places.source.line_count)
    whole = places.source.line_span(line)
    place = places.range(whole) if notice.line else Range(*[places.position(0)] * 2)
    return Diagnostic(
        range=place,
        message=sentence(safe(notice.message)),
        severity=DiagnosticSeverity.Information,
        source=SOURCE,
        code=str(notice.kind),
        code_description=CodeDescription(f"{NOTICES}#{notice.kind}"),
    )
