"""The data tables in `rules/data`: what the tool knows, each row with its source and date."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from agentlint.knowledge.location import rules_dir

Row: TypeAlias = Mapping[str, Any]


@cache
def table(name: str) -> Row:
    """The whole of `rules/data/<name>.toml`; callers must not change what they are given.

    Raises FileNotFoundError for an unknown name and tomllib.TOMLDecodeError for a broken table.
    """
    import tomllib

    path = rules_dir() / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def rows(name: str, kind: str) -> tuple[Row, ...]:
    """The `[[kind]]` rows of a table, each completed with the table's `[defaults.<kind>]`.

    The defaults hold the `source` and `verified_on` of rows that state none of their own.
    """
    whole = table(name)
    defaults = whole.get("defaults", {}).get(kind, {})
    return tuple({**defaults, **row} for row in whole.get(kind, ()))
