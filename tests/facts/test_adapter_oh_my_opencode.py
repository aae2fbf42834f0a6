"""oh-my-opencode: the models of its agents and categories, and who answers for them."""

from __future__ import annotations

from collections.abc import Callable

from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.tree import SOMEONE
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_the_models_of_agents_and_categories_and_what_they_turn_to(routes_of: RoutesOf) -> None:
    routes = routes_of(
        ".opencode/oh-my-opencode.jsonc",
        """
        {
          // comments and trailing commas are read
          "agents": {
            "oracle": {
              "model": "anthropic/claude-opus-4-6",
              "ultrawork": { "model": "xai/grok-4.6", "variant": "max" },
              "fallback_models": [
                "github-copilot/claude-opus-4.6",
                { "model": "deepseek/deepseek-v4-pro", "temperature": 0.2 },
              ],
            },
            "librarian": { "category": "quick", "prompt_append": "Be brief." },
          },
          "categories": {
            "quick": { "model": "gateway/small", "fallback_models": "gateway/smaller" },
          },
          "background_task": { "modelConcurrency": { "anthropic/claude-opus-4-6": 2 } },
        }
        """,
    )
    assert [(".".join(r.pointer), r.name, r.provider.raw, r.family) for r in routes] == [
        ("agents.oracle.model", "oracle", "anthropic", Family.ANTHROPIC_MESSAGES),
        ("agents.oracle.ultrawork.model", "oracle", "xai", Family.RESPONSES),
        ("agents.oracle.fallback_models.0", "oracle", "github-copilot", None),
        ("agents.oracle.fallback_models.1", "oracle", "deepseek", Family.CHAT_COMPLETIONS),
        ("categories.quick.model", "quick", "gateway", None),
        ("categories.quick.fallback_models.0", "quick", "gateway", None),
    ]
    assert {route.kind for route in routes} == {RouteKind.AGENT_BINDING}
    assert [route.model.raw for route in routes][3] == "deepseek/deepseek-v4-pro"


def test_the_blocks_of_harnesses_and_profiles(routes_of: RoutesOf) -> None:
    routes = routes_of(
        ".omo/omo.jsonc",
        """
        {
          "models": { "fast": { "model": "anthropic/claude-haiku-4-5", "reasoning": "low" } },
          "agents": { "oracle": { "model": "fast" } },
          "[opencode]": { "categories": { "deep": { "models": ["xai/grok-4.6"] } } },
          "profiles": {
            "work": { "[senpi]": { "agents": { "explore": { "model": "xai/grok-4" } } } }
          }
        }
        """,
    )
    assert [(".".join(r.pointer), r.model.raw, r.kind, r.provider.raw) for r in routes] == [
        ("models.fast.model", "anthropic/claude-haiku-4-5", RouteKind.MENU, "anthropic"),
        ("agents.oracle.model", "fast", RouteKind.AGENT_BINDING, SOMEONE.raw),
        (
            "profiles.work.[senpi].agents.explore.model",
            "xai/grok-4",
            RouteKind.AGENT_BINDING,
            "xai",
        ),
        ("[opencode].categories.deep.models.0", "xai/grok-4.6", RouteKind.AGENT_BINDING, "xai"),
    ]


def test_what_is_switched_off_has_no_route(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "oh-my-openagent.json",
        """
        {
          "disabled_agents": ["Metis"],
          "disabled_providers": ["xai"],
          "agents": {
            "explore": { "model": "anthropic/claude-haiku-4-5", "disable": true },
            "metis": { "model": "anthropic/claude-haiku-4-5" },
            "momus": { "model": "xai/grok-4" }
          }
        }
        """,
    )
    assert routes == ()


def test_nobody_knows_who_answers_for_a_provider_that_plugins_take_over(
    routes_of: RoutesOf,
) -> None:
    routes = routes_of(
        "oh-my-opencode.json",
        """
        {"agents": {"a": {"model": "google/gemini-2.0-flash"}, "b": {"model": "openai/gpt-4-turbo"}}}
        """,
    )
    assert [route.provider for route in routes] == [SOMEONE, SOMEONE]


def test_a_renamed_copy_is_known_by_its_schema_and_the_schema_itself_has_no_routes(
    routes_of: RoutesOf,
) -> None:
    schema = "https://raw.githubusercontent.com/o/r/dev/assets/oh-my-opencode.schema.json"
    copy = f'{{"$schema": "{schema}", "agents": {{"oracle": {{"model": "xai/grok-4"}}}}}}'
    (saved,) = routes_of("oh-my-opencode.work.json", copy)
    assert saved.scope is RouteScope.EXAMPLE
    (read,) = routes_of(".config/opencode/oh-my-opencode.json", copy)
    assert read.scope is RouteScope.REPOSITORY
    itself = (
        f'{{"$schema": "https://json-schema.org/draft-07/schema#", "$id": "{schema}",'
        ' "properties": {"agents": {"properties": {"oracle": {"model": {"type": "string"}}}}}}'
    )
    assert routes_of("assets/oh-my-opencode.schema.json", itself) == ()
