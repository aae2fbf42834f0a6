"""The tables of `rules/data`: read as the types that their readers declare."""

from __future__ import annotations

import pytest
from msgspec import ValidationError

from agentlint.knowledge import data
from agentlint.knowledge.providers import Provider

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
