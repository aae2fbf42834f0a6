from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values import ValueKind
from agentlint.findings import Finding
from agentlint.knowledge.families import GENERIC, Family, word_of_family
from agentlint.knowledge.formats import find_format
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


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
    )


def _help(route: Route) -> str:
    known = find_format(route.format)
    key, dialect = (known.family_key, known.family_dialect) if known else ("", GENERIC)
    if route.family is not None:
        word = word_of_family(route.family, dialect=dialect)
        return f'its path says `{key}: "{word}"`: write it beside the model'
    examples = (Family.RESPONSES, Family.CHAT_COMPLETIONS)
    words = ", ".join(f"`{word_of_family(family, dialect=dialect)}`" for family in examples)
    return f"write `{key}` beside the model: {words}, …"
