"""Keys that their reader does not act on, as `rules/data/dead_routes.toml` lists them."""

from enum import StrEnum
from functools import cache

from msgspec import Struct, convert

from agentlint.knowledge.data import rows


class Disregard(StrEnum):
    """What a reader does with a route that it does not follow."""

    IGNORED = "ignored"
    REFUSED = "refused"
    """The reader stops with an error."""
    SUPERSEDED = "superseded"
    """Newer releases of the reader look elsewhere; the file cannot tell which release reads it."""


class DeadKey(Struct, frozen=True):
    """`reason` and `remedy` are sentences for people: why the key does nothing, what to do about it, with
    {value} for what was written.
    `instead` is the one value that a reader takes which refuses the written one, "" for none.
    `new_key` is what the reader calls the same setting now, and `new_value` how it takes its value there,
    with {value} for what was written. A key that is `removable` is one that nothing replaces."""

    reason: str
    remedy: str
    how: Disregard
    instead: str = ""
    new_key: str = ""
    new_value: str = "{value}"
    removable: bool = False


class Replaced(Struct, frozen=True):
    """A `[[replaced]]` row: a file that is left alone where another, `by`, lies beside it, and why its
    routes are dead then."""

    by: str
    key: DeadKey


def replaced_at(path: str) -> Replaced | None:
    """What a file at `path` may be replaced by; None for nearly every file."""
    whole = f"/{path}"
    return next((found for ending, found in _replaced() if whole.endswith(ending)), None)


def dead_key(row_id: str) -> DeadKey:
    """The row of an id; raises KeyError for an unknown one."""
    return _dead_keys()[row_id]


def dead_keys(row_id: str) -> frozenset[str]:
    """The keys that the row of an id is about."""
    return _column(row_id, "keys")


def accepted_values(row_id: str) -> frozenset[str]:
    """The values that a reader takes which refuses any other, by the row of an id."""
    return _column(row_id, "takes")


@cache
def _column(row_id: str, name: str) -> frozenset[str]:
    return frozenset(
        value for row in rows("dead_routes", "dead") if row["id"] == row_id for value in row[name]
    )


@cache
def _dead_keys() -> dict[str, DeadKey]:
    return {row["id"]: convert(row, DeadKey) for row in rows("dead_routes", "dead")}


@cache
def _replaced() -> tuple[tuple[str, Replaced], ...]:
    return tuple(
        (row["ends"], Replaced(row["by"], dead_key(row["dead"])))
        for row in rows("dead_routes", "replaced")
    )
