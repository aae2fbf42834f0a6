"""The tables of `rules/data`: sourced, and read as the types that their readers declare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec import ValidationError

from agentlint.knowledge import data
from agentlint.knowledge.data import Row, rows, table
from agentlint.knowledge.location import rules_dir
from agentlint.knowledge.providers import Provider

NOT_FROM_OUTSIDE = {
    ("adapters", "adapter"): "which words a module of agentlint looks for",
    ("orders", "language"): "the words of a language, which nobody publishes as a list of orders",
}
"""The kinds of row that need neither a source nor a day, and what they hold instead."""


def kinds() -> Iterator[tuple[str, str]]:
    """Every `[[kind]]` of every table."""
    for path in sorted((rules_dir() / "data").glob("*.toml")):
        for kind, held in table(path.stem).items():
            if isinstance(held, list) and all(isinstance(row, dict) for row in held):
                yield path.stem, kind


def told(name: str, row: Row, column: str) -> str | list[str]:
    """What a row says of itself, else what the head of its table says of all."""
    said: str | list[str] = row.get(column, table(name).get(column, ""))
    return said


def test_every_kind_of_row_is_found() -> None:
    found = set(kinds())
    assert found >= {("formats", "entry"), ("secrets", "token"), ("retirements", "retirement")}
    assert set(NOT_FROM_OUTSIDE) <= found


@pytest.mark.parametrize(("name", "kind"), sorted(set(kinds()) - set(NOT_FROM_OUTSIDE)))
def test_every_row_says_where_it_is_from_and_when_that_was_read(name: str, kind: str) -> None:
    for row in rows(name, kind):
        source = told(name, row, "source")
        sources = [source] if isinstance(source, str) else source
        assert sources, row
        assert all(one.strip() for one in sources), row
        day = told(name, row, "verified_on")
        assert date(2025, 1, 1) <= date.fromisoformat(str(day)) <= date.today(), row


@pytest.mark.parametrize(("name", "kind"), sorted(NOT_FROM_OUTSIDE))
def test_an_exception_is_one(name: str, kind: str) -> None:
    assert not any(told(name, row, "source") for row in rows(name, kind))


_ROW = {"name": "a", "title": "A", "kind": "vendor", "source": "https://a.example", "hosts": []}
_WHOLE = {
    **_ROW,
    **dict.fromkeys(("names", "lacks", "ambiguous", "programs", "ports"), ()),
    "verified_on": "2026-11-20",
}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"hosts": "a.example"}, "Expected `array`, got `str` - at `$[1].hosts`"),
        ({"kind": "shop"}, "Invalid enum value 'shop' - at `$[1].kind`"),
        ({"ports": ["8080"]}, "Expected `int`, got `str` - at `$[1].ports[0]`"),
    ],
)
def test_a_row_with_a_value_of_another_type_is_refused_and_named(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object], told: str
) -> None:
    monkeypatch.setattr(data, "rows", lambda _name, _kind: (_WHOLE, {**_WHOLE, **wrong}))
    with pytest.raises(ValidationError) as refused:
        data.typed_rows("providers", "provider", Provider)
    assert str(refused.value) == f"providers.toml, [[provider]]: {told}"


def test_a_row_without_a_column_that_has_no_default_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(data, "rows", lambda _name, _kind: (_ROW,))
    with pytest.raises(ValidationError, match="missing required field `names`"):
        data.typed_rows("providers", "provider", Provider)
