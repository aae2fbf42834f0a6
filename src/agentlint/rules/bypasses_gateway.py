from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.variables.prefixes import is_gateway
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.providers import Provider, ProviderKind, provider_of_url
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    routes = [r for r in project.all(Route) if r.scope.is_read and r.effective]
    gateway = next((route for route in routes if _declares_gateway(route)), None)
    variable = ctx.settings.gateway.base_url_env
    if gateway is None and not variable:
        return
    declared_by = "the settings name" if variable else "the repository declares"
    judged: set[tuple[str, Span]] = set()
    for route in routes:
        direct, span = _direct(route), route.base_url.span
        if direct is None or span is None or (route.path, span) in judged:
            continue
        judged.add((route.path, span))
        yield ctx.finding(
            route.path,
            span,
            f"this bypasses the gateway that {declared_by}, and calls {direct.title} directly",
            help=f"use the gateway's base URL{f' from `{variable}`' if variable else ''}",
            related=_related(gateway),
            subject=f"{route.name}: {direct.name}",
        )


def _declares_gateway(route: Route) -> bool:
    """Whether a route says where all calls are to go: a table's base URL, or a gateway's variable.

    One that holds a vendor's own URL is named after what may stand there one day.
    """
    if not route.base_url.given or _vendor(route) is not None:
        return False
    if route.kind is RouteKind.ENVIRONMENT:
        return is_gateway(route.pointer[-1])
    return route.kind is RouteKind.TABLE and route.family_required


def _direct(route: Route) -> Provider | None:
    """The vendor that a client calls by its own URL; a gateway's upstreams are meant to."""
    return None if route.kind is RouteKind.DEPLOYMENT else _vendor(route)


def _vendor(route: Route) -> Provider | None:
    url = route.base_url.literal or route.base_url.default
    provider = provider_of_url(url) if url else None
    return provider if provider and provider.kind is ProviderKind.VENDOR else None


def _related(gateway: Route | None) -> tuple[Related, ...]:
    if gateway is None or gateway.base_url.span is None:
        return ()
    return (Related(Location(gateway.path, gateway.base_url.span), "the gateway is declared here"),)
