from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values import ValueKind
from agentlint.findings import Applicability, Finding, NewEntry, Repair
from agentlint.knowledge.families import GENERIC, Family, word_of_family
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.served import families_served
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.serving import provider_of


@rule("missing-endpoint-family", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.family_required or route.family_source is FamilySource.DECLARED:
        return
    if route.family_value.given or route.model.kind is ValueKind.PLACEHOLDER:
        return
    yield ctx.finding(
        route.path,
        (route.role.span if route.kind is RouteKind.TABLE else None) or route.place,
        f"route `{route.name}` names no endpoint family",
        help=_help(route),
        subject=route.name,
        repair=_named(route, ctx),
    )


def _named(route: Route, ctx: Context) -> Repair | None:
    """The family as an entry beside the model, where there is no doubt about it.

    An entry that is no more than its model has no place for a key.
    """
    known, beside = find_format(route.format), route.model.span or route.endpoint_path.span
    family = _decided(route, ctx)
    if not known or not known.family_key or not beside or not family or beside == route.span:
        return None
    word = word_of_family(family, dialect=known.family_dialect)
    return Repair(
        f"add `{known.family_key}: {word}`",
        Applicability.SAFE if route.family is not None else Applicability.UNSAFE,
        (NewEntry(route.span, beside, known.family_key, word),),
    )


def _decided(route: Route, ctx: Context) -> Family | None:
    """The family that the path and the model do not contradict each other on."""
    model = route.model.literal or ""
    families = families_served(provider_of(route), model, catalogue=ctx.catalogue)
    if route.family is not None:
        return route.family if not families or route.family in families else None
    named = bool(route.provider.literal or route.base_url.literal)
    return next(iter(families)) if named and families and len(families) == 1 else None


def _help(route: Route) -> str:
    known = find_format(route.format)
    key, dialect = (known.family_key, known.family_dialect) if known else ("", GENERIC)
    if route.family is not None:
        word = word_of_family(route.family, dialect=dialect)
        return f'its path says `{key}: "{word}"`: write it beside the model'
    examples = (Family.RESPONSES, Family.CHAT_COMPLETIONS)
    words = ", ".join(f"`{word_of_family(family, dialect=dialect)}`" for family in examples)
    return f"write `{key}` beside the model: {words}, …"
