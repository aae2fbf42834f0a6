from __future__ import annotations

from collections.abc import Iterator, Mapping

from agentlint.discovery import is_put_away
from agentlint.facts.call_site import CallSite
from agentlint.facts.mention import ModelMention
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.hardcoded_model_id.called import called
from agentlint.rules.hardcoded_model_id.chosen import NAMED_FOR_TOOLS, chosen
from agentlint.rules.hardcoded_model_id.instructed import instructed
from agentlint.rules.rule import rule
from agentlint.text import Spans


@rule(on=(ModelMention, Route, CallSite))
def check(fact: ModelMention | Route | CallSite, ctx: Context) -> Iterator[Finding]:
    found: Iterator[Finding] = iter(())
    match fact:
        case ModelMention():
            found = instructed(fact, ctx)
        case Route(kind=kind, scope=scope, effective=True) if kind in NAMED_FOR_TOOLS:
            if scope.is_read and not _is_mentioned(fact, ctx):
                found = chosen(fact, ctx)
        case CallSite(scope=RouteScope.REPOSITORY, model_origin=None):
            found = called(fact, ctx)
    for finding in found:
        if not is_put_away(finding.path):
            yield finding


def _is_mentioned(route: Route, ctx: Context) -> bool:
    """Whether the model stands where an instruction names it, as in front matter."""
    span = route.model.span
    return span is not None and ctx.project.once(_mentioned)[route.path].any_overlaps(span)


def _mentioned(project: Project) -> Mapping[str, Spans]:
    """Where the instructions of each file name a model."""
    return {
        file.path: Spans(mention.span for mention in file.of(ModelMention))
        for file in project.files
    }
