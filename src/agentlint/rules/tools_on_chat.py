from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.facts.serving import provider_of
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import CHAT_TO_RESPONSES, Family, canonical_path
from agentlint.knowledge.verdicts import ToolsLimit, tools_limit
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.sender import sender_of

_NO_REASONING = "none"
_WHILE = " while it reasons"


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    tools = route.function_tools.span
    if tools is None or not route.effective or route.scope is RouteScope.TEST:
        return
    if route.is_given:  # its function may call without tools for some models
        return
    if ctx.settings.gateway.bridges:
        return
    for upstream, limit in _limited(route, ctx.project):
        if limit.effort_none_helps and _does_not_reason(route, limit):
            continue
        yield ctx.finding(
            route.path,
            route.place,
            f"{sender_of(route)} sends function tools with `{upstream.model.raw}` to Chat Completions, "
            f"which refuses them for this model{_WHILE if limit.effort_none_helps else ''}",
            help=_help(limit),
            related=_related(route, upstream),
            subject=f"{route.name}: {upstream.model.raw}",
        )
        return


def _limited(route: Route, project: Project) -> Iterator[tuple[Route, ToolsLimit]]:
    """What limits the route itself, or the routes of the names that it leads to."""
    limit = _limit(route)
    if limit:
        yield route, limit
    for target in route.targets:
        yield from project.once(_limited_by_alias).get(target.raw, ())


def _limited_by_alias(project: Project) -> Mapping[str, Sequence[tuple[Route, ToolsLimit]]]:
    """The routes of each name that are limited: the first for each way out that a limit leaves."""
    return {alias: _first_limited(routes) for alias, routes in project.aliases.items()}


def _first_limited(routes: Sequence[Route]) -> Sequence[tuple[Route, ToolsLimit]]:
    first: dict[tuple[bool, bool], tuple[Route, ToolsLimit]] = {}
    for route in routes:
        limit = _limit(route)
        if limit:
            first.setdefault((limit.effort_none_helps, limit.by_default), (route, limit))
    return tuple(first.values())


def _limit(upstream: Route) -> ToolsLimit | None:
    translated = CHAT_TO_RESPONSES in upstream.bridges
    if upstream.family is not Family.CHAT_COMPLETIONS or translated or not upstream.model.literal:
        return None
    if upstream.base_url.given and not (upstream.base_url.literal or upstream.provider.literal):
        return None  # a host that only the environment knows
    return tools_limit(provider_of(upstream), upstream.model.literal)


def _does_not_reason(route: Route, limit: ToolsLimit) -> bool:
    """Whether the effort is none, is settled where nobody here can see it, or is left to a model that
    does not reason unasked."""
    effort = route.reasoning_effort
    if not effort.given:
        return not limit.by_default
    return effort.literal in (None, _NO_REASONING)


def _help(limit: ToolsLimit) -> str:
    path = canonical_path(Family.RESPONSES)
    return f"use `{path}`{_otherwise(limit)} ({limit.evidence.summary})"


def _otherwise(limit: ToolsLimit) -> str:
    if not limit.by_default:
        return ", or leave the reasoning effort out"
    return ", or set the reasoning effort to `none`" if limit.effort_none_helps else ""


def _related(route: Route, upstream: Route) -> tuple[Related, ...]:
    found = []
    if route.function_tools.span:
        place = Location(route.path, route.function_tools.span)
        found.append(Related(place, "the tools are given here"))
    if upstream is not route:
        found.append(Related(Location(upstream.path, upstream.place), "the model is named here"))
    return tuple(found)
