"""Words in one spelling, whatever a language makes of their joints."""

import pytest

from agentlint.text import snake_case


@pytest.mark.parametrize(
    ("name", "snake"),
    [
        ("baseUrl", "base_url"),
        ("apiBaseURL", "api_base_url"),
        ("base_url", "base_url"),
        ("gpt4Model", "gpt4_model"),
        ("MODEL", "model"),
        ("", ""),
    ],
)
def test_a_hump_begins_a_word(name: str, snake: str) -> None:
    assert snake_case(name) == snake
