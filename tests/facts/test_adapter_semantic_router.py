"""vLLM semantic-router: models, backends, and the decisions between them."""

from __future__ import annotations

from collections.abc import Callable

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values import ValueKind
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
    assert (local.family, local.family_source) == (Family.AUTO, FamilySource.DEFAULT)
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
