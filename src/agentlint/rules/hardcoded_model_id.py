from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.findings import Finding, Location, Related, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_WHERE = {
    Position.FRONT_MATTER: "front matter",
    Position.CODE_FENCE: "a code sample",
    Position.INLINE_CODE: "an instruction",
    Position.PROSE: "an instruction",
    Position.TABLE: "a table that tells what to use",
    Position.HEADING: "a heading",
}


@rule("hardcoded-model-id", on=ModelMention)
def check(mention: ModelMention, ctx: Context) -> Iterator[Finding]:
    binding = mention.stance in (Stance.DIRECTIVE, Stance.ASSIGNED)
    shown = mention.stance in (Stance.INVENTORY, Stance.NEUTRAL)
    if mention.position not in _WHERE or mention.in_test or mention.id in ctx.project.aliases:
        return
    if not binding and not (shown and ctx.strict):
        return
    serving = sorted(
        alias
        for alias, routes in ctx.project.aliases.items()
        if any(route.model.literal == mention.id for route in routes)
    )
    related = tuple(
        Related(Location(route.path, route.place), f"alias `{alias}` serves this model")
        for alias in serving[:1]
        for route in ctx.project.aliases[alias][:1]
    )
    yield ctx.finding(
        mention.path,
        mention.span,
        f"model ID `{mention.id}` is hard-coded in {_WHERE[mention.position]}",
        severity=None if binding else Severity.INFO,
        help=f"name the route alias `{serving[0]}` instead"
        if len(serving) == 1
        else "name a route alias, and keep the ID in the one config that maps aliases to models",
        related=related,
        subject=mention.id,
    )
