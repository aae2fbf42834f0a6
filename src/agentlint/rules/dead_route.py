from __future__ import annotations

from collections.abc import Iterator, Mapping

from agentlint.discovery import is_put_away
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.findings import (
    Applicability,
    Change,
    Finding,
    NewKey,
    NewValue,
    NoEntry,
    Repair,
    Severity,
)
from agentlint.knowledge.dead_routes import DeadKey, Disregard
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern

# What an option of a command line takes without quotes.
_ONE_WORD = Pattern(r"[\w./:@?&=%+-]{1,400}")

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


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if route.dead is None or not route.dead.is_first or route.scope is RouteScope.TEST:
        return
    dead = route.dead.key
    if dead.how is Disregard.SUPERSEDED and not _speaks_for_file(route, ctx):
        return
    key = ".".join(route.pointer)
    refused = route.family_value.span if dead.how is Disregard.REFUSED else None
    yield ctx.finding(
        route.path,
        refused or route.place,
        f"{_VERDICTS[dead.how].format(key=key)}: {dead.reason}",
        severity=Severity.INFO if is_put_away(route.path) else _SEVERITIES[dead.how],
        help=dead.remedy,
        subject=key,
        repair=_repair(route, dead),
    )


def _repair(route: Route, key: DeadKey) -> Repair | None:
    """What the reader does act on, in place of what it does not.

    Never safe: calls go elsewhere afterwards, or the file no longer says where they were meant to go.
    """
    if key.instead:
        refused = route.family_value if route.family_value.span else route.provider
        change = NewValue(refused.span, key.instead) if refused.span else None
        return _unsafe(f"write `{key.instead}`", change)
    dead = route.model if route.model.given else route.base_url
    if dead.span is None:
        return None
    if key.removable:
        return _unsafe(f"remove `{route.pointer[-1]}`", NoEntry(dead.span))
    if not key.new_key or not dead.literal or not _ONE_WORD.fullmatch(dead.literal):
        return None
    value = key.new_value.replace("{value}", dead.literal)
    moved = NewValue(dead.span, value) if value != dead.literal else None
    return _unsafe(f"write `{key.new_key}: {value}`", NewKey(dead.span, key.new_key), moved)


def _unsafe(title: str, *changes: Change | None) -> Repair | None:
    wanted = tuple(change for change in changes if change)
    return Repair(title, Applicability.UNSAFE, wanted) if wanted else None


def _speaks_for_file(route: Route, ctx: Context) -> bool:
    """Whether this is the first of the routes that newer readers no longer look for; a sample that
    nobody reads is of no release."""
    return not route.in_example and ctx.project.once(_first_dead).get(route.path) is route


def _first_dead(project: Project) -> Mapping[str, Route]:
    first: dict[str, Route] = {}
    for route in project.all(Route):
        if route.dead and route.dead.key.how is Disregard.SUPERSEDED:
            first.setdefault(route.path, route)
    return first
