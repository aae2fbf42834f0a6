from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.findings import Finding, Location, Related, Severity
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.providers import provider_named
from agentlint.knowledge.retirements import Retirement, retirement
from agentlint.rules.approvals import approvals
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.serving import provider_of
from agentlint.text import Span

WARN_DAYS = 90
_ACTIVE = (Stance.DIRECTIVE, Stance.ASSIGNED)
# What calls through the repository's own table as a rule; an agent or a tool has a provider of its own.
_CALLERS = (RouteKind.CALL, RouteKind.ENVIRONMENT)
_SHOWN = (Position.COMMENT, Position.LINK)


@rule("retired-model", on=(Route, ModelMention))
def check(fact: Route | ModelMention, ctx: Context) -> Iterator[Finding]:
    match fact:
        case Route(model=model, scope=scope) if scope is not RouteScope.TEST and fact.effective:
            if (
                model.literal
                and model.span
                and not (_is_alias_call(fact, ctx) or _is_substituted(fact))
            ):
                ending = retirement(provider_of(fact), model.literal)
                yield from _finding(fact.path, model.span, ending, ctx, shown=fact.in_example)
        case ModelMention(stance=stance, position=position) if stance in _ACTIVE:
            known = fact.in_test or fact.id in ctx.project.aliases
            routed = (fact.path, fact.span) in ctx.project.once(_routed)
            if not (routed or known or fact.elsewhere or position in _SHOWN):
                yield from _finding(fact.path, fact.span, retirement(None, fact.id), ctx)


def _is_alias_call(route: Route, ctx: Context) -> bool:
    """Whether a caller asks for an alias of the repository that only looks like the model."""
    return route.kind in _CALLERS and route.model.raw in ctx.project.aliases


def _is_substituted(route: Route) -> bool:
    """Whether the reader of a route calls a newer model in place of the one that is named."""
    reader = find_format(route.format)
    return reader is not None and route.model.raw in reader.substituted


def _routed(project: Project) -> frozenset[tuple[str, Span | None]]:
    """Where the models of routes stand: a route tells better who answers there."""
    return frozenset((route.path, route.model.span) for route in project.all(Route))


def _finding(
    path: str, span: Span, ending: Retirement | None, ctx: Context, *, shown: bool = False
) -> Iterator[Finding]:
    """What to say of a model's end; an example that is only shown may wait until the day has come."""
    if ending is None or ending.days_left(ctx.today) > (0 if shown else WARN_DAYS):
        return
    left = ending.days_left(ctx.today)
    verb = "stopped answering for" if left <= 0 else "will stop answering for"
    advice = f"move to `{ending.replacement}`" if ending.replacement else "choose a successor"
    yield ctx.finding(
        path,
        span,
        f"{_title(ending.provider)} {verb} `{ending.model}` on {ending.day}",
        severity=Severity.ERROR if left <= 0 and not shown else Severity.WARNING,
        help=f"{advice} (verified on {ending.verified_on}: {ending.source})",
        related=_broken_approval(ending.model, ctx),
        subject=ending.model,
    )


def _broken_approval(model: str, ctx: Context) -> tuple[Related, ...]:
    """The approval record that the retirement undoes, if the repository keeps one."""
    last = ctx.project.once(approvals).last(model)
    if last is None:
        return ()
    return (Related(Location(last.path, last.place), "the approval that it breaks"),)


def _title(provider: str) -> str:
    known = provider_named(provider)
    return known.title if known else provider
