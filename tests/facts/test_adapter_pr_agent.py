"""PR-Agent: the models of its config and of a workflow step, and the one base URL for all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
WORKFLOW = """
on: pull_request
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: {action}
        env:
          {env}
"""


def test_models_and_fallbacks(routes_of: RoutesOf) -> None:
    routes = routes_of(
        ".pr_agent.toml",
        """
        [config]
        model = "anthropic/claude-sonnet-4-6"
        model_weak = "gpt-5.4-mini"
        fallback_models = ["openrouter/openai/gpt-5.4", "o4-mini"]

        [anthropic]
        KEY = "not-kept"
        """,
    )
    assert [(r.kind, ".".join(r.pointer), r.model.raw) for r in routes] == [
        (RouteKind.TOOL_DEFAULT, "config.model", "anthropic/claude-sonnet-4-6"),
        (RouteKind.TOOL_DEFAULT, "config.model_weak", "gpt-5.4-mini"),
        (RouteKind.TOOL_DEFAULT, "config.fallback_models.0", "openrouter/openai/gpt-5.4"),
        (RouteKind.TOOL_DEFAULT, "config.fallback_models.1", "o4-mini"),
    ]
    first = routes[0]
    assert (first.family, first.provider.given, first.base_url.given) == (Family.AUTO, False, False)
    assert (Family.CHAT_COMPLETIONS, Family.RESPONSES) in first.bridges
    assert [(c.value.kind, c.value.raw) for c in first.credentials] == [(ValueKind.LITERAL, "")]


@pytest.mark.parametrize(
    "listed", ['"a/one, b/two"', """'["a/one", "b/two"]'""", """['a/one', "b/two"]"""]
)
def test_fallbacks_are_a_list_or_a_text(listed: str, routes_of: RoutesOf) -> None:
    routes = routes_of(".pr_agent.toml", f"[config]\nfallback_models = {listed}\n")
    assert [route.model.raw for route in routes] == ["a/one", "b/two"]


@pytest.mark.parametrize(
    ("section", "provider", "base_url"),
    [
        ('[openai]\napi_base = "https://gw.example.org/v1"', "", "https://gw.example.org/v1"),
        ('[openai]\napi_type = "azure"\napi_base = "https://a.example.org"', "azure", "https://a.example.org"),
        ('[openrouter]\nkey = "x"\n[openai]\napi_base = "https://o.example.org"', "openrouter", "https://o.example.org"),
        ('[openrouter]\napi_base = "https://unused.example.org"', "", ""),
        ('[ollama]\napi_base = "http://o:11434"\n[openai]\napi_base = "https://no.example.org"', "", "http://o:11434"),
        ('[huggingface]\napi_base = "https://only.its.own.example.org"', "", ""),
    ],
)  # fmt: skip
def test_one_host_for_every_model(
    section: str, provider: str, base_url: str, routes_of: RoutesOf
) -> None:
    (route,) = routes_of(".pr_agent.toml", f'[config]\nmodel = "gpt-5.4"\n{section}\n')
    assert (route.provider.raw, route.base_url.raw) == (provider, base_url)


def test_the_form_of_a_base_url_is_that_of_litellm(routes_of: RoutesOf) -> None:
    text = '[config]\nmodel = "{}"\n[openai]\napi_base = "https://gw.example.org/v1"\n'
    forms = {
        model: routes_of(".pr_agent.toml", text.format(model))[0].url_shape.form
        for model in ("gpt-5.4", "openai/mine", "anthropic/claude-sonnet-4-6", "mine")
    }
    assert forms == {
        "gpt-5.4": "versioned",
        "openai/mine": "versioned",
        "anthropic/claude-sonnet-4-6": "root",
        "mine": "",
    }


@pytest.mark.parametrize(
    "text", ["", "[config]\nmodel = ''\n", "[pr_agent]\nmodel = 'gpt-5.4'\n", "config = 'x'\n"]
)
def test_configs_without_models(text: str, routes_of: RoutesOf) -> None:
    assert routes_of(".pr_agent.toml", text) == ()


@pytest.mark.parametrize(
    "action",
    [
        "qodo-ai/pr-agent@main",
        "Codium-ai/pr-agent@v0.30",
        "the-pr-agent/pr-agent@main",
        "docker://codiumai/pr-agent:0.34-github_action",
        "docker://codiumai/pr-agent@sha256:0a1b",
    ],
)
def test_a_step_tells_the_same_settings(action: str, routes_of: RoutesOf) -> None:
    env = """config.model: openai/gpt-5.4
          CONFIG__FALLBACK_MODELS: '["anthropic/claude-sonnet-4-6"]'
          OPENAI.API_BASE: https://gw.example.org/v1
          OPENAI_KEY: ${{ secrets.OPENAI_KEY }}"""
    text = WORKFLOW.replace("{action}", action).replace("{env}", env)
    routes = routes_of(".github/workflows/review.yml", text)
    assert [(r.kind, r.format, r.model.raw, r.base_url.raw) for r in routes] == [
        (RouteKind.CI_STEP, "pr-agent", "openai/gpt-5.4", "https://gw.example.org/v1"),
        (RouteKind.CI_STEP, "pr-agent", "anthropic/claude-sonnet-4-6", "https://gw.example.org/v1"),
    ]
    assert [c.value.raw for c in routes[0].credentials] == ["${{ secrets.OPENAI_KEY }}"]


def test_a_step_that_names_no_model_is_no_route(routes_of: RoutesOf) -> None:
    text = WORKFLOW.replace("{action}", "qodo-ai/pr-agent@main")
    text = text.replace("{env}", "OPENAI_KEY: ${{ secrets.OPENAI_KEY }}")
    assert routes_of(".github/workflows/review.yml", text) == ()
