"""Gemini CLI: the model of its settings, in their present and their older form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
SETTINGS = ".gemini/settings.json"


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ('{"model": {"name": "gemini-3-pro-preview"}}', ("model", "name")),
        ('{"model": "gemini-3-pro-preview"}', ("model",)),
    ],
)
def test_the_model_is_named_by_a_key_or_by_the_name_below_it(
    routes_of: RoutesOf, text: str, pointer: tuple[str, ...]
) -> None:
    (route,) = routes_of(SETTINGS, text)
    assert (route.kind, route.pointer) == (RouteKind.TOOL_DEFAULT, pointer)
    assert (route.model.raw, route.family) == (
        "gemini-3-pro-preview",
        Family.GEMINI_GENERATE_CONTENT,
    )


def test_presets_are_aliases(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        SETTINGS,
        """
        {
          "modelConfigs": {
            "customAliases": {
              "deep": { "extends": "base", "modelConfig": { "model": "gemini-3-pro-preview" } },
              "cool": { "modelConfig": { "generateContentConfig": { "temperature": 0 } } }
            }
          }
        }
        """,
    )
    assert (route.kind, route.alias.raw, route.model.raw) == (
        RouteKind.TABLE,
        "deep",
        "gemini-3-pro-preview",
    )


def test_a_preset_may_take_over_another_s_model(routes_of: RoutesOf) -> None:
    """`chat-base` is one that the tool brings along, so nothing here defines it."""
    deep, careful, quick = routes_of(
        SETTINGS,
        """
        {
          "modelConfigs": {
            "customAliases": {
              "deep": { "modelConfig": { "model": "gemini-3-pro-preview" } },
              "careful": { "extends": "deep", "modelConfig": {} },
              "quick": { "extends": "chat-base", "modelConfig": {} }
            }
          }
        }
        """,
    )
    assert deep.kind is RouteKind.TABLE
    assert [(r.alias.raw, r.kind, [t.raw for t in r.targets]) for r in (careful, quick)] == [
        ("careful", RouteKind.ALIAS, ["deep"]),
        ("quick", RouteKind.ALIAS, []),
    ]


def test_settings_without_a_model(routes_of: RoutesOf) -> None:
    assert routes_of(SETTINGS, '{"mcpServers": {}, "model": {"maxSessionTurns": 5}}') == ()


def test_an_agent_may_have_a_model_of_its_own(routes_of: RoutesOf) -> None:
    research, check = routes_of(
        SETTINGS,
        """
        {
          "agents": {
            "overrides": {
              "research": { "modelConfig": { "model": "gemini-3-flash-preview" } },
              "browser": { "enabled": true },
              "check": { "modelConfig": { "model": "gemini-3-pro-preview" } }
            }
          }
        }
        """,
    )
    assert [route.kind for route in (research, check)] == [RouteKind.AGENT_BINDING] * 2
    assert [(route.role.raw, route.model.raw) for route in (research, check)] == [
        ("research", "gemini-3-flash-preview"),
        ("check", "gemini-3-pro-preview"),
    ]


def test_the_browser_agent_has_a_model_for_pictures(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        SETTINGS, '{"agents": {"browser": {"visualModel": "gemini-2.5-computer-use-preview"}}}'
    )
    assert (route.kind, route.role.raw, route.pointer) == (
        RouteKind.AGENT_BINDING,
        "browser_agent",
        ("agents", "browser", "visualModel"),
    )
    assert route.model.raw == "gemini-2.5-computer-use-preview"


def test_an_override_may_set_another_model(routes_of: RoutesOf) -> None:
    scoped, general = routes_of(
        SETTINGS,
        """
        {
          "modelConfigs": {
            "overrides": [
              { "match": { "overrideScope": "review" },
                "modelConfig": { "model": "gemini-3.1-pro-preview" } },
              { "match": { "model": "gemini-3.1-pro-preview" },
                "modelConfig": { "generateContentConfig": { "temperature": 0 } } }
            ],
            "customOverrides": [
              { "match": { "isRetry": true }, "modelConfig": { "model": "gemini-3.5-flash" } }
            ]
          }
        }
        """,
    )
    assert [(route.kind, route.role.raw, route.model.raw) for route in (scoped, general)] == [
        (RouteKind.AGENT_BINDING, "review", "gemini-3.1-pro-preview"),
        (RouteKind.TOOL_DEFAULT, "", "gemini-3.5-flash"),
    ]
