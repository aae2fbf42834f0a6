"""A name that people say before the ID of a model is a part of what is ordered, no more."""

from __future__ import annotations

import pytest
from tests.facts.reading import stances_in

from agentlint.facts.mention import Stance


@pytest.mark.parametrize(
    "text",
    [
        "**USE ONLY:** Claude Sonnet 4 (`claude-sonnet-4-6`)",
        "Use GPT-5.4 (`gpt-5.4`) for reviews.",
        "Always call Gemini (`gemini-3-flash`).",
        "Use **Gemini 3 Flash** (`gemini-3-flash`) for extraction.",
        "**Use Sonnet 4.6 (claude-sonnet-4-6) for:**",
        "Use Opus 4.7 — `claude-opus-4-7` — for plans.",
        "Use Claude Sonnet 4.6 with model ID `claude-sonnet-4-6`.",
        "Use the Claude Sonnet 4.6 model (`claude-sonnet-4-6`).",
        "Use Anthropic's Claude Opus 4.8 (model: `claude-opus-4-8`).",
        "Always use Claude Sonnet `claude-sonnet-4-6` for reviews.",
        "Claude Opus 4.8 (`claude-opus-4-8`) must be used for plans.",
        "Ask Gemini 3 Pro (`gemini-3-pro-preview`) to review the diff.",
        "## Model routing\n\n- Reviews: Claude Opus 4.8 (`claude-opus-4-8`)",
    ],
)
def test_an_order_with_a_name_before_the_id(text: str) -> None:
    assert stances_in(text)[-1] is Stance.DIRECTIVE


def test_each_of_several_models_may_have_a_name() -> None:
    text = "Use GPT-5.4 (`gpt-5.4`) or Opus (`claude-opus-4-8`), never Haiku (`claude-haiku-4-5`)."
    assert stances_in(text) == [Stance.DIRECTIVE, Stance.DIRECTIVE, Stance.PROHIBITED]


@pytest.mark.parametrize(
    "text",
    [
        "必须使用 Claude Opus（`claude-opus-4-8`）。",
        "レビューには必ず Claude Opus 4.8（`claude-opus-4-8`）を使用してください。",
        "리뷰에는 Claude Opus 4.8(`claude-opus-4-8`)을 사용하세요.",
        "Verwende immer Claude Opus 4.8 (`claude-opus-4-8`).",
        "Immer GPT-5.4 (`gpt-5.4`) verwenden.",
        "Utilisez toujours Claude Opus 4.8 (`claude-opus-4-8`).",
        "Usa siempre Claude Haiku (`claude-haiku-4-5`).",
        "Use sempre o modelo Claude Haiku (`claude-haiku-4-5`).",
        "Usa sempre Claude Haiku (`claude-haiku-4-5`).",
        "Всегда используй Claude Opus 4.8 (`claude-opus-4-8`).",
    ],
)
def test_in_other_languages(text: str) -> None:
    assert stances_in(text) == [Stance.DIRECTIVE]


@pytest.mark.parametrize(
    "text",
    [
        "Claude Sonnet 4.6 (`claude-sonnet-4-6`) is the default.",
        "You can use Claude Sonnet 4.6 (`claude-sonnet-4-6`).",
        "The client uses Claude Sonnet 4.6 (`claude-sonnet-4-6`).",
        "Use Claude Code (`claude-opus-4-8`).",
        "Use the Gemini CLI (`gemini-3-flash` answers).",
        "Use the Claude client that wraps `claude-opus-4-8`.",
        "- Claude Sonnet 4.6 (`claude-sonnet-4-6`)",
        "Claude Opus 4.8（`claude-opus-4-8`）を使用している。",
        "Se usa Claude Haiku (`claude-haiku-4-5`).",
    ],
)
def test_a_name_orders_nothing_by_itself(text: str) -> None:
    assert stances_in(text) == [Stance.NEUTRAL]


@pytest.mark.parametrize(
    "text",
    [
        "Never use Claude Sonnet 4 (`claude-sonnet-4-6`).",
        "Use Claude Opus 4.8, not Claude Sonnet 4.6 (`claude-sonnet-4-6`).",
        "禁止使用 Claude Opus（`claude-opus-4-8`）。",
    ],
)
def test_what_is_forbidden_stays_so(text: str) -> None:
    assert stances_in(text) == [Stance.PROHIBITED]
