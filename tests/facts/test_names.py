"""Which names of routes are known, and which uses of a name nobody answers to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.joins.names import Names, Use, unknown_uses
from agentlint.facts.route import Route

RoutesOf = Callable[[str, str], tuple[Route, ...]]
DEPLOYMENTS = """\
model_list:
  - model_name: review-fast
    litellm_params: { model: openai/gpt-5.4-mini }
    model_info: { id: fast-1 }
  - model_name: anthropic/claude-opus-4-5
    litellm_params: { model: anthropic/claude-opus-4-5 }
  - model_name: "gemini-*"
    litellm_params: { model: "gemini/*" }
"""


def _unknown(routes: tuple[Route, ...]) -> list[tuple[str, Use]]:
    return [(use.name.raw, use.use) for use in unknown_uses(routes, Names.of(routes))]


@pytest.mark.parametrize(
    "name",
    [
        "review-fast",
        "fast-1",
        "openai/gpt-5.4-mini",
        "gpt-5.4-mini",
        "claude-opus-4-5",
        "gemini-2.5-pro",
        "groq/llama-3.3-70b",
        "openai::gpt-4o",
        "os.environ/FALLBACK",
        "${FALLBACK}",
        "claude-*",
        "none",
    ],
)
def test_a_fallback_that_someone_may_answer_to(routes_of: RoutesOf, name: str) -> None:
    settings = f"router_settings: {{ fallbacks: [{{ review-fast: ['{name}'] }}] }}\n"
    assert _unknown(routes_of("config.yaml", DEPLOYMENTS + settings)) == []


@pytest.mark.parametrize("name", ["review-deep", "fast-2", "gpt-5.4", "gemini", "default"])
def test_a_fallback_that_nobody_answers_to(routes_of: RoutesOf, name: str) -> None:
    settings = f"router_settings: {{ fallbacks: [{{ review-fast: ['{name}'] }}] }}\n"
    routes = routes_of("config.yaml", DEPLOYMENTS + settings)
    assert _unknown(routes) == [(name, Use.FALLBACK)]


@pytest.mark.parametrize(
    "name",
    # LiteLLM puts the provider before an alias, and takes it away, where it looks for its fallbacks.
    [
        "review-fast",
        "fast-1",
        "claude-opus-4-5",
        "anthropic/claude-opus-4-5",
        "gemini-2.5-pro",
        "*",
    ],
)
def test_fallbacks_of_a_name_that_calls_may_have(routes_of: RoutesOf, name: str) -> None:
    settings = f"router_settings: {{ fallbacks: [{{ '{name}': [review-fast] }}] }}\n"
    assert _unknown(routes_of("config.yaml", DEPLOYMENTS + settings)) == []


@pytest.mark.parametrize("name", ["openai/gpt-5.4-mini", "gpt-5.4-mini", "openai/gpt-4o", "fast"])
def test_fallbacks_of_an_upstream_model_or_nobody(routes_of: RoutesOf, name: str) -> None:
    settings = f"router_settings: {{ fallbacks: [{{ '{name}': [review-fast] }}] }}\n"
    routes = routes_of("config.yaml", DEPLOYMENTS + settings)
    assert _unknown(routes) == [(name, Use.SUBJECT)]


def test_a_place_is_told_once_for_all_deployments_of_a_name(routes_of: RoutesOf) -> None:
    text = """
        model_list:
          - { model_name: a, litellm_params: { model: openai/gpt-5.4 } }
          - { model_name: a, litellm_params: { model: azure/prod } }
        router_settings: { fallbacks: [{ a: [b] }] }
    """
    assert _unknown(routes_of("config.yaml", text)) == [("b", Use.FALLBACK)]


def test_a_hand_written_table_may_fall_back_to_a_model(routes_of: RoutesOf) -> None:
    text = """
        routes:
          writer: { model: gpt-5.4, endpoint_family: responses, fallback: gpt-5.4-mini }
          critic: { model: o3-pro, endpoint_family: responses, fallback: writer }
          editor: { model: gpt-5.4, endpoint_family: responses, fallback: critc }
          reader: { model: gpt-5.4, endpoint_family: responses, fallback: ask a person }
    """
    assert _unknown(routes_of("routes.yaml", text)) == [("critc", Use.FALLBACK)]


def test_tools_that_take_models_are_not_asked_for_names(routes_of: RoutesOf) -> None:
    text = '{ "model": "claude-opus-4-6", "fallbackModel": ["my-own-model"] }'
    assert _unknown(routes_of(".claude/settings.json", text)) == []


@pytest.mark.parametrize("path", ["config.example.yaml", "tests/config.yaml"])
def test_examples_and_tests_are_not_asked(routes_of: RoutesOf, path: str) -> None:
    settings = "router_settings: { fallbacks: [{ review-fast: [nobody] }] }\n"
    assert _unknown(routes_of(path, DEPLOYMENTS + settings)) == []


def test_the_nearest_name(routes_of: RoutesOf) -> None:
    names = Names.of(routes_of("config.yaml", DEPLOYMENTS))
    assert names.near("reviewfast")[0] == "review-fast"
    assert names.near("zzz") == ()
