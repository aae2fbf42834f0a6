"""Kong's AI plugins: which operation a route serves, for whom, and where it calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def _plugin(settings: str, provider: str = "openai") -> str:
    return (
        f"plugins:\n- name: ai-proxy\n  instance_name: review\n  config:\n{settings}"
        f"    model: {{provider: {provider}, name: gpt-5.4}}\n"
    )


@pytest.mark.parametrize(
    ("settings", "family", "source"),
    [
        ("    route_type: llm/v1/chat\n", Family.CHAT_COMPLETIONS, FamilySource.DECLARED),
        ("    route_type: llm/v1/responses\n", Family.RESPONSES, FamilySource.DECLARED),
        ("    route_type: preserve\n", Family.PASSTHROUGH, FamilySource.DECLARED),
        ("    route_type: llm/v2/chat\n", Family.UNKNOWN, FamilySource.DECLARED),
        ('    route_type: "{vault://env/route-type}"\n', None, FamilySource.NONE),
        ("", None, FamilySource.NONE),
        (
            "    route_type: llm/v1/chat\n    llm_format: anthropic\n",
            Family.ANTHROPIC_MESSAGES,
            FamilySource.DECLARED,
        ),
        (
            "    route_type: llm/v1/chat\n    llm_format: gemini\n",
            Family.GEMINI_GENERATE_CONTENT,
            FamilySource.DECLARED,
        ),
        (
            "    route_type: llm/v1/chat\n    llm_format: huggingface\n",
            Family.AUTO,
            FamilySource.DECLARED,
        ),
    ],
)
def test_the_route_type_names_the_family(
    routes_of: RoutesOf, settings: str, family: Family | None, source: FamilySource
) -> None:
    (route,) = routes_of("kong.yaml", _plugin(settings))
    assert route.family_required
    assert (route.family, route.chosen_family.source) == (family, source)


def test_kong_translates_chat_for_other_vendors(routes_of: RoutesOf) -> None:
    (route,) = routes_of("kong.yaml", _plugin("    route_type: llm/v1/chat\n", "anthropic"))
    assert route.bridges == {(Family.CHAT_COMPLETIONS, Family.ANTHROPIC_MESSAGES)}
    assert route.upstream_family is Family.ANTHROPIC_MESSAGES


def test_a_route_of_each_target_and_of_the_embeddings(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "kong.yaml",
        """
        _format_version: "3.0"
        services:
          - name: llm
            routes:
              - name: review
                plugins:
                  - name: ai-proxy-advanced
                    config:
                      embeddings:
                        model: { provider: openai, name: text-embedding-3-small }
                      targets:
                        - route_type: llm/v1/chat
                          auth:
                            header_name: Authorization
                            header_value: Bearer ${{ env "DECK_OPENAI_KEY" }}
                          model:
                            provider: openai
                            name: gpt-5.4
                            model_alias: deep
                            options: { upstream_url: "https://api.openai.com/v1/chat/completions" }
                        - route_type: llm/v1/chat
                          model: { provider: llama2, name: llama3 }
                          auth: { param_value: kept-out }
        """,
    )
    assert [(r.role.raw, r.alias.raw, r.model.raw) for r in routes] == [
        ("review", "deep", "gpt-5.4"),
        ("review", "", "llama3"),
        ("review", "", "text-embedding-3-small"),
    ]
    assert routes[0].url_shape.form == "full_endpoint"
    assert [(c.slot, c.value.ref) for c in routes[0].credentials] == [
        ("header:Authorization", "DECK_OPENAI_KEY")
    ]
    assert [(c.slot, c.value.kind, c.value.raw) for c in routes[1].credentials] == [
        ("param_value", ValueKind.LITERAL, "")
    ]
    assert routes[2].family is Family.EMBEDDINGS


def test_a_custom_resource_is_known_by_its_name(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "plugin.yaml",
        """
        apiVersion: configuration.konghq.com/v1
        kind: KongPlugin
        metadata: { name: review-plugin }
        plugin: ai-proxy
        config:
          route_type: llm/v1/embeddings
          model: { provider: openai, name: text-embedding-3-small }
        """,
    )
    assert (route.role.raw, route.family) == ("review-plugin", Family.EMBEDDINGS)


def test_what_is_passed_through_has_no_form_to_hold(routes_of: RoutesOf) -> None:
    (route,) = routes_of("kong.yaml", _plugin("    route_type: preserve\n"))
    assert route.url_shape.form == ""


def test_other_plugins_are_left_alone(routes_of: RoutesOf) -> None:
    text = "plugins: [{name: ai-proxy-logger, config: {provider: x, model: {name: gpt-4}}}]\n"
    assert routes_of("kong.yaml", text) == ()


def test_the_plugins_around_the_proxy_ask_models_too(routes_of: RoutesOf) -> None:
    cache, transformer = routes_of(
        "kong.yaml",
        """
        _format_version: "3.0"
        plugins:
        - name: ai-semantic-cache
          route: chat
          config:
            embeddings:
              auth: {header_name: Authorization, header_value: "Bearer ${OPENAI_API_KEY}"}
              model: {provider: openai, name: text-embedding-3-small}
            vectordb: {strategy: redis}
        - name: ai-request-transformer
          route: chat
          config:
            prompt: Translate it.
            llm:
              route_type: llm/v1/chat
              model: {provider: mistral, name: mistral-large-latest}
        """,
    )
    assert (cache.model.raw, cache.family, cache.role.raw) == (
        "text-embedding-3-small",
        Family.EMBEDDINGS,
        "chat",
    )
    assert (transformer.provider.raw, transformer.family) == ("mistral", Family.CHAT_COMPLETIONS)


def test_a_plugin_that_calls_no_model_is_no_route(routes_of: RoutesOf) -> None:
    text = """
    plugins:
    - name: ai-prompt-decorator
      config: {prompts: {prepend: [{role: system, content: Be brief with ai-proxy.}]}}
    - name: ai-rate-limiting-advanced
      config: {llm_providers: [{name: openai, limit: 10}]}
    """
    assert routes_of("kong.yaml", text) == ()
