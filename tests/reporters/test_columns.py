"""Columns as a terminal shows them."""

from __future__ import annotations

import pytest

from agentlint.reporters.columns import aligned, cropped, width


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("gpt-5.4", 7), ("模型", 4), ("e\u0301", 1), ("ｇｐｔ", 6)]
)
def test_width_counts_what_is_seen(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("模型模型", 6, "模型…"), ("ab", 1, "…")],
)
def test_a_long_text_is_cut_with_a_mark(text: str, most: int, shown: str) -> None:
    assert cropped(text, most) == shown
    assert width(shown) <= max(most, 1)


def test_cells_stand_below_each_other() -> None:
    assert list(aligned([["a", "b", ""], ["模型", "", "c"]])) == ["a     b", "模型     c"]
