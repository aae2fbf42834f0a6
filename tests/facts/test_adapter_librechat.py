"""LibreChat: which protocol each endpoint is called on, and what becomes of its URL."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
CONFIG = "librechat.yaml"


def _endpoint(extra: str) -> str:
    return (
        "endpoints:\n  custom:\n    - name: Gateway\n      apiKey: ${GATEWAY_KEY}\n"
        f"      baseURL: https://gateway.example.com\n      models: {{default: [gpt-5.4]}}\n{extra}"
    )


@pytest.mark.parametrize(
    ("extra", "family", "form", "appended"),
    [
        ("", Family.CHAT_COMPLETIONS, "versioned", "/chat/completions"),
        ("      directEndpoint: true\n", Family.CHAT_COMPLETIONS, "full_endpoint", None),
        ("      provider: anthropic\n", Family.ANTHROPIC_MESSAGES, "root", "/v1/messages"),
        (
            "      addParams: {useResponsesApi: true}\n",
            Family.RESPONSES,
            "versioned",
            "/chat/completions",
        ),
    ],
)
def test_an_endpoint_is_called_on_chat_unless_it_says_otherwise(
    routes_of: RoutesOf, extra: str, family: Family, form: str, appended: str | None
) -> None:
    (route,) = routes_of(CONFIG, _endpoint(extra))
    assert (route.kind, route.role.raw) == (RouteKind.MENU, "Gateway")
    assert (route.family, route.url_shape.form, route.url_shape.appended) == (
        family,
        form,
        appended,
    )
    assert [(c.slot, c.value.ref) for c in route.credentials] == [("apiKey", "GATEWAY_KEY")]


def test_each_model_is_a_route_and_so_are_the_models_for_titles(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        endpoints:
          custom:
            - name: Gateway
              apiKey: user_provided
              baseURL: ${GATEWAY_URL}
              headers: { x-team: "${TEAM}" }
              models:
                default: [gpt-5.4, { name: claude-opus-4-5, description: slow }]
              titleModel: current_model
              summaryModel: gpt-5.4-mini
            - name: Fetched
              apiKey: ${KEY}
              baseURL: https://fetched.example.com/v1
              models: { fetch: true }
              titleEndpoint: Gateway
              titleModel: gpt-5.4
        """,
    )
    assert [(r.role.raw, r.model.raw) for r in routes] == [
        ("Gateway", "gpt-5.4"),
        ("Gateway", "claude-opus-4-5"),
        ("Gateway", "gpt-5.4-mini"),
        ("Fetched", ""),
    ]
    assert [c.slot for c in routes[0].credentials] == ["apiKey", "header:x-team"]


def test_azure_groups_name_the_model_behind_a_deployment(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        endpoints:
          azureOpenAI:
            groups:
              - group: west
                apiKey: ${WEST_KEY}
                instanceName: west
                deploymentName: shared
                models:
                  gpt-5.4: { deploymentName: prod-54, version: 2025-01-01-preview }
                  gpt-5.4-mini: true
        """,
    )
    assert [(r.model.raw, r.base_model.raw, r.provider.raw) for r in routes] == [
        ("prod-54", "gpt-5.4", "azure"),
        ("shared", "gpt-5.4-mini", "azure"),
    ]
    assert {route.family for route in routes} == {Family.AUTO}


def test_a_model_spec_takes_the_family_of_its_endpoint(routes_of: RoutesOf) -> None:
    specs = """
modelSpecs:
  list:
    - name: Deep
      preset: {endpoint: Gateway, model: o3-pro}
    - name: Wide
      preset: {endpoint: openAI, model: o3-pro, useResponsesApi: true}
    - name: Free
      preset: {}
"""
    _, deep, wide = routes_of(CONFIG, _endpoint("") + specs)
    assert (deep.role.raw, deep.family) == ("Deep", Family.CHAT_COMPLETIONS)
    assert deep.base_url.raw == "https://gateway.example.com"
    assert (wide.role.raw, wide.family) == ("Wide", Family.RESPONSES)


@pytest.mark.parametrize("opening", ["configYamlContent:", "configYamlContent: |"])
def test_the_values_of_a_chart_hold_the_file(routes_of: RoutesOf, opening: str) -> None:
    held = textwrap.indent(_endpoint("      titleModel: gpt-5.4-mini\n"), "    ")
    found = routes_of("chart/values.yaml", f"librechat:\n  {opening}\n{held}")
    assert [(r.format, r.model.raw, r.base_url.raw) for r in found] == [
        ("librechat", "gpt-5.4", "https://gateway.example.com"),
        ("librechat", "gpt-5.4-mini", "https://gateway.example.com"),
    ]


def test_a_route_of_a_chart_is_found_by_its_key_path(routes_of: RoutesOf) -> None:
    held = textwrap.indent(_endpoint(""), "    ")
    (found,) = routes_of("chart/values.yaml", f"librechat:\n  configYamlContent:\n{held}")
    assert found.pointer[:3] == ("librechat", "configYamlContent", "endpoints")
    assert routes_of("chart/values.yaml", f"librechat:\n  otherContent:\n{held}") == ()


def test_a_file_without_endpoints_has_no_routes(routes_of: RoutesOf) -> None:
    text = "version: 1.3.1\nendpoints: {agents: {recursionLimit: 30}, openAI: {fetch: true}}\n"
    assert routes_of(CONFIG, text) == ()


def test_the_memory_agent_calls_its_model_at_the_endpoint_it_names(routes_of: RoutesOf) -> None:
    memory = "memory:\n  agent: {provider: Gateway, model: gpt-5.4-mini}\n"
    _, agent = routes_of(CONFIG, _endpoint("") + memory)
    assert (agent.pointer, agent.model.raw) == (("memory", "agent"), "gpt-5.4-mini")
    assert agent.base_url.raw == "https://gateway.example.com"
    (alone,) = routes_of(CONFIG, memory)
    assert (alone.provider.raw, alone.base_url.given) == ("Gateway", False)
    assert routes_of("chart/other.yaml", memory) == ()


@pytest.mark.parametrize(
    "memory",
    [
        "{disabled: true, agent: {provider: openAI, model: gpt-5.4-mini}}",
        "{agent: {id: agent_1, provider: openAI, model: gpt-5.4-mini}}",
        "{agent: {provider: openAI}}",
        "{personalize: true}",
    ],
)
def test_no_memory_agent_no_route(routes_of: RoutesOf, memory: str) -> None:
    assert routes_of(CONFIG, f"memory: {memory}\n") == ()
