from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import FamilySource, Route
from agentlint.facts.serving import provider_of
from agentlint.facts.values.value import Value
from agentlint.findings import Applicability, Finding, Location, NewValue, Related, Repair
from agentlint.knowledge.families import (
    GENERIC,
    Family,
    canonical_path,
    path_for,
    word_of_family,
)
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.served import families_served
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.served_paths import contradiction


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.family_required or route.chosen_family.source is not FamilySource.DECLARED:
        return
    if route.family is None or route.family.claims_nothing:
        return
    contradicted = contradiction(route, route.family)
    if contradicted:
        yield _finding(route, *contradicted, ctx)


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
        repair=_agreed(route, where, served, word, ctx),
    )


def _agreed(route: Route, where: Value, served: Family, word: str, ctx: Context) -> Repair | None:
    """The one of the two that the model is served on decides; none where it is both or neither, or
    where one of them holds for other routes too."""
    families = families_served(
        provider_of(route), route.model.literal or "", catalogue=ctx.catalogue
    )
    declared = route.family_value.span
    if not (route.owns(where) and route.owns(route.family_value)):
        return None
    if not families or route.family is None or (route.family in families) is (served in families):
        return None
    if served in families:
        changes = (NewValue(declared, word),) if declared else ()
        return Repair(f"declare `{word}`", Applicability.UNSAFE, changes) if changes else None
    path = path_for(where.raw, served, route.family)
    if path is None or where.span is None:
        return None
    return Repair(f"use `{path}`", Applicability.UNSAFE, (NewValue(where.span, path),))
