"""Plano: providers, aliases and preferences."""

from __future__ import annotations

from collections.abc import Callable

from agentlint.facts.route import Route, RouteKind

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_a_model_answers_with_and_without_its_provider(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "plano_config.yaml",
        """
        version: v0.4.0
        listeners: [{ name: model, type: model, port: 12000 }]
        model_providers:
          - model: openai/gpt-5.4
            access_key: $OPENAI_API_KEY
            default: true
          - name: local
            model: ollama/llama3.1
            base_url: http://localhost:11434
        model_aliases:
          reason.v1: { target: gpt-5.4 }
        routing_preferences:
          - name: code
            models: [openai/gpt-5.4, ollama/llama3.1]
        """,
    )
    first, local, alias, preference = routes
    assert [name.raw for name in first.other_names] == ["openai/gpt-5.4", "gpt-5.4"]
    assert first.credentials[0].value.ref == "OPENAI_API_KEY"
    assert (local.alias.raw, local.base_url.raw) == ("local", "http://localhost:11434")
    assert (alias.kind, alias.alias.raw, alias.targets[0].raw) == (
        RouteKind.ALIAS,
        "reason.v1",
        "gpt-5.4",
    )
    assert (preference.role.raw, [t.raw for t in preference.targets]) == (
        "code",
        ["openai/gpt-5.4", "ollama/llama3.1"],
    )


def test_the_older_key_is_read_too(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "arch_config.yaml",
        """
        version: v0.1
        listeners: { ingress_traffic: { port: 8080 } }
        llm_providers:
          - { name: gpt-4o, access_key: $OPENAI_API_KEY, provider: openai, model: gpt-4o }
        """,
    )
    assert (route.alias.raw, route.provider.raw) == ("gpt-4o", "openai")


def test_other_lists_of_providers_are_left_alone(routes_of: RoutesOf) -> None:
    text = "llm_providers: [{model: gpt-4o, access_key: x}]\n# listeners:\n"
    assert routes_of("config.yaml", text) == ()


def test_plano_has_models_for_its_own_calls(routes_of: RoutesOf) -> None:
    _, router = routes_of(
        "plano_config.yaml",
        """
        version: v0.4.0
        listeners: [{ name: model, type: model, port: 12000 }]
        model_providers: [{ model: openai/gpt-5.4, access_key: $OPENAI_API_KEY }]
        overrides:
          llm_routing_model: plano/Plano-Orchestrator
          optimize_context_window: true
        """,
    )
    assert (router.kind, router.role.raw, router.model.raw) == (
        RouteKind.DEPLOYMENT,
        "llm_routing_model",
        "plano/Plano-Orchestrator",
    )
