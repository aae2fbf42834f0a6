"""Higress: the providers of its plugin ai-proxy, and the models that they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from agentlint.facts.route import FamilySource, Route
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family
from agentlint.reporters import Report

RoutesOf = Callable[[str, str], tuple[Route, ...]]
Check = Callable[[Mapping[str, str]], Report]


def test_one_route_a_name_of_every_provider_of_a_resource(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "ai-proxy.yaml",
        """
        apiVersion: extensions.higress.io/v1alpha1
        kind: WasmPlugin
        metadata: { name: ai-proxy, namespace: higress-system }
        spec:
          defaultConfig:
            providers:
              - id: qwen
                type: qwen
                apiTokens: [ "${secret.default/llm.qwen}", kept-out ]
                modelMapping: { review: qwen3-max, "fast-*": qwen3-flash, "~gpt-(.*)": "qwen-$1" }
                failover: { enabled: true, healthCheckModel: qwen3-flash }
          matchRules:
            - config: { activeProviderId: qwen }
              ingress: [ review ]
            - config:
                provider: { type: bedrock, awsAccessKey: "${AWS_ID}", modelMapping: { "*": "" } }
        """,
    )
    assert [(r.alias.raw, r.alias.kind, r.model.raw, r.provider.raw) for r in routes] == [
        ("review", ValueKind.LITERAL, "qwen3-max", "qwen"),
        ("fast-*", ValueKind.TEMPLATE, "qwen3-flash", "qwen"),
        ("~gpt-(.*)", ValueKind.TEMPLATE, "qwen-$1", "qwen"),
        ("", ValueKind.ABSENT, "qwen3-flash", "qwen"),
        ("*", ValueKind.TEMPLATE, "", "bedrock"),
    ]
    assert routes[2].model.kind is ValueKind.TEMPLATE
    assert [(c.value.kind, c.value.ref) for c in routes[0].credentials] == [
        (ValueKind.SECRET_REF, "default/llm.qwen"),
        (ValueKind.LITERAL, None),
    ]
    assert {(route.family, route.chosen_family.source) for route in routes} == {
        (Family.AUTO, FamilySource.DEFAULT)
    }


@pytest.mark.parametrize(
    ("url", "family", "form"),
    [
        ("openaiCustomUrl: www.example.com/my/v1/chat/completions", Family.CHAT_COMPLETIONS, ""),
        ("openaiCustomUrl: https://www.example.com/v1/responses", Family.RESPONSES, ""),
        ("openaiCustomUrl: https://www.example.com/v1", Family.AUTO, "versioned"),
        ("openaiCustomUrl: https://www.example.com/v1/messages", Family.AUTO, "versioned"),
        (
            "azureServiceUrl: https://a.openai.azure.com/openai/deployments/d/chat/completions?v=1",
            Family.CHAT_COMPLETIONS,
            "",
        ),
        ("azureServiceUrl: https://a.openai.azure.com/openai/v1", Family.AUTO, ""),
        ("vllmServerHost: vllm.internal", Family.AUTO, ""),
    ],
)
def test_a_url_that_ends_in_an_endpoint_is_called_as_it_stands(
    routes_of: RoutesOf, url: str, family: Family, form: str
) -> None:
    text = f"provider:\n  type: openai\n  apiTokens: [YOUR_TOKEN]\n  {url}\n"
    (route,) = routes_of("config.yaml", text)
    assert (route.family, route.url_shape.form) == (family, form)
    assert route.base_url.raw == url.partition(": ")[2]


@pytest.mark.parametrize(
    "text",
    [
        # Another program's, which only has the same words.
        "providers: [{type: openai, apiKey: a, modelMapping: {opus: gpt-5.4}}]",
        "provider: {apiTokens: [a]}",
        "kind: WasmPlugin\nspec: {defaultConfig: {modelMapping: {a: b}, provider: {type: x}}}",
        "apiTokens: provider",
    ],
)
def test_what_is_no_provider_of_the_plugin_is_no_route(routes_of: RoutesOf, text: str) -> None:
    assert routes_of("config.yaml", text) == ()


@pytest.mark.parametrize(
    ("token", "severities"),
    [
        ("${secret.default/llm.openai.key}", []),
        ("${secret.llm.openai}", []),
        ("env.OPENAI_API_KEY", ["warning"]),
        # envsubst may fill in all of the file first.
        ("${OPENAI_API_KEY}", ["info"]),
    ],
)
def test_tokens_may_come_from_a_secret(check: Check, token: str, severities: list[str]) -> None:
    text = f"provider: {{type: openai, apiTokens: ['{token}']}}\n"
    findings = check({"ai-proxy.yaml": text}).findings
    assert [(f.rule, f.severity.value) for f in findings] == [
        ("wrong-reference-dialect", severity) for severity in severities
    ]
