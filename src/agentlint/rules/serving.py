"""Who answers a route's calls: what several rules ask before they ask what is served there."""

from __future__ import annotations

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.tree import SOMEONE
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import provider_of_url
from agentlint.knowledge.served import where_served

_CALLED_THERE = (RouteKind.DEPLOYMENT, RouteKind.ENVIRONMENT)


def provider_of(route: Route) -> str | None:
    """The host that is written, else the provider that is named, else None for nobody said.

    A host that no row knows is given as it is written, and one that is only referred to as somebody
    unknown, so that nothing is claimed of it, unless the default of the reference tells.
    """
    url = route.base_url
    readable = url.literal or (None if route.provider.literal else url.default)
    if readable:
        known = provider_of_url(readable)
        return known.name if known else readable
    return SOMEONE.literal if _is_moved(route) else route.provider.literal


def _is_moved(route: Route) -> bool:
    """Whether a model is called at another host than that of the provider it is named for.

    That of a table is the gateway's, which calls the provider.
    """
    if route.kind not in _CALLED_THERE or not route.base_url.given:
        return False
    where = where_served(route.provider.literal, parse_model(route.model.literal or ""))
    return where is not None and where.has_one_host
