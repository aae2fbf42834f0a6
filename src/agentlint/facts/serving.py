"""Who answers a route's calls: what several rules ask before they ask what is served there."""

from __future__ import annotations

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import Value, ValueKind
from agentlint.knowledge.agents import program_named
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import provider_of_url
from agentlint.knowledge.served import where_served

# The base URL of a table is the gateway's, which calls the provider; who reads a program or its settings
# says there whether its client is another host's.
_SETTLED = (RouteKind.TABLE, RouteKind.ALIAS, RouteKind.CALL, RouteKind.SETTING)


def provider_of(route: Route) -> str | None:
    """The host that is written, else the provider that is named, else the reader's own choice, else None
    for nobody said.

    A host that no row knows is given as it is written, and one that is only referred to as somebody
    unknown, so that nothing is claimed of it, unless the reference tells: by its default, or by a host
    that stands in it.
    """
    named, moved = route.provider.literal, _is_moved(route)
    host = route.base_url.literal or _url_by_reference(route.base_url)
    if host and (route.base_url.literal or moved or named is None):
        known = provider_of_url(host)
        return known.name if known else host
    return SOMEONE.literal if moved else named or _by_reader(route)


def is_behind_gateway(format_id: str, model: str) -> bool:
    """Whether the reader of a format never calls by itself who answers for a model: `google/...` of Claude
    Code goes to a gateway, which need not be named anywhere in the repository."""
    reader = find_format(format_id)
    where = where_served(None, parse_model(model)) if reader and reader.program else None
    if reader is None or where is None:
        return False
    return not program_named(reader.program).may_call(where.name)


def _url_by_reference(url: Value) -> str | None:
    """The URL that a reference gives in place of its variable, or that has one in its path alone."""
    known = url.kind is ValueKind.TEMPLATE and provider_of_url(url.raw)
    return url.raw if known else url.default


def _is_moved(route: Route) -> bool:
    """Whether a model is called at another host than that of the provider it is named for."""
    if route.kind in _SETTLED or not route.base_url.given:
        return False
    where = where_served(route.provider.literal, parse_model(route.model.literal or ""))
    return where is not None and where.has_one_host


def _by_reader(route: Route) -> str | None:
    """Where the reader calls a bare model ID, if not at its vendor; None where it says no such thing."""
    reader, name = find_format(route.format), parse_model(route.model.literal or "")
    if reader is None or name.prefixes or route.base_url.given:
        return None
    return reader.unprefixed.get(name.vendor or "")
