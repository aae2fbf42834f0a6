"""`[models] approval-days` is a number of days above 0."""

from __future__ import annotations

from typing import Any

import pytest

from agentlint.config import ConfigError, load_settings


def test_a_number_of_days_is_taken_and_half_a_year_is_the_default() -> None:
    given = load_settings({"models": {"approval-days": 30}}, (), source=None)
    assert given.models.approval_days == 30
    assert load_settings({}, (), source=None).models.approval_days == 180


@pytest.mark.parametrize("value", [0, -1, True, "30", 1.5])
def test_anything_else_is_told_with_its_key(value: Any) -> None:
    with pytest.raises(ConfigError, match=r"models\.approval-days"):
        load_settings({"models": {"approval-days": value}}, (), source=None)
