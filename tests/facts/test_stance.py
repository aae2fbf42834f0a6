"""What a sentence does with the model that it names."""

from __future__ import annotations

import re
from time import process_time

import pytest
from tests.facts.reading import stances_in

from agentlint.facts.mention import Stance
from agentlint.facts.wording.stance import assigns, stance_of

NAME = re.compile(r"M\d")


def stances(text: str) -> list[Stance]:
    """The stance towards each model, written `M1`, `M2` … in the text."""
    places = [match.span() for match in NAME.finditer(text)]
    return [stance_of(text, start, end, places) for start, end in places]


@pytest.mark.parametrize(
    "text",
    [
        "Use M1 for reviews.",
        "- Use `M1`.",
        "1. **Always use `M1`** for reviews",
        "- **Reviews:** Use `M1` for all of them",
        "Default to M1.",
        "For reviews, use M1.",
        "For deep reviews use `M1`",
        "You must use the model M1.",
        "Reviews should be routed to `M1`.",
        "Set the model to M1.",
        "Please run all evaluations with `M1`.",
        "- **Model preference**: `M1` for thoroughness",
        "TODO: ask Ann. Always use `M1`.",
        "Configure the agent to use `M1`",
        "Ensure that every request uses M1.",
        "Always make sure your agents only use `M1`.",
        "Launch subagents using `M1`.",
        "Use nothing but M1.",
        "DO use M1 for plans.",
        "To do: use `M1`",
        "TODO lists: use `M1`.",
        "Preferred model: M1",
        "Never guess; use M1.",
        "When reviewing, switch to M1",
        "- [ ] Set `OPENAI_MODEL` to `M1`.",
        "✅ Use M1",
        "- ✓ Use M1 for plans",
        "☑ Use M1",
        'We test on a 27" monitor. Use M1 for reviews.',
        'We test on 27" and 32" monitors, on "real" desks. Use M1 for reviews.',
        'The model "GPT-4" is gone. Use M1 for reviews.',
        "When stuck use M1.",
        "When reviewing code use M1.",
        "If the diff is large, use M1.",
        "If you need depth, use M1.",
        "In CI use M1.",
        "No need to ask: use M1.",
        'Set `model` to "M1".',
        'Run "agent --model M1 -p hi"',
        "Always use M1, “the reviewer”.",
        "`M1` must be used for planning.",
        "Keep `M1` for identity checks.",
        "- Keep **M1** for the nightly run",
        "Keep using `M1` in the billing job.",
        "Never guess; always keep using M1.",
        "M1 should be used for drafts.",
        "All reviews must be done by `M1`.",
        "Reviews must go to `M1`.",
        "Make sure that you use M1.",
        "Export `OPENAI_MODEL=M1`.",
        "Escalate to M1 when stuck.",
        "Fall back to M1 on errors.",
        "Have `M1` review every PR.",
        "Ask M1 for a second opinion.",
        "Use OpenAI's `M1`.",
        "Use a small model, M1, for lint.",
        "Never use anything except `M1`.",
        "Do not use any model other than `M1`.",
        "Don't forget to use `M1`.",
        "For review requests: use `M1`.",
        "When the user asks, use `M1`.",
        "❌ Don't use the small model, use `M1`.",
        "Only use `M1` for reviews.",
        "Only use M1 with explicit budgets.",
        "Use `spawn_agent` with `M1`.",
        "Use the reviewer with `M1`.",
        "Use the reviewer agent with `M1`.",
        "Use Codex with `M1`.",
        "Use two calls with `M1`.",
        "Use short runs on `M1`.",
        "Use sub-agents with `M1`.",
        "Use a `M1`-based reviewer.",
        "Write agents that always use `M1`.",
        "Reviews? Use `M1`.",
        "Use M1, the reviewer (why? it is deep).",
        "**Review** — use `M1`.",
        "If not: use `M1`.",
        "In no-review mode use `M1`.",
        "<del>Use the old one.</del> Always use `M1`.",
        "@docs/x.md\nUse `M1` for reviews.",
        "**Models**\nUse `M1` for reviews.",
        "Keep it short\nUse `M1` for reviews",
        # What is to stay is ordered.
        "**Default Model:** M1 (NOT gpt-4o, gpt-4o-mini, or any gpt-4 model)",
        "**M1** is the default model for this project. It exists. DO NOT change it to gpt-4o!",
        "**API:** Responses (not Chat)\n**Default Model:** M1 (NOT gpt-4o)",
        "The default model is `M1`. Do not change it.",
        "We use `M1` for everything. Never change the model.",
        "Keep the model name 'M1' - DO NOT change to gpt-4o.",
        "Model name must stay `M1`.",
        "Do not change the model from `M1`.",
        "- Do not change the model: `M1`.",
        "- Model ID (do not change): `M1`",
        "Model names (locked): `M1`",
        "ALWAYS keep `M1` as the model.",
        "Make sure the model is `M1`.",
        "Before a run, ensure that the model is set to M1.",
        "On errors, retry with `M1`.",
        "Retry once with M1",
        "If it fails, fall back to `M1`.",
        "We prefer to use `M1`.",
    ],
)
def test_a_sentence_that_orders_a_model(text: str) -> None:
    assert stances(text) == [Stance.DIRECTIVE]


@pytest.mark.parametrize(
    "text",
    [
        "Never use M1.",
        "Do not call `M1` directly.",
        "Don't use M1",
        "Avoid M1.",
        "M1 is deprecated.",
        "`M1` must not be used.",
        "❌ `M1`",
        "There is no M1 here.",
        "The job no longer runs on M1.",
        "You must not default to the M1.",
        "Nobody should use M1 directly.",
        "You should not need to call `M1`.",
        "You do not have to use M1.",
        "There is no need to use M1.",
        "Never, under any circumstances, use `M1`.",
        "Under no circumstances should you use `M1`.",
        "~~Always use `M1`.~~",
        "🚫 Always use M1",
        "❌ Use `M1`",
        "BAD: use `M1` for reviews",
        "**Wrong:** use `M1` for reviews",
        "Never hard-code model IDs such as `M1`.",
        "Do not name models, e.g. M1.",
        "🚫 **Never do:** use `M1`",
        "- ❌ **Don't:** use `M1`",
        "- ⚠️ Don't: use `M1`",
        "- 👎 Avoid: always use `M1`",
        "❌ Don't – use `M1`",
        "**Never** — use `M1`",
        "❌ Don't hard-code it: use `M1`",
        "🚫 Never: commit secrets, use `M1` directly",
        "Not: use `M1`",
        "**Mistake:** Use `M1` for everything.",
        "❌ Wrong\nUse `M1` for everything.",
        "Don't ever, for any reason, use M1.",
        "In no case use `M1`.",
        "<del>Always use `M1`.</del>",
        "<s>Use N1. Use `M1`.</s>",
    ],
)
def test_a_sentence_that_forbids_a_model(text: str) -> None:
    assert stances(text) == [Stance.PROHIBITED]


@pytest.mark.parametrize(
    "text",
    [
        "The client uses M1 by default.",
        "We use M1.",
        "You can use M1 if you like.",
        "It supports M1.",
        "Pass any model, e.g. `M1`.",
        "Use a small model (such as M1).",
        "Use the client in src/llm.py that wraps M1 responses.",
        "`OPENAI_MODEL` (default: `M1`)",
        "M1 has a context window of 200k tokens.",
        "If you want, use M1.",
        "Switch models with the `/model` command:\n`/model name`\nExample: `/model M1`",
        "Use an example like M1.",
        "If you use `M1`, set `reasoning_effort` to low.",
        "When you run M1, set a budget.",
        "When users set the model to M1, the app warns.",
        "For tests that call M1, record a cassette.",
        "When the user asks to use `M1`, explain the aliases.",
        "Commit messages look like `feat: use M1 for reviews`.",
        'The old prompt said "always use M1"; it was removed.',
        "The old prompt said “Be brief. Always use M1”; it was removed.",
        "User: use M1 to review this",
        "**PR title:** Switch to M1",
        "Send at most 20 images to `M1`.",
        "Prices must be set per model (`M1`: 2.5).",
        "Users must set `M1` fixtures under `tests/`.",
        "Select a model (M1 is the cheapest)",
        "Use this template when you call it via M1.",
        "Use the newest (e.g., prefer M1 over others).",
        "✅ **Embeddings**: M1 answers",
        "✅ **OpenAI** (M1)",
        "✅ M1",
        "- ✓ M1",
        "☑ `M1` works",
        "✔ M1 (tested)",
        'There is a 27" monitor. Someone wrote "be quick: use M1".',
        "If you prefer Z, set up a profile and use M1.",
        "If M1 should be used, say so.",
        "M1 is required for this test.",
        "Have M1 available.",
        "Model: M1",
        "**Default model**: `M1`",
        "- ⚠️ **Ask first:** switch to `M1`",
        "**Ask first** — switch to `M1`",
        "Only with approval: use `M1`",
        "Only use `M1` if a human approves it.",
        "Use `M1` only when asked.",
        "2026-03-01: Use `M1` for reviews.",
        "2026-03-01 — Use `M1` for reviews.",
        "Use M1? No.",
        "When the user says: use `M1`, refuse.",
        "TODO: use `M1`",
        "To configure the agent to use `M1`, edit the file.",
        "You can configure the agent to use `M1`.",
        "Ensure the tests use the `M1` fixtures.",
        "We ensure that every request uses `M1`.",
        "Do you use `M1`?",
        "Set `FAST=1` to use `M1`.",
        "Run the tests for agents that are using `M1`.",
        "- [ ] **TODO(ann):** always use M1 for reviews",
        "Later: switch to M1.",
        "Use the `M1` tokenizer.",
        "Use `M1`-compatible defaults.",
        "Use streaming with `M1`.",
        "Use `max_completion_tokens` with `M1`.",
        "Use adaptive thinking with `M1`.",
        "Use XML tags with `M1`.",
        "Use short prompts with `M1`.",
        "Use Markdown headings with `M1`.",
        "Use parallel tool calls with `M1`.",
        "Use low temperature with `M1`.",
        "Use cache breakpoints with `M1`.",
        "Use the `developer` role with `M1`.",
        "Use native PDF input with `M1`.",
        "Use few-shot examples with `M1`.",
        "Use citations with `M1`.",
        "Use temperature 1 with `M1`.",
        "Always use the Responses API with `M1`.",
        "Code that must use `M1` lives in `legacy/`.",
        "The alias `review-deep` must use `M1` in staging.",
        "`routes.yaml` must set `review-deep` to `M1`.",
        "Note that we always use `M1` behind `review-deep`.",
        "Set the header `X-Model: M1` in the fixture.",
        "It is for those who\nuse `M1`.",
        "You can\nuse M1 here.",
        "Keep `M1` for reference.",
        "Keep `M1` for backwards compatibility.",
        "Keep M1 for now",
        "Keep `M1` in the list of choices.",
        "Keep `M1` for reviews?",
        "Keep the `M1` fixtures.",
        "You can keep using M1.",
        "Clients keep using M1 until they restart.",
        "If they keep using M1, ask them.",
    ],
)
def test_a_sentence_that_neither_orders_nor_forbids(text: str) -> None:
    assert stances(text) == [Stance.NEUTRAL]


def test_one_line_may_forbid_one_and_order_another() -> None:
    both = [Stance.PROHIBITED, Stance.DIRECTIVE]
    assert stances("Never use `M1`; always use `M2`.") == both
    assert stances("Do not use M1, use M2.") == both
    assert stances("Use `M1` instead of `M2`.") == both[::-1]
    assert stances("Use M1, not M2.") == both[::-1]
    assert stances("❌ Don't use M1: use M2.") == both
    assert stances("✅ Do: use M1. ❌ Don't: use M2.") == both[::-1]
    assert stances("✅ Do: use M1\n❌ Don't: use M2") == both[::-1]
    assert stances("Use M1 or M2.") == [Stance.DIRECTIVE, Stance.DIRECTIVE]


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("use `claude-opus-4-6` not `Claude Opus 4.6`", Stance.NEUTRAL),
        ("Always use claude-opus-4-6, and not “Claude Opus 4.6”.", Stance.NEUTRAL),
        ("Use `claude-opus-4-6` instead of claude opus 4.6.", Stance.NEUTRAL),
        ("Use `claude-opus-4-6`, not Opus 4.6.", Stance.DIRECTIVE),
        ("Use `claude-opus-4-6`, not `claude-opus-4-6-fast`.", Stance.DIRECTIVE),
    ],
)
def test_how_a_model_is_spelled_orders_none(sentence: str, stance: Stance) -> None:
    start = sentence.index("claude-opus-4-6")
    end = start + len("claude-opus-4-6")
    assert stance_of(sentence, start, end, [(start, end)]) is stance


def test_models_in_brackets_are_ordered_with_their_kind() -> None:
    assert stances("Use GPT-5 models only (M1, M2)") == [Stance.DIRECTIVE, Stance.DIRECTIVE]


def test_a_second_model_for_another_task_is_ordered_too() -> None:
    both = [Stance.DIRECTIVE, Stance.DIRECTIVE]
    assert stances("Use M1 for plans and `M2` for code.") == both
    assert stances("Use M1 for plans, note that M2 for code is slow.")[1] is Stance.NEUTRAL


def test_a_third_model_for_another_task_is_ordered_too() -> None:
    told = [Stance.DIRECTIVE] * 3
    assert stances("Use M1 for a, M2 for b, and M3 for c.") == told
    assert stances("Use `M1` for a, **`M2`** for b, and `M3` for c.") == told
    assert stances("Use `M1` for a, `M2` for b, but never `M3` for c.")[2] is Stance.PROHIBITED


def test_many_models_are_a_list_unless_each_is_forbidden_or_has_its_work() -> None:
    ordered = "Always use `gpt-5.4`. Never use `gpt-5`, `gpt-5.1` or `gpt-5.2`.\n"
    assert stances_in(ordered) == [Stance.DIRECTIVE, *[Stance.PROHIBITED] * 3]
    each = "Use `gpt-5.4` for a, `gpt-5.5` for b, `gpt-5.1` for c and `gpt-5.2` for d.\n"
    assert stances_in(each) == [Stance.DIRECTIVE] * 4
    for listed in ("", " for reviews"):
        text = f"Use `gpt-5.4`, `gpt-5.5`, `gpt-5.1` or `gpt-5.2`{listed}.\n"
        assert stances_in(text) == [Stance.INVENTORY] * 4


def test_an_item_that_gives_a_model_its_work() -> None:
    for text in ("Reviews: `M1`", "**Code review** → M1", "`M1` for plans"):
        start, end = next(NAME.finditer(text)).span()
        assert assigns(text, start, end)
    for text in ("M1 (fast)", "Reviews run best on M1", "Supports: many, such as M1"):
        start, end = next(NAME.finditer(text)).span()
        assert not assigns(text, start, end)


def test_a_sign_or_label_disowns_no_further_than_the_next_name_or_turn() -> None:
    both = [Stance.PROHIBITED, Stance.DIRECTIVE]
    assert stances("❌ `M1`, use `M2`") == both
    assert stances("❌ `M1` → ✅ use `M2`") == both
    assert stances("❌ `M1` ✅ `M2`") == both
    assert stances("✓ `M1`, ✗ `M2`") == both[::-1]
    assert stances("Wrong: clients of your own → always use M1") == [Stance.DIRECTIVE]


@pytest.mark.parametrize(
    "text",
    [
        "Model: `M1`",
        "Primary model: M1",
        "**Default model:** M1 (not configurable)",
        "The default model is `M1`. Do not commit changes.",
        "The default model is `M1`. You can change it in the settings.",
        "`M1` is the default. If you do not change it, you pay more.",
        "The client retries with `M1`.",
        "The worker tries the proxy, then falls back to `M1`.",
        # As often as not a noun: what a program does by itself.
        "- Fallback to `M1` on errors",
        "Users can switch the model from `M1` to another.",
        "Verify that the model `M1` answers.",
    ],
)
def test_what_may_change_is_no_lock(text: str) -> None:
    assert stances(text) == [Stance.NEUTRAL]


@pytest.mark.parametrize(
    "text",
    [
        "Do not change the model to `M1`.",
        "Never replace M1 in the code of users.",
        "Make sure the model is not `M1`.",
    ],
)
def test_a_ban_is_no_lock(text: str) -> None:
    assert stances(text) == [Stance.PROHIBITED]


def test_several_tries_of_somebody_else_order_none() -> None:
    told = stances("Agents try `M1` first, then fall back to `M2`.")
    assert told == [Stance.NEUTRAL, Stance.NEUTRAL]


def test_a_clause_ends_with_its_list_item() -> None:
    text = "- Never use M1\n- Use M2\n- M3"
    assert stances(text) == [Stance.PROHIBITED, Stance.DIRECTIVE, Stance.NEUTRAL]


def test_a_long_list_in_marks_is_an_order_to_use_each_and_takes_no_time() -> None:
    names = "`, `".join(f"M{number % 10}" for number in range(60))
    started = process_time()
    assert stances(f"For reviews, use `{names}`")[:20] == [Stance.DIRECTIVE] * 20
    assert process_time() - started < 1
