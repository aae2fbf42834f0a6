"""OpenClaw: the models of added providers, and those that agents use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.discovery import FileKind
from agentlint.facts.files.extract import extract
from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family
from agentlint.text import SourceFile

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_models_of_providers(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "openclaw.json",
        """
        { "models": { "providers": {
          "proxy": {
            "baseUrl": "http://localhost:4000/v1", "apiKey": "${PROXY_KEY}", "api": "openai-completions",
            "headers": { "X-Team": "${TEAM}" },
            "models": [{ "id": "a" }, { "id": "b", "api": "anthropic-messages" }]
          },
          "ollama": { "baseUrl": "http://127.0.0.1:11434", "api": "ollama", "apiKey": "OLLAMA_API_KEY" },
          "openai": { "timeoutSeconds": 60, "models": [] }
        } } }
        """,
    )
    assert [
        (r.kind, ".".join(r.pointer), r.provider.raw, r.model.raw, r.family) for r in routes
    ] == [
        (RouteKind.DEPLOYMENT, "models.providers.proxy.models.0", "proxy", "a", Family.CHAT_COMPLETIONS),
        (RouteKind.DEPLOYMENT, "models.providers.proxy.models.1", "proxy", "b", Family.ANTHROPIC_MESSAGES),
        (RouteKind.DEPLOYMENT, "models.providers.ollama", "ollama", "", None),
    ]  # fmt: skip
    assert routes[0].base_url.raw == "http://localhost:4000/v1"
    assert [c.slot for c in routes[0].credentials] == ["api_key", "header:X-Team"]
    assert (routes[0].chosen_family.source, routes[2].chosen_family.source) == (
        FamilySource.DECLARED,
        FamilySource.NONE,
    )
    assert [c.value.kind for c in routes[2].credentials] == [ValueKind.ENV_REF]


def test_models_of_agents(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "openclaw.json",
        """
        {
          // comments are allowed
          "agents": {
            "defaults": {
              "model": { "primary": "openai/gpt-5.4",
                         "fallbacks": ["anthropic/claude-sonnet-4-6", "opus"] },
              "imageModel": "google/gemini-3.1-pro-preview",
              "subagents": { "model": "openrouter/qwen/qwen3-coder", "maxConcurrent": 2 },
              "models": { "openai/gpt-5.4": { "alias": "gpt" } },
            },
            "list": [{ "id": "main" }, { "id": "critic", "model": { "primary": "gpt" } },
                     { "id": "writer", "model": "zai/glm-5" }]
          }
        }
        """,
    )
    default = RouteKind.TOOL_DEFAULT
    assert [
        (r.kind, ".".join(r.pointer), r.role.raw, r.provider.raw, r.model.raw) for r in routes
    ] == [
        (default, "agents.defaults.model.primary", "", "openai", "openai/gpt-5.4"),
        (default, "agents.defaults.model.fallbacks.0", "", "anthropic", "anthropic/claude-sonnet-4-6"),
        (default, "agents.defaults.imageModel", "", "google", "google/gemini-3.1-pro-preview"),
        (default, "agents.defaults.subagents.model", "", "openrouter", "openrouter/qwen/qwen3-coder"),
        (RouteKind.AGENT_BINDING, "agents.list.2.model", "writer", "zai", "zai/glm-5"),
    ]  # fmt: skip


def test_an_agent_calls_as_its_provider_says(routes_of: RoutesOf) -> None:
    *_, chosen = routes_of(
        "openclaw.json",
        """
        { "models": { "providers": { "proxy": {
            "baseUrl": "http://proxy:4000/v1", "api": "openai-completions",
            "models": [{ "id": "team/fast", "api": "openai-responses" }] } } },
          "agents": { "defaults": { "model": "proxy/team/fast" } } }
        """,
    )
    assert (chosen.model.raw, chosen.provider.raw) == ("proxy/team/fast", "proxy")
    assert (chosen.base_url.raw, chosen.family) == ("http://proxy:4000/v1", Family.RESPONSES)


@pytest.mark.parametrize(
    "text",
    [
        '{ "id": "my-plugin", "configSchema": {}, "model": "openai/gpt-5.4" }',
        '{ "name": "a-skill", "tools": [{ "name": "t", "command": "bun", "args": ["run"] }] }',
        '{ "agents": ["openai/gpt-5.4"], "models": "openai/gpt-5.4" }',
        "[]",
    ],
)
def test_other_files_of_that_name(text: str, routes_of: RoutesOf) -> None:
    assert routes_of("openclaw.json", text) == ()


def test_json5_is_said_to_be_unread_and_not_to_be_broken() -> None:
    text = "{ agents: { defaults: { model: 'openai/gpt-5.4' } } }"
    facts = extract(SourceFile("openclaw.json", text), FileKind.CONFIG, "openclaw")
    assert [notice.message for notice in facts.notices] == [
        "JSON5 is read only where it is JSON with comments"
    ]
