"""vLLM semantic-router: models, backends, and the decisions between them."""

from __future__ import annotations

from collections.abc import Callable

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
CONFIG = """\
version: v0.3
providers:
  defaults: { default_model: small }
  models:
    - name: small
      provider_model_id: qwen3-8b
      backend_refs:
        - { name: local, endpoint: "127.0.0.1:8000", api_key_env: VLLM_KEY }
        - { name: remote, base_url: "https://x.example/v1", provider: openai, api_key: kept-out }
    - name: claude
      api_format: anthropic
      backend_refs: [{ base_url: "https://api.anthropic.com", chat_path: /v1/messages }]
    - name: bare
      api_format: openai
routing:
  modelCards:
    - { name: small, loras: [{ name: law-expert }] }
    - { name: image-model, modality: diffusion }
  decisions:
    - name: law
      modelRefs: [{ model: small, lora_name: law-expert }, { model: claude }]
"""


def test_each_backend_is_a_route(routes_of: RoutesOf) -> None:
    local, remote, claude, bare, *_ = routes_of("config.yaml", CONFIG)
    assert (local.alias.raw, local.model.raw, local.role.raw) == ("small", "qwen3-8b", "local")
    assert (local.family, local.chosen_family.source) == (Family.AUTO, FamilySource.DEFAULT)
    assert [name.raw for name in local.other_names] == ["law-expert"]
    assert local.credentials[0].value.ref == "VLLM_KEY"
    assert (remote.credentials[0].value.kind, remote.credentials[0].value.raw) == (
        ValueKind.LITERAL,
        "",
    )
    assert (claude.family, claude.endpoint_path.raw) == (
        Family.ANTHROPIC_MESSAGES,
        "/v1/messages",
    )
    assert claude.family_required
    assert (bare.alias.raw, bare.model.raw) == ("bare", "bare")


def test_cards_decisions_and_the_default_are_names(routes_of: RoutesOf) -> None:
    names = [r for r in routes_of("config.yaml", CONFIG) if r.kind is RouteKind.ALIAS]
    assert [(r.name, [t.raw for t in r.targets]) for r in names] == [
        ("image-model", []),
        ("default", ["small"]),
        ("law", ["small", "claude"]),
    ]


def test_other_models_are_left_alone(routes_of: RoutesOf) -> None:
    text = "providers: {models: [{name: a}]}\nbackend_refs: 1\nprovider_model_id: x\n"
    assert routes_of("config.yaml", text) == ()


OLD_CONFIG = """\
vllm_endpoints:
  - { name: one, address: "10.0.0.1", port: 8000, models: [phi4, gemma3] }
  - { name: two, address: "10.0.0.2", port: 8000, models: [phi4] }
model_config:
  phi4:
    preferred_endpoints: [one, two]
    loras: [{ name: law-expert }]
  bare: { reasoning_family: qwen3 }
categories:
  - name: law
    model_scores: [{ model: phi4, score: 0.8 }, { model: gemma3, score: 0.4 }]
  - name: other
    mmlu_categories: [other]
decisions:
  - name: math
    modelRefs: [{ model: bare }]
default_model: phi4
"""


def test_before_version_0_3_models_stand_beside_their_endpoints(routes_of: RoutesOf) -> None:
    routes = routes_of("config.yaml", OLD_CONFIG)
    upstreams = [route for route in routes if route.kind is RouteKind.DEPLOYMENT]
    assert [(r.model.raw, r.role.raw, r.base_url.raw) for r in upstreams] == [
        ("phi4", "one", "10.0.0.1"),
        ("phi4", "two", "10.0.0.2"),
        ("bare", "", ""),
        ("gemma3", "one", "10.0.0.1"),
    ]
    assert [name.raw for name in upstreams[0].other_names] == ["law-expert"]
    names = [route for route in routes if route.kind is RouteKind.ALIAS]
    assert [(r.role.raw, [t.raw for t in r.targets]) for r in names] == [
        ("default", ["phi4"]),
        ("law", ["phi4", "gemma3"]),
        ("math", ["bare"]),
    ]


def test_a_pool_names_models_and_a_route_decides_between_them(routes_of: RoutesOf) -> None:
    small, large, default, decision = routes_of(
        "routing.yaml",
        """
        apiVersion: vllm.ai/v1alpha1
        kind: IntelligentPool
        metadata: { name: models }
        spec:
          defaultModel: small
          models:
            - name: small
            - { name: large, loras: [{ name: expert }] }
        ---
        apiVersion: vllm.ai/v1alpha1
        kind: IntelligentRoute
        metadata: { name: routing }
        spec:
          decisions:
            - name: science
              modelRefs: [{ model: large, loraName: expert }, { model: elsewhere }]
        """,
    )
    assert [route.alias.raw for route in (small, large)] == ["small", "large"]
    assert [name.raw for name in large.other_names] == ["expert"]
    assert [target.raw for target in default.targets] == ["small"]
    assert [target.raw for target in decision.targets] == ["large", "elsewhere"]
    assert decision.names_elsewhere


def test_a_model_that_another_gateway_calls_is_a_route_all_the_same(routes_of: RoutesOf) -> None:
    model, decision = routes_of(
        "values.yaml",
        """
        config:
          providers:
            models: [{ name: gpt-5.4, pricing: { prompt_per_1m: 2.0 } }]
          routing:
            modelCards: [{ name: gpt-5.4 }]
            decisions: [{ name: hard, modelRefs: [{ model: gpt-5.4 }] }]
        """,
    )
    assert (model.kind, model.model.raw) == (RouteKind.DEPLOYMENT, "gpt-5.4")
    assert [target.raw for target in decision.targets] == ["gpt-5.4"]
