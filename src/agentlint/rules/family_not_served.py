from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.serving import provider_of
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.catalogue import bundled
from agentlint.knowledge.families import Family, canonical_path
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import Provider, ProviderKind, provider_of_url
from agentlint.knowledge.served import families_served, where_served
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.sender import sender_of

_STATED = (FamilySource.DECLARED, FamilySource.PATH, FamilySource.CALL_NAME)
_JUDGED = (
    Family.CHAT_COMPLETIONS,
    Family.RESPONSES,
    Family.ANTHROPIC_MESSAGES,
    Family.COMPLETIONS,
    Family.EMBEDDINGS,
)
_CHAT = {Family.CHAT_COMPLETIONS, Family.RESPONSES, Family.ANTHROPIC_MESSAGES}


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if route.family not in _JUDGED or route.chosen_family.source not in _STATED:
        return
    if not route.model.literal or not route.effective or route.scope is RouteScope.TEST:
        return
    if route.is_given:  # its function may choose the family by the model
        return
    host = _host_without(route)
    if host:
        yield _finding(
            route,
            f"but {host.title} has no endpoint for it",
            "call another host, or the family that this one serves",
            ctx,
        )
        return
    served = _served(route, route.model.literal, ctx)
    if served is None or route.family in served or _is_other_rules(route.family, served):
        return
    if any((route.family, family) in route.bridges for family in served):
        return
    names = " and ".join(sorted(served))
    paths = " or ".join(sorted(f"`{canonical_path(f)}`" for f in served if canonical_path(f)))
    advice = f"use {paths}, or another model" if paths else "use another model"
    yield _finding(route, f"but it is served on {names} only", advice, ctx)


def _finding(route: Route, why: str, advice: str, ctx: Context) -> Finding:
    chosen = route.family_value.span or route.endpoint_path.span
    return ctx.finding(
        route.path,
        route.place,
        f"{sender_of(route)} sends `{route.model.raw}` to {route.family}, {why}",
        help=advice,
        related=(Related(Location(route.path, chosen), f"this makes it {route.family}"),)
        if chosen
        else (),
        subject=f"{route.name}: {route.model.raw}",
    )


def _host_without(route: Route) -> Provider | None:
    """The provider whose own host is called, where it does not answer the family and nobody translates.

    A URL that a whole table shares is judged by `bypasses-gateway`: of its routes none is at fault.
    """
    if route.kind is not RouteKind.CALL and not route.owns(route.base_url):
        return None
    host = provider_of_url(route.base_url.literal) if route.base_url.literal else None
    translated = any(family is route.family for family, _ in route.bridges)
    return host if host and route.family in host.lacks and not translated else None


def _served(route: Route, model: str, ctx: Context) -> frozenset[Family] | None:
    """The families that serve a model, and for a vendor's chat model that is asked for embeddings those
    that the catalogue lists."""
    provider = provider_of(route)
    served = families_served(provider, model, catalogue=ctx.catalogue)
    if served is not None or route.family is not Family.EMBEDDINGS:
        return served
    name = parse_model(model)
    where = where_served(provider, name)
    if where is None or where.kind is not ProviderKind.VENDOR:
        return None
    catalogue = ctx.catalogue or bundled()
    listed = catalogue.served.get(where.name, {}).get(name.id.lower(), frozenset())
    return listed if _CHAT & listed else None


def _is_other_rules(family: Family, served: frozenset[Family]) -> bool:
    """Whether the fault is `responses-only-on-chat`'s to tell."""
    return family is Family.CHAT_COMPLETIONS and Family.RESPONSES in served
