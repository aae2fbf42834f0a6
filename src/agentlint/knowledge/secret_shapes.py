"""What credentials look like, from `rules/data/secrets.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from agentlint.knowledge.data import Row, rows, table

TABLE = "secrets"


class SecretShape(Struct, frozen=True):
    """One credential, as its row tells it; the table's head says what each column means.

    `kind` is the row's id. `group` is "token", "structure" or "named". `variable` is the environment
    variable by which libraries look for it. An `is_unmistakable` one is of its provider and of nobody
    else, whatever stands around it. `replacing` says what to do where it cannot simply be rotated.
    """

    kind: str
    group: str
    title: str
    provider: str
    documented_prefix: str
    basis: str
    source: tuple[str, ...]
    verified_on: str
    positives: tuple[str, ...]
    negatives: tuple[str, ...]
    assigned_to: str
    variable: str
    is_unmistakable: bool
    replacing: str = ""


@cache
def secret_shapes() -> dict[str, SecretShape]:
    """Every known credential by kind, in the order of the table."""
    links = table(TABLE)["sources"]
    return {
        row["id"]: _shape(row, group, links)
        for group in ("token", "structure", "named")
        for row in rows(TABLE, group)
    }


@cache
def kinds_by_slot() -> dict[tuple[str, str], str]:
    """The kind of whatever stands at a key path of a config, by the format that reads it and the path."""
    return {
        (row["read_by"], slot): row["id"]
        for row in rows(TABLE, "named")
        for slot in row.get("slots", ())
    }


@cache
def kinds_by_variable() -> dict[str, str]:
    """The kind of whatever a variable holds that is named after what stands at a slot."""
    shapes = secret_shapes()
    return {shapes[kind].variable: kind for kind in kinds_by_slot().values()}


@cache
def kinds_by_own_variable() -> dict[str, str]:
    """The kind of what a variable holds that is one credential's alone, whatever its value looks like."""
    shapes = secret_shapes()
    kinds = (row["id"] for row in rows(TABLE, "named") if row.get("by_variable"))
    return {shapes[kind].variable: kind for kind in kinds}


@cache
def self_chosen_kinds() -> frozenset[str]:
    """The kinds that nobody has to issue: whoever writes a test makes one up."""
    both = (*rows(TABLE, "token"), *rows(TABLE, "structure"))
    return frozenset(row["id"] for row in both if row.get("self_chosen"))


def url_variable(scheme: str) -> str:
    """The variable that a URL of a `scheme` is kept in, "" where people have no name for it."""
    variables: Row = table(TABLE)["url_variables"]
    known: str = variables.get(scheme.partition("+")[0], "")
    return known


def _shape(row: Row, group: str, links: Row) -> SecretShape:
    return SecretShape(
        kind=row["id"],
        group=group,
        title=row["title"],
        provider=row["provider"],
        documented_prefix=row.get("documented_prefix", _shared_beginning(row.get("prefixes", ()))),
        basis=row["basis"],
        source=tuple(links[name] for name in row["source"]),
        verified_on=row["verified_on"],
        positives=tuple(row["positives"]),
        negatives=tuple(row.get("negatives", ())),
        assigned_to=row.get("assigned_to", ""),
        variable=row.get("variable", row["id"].upper().replace("-", "_")),
        is_unmistakable=bool(row["provider"])
        and not row.get("self_chosen")
        and not row.get("shared"),
        replacing=row.get("replacing", ""),
    )


def _shared_beginning(prefixes: Sequence[str]) -> str:
    """What all of `prefixes` begin with; "" where that is one letter or less."""
    if not prefixes:
        return ""
    first, last = min(prefixes), max(prefixes)
    pairs = enumerate(zip(first, last, strict=False))
    length = next((at for at, (a, b) in pairs if a != b), min(len(first), len(last)))
    return first[:length] if length > 1 else ""
