from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import Family
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_Table: TypeAlias = tuple[str, tuple[str, ...]]
"""A route table: its file, and the pointer that its routes share."""
_Targets: TypeAlias = Mapping[tuple[str, _Table | None], Route | None]


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for route in project.all(Route):
        if route.fallbacks and _is_stated(route) and not route.bridges:
            yield from _findings(route, project.once(_targets), ctx)


def _findings(route: Route, targets: _Targets, ctx: Context) -> Iterator[Finding]:
    for fallback in route.fallbacks:
        span = fallback.target.span
        target = _target(fallback.target.literal or "", _table(route), targets)
        if span is None or target is None or target.family == route.family:
            continue
        if _is_converted(route, target, ctx):
            continue
        place = Location(target.path, target.family_value.span or target.place)
        yield ctx.finding(
            route.path,
            span,
            f"route `{route.name}` uses {route.family}, but falls back to "
            f"`{fallback.target.raw}`, which uses {target.family}",
            help=f"fall back to a {route.family} route, or stop and report the error",
            related=(Related(place, f"this makes it {target.family}"),),
            subject=f"{route.name}: {fallback.target.raw}",
        )


def _is_stated(route: Route) -> bool:
    read = route.effective and route.scope is RouteScope.REPOSITORY
    claims = route.family is not None and not route.family.claims_nothing
    return read and route.states_family and claims


def _table(route: Route) -> _Table:
    return route.path, route.pointer[:-1]


def _target(name: str, table: _Table, targets: _Targets) -> Route | None:
    """The one route that a fallback names; of several in the repository, the one of its own table."""
    own = (name, table)
    return targets[own] if own in targets else targets.get((name, None))


def _targets(project: Project) -> _Targets:
    """The first route of each name in each table, and, by None, in the repository; None where the routes
    of the name are not of one family there."""
    found: dict[tuple[str, _Table | None], Route | None] = {}
    for name, routes in project.aliases.items():
        for route in filter(_is_stated, routes):
            for table in (_table(route), None):
                first = found.setdefault((name, table), route)
                if first and first.family != route.family:
                    found[name, table] = None
    return found


def _is_converted(route: Route, target: Route, ctx: Context) -> bool:
    """Whether the settings say that the gateway turns one of the two into the other."""
    pair = {route.family, target.family}
    return pair == {Family.CHAT_COMPLETIONS, Family.RESPONSES} and bool(
        ctx.settings.gateway.bridges
    )
