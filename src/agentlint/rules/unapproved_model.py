from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.route import Route, RouteScope
from agentlint.facts.values import Value
from agentlint.findings import Finding
from agentlint.knowledge.names import parse_model
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

_ACTIVE = (Stance.DIRECTIVE, Stance.ASSIGNED)
_SHOWN = (Position.COMMENT, Position.LINK)


@rule("unapproved-model", on=(Route, ModelMention))
def check(fact: Route | ModelMention, ctx: Context) -> Iterator[Finding]:
    approved = ctx.settings.models.approved
    if not approved:
        return
    named = _named(fact)
    if named is None:
        return
    model, span, alias = named
    keys = {parse_model(entry).key for entry in approved}
    if model in approved or alias in approved or parse_model(model).key in keys:
        return
    yield ctx.finding(
        fact.path,
        span,
        f"`{model}` is not among the approved models",
        help="run the approval and add the model to `[models] approved`, or use an approved one",
        subject=model,
    )


def _named(fact: Route | ModelMention) -> tuple[str, Span, str] | None:
    """The model that a fact puts to work, its place, and the alias that it goes by."""
    match fact:
        case Route(model=Value(span=Span() as span) as model, scope=scope):
            if model.literal and fact.effective and scope is not RouteScope.TEST:
                return model.literal, span, fact.alias.raw
        case ModelMention(stance=stance, position=position) if stance in _ACTIVE:
            if not fact.in_test and position not in _SHOWN:
                return fact.id, fact.span, fact.id
    return None
