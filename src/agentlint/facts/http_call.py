"""A model call over HTTP that a script makes by itself."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.route import RouteScope
from agentlint.facts.values.value import Located
from agentlint.knowledge.families import Family


class HttpCall(Struct, frozen=True):
    """A call of `model`, whose `url` (without a query) tells the family."""

    path: str
    url: Located[str]
    family: Family
    model: Located[str]
    scope: RouteScope = RouteScope.REPOSITORY
