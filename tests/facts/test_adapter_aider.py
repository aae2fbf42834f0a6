"""aider: the models that it uses, the aliases for them, and the helpers of a model."""

from __future__ import annotations

from collections.abc import Callable

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_models_aliases_and_keys(routes_of: RoutesOf) -> None:
    routes = routes_of(
        ".aider.conf.yml",
        """
        model: anthropic/claude-sonnet-4-6
        weak-model: anthropic/claude-haiku-4-5
        openai-api-base: http://localhost:4000/v1
        openai-api-key: not-kept
        api-key:
          - gemini=not-kept-either
        alias:
          - "fast:openrouter/openai/gpt-5.4-mini"
        """,
    )
    assert [(r.kind, ".".join(r.pointer), r.alias.raw, r.model.raw) for r in routes] == [
        (RouteKind.TOOL_DEFAULT, "model", "", "anthropic/claude-sonnet-4-6"),
        (RouteKind.TOOL_DEFAULT, "weak-model", "", "anthropic/claude-haiku-4-5"),
        (RouteKind.TABLE, "alias.0", "fast", "openrouter/openai/gpt-5.4-mini"),
    ]
    first = routes[0]
    assert (first.family, first.base_url.raw) == (Family.AUTO, "http://localhost:4000/v1")
    assert (Family.CHAT_COMPLETIONS, Family.RESPONSES) in first.bridges
    assert [(c.value.kind, c.value.raw) for c in first.credentials] == [
        (ValueKind.LITERAL, ""),
        (ValueKind.LITERAL, ""),
    ]


def test_settings_by_model_name_it_and_its_weak_model(routes_of: RoutesOf) -> None:
    routes = routes_of(
        ".aider.model.settings.yml",
        """
        - name: ollama/qwen3:8b
          edit_format: diff
          weak_model_name: ollama/qwen3:1.7b
        - extra_params: {}
        """,
    )
    assert [(r.kind, ".".join(r.pointer), r.role.raw, r.model.raw) for r in routes] == [
        (RouteKind.TABLE, "0.weak_model_name", "ollama/qwen3:8b", "ollama/qwen3:1.7b"),
    ]


def test_settings_without_models(routes_of: RoutesOf) -> None:
    assert routes_of(".aider.conf.yml", "read: [CONVENTIONS.md]\nauto-lint: true\n") == ()
