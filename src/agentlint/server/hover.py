"""What a client shows for the thing under the pointer: a rule's page, or the routes of a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from agentlint.engine.workspace import Snapshot
from agentlint.facts.suppression import Suppression
from agentlint.facts.values.value import Located
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters.addresses import rule_address
from agentlint.server.names import Definition, RouteNames
from agentlint.server.navigation import route_summary
from agentlint.server.positions import Positions
from agentlint.text import Span

_RULER = "\n\n---\n\n"


def hover_at(
    path: str, offset: int, snapshot: Snapshot, names: RouteNames, encoding: str
) -> Hover | None:
    """The pages of the rules that speak at an offset of a file, else the routes of the name there."""
    source = snapshot.collected.sources.get(path)
    if source is None:
        return None
    rules = list(_rules_at(path, offset, snapshot))
    if rules:
        pages = map(_page, dict.fromkeys(rule.value for rule in rules))
        shown, spans = _RULER.join(pages), [rule.span for rule in rules]
    else:
        name = names.at(path, offset)
        if name is None:
            return None
        shown, spans = _routes(names.definitions[name.value]), [name.span]
    place = Span(min(span.start for span in spans), max(span.end for span in spans))
    content = MarkupContent(MarkupKind.Markdown, shown)
    return Hover(content, Positions(source, encoding).range(place))


def _routes(definitions: Sequence[Definition]) -> str:
    lines = (f"→ {route_summary(definition.route)}\n" for definition in definitions)
    return f"```text\n{''.join(lines)}```"


def _rules_at(path: str, offset: int, snapshot: Snapshot) -> Iterator[Located[str]]:
    """The rules of findings, and those that a comment names, each with its place."""
    for finding in snapshot.report.findings:
        if finding.path == path and finding.span.start <= offset <= finding.span.end:
            yield Located(finding.rule, finding.span)
    file = snapshot.collected.project.file(path)
    for comment in file.of(Suppression) if file else ():
        for name in comment.rules:
            if name.span.start <= offset <= name.span.end and name.value in rule_pages():
                yield name


def _page(rule: str) -> str:
    return f"{rule_pages()[rule].help}\n[{rule}]({rule_address(rule)})"
