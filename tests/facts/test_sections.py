"""Which sentences order a migration of model calls, and which tell the way back."""

from __future__ import annotations

import pytest

from agentlint.documents import MarkdownDocument, parse
from agentlint.facts.section import Link, Section
from agentlint.facts.source import Source
from agentlint.facts.wording.migrations import names_migration, orders_migration, tells_way_back
from agentlint.facts.wording.sections import links, sections
from agentlint.text import Region

MODELS = "All calls go to the LLM gateway."


def read(text: str) -> tuple[list[Section], list[Link]]:
    document = parse("markdown", Region.whole(text))
    assert isinstance(document, MarkdownDocument)
    source = Source("docs/a.md")
    return list(sections(document, source)), list(links(document, source))


@pytest.mark.parametrize(
    "sentence",
    [
        "Switch every agent from the OpenAI API to the new model gateway.",
        "Migrate all agents to the LLM gateway.",
        "Point `OPENAI_BASE_URL` at the gateway.",
        "You must move the writer route over to the AI gateway.",
        "Cut over to the new gateway on Friday.",
        "Replace the base URL with the gateway's.",
        "Please swap the LLM provider to the gateway.",
        "You need to switch the LLM provider over to the gateway.",
        "Replace `https://api.openai.com/v1` with `https://gw.example.com/v1` in every config.",
        "Use the docs in `docs/`; migrate OpenAI completions→responses using model gpt-5.",
        "Migrate all calls from Chat Completions to the Responses API.",
        "Move the writer from the Assistants API -> Responses.",
        "Please move all Responses calls over to Chat Completions.",
        "Migrate all agents to the LLM gateway, then drop the mocks.",
        "Switch all agents from OpenAI to local models.",
        "Point `OPENAI_BASE_URL` at the gateway in development first.",
    ],
)
def test_orders_to_migrate(sentence: str) -> None:
    assert orders_migration(sentence, MODELS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Migrate the database schema before you switch to the gateway tables.",
        "The service was switched to the model gateway in May.",
        "If OpenAI is down, switch to the Anthropic provider.",
        "Never switch the base URL to another gateway yourself.",
        "Move specialized instructions from CLAUDE.md to skills.",
        "Migrate the LLM gateway to `modules/lessons/llm_gateway.py`.",
        "Move the ai-router utilities of the model gateway to `scripts/`.",
        "I didn't need the source, just to reroute requests from Anthropic to my endpoint.",
        "The tool can switch the base URL to a gateway.",
        "Switch to the feature branch and use the gateway.",
        "Move the component to the shared folder.",
        "Change the API gateway to use REST.",
        "Migrate to `GatewayConfig`.",
        "Point the backend at `SUPABASE_URL=http://localhost:1`.",
        "Point `VITE_API_BASE_URL` at the backend.",
        "Switch `BASE_URL` to staging before running the smoke suite.",
        "Point the frontend at the new base URL before testing.",
        "Move the LLM module to `src/llm-gateway`.",
        "Move gateway binary to dist.",
        "Move build output to gateway/dist.",
        "Move openai spec to docs.",
        "Switch the OpenAI SDK to version 2.",
        "Migrate the code from OpenAI SDK v3 to v4.",
        "Migrate from openai-python 1 to 2.",
        "Move from the Anthropic SDK to the LiteLLM SDK.",
        "Replace https://api.openai.com/v1/completions with https://api.openai.com/v1/responses.",
        "Replace https://api.openai.com/v1 with http://localhost:4000/v1.",
        "LiteLLM makes it easy to swap LLM providers.",
        "Need to switch LLM providers easily (OpenAI, Anthropic)",
        "Edit `config.py` to change the model endpoint.",
        "Replace `YOUR_GATEWAY_API_KEY` with the API key from your Gateway settings.",
        "Replace <your-key> with the key of the AI gateway.",
        "Replace the placeholders with the base URL of your gateway.",
        "Point the Gateway provider at the group via the `route` parameter.",
        "LiteLLM can migrate Chat Completions to Responses.",
        "Move the responses to `responses/`.",
        "If you need tools, migrate from Chat Completions to Responses.",
        "For local development, point `OPENAI_BASE_URL` at Ollama.",
        "Point the SDK at the mock server: `OPENAI_BASE_URL=http://mock.example.com/v1`.",
        "Point `ANTHROPIC_BASE_URL` at the proxy while debugging.",
        "Switch the LLM provider to the mock provider in tests.",
        "Point `OPENAI_BASE_URL` at http://localhost:11434/v1.",
    ],
)
def test_no_orders_to_migrate(sentence: str) -> None:
    assert not orders_migration(sentence, MODELS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Cut over to the new gateway on Friday.",
        "Switch the base URL to the new host.",
    ],
)
def test_a_bare_gateway_or_base_url_is_what_the_text_around_makes_it(sentence: str) -> None:
    assert orders_migration(sentence, f"Agents call OpenAI. {sentence}")
    assert not orders_migration(sentence, f"Order fulfillment calls the shop. {sentence}")


@pytest.mark.parametrize(
    ("title", "moves"),
    [
        ("Cut over to the LLM gateway", True),
        ("Move all agents to the model gateway", True),
        ("Gateway migration", True),
        ("Gateway migration (before the freeze)", True),
        ("Model routing (before the migration)", False),
        ("Switch LLM traffic to the new gateway", True),
        ("Migrate from the OpenAI SDK to the model gateway", True),
        ("Change model calls to async", False),
        ("Migrating from OpenAI SDK v3 to v4", False),
        ("Move gateway binary to dist", False),
        ("Move to gateway directory", False),
        ("Replace gateway image tag", False),
        ("Switch base URL to staging", False),
        ("Cut over DNS to new gateway", False),
        ("Move gateway config into place", False),
        ("Switching LLM providers", False),
        ("Changing the LLM provider", False),
        ("Switching between AI providers", False),
        ("Switching from OpenAI to Ollama", False),
        ("Switching from OpenAI to Azure OpenAI", False),
        ("3. Switch the LLM provider", False),
        ("Switch model provider at runtime", False),
        ("Switch between LLM providers", False),
        ("Change AI provider", False),
        ("Switching all agents to the model gateway", True),
        ("Switching over from OpenAI to Anthropic", True),
        ("Switch the LLM provider from OpenAI to Azure", True),
        ("Change the LLM provider: OpenAI → Azure", True),
        ("Plan: migrating the LLM provider", True),
        ("LLM provider migration checklist", True),
        ("Moving all agents to the model gateway", True),
        ("Replace the LLM proxy", True),
    ],
)
def test_headings_and_jobs_that_name_a_migration(title: str, moves: bool) -> None:
    assert names_migration(title, MODELS) is moves


@pytest.mark.parametrize(
    ("title", "moves"), [("Gateway migration", False), ("Cut over to the LLM gateway", True)]
)
def test_a_heading_means_models_by_itself_or_by_the_text_around(title: str, moves: bool) -> None:
    assert names_migration(title, f"{title}: the shop's orders.") is moves


@pytest.mark.parametrize(
    "sentence",
    [
        "To roll back, restore the previous base URL.",
        "Set the variable back to its old value.",
        "The change is reversible.",
        "Revert `base_url` to the provider.",
        "Switch the agents back to the provider.",
        "如需回滚，恢复旧地址。",
    ],
)
def test_a_sentence_that_tells_a_way_back(sentence: str) -> None:
    assert tells_way_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Commit types: feat, fix, chore, revert.",
        "Never revert unrelated changes.",
        "Use `git revert` for bad commits.",
        "Go to the settings page.",
    ],
)
def test_no_ways_back(sentence: str) -> None:
    assert not tells_way_back(sentence)


@pytest.mark.parametrize(
    "title", ["Rolling back", "Rolling back the change", "Undo", "Backing out", "Recovery / undo"]
)
def test_headings_that_tell_the_way_back(title: str) -> None:
    found, _ = read(f"## {title}\n\nUnset it.\n")
    assert found[-1].way_back


def test_sections_nest_and_know_their_extent() -> None:
    text = "intro\n\n# A\n\n## B\n\ntext\n\n# C\n"
    found, _ = read(text)
    assert [(s.level, s.title, s.parent) for s in found] == [
        (0, "", -1),
        (1, "A", -1),
        (2, "B", 1),
        (1, "C", -1),
    ]
    assert [s.span.cut(text) for s in found] == [
        "intro\n\n# ",
        "A\n\n## B\n\ntext\n\n# ",
        "B\n\ntext\n\n# ",
        "C\n",
    ]


def test_a_migration_is_known_by_its_heading_or_its_order() -> None:
    text = "# Gateway migration\n\n## Steps\n\n1. Migrate all agents to the LLM gateway.\n"
    found, _ = read(text)
    assert [s.migration.span.cut(text) if s.migration else None for s in found] == [
        None,
        "Gateway migration",
        "Migrate all agents to the LLM gateway.",
    ]


def test_links_are_told_from_the_root() -> None:
    _, found = read("[a](../ops/back.md#x) [b](/r.md) [c](https://x.y/z.md) [undo](rollback.md)\n")
    assert [(link.target, link.says_rollback) for link in found] == [
        ("ops/back.md", True),
        ("r.md", True),
        ("docs/rollback.md", True),
    ]


def test_a_task_that_is_ticked_off_orders_nothing() -> None:
    done, _ = read("- [x] Switch every agent from OpenAI to the model gateway.\n")
    assert not any(section.migration for section in done)
    open_one, _ = read("- [ ] Switch every agent from OpenAI to the model gateway.\n")
    assert any(section.migration for section in open_one)
