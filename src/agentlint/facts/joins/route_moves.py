"""Routes that a change sends to another provider or host: one file, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from agentlint.facts.detectors.model_values import model_in_value
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.section import RouteMove
from agentlint.facts.values.value import Value
from agentlint.knowledge.providers import (
    host_of_url,
    provider_named,
    provider_of_prefix,
    provider_of_url,
)
from agentlint.text import Span

_KINDS = frozenset(
    {
        RouteKind.TABLE,
        RouteKind.DEPLOYMENT,
        RouteKind.TOOL_DEFAULT,
        RouteKind.MENU,
        RouteKind.CI_STEP,
        RouteKind.ENVIRONMENT,
    }
)


def route_moves(before: FileFacts, after: FileFacts) -> Iterator[RouteMove]:
    """What moved between two states of a file, one move for each pair of places.

    A name that may go to several places has moved where it can reach none of the old ones. Nothing
    is said of a name whose place only the environment knows.
    """
    old, new = _places(before), _places(after)
    moved: defaultdict[tuple[str, str], list[tuple[str, Span]]] = defaultdict(list)
    for name, places in new.items():
        known = old.get(name, {})
        if known and None not in known and None not in places and known.keys().isdisjoint(places):
            place, span = next(iter(places.items()))
            moved[str(next(iter(known))), str(place)].append((name, span))
    for (left, reached), routes in moved.items():
        names = tuple(name for name, _ in routes)
        yield RouteMove(after.path, routes[0][1], names, left, reached)


def _places(file: FileFacts) -> Mapping[str, Mapping[str | None, Span]]:
    """Where each name leads, with the value that says so."""
    found: defaultdict[str, dict[str | None, Span]] = defaultdict(dict)
    for route in file.of(Route):
        if route.kind in _KINDS and route.scope.is_read and route.effective:
            place, value = _place(route)
            found[route.name].setdefault(place, value.span or route.place)
    return found


def _place(route: Route) -> tuple[str | None, Value]:
    """The host or provider that a route names, None for one that nobody here knows, and where."""
    if route.base_url.given:
        url = route.base_url.literal or ""
        known = provider_of_url(url)
        return (known.name if known else host_of_url(url)), route.base_url
    if route.provider.given:
        name = route.provider.literal
        known = provider_named(name) if name else None
        return (known.name if known else name and name.lower()), route.provider
    model = model_in_value(route.model.literal or "")
    known = provider_of_prefix(model.provider_prefix) if model else None
    return (known.name if known else None), route.model
