from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import Route
from agentlint.findings import Finding
from agentlint.knowledge.families import GENERIC, Family, nearest_word
from agentlint.knowledge.formats import find_format
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("unknown-endpoint-family", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    word, span = route.family_value.literal, route.family_value.span
    if route.family is not Family.UNKNOWN or not word or not span:
        return
    known = find_format(route.format)
    nearest = nearest_word(word, dialect=known.family_dialect if known else GENERIC)
    yield ctx.finding(
        route.path,
        span,
        f"`{word}` is not an endpoint family",
        help=f"did you mean `{nearest}`?"
        if nearest
        else "the known families are listed by `agentlint explain unknown-endpoint-family`",
        subject=f"{route.name}: {word}",
    )
