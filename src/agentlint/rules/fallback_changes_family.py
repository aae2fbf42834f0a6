from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.project import Project
from agentlint.facts.route import FamilySource, Route, RouteScope
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import Family
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_STATED = (FamilySource.DECLARED, FamilySource.PATH)
_NO_CLAIM = frozenset({Family.AUTO, Family.UNKNOWN, Family.PASSTHROUGH, Family.BATCH})


@rule("fallback-changes-family", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not _is_stated(route) or route.bridges:
        return
    for fallback in route.fallbacks:
        span = fallback.target.span
        target = _target(fallback.target.literal, route, ctx.project)
        if span is None or target is None or target.family == route.family:
            continue
        if _is_converted(route, target, ctx):
            continue
        place = Location(target.path, target.family_value.span or target.place)
        yield ctx.finding(
            route.path,
            span,
            f"route `{route.name}` speaks {route.family}, but falls back to "
            f"`{fallback.target.raw}`, which speaks {target.family}",
            help=f"fall back to a {route.family} route, or stop and report the error",
            related=(Related(place, f"this makes it {target.family}"),),
            subject=f"{route.name}: {fallback.target.raw}",
        )


def _is_stated(route: Route) -> bool:
    read = route.effective and route.scope is RouteScope.REPOSITORY
    return read and route.family_source in _STATED and route.family not in (None, *_NO_CLAIM)


def _target(name: str | None, route: Route, project: Project) -> Route | None:
    """The one route that a fallback names; of several in the repository, the one of its own table."""
    found = [r for r in project.aliases.get(name or "", ()) if _is_stated(r)]
    own = [r for r in found if (r.path, r.pointer[:-1]) == (route.path, route.pointer[:-1])]
    families = {r.family for r in own or found}
    return (own or found)[0] if len(families) == 1 else None


def _is_converted(route: Route, target: Route, ctx: Context) -> bool:
    """Whether the settings say that the gateway turns one of the two into the other."""
    pair = {route.family, target.family}
    return pair == {Family.CHAT_COMPLETIONS, Family.RESPONSES} and bool(
        ctx.settings.gateway.bridges
    )
