"""A call of a program that may be given an object, and has what it is given from another module."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.route import Route


class PossibleCall(Struct, frozen=True):
    """It is the `route` if that module says the name of a model; `called` is the dotted name of the class
    or function, which tells who answers for a model of that name."""

    route: Route
    called: str
