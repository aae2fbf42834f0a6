"""What a label above a block says of it."""

from __future__ import annotations

import pytest

from agentlint.facts.lead_ins import is_ban


@pytest.mark.parametrize(
    "text",
    [
        "Don't",
        "Don’ts",
        "**Don't:**",
        "2. Never do",
        "Never, under any circumstances, do any of these:",
        "You must not:",
        "Agents should never use the following models:",
        "The model is set by the gateway. You must not:",
        "[!CAUTION]\nDo not:",
        "🚫 Forbidden",
        "What not to do",
        "Things to avoid",
        "Anti-patterns (do not copy)",
        "The following are strictly forbidden:",
        "Not allowed",
        "Bad examples",
        "Keep these out of the code:",
    ],
)
def test_a_label_that_forbids_what_follows(text: str) -> None:
    assert is_ban(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Do",
        "Dos and don'ts",
        "Never commit secrets:",
        "Don't forget the following:",
        "Do not proceed until you:",
        "Never skip these steps:",
        "Avoid errors by doing the following:",
        "If you do not have a key:",
        "You must:",
        "Never guess. Use the following:",
    ],
)
def test_a_label_that_forbids_something_else_or_nothing(text: str) -> None:
    assert not is_ban(text)
