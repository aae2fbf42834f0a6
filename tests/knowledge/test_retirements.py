"""The end of a model, as its provider announced it."""

from datetime import date

import pytest

from agentlint.knowledge.retirements import all_retirements, retirement


@pytest.mark.parametrize(
    ("provider", "model", "day", "replacement"),
    [
        (None, "gpt-4", date(2026, 10, 23), None),
        (None, "gpt-4-0613", date(2026, 10, 23), None),
        ("openai", "o3-pro-2025-06-10", date(2026, 12, 11), None),
        (None, "o1", date(2026, 10, 23), None),
        (None, "gpt-5.2-codex", date(2026, 7, 23), "gpt-5.4"),
        (None, "claude-3-opus-20240229", date(2026, 1, 5), None),
        (None, "anthropic/claude-3-5-haiku-20241022", date(2026, 2, 19), "claude-haiku-4-5"),
        (None, "gemini-2.5-pro", date(2026, 12, 1), "gemini-3.8-flash"),
        ("github_copilot", "gpt-5.2", date(2026, 6, 1), None),
        (None, "deepseek-chat", date(2026, 7, 24), None),
    ],
)
def test_announced_ends(
    provider: str | None, model: str, day: date, replacement: str | None
) -> None:
    end = retirement(provider, model)
    assert end is not None
    assert (end.day, end.replacement) == (day, replacement)
    assert end.source


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        (None, "gpt-5.6-sol"),
        (None, "o3-pro-2026-01-01"),
        (None, "unheard-of-model"),
        ("openrouter", "openai/gpt-4"),
        (None, "openrouter/openai/gpt-4"),
        ("azure", "gpt-4"),
        (None, "azure/gpt-4"),
        (None, "us.anthropic.claude-3-opus-20240229-v1:0"),
        (None, "claude-3-opus@20240229"),
        ("https://llm.example/v1", "gpt-4"),
        (None, "gpt-3.5-turbo-16k"),
    ],
)
def test_no_end_is_claimed_for_other_hosts_or_where_sources_differ(
    provider: str | None, model: str
) -> None:
    assert retirement(provider, model) is None


def test_the_days_that_are_left() -> None:
    end = retirement(None, "o3-pro")
    assert end is not None
    assert end.days_left(date(2026, 11, 20)) == 21
    assert end.days_left(date(2026, 12, 12)) == -1


def test_every_end_can_be_looked_up_under_its_own_name() -> None:
    for end in all_retirements():
        assert retirement(end.provider, end.model) == end
