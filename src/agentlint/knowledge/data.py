"""The data tables in `rules/data`: what the tool knows, with source and date."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import GenericAlias
from typing import Any, TypeAlias, TypeVar, cast

from msgspec import ValidationError, convert, to_builtins
from msgspec.json import decode

from agentlint.knowledge.bundle import bundle
from agentlint.knowledge.location import rules_dir

Row: TypeAlias = Mapping[str, Any]
_T = TypeVar("_T")


@cache
def table(name: str) -> Row:
    """The whole of `rules/data/<name>.toml`; callers must not change what they are given. Dates are
    text of the form `YYYY-MM-DD`.

    Raises FileNotFoundError for an unknown name and tomllib.TOMLDecodeError for a broken table.
    """
    compiled = bundle()
    if compiled and name in compiled.tables:
        return cast(Row, decode(compiled.tables[name]))
    path = rules_dir() / "data" / f"{name}.toml"
    return parse_table(path.read_text(encoding="utf-8"))


def parse_table(text: str) -> Row:
    """A table from its TOML text, its dates as `YYYY-MM-DD`; raises tomllib.TOMLDecodeError."""
    import tomllib

    return cast(Row, to_builtins(tomllib.loads(text)))


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """The words at a place of a table, in its order: an array, or a text with blanks between them.

    Raises KeyError where the table has no such place.
    """
    held: Any = table(name)
    for key in path:
        held = held[key]
    return tuple(held.split() if isinstance(held, str) else held)


@cache
def word_set(name: str, *path: str) -> frozenset[str]:
    """As `words`, to ask for one of them."""
    return frozenset(words(name, *path))


@cache
def rows(name: str, kind: str) -> tuple[Row, ...]:
    """The `[[kind]]` rows of a table, each completed with the table's `[defaults.<kind>]`.

    The defaults hold the `source` and `verified_on` of rows that state none of their own.
    """
    whole = table(name)
    defaults = whole.get("defaults", {}).get(kind, {})
    return tuple({**defaults, **row} for row in whole.get(kind, ()))


def typed_rows(name: str, kind: str, form: type[_T]) -> tuple[_T, ...]:
    """As `rows`, each as a Struct whose fields are named as the columns; other columns are left out.

    Raises ValidationError where a value is of another type than its field. A module of such Structs
    keeps its annotations as types: to evaluate text takes longer than to convert the rows.
    """
    try:
        return cast(tuple[_T, ...], convert(rows(name, kind), GenericAlias(tuple, (form, ...))))
    except ValidationError as error:
        raise ValidationError(f"{name}.toml, [[{kind}]]: {error}") from error
