"""The end of a model, as its provider announced it."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from agentlint.knowledge.retirements import (
    Retirement,
    all_retirements,
    lasting_successor,
    retirement,
)
from agentlint.reporters import Report


@pytest.mark.parametrize(
    ("provider", "model", "day", "replacement"),
    [
        (None, "gpt-4", date(2026, 10, 23), "gpt-5.6-sol"),
        (None, "gpt-4-0613", date(2026, 10, 23), "gpt-5.6-sol"),
        ("openai", "o3-pro-2025-06-10", date(2026, 12, 11), "gpt-6.1-sol"),
        (None, "o1", date(2026, 10, 23), "gpt-5.6-sol"),
        (None, "gpt-5.2-codex", date(2026, 7, 23), "gpt-5.6-sol"),
        (None, "claude-3-opus-20240229", date(2026, 1, 5), "claude-opus-4-8"),
        (None, "anthropic/claude-3-5-haiku-20241022", date(2026, 2, 19), "claude-haiku-4-5"),
        (None, "gemini-2.5-pro", date(2026, 12, 1), "gemini-3.8-flash"),
        ("github_copilot", "gpt-5.2", date(2026, 6, 1), None),
        (None, "deepseek-chat", date(2026, 7, 24), "deepseek-v4-flash"),
        (None, "gpt-3.5-turbo-16k", date(2024, 9, 13), None),
        (None, "claude-3-opus-latest", date(2026, 1, 5), "claude-opus-4-8"),
        (None, "claude-opus-4-1", date(2026, 8, 5), "claude-opus-4-8"),
        (None, "gemini-1.5-flash-001", date(2025, 5, 27), "gemini-2.0-flash"),
        (None, "gemini-1.5-pro-latest", date(2025, 9, 24), "gemini-2.0-flash"),
        (None, "models/gemini-2.0-flash-exp", date(2025, 12, 9), None),
        ("groq", "llama3-70b-8192", date(2025, 8, 30), "llama-3.3-70b-versatile"),
        (None, "groq/gemma-7b-it", date(2024, 12, 18), "gemma2-9b-it"),
        ("groq", "deepseek-r1-distill-llama-70b", date(2025, 10, 2), "openai/gpt-oss-120b"),
        ("cerebras", "deepseek-r1-distill-llama-70b", date(2025, 8, 12), None),
        (None, "open-mixtral-8x7b", date(2025, 3, 30), None),
        (None, "sonar-reasoning", date(2025, 12, 15), None),
        (None, "cohere/command-r-plus", date(2025, 9, 15), "command-a-03-2025"),
    ],
)
def test_an_end_that_was_announced_is_known_by_any_name_of_the_model(
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
        (None, "llama3-70b-8192"),
        ("together", "mixtral-8x7b-32768"),
        (None, "gemini-pro-latest"),
        (None, "mistral-small-latest"),
        # xAI answers for what it has retired with a newer model.
        (None, "grok-code-fast-1"),
        ("xai", "grok-imagine-image-quality"),
        # No page of the provider's gives a day.
        ("xai", "grok-2-1212"),
        ("deepseek", "deepseek-coder"),
        # The vendor refuses what only aggregators write with a dot.
        ("anthropic", "claude-3.5-sonnet-20241022"),
        (None, "claude-3.5-sonnet-20241022"),
    ],
)
def test_no_end_is_claimed_for_other_hosts_or_where_no_call_fails(
    provider: str | None, model: str
) -> None:
    assert retirement(provider, model) is None


def test_the_days_that_are_left() -> None:
    end = retirement(None, "o3-pro")
    assert end is not None
    assert end.days_left(date(2026, 11, 20)) == 21
    assert end.days_left(date(2026, 12, 12)) == -1


@pytest.mark.parametrize(
    ("model", "as_of", "successor"),
    [
        ("groq/gemma-7b-it", date(2024, 12, 1), "gemma2-9b-it"),
        ("groq/gemma-7b-it", date(2025, 11, 1), "llama-3.1-8b-instant"),
        ("groq/gemma-7b-it", date(2026, 11, 23), "openai/gpt-oss-20b"),
        ("gpt-4-32k", date(2027, 2, 1), "gpt-6-luna"),
        ("gemini-1.5-flash", date(2026, 11, 23), "gemini-3.6-flash"),
        ("gemini-pro", date(2026, 11, 23), None),
    ],
)
def test_a_successor_that_has_ended_gives_way_to_its_own(
    model: str, as_of: date, successor: str | None
) -> None:
    end = retirement(None, model)
    assert end is not None
    told = lasting_successor(end, as_of, 0)
    assert (told.model if told else None) == successor


def test_a_successor_is_told_only_if_it_lasts() -> None:
    for end in all_retirements():
        successor = lasting_successor(end, date(2026, 11, 23), 90)
        its_end = retirement(end.provider, successor.model) if successor else None
        assert its_end is None or its_end.days_left(date(2026, 11, 23)) > 90


def test_every_end_can_be_looked_up_under_its_own_name() -> None:
    for end in all_retirements():
        assert retirement(end.provider, end.model) == end


@pytest.mark.parametrize(
    ("read_on", "confirmed"), [("2026-11-30", False), ("2026-12-01", True), ("2026-12-02", True)]
)
def test_a_day_is_confirmed_once_the_announcement_was_read_after_it(
    read_on: str, *, confirmed: bool
) -> None:
    end = Retirement(
        "gemini",
        "gemini-9-pro",
        date(2026, 12, 1),
        None,
        None,
        "the page",
        "https://p.example",
        read_on,
    )
    assert end.is_confirmed is confirmed


def test_an_end_names_one_page_to_read() -> None:
    assert all(ending.page in ending.source for ending in all_retirements())
    pages = {ending.page for ending in all_retirements() if "https://" in ending.source}
    assert len(pages) > 10
    assert all(page.startswith("https://") and not {*" ,;:"} & {*page[6:]} for page in pages)
    claude = retirement(None, "claude-opus-4-1")
    assert claude is not None
    assert claude.page == "https://platform.claude.com/docs/en/about-claude/model-deprecations"


def test_what_a_successor_does_not_do_is_told(
    check: Callable[[Mapping[str, str]], Report],
) -> None:
    program = "import litellm\n\nlitellm.text_completion('once', 'text-davinci-003')\n"
    table = (
        "model_list:\n- model_name: a\n  litellm_params: {model: gemini/imagen-3.0-generate-002}\n"
    )
    findings = check({"ask.py": program, "litellm_config.yaml": table}).findings
    advice = [finding.help for finding in findings if finding.rule == "retired-model"]
    assert [told.partition(" (")[0] for told in advice] == [
        "move to `gpt-5.6-terra`, which Completions does not serve",
        "move to `gemini-3.1-flash-image`, which `generateContent` serves",
    ]


def test_whom_a_provider_still_serves_is_told(check: Callable[[Mapping[str, str]], Report]) -> None:
    table = "model_list:\n- model_name: a\n  litellm_params: {model: groq/llama-3.1-8b-instant}\n"
    findings = check({"litellm_config.yaml": table}).findings
    assert [finding.help for finding in findings if finding.rule == "retired-model"] == [
        (
            "move to `openai/gpt-oss-20b`; enterprise contracts are still served"
            " (https://console.groq.com/docs/deprecations, verified on 2026-11-22)"
        )
    ]


def test_for_a_fine_tuned_model_a_successor_is_no_replacement(
    check: Callable[[Mapping[str, str]], Report],
) -> None:
    findings = check({".env": "OPENAI_MODEL=ft:gpt-3.5-turbo-0613:acme::abc123\n"}).findings
    [told] = [finding.help for finding in findings if finding.rule == "retired-model"]
    assert told.startswith(
        "move to `gpt-5.6-terra`, and give it by prompt what this one was trained for: OpenAI takes"
    )


def test_what_copilot_does_without_the_model_is_told(
    check: Callable[[Mapping[str, str]], Report],
) -> None:
    agent = "---\nname: a\ndescription: b\nmodel: Claude Sonnet 4 (copilot)\n---\n\nPlan.\n"
    [finding] = check({".github/agents/a.agent.md": agent}).findings
    assert finding.severity == "warning"
    assert finding.help.endswith(
        "; Copilot calls the model of the session in place of one that it does not have"
    )
