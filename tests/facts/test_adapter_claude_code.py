"""Claude Code settings: which model is called, where, and with what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
SETTINGS = ".claude/settings.json"


def test_the_model_goes_to_the_gateway_of_the_environment(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        SETTINGS,
        """
        {
          "model": "claude-opus-4-6",
          "fallbackModel": ["sonnet", "haiku"],
          "apiKeyHelper": "print-key --for gateway",
          "env": {
            "ANTHROPIC_BASE_URL": "https://gateway.example.com",
            "ANTHROPIC_AUTH_TOKEN": "not-a-reference"
          }
        }
        """,
    )
    assert (route.kind, route.model.raw) == (RouteKind.TOOL_DEFAULT, "claude-opus-4-6")
    assert (route.family, route.base_url.raw) == (
        Family.ANTHROPIC_MESSAGES,
        "https://gateway.example.com",
    )
    assert (route.url_shape.form, route.url_shape.appended) == ("root", "/v1/messages")
    assert [fallback.target.raw for fallback in route.fallbacks] == ["sonnet", "haiku"]
    assert [(c.slot, c.value.kind, c.value.raw) for c in route.credentials] == [
        ("bearer", ValueKind.LITERAL, ""),
        ("api_key", ValueKind.COMMAND, ""),
    ]


def test_each_variable_and_key_that_names_a_model_is_a_choice(routes_of: RoutesOf) -> None:
    routes = routes_of(
        SETTINGS,
        """
        {
          "advisorModel": "opus",
          "env": {
            "ANTHROPIC_MODEL": "claude-sonnet-4-6",
            "ANTHROPIC_SMALL_FAST_MODEL": "claude-haiku-4-5",
            "CLAUDE_CODE_SUBAGENT_MODEL": "inherit",
            "DISABLE_TELEMETRY": "1"
          }
        }
        """,
    )
    assert [(route.pointer[-1], route.model.raw) for route in routes] == [
        ("ANTHROPIC_MODEL", "claude-sonnet-4-6"),
        ("advisorModel", "opus"),
        ("ANTHROPIC_SMALL_FAST_MODEL", "claude-haiku-4-5"),
        ("CLAUDE_CODE_SUBAGENT_MODEL", "inherit"),
    ]
    assert {route.kind for route in routes} == {RouteKind.TOOL_DEFAULT}
    assert routes[-1].model.kind is ValueKind.INHERIT


def test_variables_and_overrides_that_map_a_name_are_a_table(routes_of: RoutesOf) -> None:
    routes = routes_of(
        SETTINGS,
        """
        {
          "env": { "ANTHROPIC_DEFAULT_OPUS_MODEL": "glm-4.6" },
          "modelOverrides": { "claude-opus-4-6": "us.anthropic.claude-opus-4-6-v1:0" }
        }
        """,
    )
    assert [(route.kind, route.alias.raw.lower(), route.model.raw) for route in routes] == [
        (RouteKind.TABLE, "opus", "glm-4.6"),
        (RouteKind.TABLE, "claude-opus-4-6", "us.anthropic.claude-opus-4-6-v1:0"),
    ]


@pytest.mark.parametrize(
    ("switch", "variable", "family"),
    [
        ("CLAUDE_CODE_USE_BEDROCK", "ANTHROPIC_BEDROCK_BASE_URL", Family.PASSTHROUGH),
        ("CLAUDE_CODE_USE_VERTEX", "ANTHROPIC_VERTEX_BASE_URL", Family.PASSTHROUGH),
        ("CLAUDE_CODE_USE_FOUNDRY", "ANTHROPIC_FOUNDRY_BASE_URL", Family.ANTHROPIC_MESSAGES),
    ],
)
def test_a_cloud_has_a_family_and_a_url_of_its_own(
    routes_of: RoutesOf, switch: str, variable: str, family: Family
) -> None:
    (route,) = routes_of(
        SETTINGS,
        f'{{"model": "opus", "env": {{"{switch}": "1", "{variable}": "https://cloud.example"}}}}',
    )
    assert (route.family, route.base_url.raw) == (family, "https://cloud.example")


def test_settings_are_known_by_their_schema_wherever_they_are_kept(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "dotfiles/claude/settings.json",
        """{
          "$schema": "https://json.schemastore.org/claude-code-settings.json",
          // The gateway of the team.
          "env": { "ANTHROPIC_BASE_URL": "https://gateway.example.com" },
          "model": "opus",
        }""",
    )
    assert (route.format, route.model.raw) == ("claude-code", "opus")
    assert route.base_url.raw == "https://gateway.example.com"


def test_settings_without_models_or_endpoints_have_no_routes(routes_of: RoutesOf) -> None:
    text = '{"permissions": {"allow": ["Bash(ls:*)"]}, "env": {"CI": "1"}, "model": null}'
    assert routes_of(SETTINGS, text) == ()
    assert routes_of("config/settings.json", '{"model": "claude-opus-4-6"}') == ()


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ('{"env": {"ANTHROPIC_BASE_URL": "https://gateway.example.com"}}', ("env",)),
        ('{"apiKeyHelper": "./print-key"}', ("apiKeyHelper",)),
        ('{"fallbackModel": "sonnet"}', ("fallbackModel",)),
    ],
)
def test_an_endpoint_without_a_model_is_a_route(
    routes_of: RoutesOf, text: str, pointer: tuple[str, ...]
) -> None:
    (route,) = routes_of(SETTINGS, text)
    assert (route.pointer, route.model.given) == (pointer, False)
