from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import FamilySource, Route, RouteScope
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import Family, canonical_path
from agentlint.knowledge.served import families_served
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.serving import provider_of

_STATED = (FamilySource.DECLARED, FamilySource.PATH, FamilySource.CALL_NAME)
_JUDGED = (
    Family.CHAT_COMPLETIONS,
    Family.RESPONSES,
    Family.ANTHROPIC_MESSAGES,
    Family.COMPLETIONS,
    Family.EMBEDDINGS,
)


@rule("family-not-served", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if route.family not in _JUDGED or route.family_source not in _STATED:
        return
    if not route.model.literal or not route.effective or route.scope is RouteScope.TEST:
        return
    served = families_served(provider_of(route), route.model.literal, catalogue=ctx.catalogue)
    if served is None or route.family in served or _is_other_rules(route.family, served):
        return
    if any((route.family, family) in route.bridges for family in served):
        return
    names = " and ".join(sorted(served))
    paths = " or ".join(sorted(f"`{canonical_path(f)}`" for f in served if canonical_path(f)))
    chosen = route.family_value.span or route.endpoint_path.span
    yield ctx.finding(
        route.path,
        route.place,
        f"route `{route.name}` sends `{route.model.raw}` to {route.family}, "
        f"but it is served on {names} only",
        help=f"use {paths}, or another model" if paths else "use another model",
        related=(Related(Location(route.path, chosen), f"this makes it {route.family}"),)
        if chosen
        else (),
        subject=f"{route.name}: {route.model.raw}",
    )


def _is_other_rules(family: Family, served: frozenset[Family]) -> bool:
    """Whether the fault is `responses-only-on-chat`'s to tell."""
    return family is Family.CHAT_COMPLETIONS and Family.RESPONSES in served
