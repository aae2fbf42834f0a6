from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import FamilySource, Route
from agentlint.facts.values import Value
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import (
    GENERIC,
    Family,
    canonical_path,
    family_of_path,
    word_of_family,
)
from agentlint.knowledge.formats import find_format
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_NO_CLAIM = frozenset({Family.AUTO, Family.UNKNOWN, Family.PASSTHROUGH, Family.BATCH})


@rule("endpoint-path-mismatch", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.family_required or route.family_source is not FamilySource.DECLARED:
        return
    if route.family is None or route.family in _NO_CLAIM:
        return
    for where in (route.endpoint_path, route.base_url):
        served = family_of_path(where.literal) if where.literal else None
        if served and served not in (route.family, *_NO_CLAIM) and not _translates(route, served):
            yield _finding(route, where, served, ctx)
            return


def _translates(route: Route, served: Family) -> bool:
    return (route.family, served) in route.bridges


def _finding(route: Route, where: Value, served: Family, ctx: Context) -> Finding:
    assert where.span is not None
    assert route.family is not None
    declared = route.family_value.span
    path, known = canonical_path(route.family), find_format(route.format)
    word = word_of_family(served, dialect=known.family_dialect if known else GENERIC)
    return ctx.finding(
        route.path,
        where.span,
        f"`{where.raw}` serves {served}, but route `{route.name}` declares {route.family}",
        help=f"use `{path}`, or declare `{word}`" if path else f"declare `{word}`",
        related=(Related(Location(route.path, declared), "the family is declared here"),)
        if declared
        else (),
        subject=route.name,
    )
