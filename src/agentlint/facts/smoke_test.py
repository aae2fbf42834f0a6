"""A program that checks a gateway with real calls, and what it demands of the answers."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from agentlint.text import Span


class Demand(StrEnum):
    """What an answer is compared with that may change while the route is sound."""

    TOKENS = "tokens"
    PRICE = "price"
    RATE_LIMIT = "rate limit"
    LATENCY = "latency"
    TEXT = "text"


class Overassertion(Struct, frozen=True):
    demand: Demand
    span: Span


class SmokeTest(Struct, frozen=True):
    """`span` is its first model call, or the start of the file where it calls by plain HTTP.

    `words` are the quoted texts that could be names. `checks_errors` says that it expects some call
    to fail.
    """

    path: str
    span: Span
    overassertions: tuple[Overassertion, ...] = ()
    checks_errors: bool = False
    words: frozenset[str] = frozenset()


def is_smoke_test(path: str) -> bool:
    """Whether a program is one by its name, or by that of a folder."""
    return "smoke" in path.lower()
