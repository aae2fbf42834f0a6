"""agentgateway: models, virtual models, and AI backends."""

from __future__ import annotations

from collections.abc import Callable

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_models_take_what_they_lack_from_the_provider_they_name(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "config.yaml",
        """
        llm:
          providers:
            - name: team
              provider: openAI
              params: { apiKey: $TEAM_KEY, baseUrl: "https://team.example.com/v1" }
          models:
            - name: deep
              provider: { reference: team }
              params: { model: gpt-5.4 }
            - name: anthropic/*
              provider: { anthropic: {} }
              params: { apiKey: $ANTHROPIC_API_KEY, hostOverride: claude.example.com }
          virtualModels:
            - name: smart
              routing:
                conditional: { targets: [{ when: "true", model: deep }] }
                failover: { targets: [{ model: anthropic/haiku, priority: 1 }] }
        """,
    )
    deep, every, smart = routes
    assert (deep.alias.raw, deep.model.raw, deep.provider.raw) == ("deep", "gpt-5.4", "team")
    assert deep.base_url.raw == "https://team.example.com/v1"
    assert [c.value.ref for c in deep.credentials] == ["TEAM_KEY"]
    assert (every.provider.raw, every.base_url.raw) == ("anthropic", "claude.example.com")
    assert (smart.kind, smart.alias.raw) == (RouteKind.ALIAS, "smart")
    assert [target.raw for target in smart.targets] == ["anthropic/haiku", "deep"]
    assert {route.family for route in routes} == {Family.AUTO}


def test_backends_of_routes_and_groups(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "config.yaml",
        """
        binds:
          - port: 3000
            listeners:
              - routes:
                  - policies: { backendAuth: { key: $ROUTE_KEY } }
                    backends:
                      - ai:
                          name: openai
                          hostOverride: api.x.ai:443
                          provider: { openAI: { model: gpt-5.4 } }
                      - ai:
                          groups:
                            - providers:
                                - name: first
                                  provider: { anthropic: { model: claude-opus-4-5 } }
                        policies: { backendAuth: { key: $OWN_KEY } }
                      - host: localhost:5000
        """,
    )
    assert [(r.role.raw, r.provider.raw, r.model.raw) for r in routes] == [
        ("openai", "openAI", "gpt-5.4"),
        ("first", "anthropic", "claude-opus-4-5"),
    ]
    assert [r.credentials[0].value.ref for r in routes] == ["ROUTE_KEY", "OWN_KEY"]
    assert routes[0].base_url.raw == "api.x.ai:443"


def test_a_resource_is_known_by_its_name(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "backend.yaml",
        """
        apiVersion: agentgateway.dev/v1alpha1
        kind: AgentgatewayBackend
        metadata: { name: vllm }
        spec:
          ai:
            provider:
              openai: { model: llama3 }
              host: vllm.default.svc
          policies: { auth: { secretRef: { name: vllm-key } } }
        """,
    )
    assert (route.role.raw, route.model.raw, route.base_url.raw) == (
        "vllm",
        "llama3",
        "vllm.default.svc",
    )
    assert route.credentials[0].value.kind is ValueKind.SECRET_REF


def test_other_backends_are_left_alone(routes_of: RoutesOf) -> None:
    text = "binds: [{listeners: [{routes: [{backends: [{mcp: {}}]}]}]}]\nai: {provider: none}\n"
    assert routes_of("config.yaml", text) == ()


def test_the_aliases_of_a_policy_are_a_table(routes_of: RoutesOf) -> None:
    backend, quick, other = routes_of(
        "config.yaml",
        """
        binds:
          - port: 3000
            listeners:
              - routes:
                  - backends: [{ ai: { name: main, provider: { openAI: {} } } }]
                    policies:
                      ai:
                        modelAliases: { quick: gpt-5.4-mini, "claude-*": gpt-5.4 }
        """,
    )
    assert backend.kind is RouteKind.DEPLOYMENT
    assert [(route.kind, route.alias.raw, route.model.raw) for route in (quick, other)] == [
        (RouteKind.TABLE, "quick", "gpt-5.4-mini"),
        (RouteKind.TABLE, "claude-*", "gpt-5.4"),
    ]


def test_a_policy_may_be_a_resource_of_its_own(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "policy.yaml",
        """
        apiVersion: agentgateway.dev/v1alpha1
        kind: AgentgatewayPolicy
        metadata: { name: names }
        spec:
          backend:
            ai:
              modelAliases: { quick: gpt-5.4-mini }
        """,
    )
    assert (route.alias.raw, route.model.raw) == ("quick", "gpt-5.4-mini")


def test_a_provider_of_a_group_is_named_for_its_vendor(routes_of: RoutesOf) -> None:
    """Whatever else is said of it, and in any order."""
    (route,) = routes_of(
        "backend.yaml",
        """
        apiVersion: agentgateway.dev/v1alpha1
        kind: AgentgatewayBackend
        metadata: { name: main }
        spec:
          ai:
            groups:
              - providers:
                  - name: first
                    policies: { auth: { aws: {} } }
                    bedrock: { model: amazon.nova-pro-v1:0 }
        """,
    )
    assert (route.provider.raw, route.model.raw) == ("bedrock", "amazon.nova-pro-v1:0")
