"""Who answers a route's calls: what several rules ask before they ask what is served there."""

from __future__ import annotations

from agentlint.facts.route import Route
from agentlint.knowledge.providers import provider_of_url


def provider_of(route: Route) -> str | None:
    """The host that is written, else the provider that is named, else None for nobody said.

    A host that no row knows is given as it is written, so that nothing is claimed of it.
    """
    if route.base_url.literal:
        known = provider_of_url(route.base_url.literal)
        return known.name if known else route.base_url.literal
    return route.provider.literal
