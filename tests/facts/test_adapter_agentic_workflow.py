"""The engine of an agentic workflow of GitHub, its model and its variables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
PATH = ".github/workflows/triage.md"


def workflow(settings: str) -> str:
    return f"---\non:\n  issues:\n    types: [opened]\n{settings}---\n\n# Triage\n\nTriage the issue.\n"


@pytest.mark.parametrize(
    ("settings", "model", "provider"),
    [
        ("model: claude-sonnet-4.6\n", "claude-sonnet-4.6", "github_copilot"),
        ("engine: copilot\nmodel: claude-sonnet-4.6\n", "claude-sonnet-4.6", "github_copilot"),
        ("engine:\n  id: claude\n  model: claude-opus-4-6\n", "claude-opus-4-6", "anthropic"),
        ("engine: {id: codex, model: gpt-5.3-codex}\n", "gpt-5.3-codex", "openai"),
        ("engine: gemini\nmodel: gemini-2.5-pro\n", "gemini-2.5-pro", "gemini"),
        ("engine: pi\nmodel: claude-sonnet-4.6\n", "claude-sonnet-4.6", SOMEONE.raw),
        ("engine: opencode\nmodel: claude-sonnet-4.6\n", "claude-sonnet-4.6", SOMEONE.raw),
        ("engine: copilot\nmodel: copilot/gpt-5.4\n", "copilot/gpt-5.4", ""),
        # The one at the top comes first.
        ("engine: {id: claude, model: claude-opus-4-6}\nmodel: sonnet\n", "sonnet", "anthropic"),
        ('engine: claude\nmodel: "claude-opus-5?effort=high"\n', "claude-opus-5", "anthropic"),
        # Hosts and programs of one's own, and what a switch of the agent chooses.
        (
            "engine:\n  id: claude\n  command: ./run\n  model: claude-opus-4-6\n",
            "claude-opus-4-6",
            SOMEONE.raw,
        ),
        (
            "engine:\n  id: copilot\n  api-target: llm.acme.test\nmodel: claude-opus-4.6\n",
            "claude-opus-4.6",
            SOMEONE.raw,
        ),
        (
            "engine:\n  id: copilot\n  harness: {max-retries: 0}\nmodel: claude-opus-4.6\n",
            "claude-opus-4.6",
            "github_copilot",
        ),
        (
            "engine:\n  id: claude\n  env:\n    CLAUDE_CODE_USE_BEDROCK: '1'\nmodel: claude-opus-4-6\n",
            "claude-opus-4-6",
            "bedrock",
        ),
    ],
)
def test_an_engine_has_one_model(
    routes_of: RoutesOf, settings: str, model: str, provider: str
) -> None:
    (route,) = routes_of(PATH, workflow(settings))
    assert (route.model.literal, route.provider.raw) == (model, provider)
    assert (route.kind, route.scope) == (RouteKind.CI_STEP, RouteScope.CI)


def test_an_engine_calls_the_host_of_its_variables(routes_of: RoutesOf) -> None:
    settings = """\
engine:
  id: claude
  model: MiniMax-M3
  env:
    ANTHROPIC_BASE_URL: https://api.minimax.io/anthropic
    ANTHROPIC_API_KEY: ${{ secrets.MINIMAX_API_KEY }}
"""
    (route,) = routes_of(PATH, workflow(settings))
    assert route.base_url.literal == "https://api.minimax.io/anthropic"
    assert not route.provider.given
    assert route.family is Family.ANTHROPIC_MESSAGES


@pytest.mark.parametrize(
    "settings",
    [
        "model: gpt-5\n",
        "model: gpt-5.1?effort=low\n",
        "engine: {id: copilot, model: gpt-5-mini}\n",
        "model: gpt-5.4-mini\nmodels:\n  gpt-5.4-mini: [copilot/gpt-5.4-mini, mini]\n",
        "engine:\n  id: copilot\n  env:\n    COPILOT_MODEL: gpt-5\n",
    ],
)
def test_an_alias_that_looks_like_an_id_is_none(routes_of: RoutesOf, settings: str) -> None:
    (route,) = routes_of(PATH, workflow(settings))
    assert route.model.kind is ValueKind.TEMPLATE
    assert route.model.literal is None


def test_a_model_from_outside_has_its_default(routes_of: RoutesOf) -> None:
    (route,) = routes_of(PATH, workflow("model: ${{ vars.MODEL || 'gpt-5.3-codex' }}\n"))
    assert (route.model.literal, route.model.default) == (None, "gpt-5.3-codex")
    (route,) = routes_of(PATH, workflow("model: ${{ vars.MODEL || 'gpt-5' }}\n"))
    assert route.model.default is None


def test_variables_that_choose_a_model_are_read(routes_of: RoutesOf) -> None:
    engine = "engine:\n  id: copilot\n  env:\n    COPILOT_MODEL: gpt-41\n"
    settings = f"env:\n  SUMMARY_MODEL: gpt-5.4-mini\n{engine}"
    first, second = routes_of(PATH, workflow(settings))
    assert (first.kind, first.model.raw) == (RouteKind.ENVIRONMENT, "gpt-5.4-mini")
    assert (second.provider.raw, second.model.raw) == ("github_copilot", "gpt-41")


@pytest.mark.parametrize(
    "settings",
    [
        "engine: copilot\n",
        "engine: claude\nmodel:\n",
        "engine:\n  id: copilot\n  model-routing:\n    allowed-models: [gpt-5.4]\nmodel: gpt-5.4\n",
        "models:\n  default: [copilot/gpt-5.4]\n",
    ],
)
def test_no_model_is_none_of_the_file(routes_of: RoutesOf, settings: str) -> None:
    assert routes_of(PATH, workflow(settings)) == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PATH, "Set the engine:\n\n```yaml\nengine: claude\nmodel: claude-opus-4-6\n```\n"),
        (PATH, "---\ntitle: Our workflows\nmodel: claude-opus-4-6\n---\n\nNotes.\n"),
        ("docs/triage.md", workflow("model: claude-opus-4-6\n")),
    ],
)
def test_other_pages_are_no_workflows(routes_of: RoutesOf, path: str, text: str) -> None:
    assert routes_of(path, text) == ()


def test_a_part_that_workflows_import_has_no_trigger(routes_of: RoutesOf) -> None:
    text = "---\n# for all of them\nengine: {id: claude, model: claude-opus-4-6}\n---\n"
    (route,) = routes_of(".github/workflows/shared/engine.md", text)
    assert route.model.literal == "claude-opus-4-6"
