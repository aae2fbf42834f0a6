"""promptfoo: a provider's ID is taken apart into provider, family and model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
CONFIG = "promptfooconfig.yaml"


@pytest.mark.parametrize(
    ("provider", "word", "model", "family"),
    [
        ("openai", "chat", "gpt-5.4", Family.CHAT_COMPLETIONS),
        ("openai", "responses", "o3-pro", Family.RESPONSES),
        ("openai", "embedding", "text-embedding-3-small", Family.EMBEDDINGS),
        ("openai", "", "gpt-5.4", Family.AUTO),
        ("openai", "chat", "ft:gpt-4.1-mini:team::id", Family.CHAT_COMPLETIONS),
        ("openai", "chat", "", Family.CHAT_COMPLETIONS),
        ("anthropic", "messages", "claude-opus-4-6", Family.ANTHROPIC_MESSAGES),
        ("ollama", "chat", "llama3:8b", Family.CHAT_COMPLETIONS),
        ("azure", "chat", "my-deployment", Family.CHAT_COMPLETIONS),
        ("openrouter", "", "openai/o3-pro", None),
    ],
)
def test_the_parts_of_an_id(
    routes_of: RoutesOf, provider: str, word: str, model: str, family: Family | None
) -> None:
    provider_id = ":".join(part for part in (provider, word, model) if part)
    (route,) = routes_of(CONFIG, f"prompts: [p.txt]\nproviders: ['{provider_id}']\n")
    assert route.kind is RouteKind.DEPLOYMENT
    assert (route.provider.raw, route.family_value.raw, route.model.raw) == (provider, word, model)
    assert route.family is family
    assert (route.chosen_family.source is FamilySource.DECLARED) == bool(word)


def test_the_three_spellings_and_the_grader(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        providers:
          - openai:chat:writer
          - id: openai:responses:critic
            config:
              apiBaseUrl: https://gateway.example.com/v1
              apiKeyEnvar: GATEWAY_KEY
          - anthropic:messages:claude-opus-4-6:
              config:
                apiKey: '{{ env.ANTHROPIC_API_KEY }}'
        defaultTest:
          options:
            provider: openai:gpt-5.4-mini
        """,
    )
    assert [(".".join(r.pointer), r.model.raw) for r in routes] == [
        ("providers.0", "writer"),
        ("providers.1", "critic"),
        ("providers.2", "claude-opus-4-6"),
        ("defaultTest.options.provider", "gpt-5.4-mini"),
    ]
    assert routes[1].base_url.raw == "https://gateway.example.com/v1"
    assert [(c.slot, c.value.kind) for route in routes[1:3] for c in route.credentials] == [
        ("api_key", ValueKind.ENV_REF),
        ("api_key", ValueKind.TEMPLATE),
    ]


def test_a_base_url_under_another_tools_key(routes_of: RoutesOf) -> None:
    route, dead = routes_of(
        CONFIG,
        "providers:\n- id: openai:chat:writer\n  config: {baseUrl: 'http://localhost:1/v1'}\n",
    )
    assert route.effective
    assert not route.base_url.given
    assert (dead.effective, dead.pointer) == (False, ("providers", "0", "config", "baseUrl"))


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("opencode:sdk", ("", "")),
        ("{id: opencode:sdk, config: {model: m, provider_id: anthropic}}", ("anthropic", "m")),
        ("{id: opencode, config: {model: m, provider_id: openai}}", ("openai", "m")),
        (
            "{id: opencode:sdk, config: {model: m, provider_id: openai, baseUrl: 'http://h:1'}}",
            ("unknown", "m"),
        ),
        ("{id: anthropic:claude-agent-sdk, config: {model: m}}", ("anthropic", "m")),
        ("{id: anthropic:claude-code}", ("anthropic", "")),
        ("{id: openai:codex-sdk, config: {model: m, sandbox_mode: read-only}}", ("openai", "m")),
        ("{id: openai:codex, config: {model: m, model_provider: gateway}}", ("gateway", "m")),
        ("{id: openai:codex:n, config: {model: m}}", ("openai", "n")),
    ],
)
def test_an_agent_is_told_its_model(routes_of: RoutesOf, entry: str, told: tuple[str, str]) -> None:
    (route,) = routes_of(CONFIG, f"prompts: [p.txt]\nproviders:\n  - {entry}\n")
    assert (route.provider.raw, route.model.raw) == told
    assert (route.family, route.effective) == (None, True)


def test_the_base_url_of_codex_is_no_other_tools_key(routes_of: RoutesOf) -> None:
    url = "https://g.example/v1"
    (route,) = routes_of(
        CONFIG, f"providers:\n- id: openai:codex-sdk\n  config: {{base_url: '{url}'}}\n"
    )
    assert (route.base_url.raw, route.effective) == (url, True)


def test_the_model_of_openai_may_stand_in_its_config(routes_of: RoutesOf) -> None:
    text = "providers:\n- {id: 'openai:responses', config: {model: gpt-5.4}}\n"
    (route,) = routes_of(CONFIG, text)
    assert (route.model.raw, route.family) == ("gpt-5.4", Family.RESPONSES)


def test_a_provider_is_known_by_its_label_or_its_id(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        providers:
          - { id: "openai:chat:writer", label: careful }
          - openai:chat:critic
          - openai:chat:editor: { label: quick }
        """,
    )
    assert [route.name for route in routes] == ["careful", "openai:chat:critic", "quick"]
    assert not any(route.alias.given or route.role.given for route in routes)


@pytest.mark.parametrize(
    "provider",
    ["file://provider.js", "tests/provider.js", "https://api.example.com", "python:run.py", "echo"],
)
def test_programs_and_pages_are_no_models(routes_of: RoutesOf, provider: str) -> None:
    assert routes_of(CONFIG, f"prompts: [p.txt]\nproviders: ['{provider}']\n") == ()
