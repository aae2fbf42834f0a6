from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import Route
from agentlint.facts.serving import provider_of
from agentlint.findings import Applicability, Finding, NewValue, Repair, Severity
from agentlint.knowledge.families import (
    GENERIC,
    Family,
    families_known,
    family_of_path,
    family_of_word,
    is_slip,
    nearest_word,
)
from agentlint.knowledge.formats import Format, find_format
from agentlint.knowledge.served import families_served
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if route.family is not Family.UNKNOWN:
        return
    word, span = route.family_value.literal, route.family_value.span
    if not word or not span:
        return
    known = find_format(route.format)
    dialect = known.family_dialect if known else GENERIC
    nearest = nearest_word(word, dialect=dialect)
    yield ctx.finding(
        route.path,
        span,
        f"`{word}` is not an endpoint family",
        severity=Severity.WARNING if known and known.serves_any_family else None,
        help=f"did you mean `{nearest}`?" if nearest else _known_words(dialect, known),
        subject=f"{route.name}: {word}",
        repair=_respelled(route, span, nearest, ctx) if nearest else None,
    )


def _known_words(dialect: str, known: Format | None) -> str:
    if dialect == GENERIC or known is None:
        return "the known families are listed by `agentlint explain unknown-endpoint-family`"
    words = ", ".join(f"`{word}`" for word in families_known(dialect))
    return f"{known.title} knows {words}"


def _respelled(route: Route, span: Span, nearest: str, ctx: Context) -> Repair | None:
    """Safe where the path says the same family, or no other word is near; none where the path says
    another, or the model is served on others only."""
    word, known = route.family_value.raw, find_format(route.format)
    dialect = known.family_dialect if known else GENERIC
    family = family_of_word(nearest, dialect=dialect)
    path = route.endpoint_path.literal or route.base_url.literal
    served = family_of_path(path) if path else None
    model = route.model.literal or ""
    families = families_served(provider_of(route), model, catalogue=ctx.catalogue)
    if (served and served is not family) or (families and family not in families):
        return None
    return Repair(
        f"write `{nearest}`",
        Applicability.SAFE
        if served or is_slip(word, nearest, dialect=dialect)
        else Applicability.UNSAFE,
        (NewValue(span, nearest),),
    )
