"""Traceloop Hub: its models, and the pipelines that choose among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from agentlint.facts.route import FamilySource, Route
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family
from agentlint.reporters import Report

RoutesOf = Callable[[str, str], tuple[Route, ...]]
Check = Callable[[Mapping[str, str]], Report]

CONFIG = """
providers:
  - { key: own, type: openai, api_key: "${OPENAI_API_KEY}", base_url: https://api.example.com/v1 }
  - { key: azure-eu, type: azure, api_key: kept-out, resource_name: r }
  - { key: claude, type: anthropic, api_key: "${ANTHROPIC_API_KEY}" }
models:
  - { key: deep, type: gpt-5.4, provider: own }
  - { key: deep-eu, type: gpt-5.4, provider: azure-eu, deployment: review }
  - { key: writer, type: claude-opus-4-7, provider: claude }
  - { key: unused, type: gpt-5.4-mini, provider: own }
pipelines:
  - name: default
    type: chat
    plugins:
      - logging: { level: info }
      - model-router: { models: [ deep, deep-eu, writer ] }
  - name: search
    type: embeddings
    plugins: [ { model-router: { models: [ deep ] } } ]
"""


def test_the_pipelines_tell_how_each_model_is_called(routes_of: RoutesOf) -> None:
    routes = routes_of("config.yaml", CONFIG)
    chat, embeddings = Family.CHAT_COMPLETIONS, Family.EMBEDDINGS
    assert [(r.role.raw, r.model.raw, r.provider.raw, r.family) for r in routes] == [
        ("deep", "gpt-5.4", "openai", chat),
        ("deep", "gpt-5.4", "openai", embeddings),
        ("deep-eu", "review", "azure", chat),
        ("writer", "claude-opus-4-7", "anthropic", chat),
        ("unused", "gpt-5.4-mini", "openai", Family.AUTO),
        ("default", "", "", chat),
        ("search", "", "", embeddings),
    ]
    own, azure, claude = routes[0], routes[2], routes[3]
    assert (own.url_shape.form, own.url_shape.appended) == ("versioned", "/chat/completions")
    assert own.chosen_family.source is FamilySource.DECLARED
    assert azure.base_model.raw == "gpt-5.4"
    assert [c.value.kind for c in azure.credentials] == [ValueKind.LITERAL]
    assert claude.bridges == {(chat, Family.ANTHROPIC_MESSAGES)}
    assert [target.raw for target in routes[5].targets] == ["deep", "deep-eu", "writer"]


def test_the_values_of_its_chart_hold_the_same_config(routes_of: RoutesOf) -> None:
    indented = CONFIG.replace("\n", "\n  ")
    routes = routes_of("values.yaml", f"replicaCount: 1\nconfig:\n{indented}")
    assert len(routes) == 7
    assert routes[0].pointer == ("config", "models", "0")


@pytest.mark.parametrize(
    "text",
    [
        "providers: [openai]\nmodels: [gpt-5.4]\npipelines: [{plugins: [model-router]}]",
        "models: []\npipelines: [{plugins: [{model-router: {models: [a]}}]}]",
        "providers: []\nmodels: []\npipelines: [{name: model-router}]",
    ],
)
def test_what_is_no_config_of_hub_has_no_route(routes_of: RoutesOf, text: str) -> None:
    assert routes_of("config.yaml", text) == ()


def _reported(check: Check, text: str) -> list[str]:
    return [finding.rule for finding in check({"config.yaml": text}).findings]


def test_what_hub_cannot_do_is_reported_and_nothing_else(check: Check) -> None:
    good = CONFIG.replace("  - name: search\n", "").replace("    type: embeddings\n", "")
    good = good.replace("    plugins: [ { model-router: { models: [ deep ] } } ]\n", "")
    good = good.replace("kept-out", '"${AZURE_API_KEY}"')
    assert _reported(check, good) == []
    assert _reported(check, good.replace("type: chat", "type: responses")) == [
        "unknown-endpoint-family"
    ]
    assert _reported(check, good.replace("[ deep,", "[ deeep,")) == ["undefined-alias"]
    assert _reported(check, good.replace('"${OPENAI_API_KEY}"', "env.OPENAI_API_KEY")) == [
        "wrong-reference-dialect"
    ]
    assert _reported(check, good.replace("example.com/v1", "example.com/v1/chat/completions")) == [
        "base-url-form"
    ]
