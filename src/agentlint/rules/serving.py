"""Who answers a route's calls: what several rules ask before they ask what is served there."""

from __future__ import annotations

from agentlint.facts.route import Route
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import provider_of_url
from agentlint.knowledge.served import where_served

_SOMEBODY = "unknown"


def provider_of(route: Route) -> str | None:
    """The host that is written, else the provider that is named, else None for nobody said.

    A host that no row knows is given as it is written, so that nothing is claimed of it; so is a
    reference to one, unless its default tells or the provider is always called at one's own host.
    """
    url = route.base_url
    readable = url.literal or (None if route.provider.literal else url.default)
    if readable:
        known = provider_of_url(readable)
        return known.name if known else readable
    named = route.provider.literal
    where = where_served(named, parse_model(route.model.literal or "")) if url.given else None
    return url.raw or _SOMEBODY if where and where.has_one_host else named
