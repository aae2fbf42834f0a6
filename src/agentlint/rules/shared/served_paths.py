"""What the path or the base URL of a route says that it serves."""

from __future__ import annotations

from agentlint.facts.route import Route
from agentlint.facts.values.value import Value
from agentlint.knowledge.families import Family, family_of_path


def contradiction(route: Route, family: Family) -> tuple[Value, Family] | None:
    """Where a route says that it serves another family than `family`, and which; None where it does not,
    or where its reader translates the one to the other."""
    for where in (route.endpoint_path, route.base_url):
        served = family_of_path(where.literal) if where.literal else None
        if served is None or served.claims_nothing:
            continue
        if served is not family and (family, served) not in route.bridges:
            return where, served
    return None
