"""goose: the model of a recipe, and those of its own config."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
CONFIG = ".config/goose/config.yaml"
RECIPE = """
title: Review
description: Reviews a change
instructions: Review the diff.
settings:
  goose_provider: anthropic
  goose_model: writer
  temperature: 0.2
sub_recipes:
  - { name: tests, path: ./tests.yaml, values: { goose_model: critic } }
"""


def test_a_recipe_is_an_agent_of_its_title(routes_of: RoutesOf) -> None:
    (route,) = routes_of("recipes/review.yaml", RECIPE)
    assert (route.kind, route.role.raw) == (RouteKind.AGENT_BINDING, "Review")
    assert (route.model.raw, route.provider.raw) == ("writer", "anthropic")
    assert route.pointer == ("settings", "goose_model")
    assert (route.family, route.chosen_family.source) == (
        Family.ANTHROPIC_MESSAGES,
        FamilySource.DRIVER,
    )


def test_what_the_desktop_app_saves_has_the_recipe_one_level_deeper(routes_of: RoutesOf) -> None:
    saved = """
        {
          "name": "Review",
          "recipe": {
            "title": "Review",
            "description": "Reviews a change",
            "prompt": "Review it.",
            "settings": { "goose_provider": "openai", "goose_model": "writer" }
          },
          "isGlobal": true
        }
        """
    (route,) = routes_of("saved.json", saved)
    assert route.pointer == ("recipe", "settings", "goose_model")
    assert (route.model.raw, route.family) == ("writer", Family.AUTO)


@pytest.mark.parametrize(
    "text",
    [
        "title: a\ndescription: b\nprompt: c\n",
        "title: a\ndescription: b\nprompt: c\nsettings: { temperature: 0.1 }\n",
        "title: a\ndescription: b\nprompt: c\nsettings: { goose_provider: openai }\n",
        "description: b\nsettings: { goose_model: writer }\n",
        "title: a\ndescription: b\nprompt: c\ngoose_model: writer\n",
        "env: { GOOSE_MODEL: writer, GOOSE_PROVIDER: openai }\nextensions: []\n",
    ],
)
def test_what_names_no_model_of_a_recipe_gives_no_route(routes_of: RoutesOf, text: str) -> None:
    assert routes_of(".goose/recipes/a.yaml", text) == ()


def test_a_parameter_is_a_template(routes_of: RoutesOf) -> None:
    text = 'title: a\nprompt: b\nsettings: { goose_model: "{{ model }}", goose_provider: openai }\n'
    (route,) = routes_of(".goose/recipes/a.yaml", text)
    assert route.model.kind is ValueKind.TEMPLATE


def test_the_models_of_a_config_and_its_tasks(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        GOOSE_PROVIDER: anthropic
        GOOSE_MODEL: writer
        GOOSE_LEAD_MODEL: thinker
        GOOSE_PLANNER_MODEL: planner
        GOOSE_PLANNER_PROVIDER: gcp_vertex_ai
        ANTHROPIC_HOST: https://gateway.example.com
        extensions: {}
        """,
    )
    assert [(r.kind, r.pointer, r.model.raw, r.provider.raw, r.base_url.raw) for r in routes] == [
        (
            RouteKind.TOOL_DEFAULT,
            ("GOOSE_MODEL",),
            "writer",
            "anthropic",
            "https://gateway.example.com",
        ),
        (
            RouteKind.TOOL_DEFAULT,
            ("GOOSE_LEAD_MODEL",),
            "thinker",
            "anthropic",
            "https://gateway.example.com",
        ),
        (RouteKind.TOOL_DEFAULT, ("GOOSE_PLANNER_MODEL",), "planner", "vertex_ai", ""),
    ]


def test_the_model_that_is_kept_for_the_active_provider_comes_first(routes_of: RoutesOf) -> None:
    text = """
        GOOSE_PROVIDER: openai
        GOOSE_MODEL: older
        active_provider: ollama
        providers:
          openai: { enabled: true, model: other, configured: true }
          ollama: { enabled: true, model: writer, configured: true }
        """
    (route,) = routes_of(CONFIG, text)
    assert route.pointer == ("providers", "ollama", "model")
    assert (route.model.raw, route.provider.raw) == ("writer", "ollama")


@pytest.mark.parametrize(
    ("path", "family", "source"),
    [
        ("v1/chat/completions", Family.AUTO, FamilySource.DRIVER),
        ("/v1/chat/completions", Family.AUTO, FamilySource.DRIVER),
        ("inference/v1/chat/completions", Family.CHAT_COMPLETIONS, FamilySource.PATH),
        ("api/v3/responses", Family.RESPONSES, FamilySource.PATH),
        ("generate", None, FamilySource.NONE),
    ],
)
def test_a_path_of_one_s_own_decides_the_family(
    routes_of: RoutesOf, path: str, family: Family | None, source: FamilySource
) -> None:
    text = f"GOOSE_PROVIDER: openai\nGOOSE_MODEL: writer\nOPENAI_BASE_PATH: {path}\n"
    (route,) = routes_of(CONFIG, text)
    assert (route.family, route.chosen_family.source) == (family, source)


def test_a_config_of_any_name_is_known_by_its_keys(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "config/agent.yaml", "GOOSE_PROVIDER: litellm\nGOOSE_MODEL: writer\nextensions: {}\n"
    )
    assert (route.format, route.model.raw) == ("goose", "writer")
    assert routes_of("config/agent.yaml", "GOOSE_PROVIDER: litellm\nGOOSE_MODEL: writer\n") == ()
