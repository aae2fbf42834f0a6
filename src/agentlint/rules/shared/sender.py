"""How a finding calls what makes a model call: only tables and aliases are routes to people."""

from __future__ import annotations

from agentlint.facts.route import Route, RouteKind

_SENDERS = {RouteKind.CALL: "this call", RouteKind.CI_STEP: "this step"}


def sender_of(route: Route) -> str:
    return _SENDERS.get(route.kind, f"route `{route.name}`")
