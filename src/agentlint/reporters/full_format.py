"""For people on a terminal: each finding with its lines, what belongs to it and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from agentlint.findings import Finding, Severity
from agentlint.knowledge.pages import credential_rules
from agentlint.reporters.concise_format import closing_lines, fix_mark
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import summary

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _DIM, _BLUE = "1", "2", "34"
Paint: TypeAlias = Callable[[str, str], str]


def render(report: Report, *, colour: bool = False) -> str:
    """Findings with code frames, then what else there is to say, then the summary line."""
    paint = _paint if colour else _plain
    blocks = ["\n".join(_block(finding, report, paint)) for finding in report.findings]
    closing = "\n".join(paint(line, _DIM) for line in closing_lines(report))
    return "\n\n".join(filter(None, (*blocks, closing, summary(report)))) + "\n"


def _block(finding: Finding, report: Report, paint: Paint) -> Iterator[str]:
    label = paint(f"{finding.severity}[{finding.rule}]", f"{_BOLD};{_COLOURS[finding.severity]}")
    yield f"{label}: {paint(safe(finding.message), _BOLD)}{fix_mark(finding, report)}"
    yield from _place(finding.path, finding.span.start, report, paint, "-->")
    secrets = report.secrets.get(finding.path, ())
    from agentlint.reporters.frame import frame  # not for a report without findings

    for line in frame(report.sources[finding.path], finding.span, secrets):
        text = paint(line.text, _COLOURS[finding.severity]) if line.underlines else line.text
        yield f"{paint(line.gutter, _BLUE)} {text}".rstrip()
    for related in finding.related:
        yield f"  {paint('=', _BLUE)} note: {safe(related.message)}"
        yield from _place(related.location.path, related.location.span.start, report, paint, ":::")
    if finding.rule in credential_rules():
        yield f"  {paint('=', _BLUE)} fingerprint: {finding.fingerprint}"
    if finding.help:
        yield f"  {paint('=', _BLUE)} help: {safe(finding.help)}"


def _place(path: str, start: int, report: Report, paint: Paint, arrow: str) -> Iterator[str]:
    source = report.sources.get(path)
    where = safe(report.viewpoint.path(path))
    if source:
        position = source.position(start)
        where += f":{position.line}:{position.column}"
    yield f"  {paint(arrow, _BLUE)} {where}"


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:  # noqa: ARG001 - stands in for _paint
    return text
