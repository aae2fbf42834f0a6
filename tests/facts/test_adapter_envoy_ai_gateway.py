"""Envoy AI Gateway: resources of one stream, joined."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import Route
from agentlint.facts.serving import provider_of
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
STREAM = """\
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIGatewayRoute
metadata: { name: review }
spec:
  rules:
    - matches:
        - headers: [{ type: Exact, name: x-ai-eg-model, value: deep }]
        - headers: [{ name: x-ai-eg-model, value: deeper }]
      backendRefs:
        - { name: bedrock, modelNameOverride: us.anthropic.claude-opus-4-5-v1:0, priority: 0 }
        - { name: openai, priority: 1 }
    - matches:
        - headers: [{ type: RegularExpression, name: x-ai-eg-model, value: ".*" }]
      backendRefs: [{ name: pool, group: inference.networking.k8s.io, kind: InferencePool }]
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIServiceBackend
metadata: { name: openai }
spec:
  schema: { name: OpenAI }
  backendRef: { name: openai-host, kind: Backend, group: gateway.envoyproxy.io }
---
kind: AIServiceBackend
metadata: { name: bedrock }
spec:
  schema: { name: AWSBedrock }
---
kind: Backend
metadata: { name: openai-host }
spec: { endpoints: [{ fqdn: { hostname: api.openai.com, port: 443 } }] }
---
kind: BackendSecurityPolicy
metadata: { name: openai-key }
spec:
  targetRefs: [{ kind: AIServiceBackend, name: openai }]
  type: APIKey
  apiKey: { secretRef: { name: openai-secret } }
"""


def test_each_name_and_backend_is_a_route(routes_of: RoutesOf) -> None:
    routes = routes_of("gateway.yaml", STREAM)
    assert [(r.alias.raw, r.model.raw, r.provider.raw) for r in routes] == [
        ("deep", "us.anthropic.claude-opus-4-5-v1:0", "AWSBedrock"),
        ("deeper", "us.anthropic.claude-opus-4-5-v1:0", "AWSBedrock"),
        ("deep", "deep", "OpenAI"),
        ("deeper", "deeper", "OpenAI"),
        (".*", ".*", "unknown"),
    ]
    assert {route.family for route in routes} == {Family.AUTO}
    assert routes[0].upstream_family is Family.BEDROCK_CONVERSE


def test_host_and_credential_come_from_other_documents(routes_of: RoutesOf) -> None:
    route = routes_of("gateway.yaml", STREAM)[2]
    assert route.base_url.raw == "api.openai.com"
    assert [(c.slot, c.value.kind, c.value.ref) for c in route.credentials] == [
        ("APIKey", ValueKind.SECRET_REF, "openai-secret")
    ]


@pytest.mark.parametrize(("left_out", "names"), [("Backend", 2), ("AIServiceBackend", 4)])
def test_nobody_is_told_by_what_stands_in_another_file(
    routes_of: RoutesOf, left_out: str, names: int
) -> None:
    here = [d for d in STREAM.split("---\n") if f"kind: {left_out}\n" not in d]
    routes = routes_of("gateway.yaml", "---\n".join(here))[:4]
    unknown = [r for r in routes if provider_of(r) == "unknown"]
    assert (len(unknown), {r.base_url.given for r in routes}) == (names, {False})


def test_an_expression_is_no_name(routes_of: RoutesOf) -> None:
    assert routes_of("gateway.yaml", STREAM)[-1].alias.literal is None


def test_another_group_s_route_is_left_alone(routes_of: RoutesOf) -> None:
    assert routes_of("gateway.yaml", STREAM.replace("aigateway.envoyproxy.io", "example.com")) == ()
