from __future__ import annotations

from collections.abc import Iterator, Mapping

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.findings import Applicability, Finding, NewValue, Repair, Severity
from agentlint.knowledge.dead_routes import Disregard
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_SEVERITIES = {
    Disregard.IGNORED: Severity.WARNING,
    Disregard.REFUSED: Severity.ERROR,
    Disregard.SUPERSEDED: Severity.INFO,
}
_VERDICTS = {
    Disregard.IGNORED: "`{key}` has no effect",
    Disregard.REFUSED: "`{key}` is refused",
    Disregard.SUPERSEDED: "the routes of this file may have no effect",
}


@rule("dead-route", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.ineffective_reason or route.scope is RouteScope.TEST:
        return
    if route.disregard is Disregard.SUPERSEDED and not _speaks_for_file(route, ctx):
        return
    key = ".".join(route.pointer)
    refused = route.family_value.span if route.disregard is Disregard.REFUSED else None
    yield ctx.finding(
        route.path,
        refused or route.place,
        f"{_VERDICTS[route.disregard].format(key=key)}: {route.ineffective_reason}",
        severity=_SEVERITIES[route.disregard],
        help=route.remedy,
        subject=key,
        repair=_accepted(route),
    )


def _accepted(route: Route) -> Repair | None:
    """The one value that a reader which refuses the written one takes in its place."""
    refused = route.family_value if route.family_value.span else route.provider
    if route.disregard is not Disregard.REFUSED or not route.instead or not refused.span:
        return None
    return Repair(
        f"write `{route.instead}`",
        Applicability.UNSAFE,
        (NewValue(refused.span, route.instead),),
    )


def _speaks_for_file(route: Route, ctx: Context) -> bool:
    """Whether this is the first of the routes that newer readers no longer look for; a sample that
    nobody reads is of no release."""
    return not route.in_example and ctx.project.once(_first_dead).get(route.path) is route


def _first_dead(project: Project) -> Mapping[str, Route]:
    dead = (route for route in project.all(Route) if route.disregard is Disregard.SUPERSEDED)
    return {route.path: route for route in reversed(tuple(dead))}
