"""Where a hand-written route says which endpoint family it goes to: in `endpoint_family`, in the word of
another tool (`wire_api`, `protocol`), or once for all routes, or for those of its provider."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.facts.tables.route_tables import (
    FAMILY_KEY,
    PATH_KEY,
    PROVIDER_KEY,
    RouteTable,
    SnakeFields,
    fields_of,
    first_of,
    node_of,
)
from agentlint.facts.values.value import ABSENT, Value, value_of
from agentlint.knowledge.data import words
from agentlint.knowledge.families import (
    Family,
    family_in_other_words,
    family_of_path,
    family_of_word,
    may_name_family,
)


class SaidFamily(Struct, frozen=True):
    """The word that is said, and the family of it; None where the word leaves that open."""

    value: Value = ABSENT
    family: Family | None = None


def said_family(fields: SnakeFields, table: RouteTable) -> SaidFamily:
    """What a route says itself, else its provider, else the defaults, else what its table stands in."""
    left_open = SaidFamily()
    for holder in _holders(fields, table):
        for said in _said_by(holder):
            if said.family is not None or (said.value.given and said.value.literal is None):
                return said
            left_open = left_open if left_open.value.given else said
    return left_open


def declared_family(value: Value) -> SaidFamily:
    """What the value of `endpoint_family` says: no family where it is no literal."""
    word = value.literal
    return SaidFamily(value, (family_of_word(word) or Family.UNKNOWN) if word else None)


def said_path(fields: SnakeFields, parent: SnakeFields) -> Value:
    """The path that a route says, be it at the end of an address."""
    own = ABSENT if PATH_KEY in fields else _address(fields)
    return own if own.given else first_of(fields if PATH_KEY in fields else parent, PATH_KEY)


def _address(fields: SnakeFields) -> Value:
    for key in words("endpoint_families", "hand_written", "addresses"):
        value = value_of(node_of(fields, key))
        if "/" in (value.literal or "") and family_of_path(value.raw):
            return value
    return ABSENT


def _holders(fields: SnakeFields, table: RouteTable) -> Iterator[SnakeFields]:
    yield fields
    named = first_of(fields, PROVIDER_KEY).literal
    if named and named in table.providers:
        yield fields_of(table.providers[named])
    yield from table.shared


def _said_by(fields: SnakeFields) -> Iterator[SaidFamily]:
    value = first_of(fields, FAMILY_KEY)
    if value.given:
        yield declared_family(value)
    for key in words("endpoint_families", "hand_written", "keys"):
        value = value_of(node_of(fields, key))
        if value.literal and may_name_family(value.literal):
            yield SaidFamily(value, family_in_other_words(value.literal))
    for key in words("endpoint_families", "hand_written", "any_endpoint"):
        value = value_of(node_of(fields, key))
        if value.literal and family_in_other_words(value.literal):
            yield SaidFamily(value, family_in_other_words(value.literal))
