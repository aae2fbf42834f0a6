"""opencode: the driver of a provider decides the family of its models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_every_listed_and_every_chosen_model(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "opencode.jsonc",
        """
        {
          // comments and trailing commas are read
          "model": "gateway/writer",
          "small_model": "openai/gpt-5.4-mini",
          "agent": { "review": { "model": "anthropic/claude-opus-4-6" }, "plan": {} },
          "command": { "test": { "model": "gateway/critic", }, },
          "provider": {
            "gateway": {
              "npm": "@ai-sdk/openai-compatible",
              "options": {
                "baseURL": "https://gateway.example.com/v1",
                "apiKey": "{env:GATEWAY_KEY}",
                "headers": { "X-Team": "{file:./team.txt}" },
              },
              "models": {
                "writer": { "name": "Writer" },
                "critic": { "id": "critic-v2", "provider": { "npm": "@ai-sdk/anthropic" } },
              },
            },
          },
        }
        """,
    )
    assert [(".".join(r.pointer), r.model.raw, r.provider.raw, r.family) for r in routes] == [
        ("provider.gateway.models.writer", "writer", "gateway", Family.CHAT_COMPLETIONS),
        ("provider.gateway.models.critic", "critic-v2", "gateway", Family.ANTHROPIC_MESSAGES),
        ("model", "gateway/writer", "gateway", Family.CHAT_COMPLETIONS),
        ("small_model", "openai/gpt-5.4-mini", "openai", Family.RESPONSES),
        ("agent.review.model", "anthropic/claude-opus-4-6", "anthropic", Family.ANTHROPIC_MESSAGES),
        ("command.test.model", "gateway/critic", "gateway", Family.ANTHROPIC_MESSAGES),
    ]
    assert [route.kind for route in routes] == [
        *[RouteKind.DEPLOYMENT] * 2,
        *[RouteKind.TOOL_DEFAULT] * 2,
        *[RouteKind.AGENT_BINDING] * 2,
    ]
    writer = routes[0]
    assert writer.base_url.raw == "https://gateway.example.com/v1"
    assert (writer.url_shape.form, writer.url_shape.appended) == ("versioned", "/chat/completions")
    assert [(c.slot, c.value.kind, c.value.ref) for c in writer.credentials] == [
        ("api_key", ValueKind.ENV_REF, "GATEWAY_KEY"),
        ("header:X-Team", ValueKind.FILE_REF, "./team.txt"),
    ]


@pytest.mark.parametrize(
    ("provider", "family"),
    [
        ('"openai": {"options": {"baseURL": "http://localhost:8080/openai"}}', Family.RESPONSES),
        ('"azure": {"options": {"useCompletionUrls": true}}', Family.CHAT_COMPLETIONS),
        ('"own": {"npm": "@ai-sdk/openai", "options": {}}', Family.RESPONSES),
        ('"own": {"npm": "@acme/driver", "options": {}}', None),
        ('"own": {"options": {"apiKey": "{env:KEY}"}}', None),
    ],
)
def test_the_family_of_a_provider_without_models(
    routes_of: RoutesOf, provider: str, family: Family | None
) -> None:
    (route,) = routes_of("opencode.json", f'{{"provider": {{{provider}}}}}')
    assert (route.kind, route.family) == (RouteKind.DEPLOYMENT, family)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("opencode.json", '{"$schema": "https://opencode.ai/config.json", "mcp": {}}'),
        ("opencode.json", '{"provider": [], "agent": {"plan": "x"}, "model": {}}'),
        (".opencode/tui.json", '{"$schema": "https://opencode.ai/tui.json", "theme": "dark"}'),
        ("package.json", '{"provider": {"a": {"npm": "^1.0"}}, "model": "openai/gpt-5.4"}'),
    ],
)
def test_no_route_where_none_is_told(routes_of: RoutesOf, path: str, text: str) -> None:
    assert routes_of(path, text) == ()


@pytest.mark.parametrize(
    ("plugin", "providers"),
    [
        ('"opencode-antigravity-auth@1.2.6"', ["unknown", "unknown", "openai"]),
        ('"opencode-gemini-auth"', ["unknown", "unknown", "openai"]),
        ('"file:///opt/plugins/opencode-openai-codex-auth"', ["google", "google", "unknown"]),
        ('"opencode-gemini-notes", "opencode-pty"', ["google", "google", "openai"]),
        ("{}, 3", ["google", "google", "openai"]),
    ],
)
def test_nobody_knows_who_answers_calls_that_a_plugin_takes_over(
    routes_of: RoutesOf, plugin: str, providers: list[str]
) -> None:
    config = """{
      "plugin": [PLUGIN],
      "provider": { "google": { "models": { "gemini-2.0-flash": {} } } },
      "model": "google/gemini-2.0-flash",
      "small_model": "openai/gpt-5.4-mini"
    }"""
    found = routes_of("opencode.json", config.replace("PLUGIN", plugin))
    assert [route.provider.raw for route in found] == providers
