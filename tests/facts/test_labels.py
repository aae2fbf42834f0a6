"""What the label of a column, an item or a table says of what stands beside it."""

from __future__ import annotations

import pytest

from agentlint.facts.mention import Stance
from agentlint.facts.wording.labels import (
    ColumnHeads,
    disowns_row,
    gives_no_work,
    is_former,
    labels_example,
    tells_against,
    titles_the_past,
)


@pytest.mark.parametrize(
    "label",
    [
        "Old model",
        "**Previous model ID**",
        "Model (old)",
        "Model before",
        "Retired",
        "Instead of",
        "Mistake",
        "Code smell",
        "❌",
        "**✗**",
        "Deprecated (2026)",
    ],
)
def test_a_label_that_tells_against_what_stands_below(label: str) -> None:
    assert tells_against(label)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "Model",
        "Current model",
        "Old customers",
        "Before",
        "Input",
        "✅",
        "Mistakes to find",
        "Unavailable",
    ],
)
def test_a_label_that_does_not(label: str) -> None:
    assert not tells_against(label)


def test_one_side_counts_only_beside_the_other() -> None:
    assert ColumnHeads(("Before", "After")).stance_below(0) is Stance.PROHIBITED
    assert ColumnHeads(("Before", "After")).stance_below(1) is None
    assert ColumnHeads(("Before", "Do")).stance_below(0) is None
    assert ColumnHeads(("User says", "Do")).stance_below(0) is Stance.EXAMPLE
    assert ColumnHeads(("Input", "Model")).stance_below(0) is None
    assert ColumnHeads(("Task", "Supported models")).stance_below(1) is Stance.INVENTORY
    assert ColumnHeads(("Task",)).stance_below(1) is None
    assert ColumnHeads(("Date", "Change")).stance_below(1) is Stance.INVENTORY
    assert ColumnHeads(("Version", "What changed")).stance_below(1) is Stance.INVENTORY
    assert ColumnHeads(("Task", "Change")).stance_below(1) is None


def test_the_cell_that_begins_a_row_may_name_work_or_a_state() -> None:
    assert disowns_row("Deprecated")
    assert disowns_row("Do not use")
    assert not any(
        map(disowns_row, ("Legacy code", "Rejected", "Unsupported", "Mistakes", "Before"))
    )


@pytest.mark.parametrize(
    "item",
    [
        "Unsupported: ",
        "**Rejected:** ",
        "Too slow → ",
        "Example: ",
        "ID: ",
        "Source: ",
        "Supported models: ",
    ],
)
def test_an_item_that_gives_no_work(item: str) -> None:
    assert gives_no_work(item + "`gpt-5.4`", len(item) + 1)


@pytest.mark.parametrize(
    "item",
    [
        "Reviews: ",
        "Rejected reviews: ",
        "Documentation: ",
        "Notes: ",
        "Model ID: ",
        "Default: ",
        "Source review: ",
        "Example generation: ",
    ],
)
def test_an_item_that_gives_work(item: str) -> None:
    assert not gives_no_work(item + "`gpt-5.4`", len(item) + 1)


def test_what_was_there_before() -> None:
    for before in ("`review-deep` (was `", "formerly ", "`review-deep`, previously: **"):
        assert is_former(before + "gpt-5.4", len(before)), before
    for before in ("", "`", "was faster than `", "wasp `"):
        assert not is_former(before + "gpt-5.4", len(before)), before


@pytest.mark.parametrize(
    "title",
    [
        "Old model routing",
        "2. Deprecated model selection",
        "Example model routing",
        "Model routing (deprecated)",
        "Model routing (before the migration)",
        "Model routing – legacy",
    ],
)
def test_the_title_of_what_was(title: str) -> None:
    assert titles_the_past(title)


@pytest.mark.parametrize(
    "title",
    [
        "Model routing",
        "Model routing for legacy code",
        "Old code: which model to use",
        "Model routing (after the migration)",
        "Model routing (with examples)",
        "Examples of work and their models",
    ],
)
def test_the_title_of_what_is(title: str) -> None:
    assert not titles_the_past(title)


def test_the_label_of_an_example() -> None:
    assert all(map(labels_example, ("For example:", "**Example**", "E.g.:")))
    assert not any(map(labels_example, ("See the examples.", "Examples of work:", "")))
