"""Crush: the type of a provider decides the family of its models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_listed_and_chosen_models(routes_of: RoutesOf) -> None:
    routes = routes_of(
        ".crush.json",
        """
        {
          "$schema": "https://charm.land/crush.json",
          "models": {
            "large": { "model": "writer", "provider": "gateway" },
            "small": { "model": "claude-haiku-4-5", "provider": "anthropic" }
          },
          "providers": {
            "gateway": {
              "type": "openai",
              "base_url": "https://gateway.example.com/v1",
              "api_key": "$(print-key)",
              "extra_headers": { "X-Team": "$TEAM" },
              "models": [{ "id": "writer", "name": "Writer" }]
            }
          }
        }
        """,
    )
    assert [(r.kind, r.role.raw, r.provider.raw, r.model.raw, r.family) for r in routes] == [
        (RouteKind.DEPLOYMENT, "", "gateway", "writer", Family.RESPONSES),
        (RouteKind.TOOL_DEFAULT, "large", "gateway", "writer", Family.RESPONSES),
        (RouteKind.TOOL_DEFAULT, "small", "anthropic", "claude-haiku-4-5", None),
    ]
    assert routes[0].base_url.raw == "https://gateway.example.com/v1"
    assert (routes[0].url_shape.form, routes[0].url_shape.appended) == ("versioned", "/responses")
    assert [(c.slot, c.value.kind) for c in routes[0].credentials] == [
        ("api_key", ValueKind.COMMAND),
        ("header:X-Team", ValueKind.ENV_REF),
    ]


@pytest.mark.parametrize(
    ("line", "family"),
    [
        ("", Family.CHAT_COMPLETIONS),
        ('"type": "openai-compat",', Family.CHAT_COMPLETIONS),
        ('"type": "anthropic",', Family.ANTHROPIC_MESSAGES),
        ('"type": "azure",', Family.RESPONSES),
        ('"type": "llama.cpp",', None),
    ],
)
def test_the_type_of_a_provider_tells_the_family(
    routes_of: RoutesOf, line: str, family: Family | None
) -> None:
    (route,) = routes_of(
        "crush.json", f'{{"providers": {{"p": {{{line} "base_url": "http://localhost:1"}}}}}}'
    )
    assert (route.kind, route.family) == (RouteKind.DEPLOYMENT, family)


def test_the_chosen_models_are_enough(routes_of: RoutesOf) -> None:
    chosen = '{"models": {"large": {"provider": "anthropic", "model": "claude-opus-4-6"}}'
    for rest in ("}", ', "providers": {"anthropic": {"api_key": "$KEY"}}}'):
        *_, route = routes_of("crush.json", chosen + rest)
        assert (route.role.raw, route.model.raw) == ("large", "claude-opus-4-6")
        assert (route.provider.raw, route.family) == ("anthropic", None)


def test_a_service_that_crush_knows_keeps_its_type(routes_of: RoutesOf) -> None:
    text = """
        { "providers": {
            "openai": { "base_url": "https://g.example/v1", "models": [{ "id": "o3-pro" }] },
            "litellm": { "base_url": "https://g.example/v1", "models": [{ "id": "o3-pro" }] }
        } }
        """
    assert [(r.provider.raw, r.family) for r in routes_of("crush.json", text)] == [
        ("openai", None),
        ("litellm", Family.CHAT_COMPLETIONS),
    ]


def test_another_tools_crush_json(routes_of: RoutesOf) -> None:
    assert routes_of("crush.json", '{"models": {"large": {"model": "gpt-5.4"}}}') == ()
    assert routes_of("crush.json", '{"providers": ["zip"], "level": 9}') == ()
    assert routes_of("crush.json", '{"models": {"any": {"model": "x", "provider": "y"}}}') == ()
