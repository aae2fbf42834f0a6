"""APISIX: its plugins that call models, wherever they are configured."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from agentlint.facts.route import FamilySource, Route
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family
from agentlint.reporters import Report

RoutesOf = Callable[[str, str], tuple[Route, ...]]
Check = Callable[[Mapping[str, str]], Report]


def _standalone(service: str) -> str:
    """apisix.yaml with one plugin, whose config is written in the flow style."""
    return f"routes:\n- id: chat\n  plugins:\n    ai-proxy: {{{service}}}\n#END\n"


def test_one_route_an_instance_and_one_for_the_embeddings(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "apisix.yaml",
        """
        routes:
          - id: chat
            uri: /v1/chat/completions
            plugins:
              ai-proxy-multi:
                balancer: { algorithm: semantic }
                semantic_opts:
                  fallback: cheap
                  embeddings:
                    provider: openai
                    model: text-embedding-3-small
                    auth: { header: { Authorization: $env://EMBEDDINGS } }
                instances:
                  - name: strong
                    provider: anthropic
                    auth: { header: { x-api-key: $secret://vault/1/anthropic/key } }
                    options: { model: claude-opus-4-7 }
                  - name: cheap
                    provider: bedrock
                    auth: { aws: { access_key_id: $ENV://AWS_ID, secret_access_key: kept-out } }
                    options: { model: anthropic.claude-haiku-4-5-20251001-v1:0 }
        #END
        """,
    )
    assert [(r.role.raw, r.provider.raw, r.model.raw, r.family) for r in routes] == [
        ("strong", "anthropic", "claude-opus-4-7", Family.AUTO),
        (
            "cheap",
            "bedrock",
            "anthropic.claude-haiku-4-5-20251001-v1:0",
            Family.BEDROCK_CONVERSE,
        ),
        ("chat", "openai", "text-embedding-3-small", Family.EMBEDDINGS),
    ]
    assert [[f.target.raw for f in route.fallbacks] for route in routes] == [["cheap"], [], []]
    slots = [(c.slot, c.value.kind, c.value.ref) for route in routes for c in route.credentials]
    assert slots == [
        ("header:x-api-key", ValueKind.SECRET_REF, "vault/1/anthropic/key"),
        ("access_key_id", ValueKind.ENV_REF, "AWS_ID"),
        ("secret_access_key", ValueKind.LITERAL, None),
        ("header:Authorization", ValueKind.ENV_REF, "EMBEDDINGS"),
    ]
    assert not any(route.family_required for route in routes)


@pytest.mark.parametrize(
    ("service", "family", "source"),
    [
        ("provider: openai, auth: {}", Family.AUTO, FamilySource.DEFAULT),
        ("provider: openai-compatible, auth: {}", Family.AUTO, FamilySource.DEFAULT),
        ("provider: azure-openai, auth: {}", Family.CHAT_COMPLETIONS, FamilySource.DRIVER),
        (
            "provider: openai, override: {endpoint: 'https://a.example/v1/embeddings'}",
            Family.EMBEDDINGS,
            FamilySource.PATH,
        ),
        (
            "provider: azure-openai, override: {endpoint: 'https://a.example/d/chat/completions?v=1'}",
            Family.CHAT_COMPLETIONS,
            FamilySource.PATH,
        ),
        (
            "provider: openai, override: {endpoint: 'https://responses'}",
            Family.AUTO,
            FamilySource.DEFAULT,
        ),
    ],
)
def test_the_path_tells_the_family_else_a_driver_of_one_family(
    routes_of: RoutesOf, service: str, family: Family, source: FamilySource
) -> None:
    (route,) = routes_of("apisix.yaml", _standalone(service))
    assert (route.family, route.chosen_family.source) == (family, source)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://gateway.example.com", ""),
        ("https://gateway.example.com/", ""),
        ("https://gateway.example.com?v=1/2", ""),
        ("https://gateway.example.com/v1", "full_endpoint"),
        ("https://gateway.example.com/v1/chat/completions", "full_endpoint"),
    ],
)
def test_only_an_endpoint_with_a_path_is_called_as_it_stands(
    routes_of: RoutesOf, url: str, form: str
) -> None:
    service = f"provider: openai, auth: {{}}, override: {{endpoint: '{url}'}}"
    (route,) = routes_of("apisix.yaml", _standalone(service))
    assert route.url_shape.form == form


def test_a_rewriting_plugin_asks_by_chat(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "route.json",
        """
        {"name": "clean", "plugins": {"ai-request-rewrite": {"prompt": "shorten", "provider": "openai",
          "auth": {"query": {"key": "${KEY}"}}, "options": {"model": "gpt-5.4"}}}}
        """,
    )
    assert (route.role.raw, route.family) == ("clean", Family.CHAT_COMPLETIONS)
    assert [credential.slot for credential in route.credentials] == ["query parameter `key`"]


RESOURCE = """
apiVersion: apisix.apache.org/v2
kind: ApisixRoute
metadata: {{ name: review }}
spec:
  http:
    - name: chat
      plugins:
        - name: ai-proxy
          enable: true
          {0}
          config:
            {1}
            auth: {{ header: {{ Authorization: "Bearer ${{OPENAI_API_KEY}}" }} }}
"""


def test_a_resource_may_take_its_keys_from_a_secret(routes_of: RoutesOf) -> None:
    config = "provider: openai"
    (route,) = routes_of("route.yaml", RESOURCE.format("secretRef: openai-key", config))
    assert (route.format, route.role.raw) == ("apisix", "chat")
    last = route.credentials[-1]
    assert (last.slot, last.value.kind, last.value.ref) == (
        "secretRef",
        ValueKind.SECRET_REF,
        "openai-key",
    )


def test_a_resource_of_an_old_release_is_none_of_kong(routes_of: RoutesOf) -> None:
    config = "model: { provider: openai, name: gpt-5.4 }"
    assert routes_of("route.yaml", RESOURCE.format("", config)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "plugin_attr: {ai-proxy: {http_client: lua-resty-http, provider: a}, plugins: [ai-proxy]}",
        "plugins: [ai-proxy, ai-proxy-multi]\nprovider: openai",
        "plugins: {ai-proxy: {provider: openai, version: 2}}",
        "plugins: {ai-proxy: null}\nprovider: openai",
        "plugins: {ai-proxy-multi: {instances: [openai]}}\nprovider: openai",
        "plugins: [{name: ai-proxy, config: provider}]",
    ],
)
def test_what_calls_no_model_is_no_route(routes_of: RoutesOf, text: str) -> None:
    assert routes_of("config.yaml", text) == ()


def _reported(check: Check, name: str, text: str) -> list[tuple[str, str]]:
    findings = check({name: text}).findings
    return [(finding.rule, finding.severity.value) for finding in findings]


@pytest.mark.parametrize(
    ("key", "severities"),
    [
        ("$env://OPENAI_AUTHORIZATION", []),
        ("$secret://vault/1/openai/authorization", []),
        ("Bearer ${{OPENAI_API_KEY}}", []),
        ("Bearer $env://OPENAI_API_KEY", ["warning"]),
        ("Bearer {vault://env/openai-api-key}", ["warning"]),
        # envsubst may fill in all of the file first.
        ("Bearer ${OPENAI_API_KEY}", ["info"]),
        ("Bearer $OPENAI_API_KEY", ["info"]),
    ],
)
def test_references_are_whole_values_in_its_own_spelling(
    check: Check, key: str, severities: list[str]
) -> None:
    text = _standalone(f"provider: openai, auth: {{header: {{Authorization: '{key}'}}}}")
    expected = [("wrong-reference-dialect", severity) for severity in severities]
    assert _reported(check, "apisix.yaml", text) == expected


def test_adc_fills_variables_in_by_itself(check: Check) -> None:
    plugin = "ai-proxy: {provider: openai, auth: {header: {Authorization: 'Bearer ${KEY}'}}}"
    text = f"services:\n- name: llm\n  routes: [{{name: chat, plugins: {{{plugin}}}}}]\n"
    assert _reported(check, "adc.yaml", text) == []
