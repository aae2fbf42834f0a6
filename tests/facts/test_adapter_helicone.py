"""Helicone's AI gateway: what its routers balance over, and the models of its providers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from agentlint.facts.route import FamilySource, Route
from agentlint.knowledge.families import Family
from agentlint.reporters import Report

RoutesOf = Callable[[str, str], tuple[Route, ...]]
Check = Callable[[Mapping[str, str]], Report]


def test_one_route_for_whatever_a_router_may_call(routes_of: RoutesOf) -> None:
    routes = routes_of(
        "ai-gateway.yaml",
        """
        routers:
          review:
            load-balance:
              chat:
                strategy: model-weighted
                models:
                  - { model: openai/gpt-5.4, weight: 0.5 }
                  - { model: bedrock/anthropic.claude-opus-4-7, weight: 0.5 }
            model-mappings:
              gpt-5.4: [ gemini/gemini-3-pro ]
          fast:
            load-balance:
              chat: { strategy: latency, providers: [ groq, { provider: mistral, weight: 1 } ] }
        providers:
          vllm: { base-url: "http://vllm:8000", models: [ qwen3 ] }
          groq: { base-url: "https://api.groq.com/openai/" }
        """,
    )
    assert [(r.name, r.provider.raw, r.model.raw, r.family) for r in routes] == [
        ("review", "openai", "openai/gpt-5.4", Family.CHAT_COMPLETIONS),
        (
            "review",
            "bedrock",
            "bedrock/anthropic.claude-opus-4-7",
            Family.CHAT_COMPLETIONS,
        ),
        ("gpt-5.4", "gemini", "gemini/gemini-3-pro", Family.AUTO),
        ("fast", "groq", "", Family.CHAT_COMPLETIONS),
        ("fast", "mistral", "", Family.CHAT_COMPLETIONS),
        ("vllm", "vllm", "qwen3", Family.AUTO),
        ("groq", "groq", "", Family.AUTO),
    ]
    assert routes[0].chosen_family.source is FamilySource.DECLARED
    assert routes[0].family_value.raw == "chat"
    assert [name.raw for name in routes[5].other_names] == ["vllm/qwen3"]
    assert not any(route.family_required for route in routes)


def test_a_base_url_keeps_its_last_segment_only_before_a_slash(routes_of: RoutesOf) -> None:
    text = """
        helicone: {{ features: all }}
        providers: {{ vllm: {{ base-url: "{0}" }} }}
    """
    forms = [
        routes_of("ai-gateway.yaml", text.format(url))[0].url_shape.form
        for url in ("http://vllm:8000/v1", "http://vllm:8000/v1/")
    ]
    assert forms == ["", "root"]


@pytest.mark.parametrize(
    "text",
    [
        "providers: {openai: {base-url: 'https://a.example/v1/', models: [gpt-5.4]}}\n# helicone",
        "routers: {a: {load-balance: round-robin}}",
        "routers: [{load-balance: {chat: {models: [openai/gpt-5.4]}}}]",
        "helicone: true\nproviders: {openai: {base-url: a}}",
        "http: {routers: {a: {rule: b}}}\nload-balance: {chat: {models: [openai/gpt-5.4]}}",
    ],
)
def test_what_is_no_config_of_the_gateway_has_no_route(routes_of: RoutesOf, text: str) -> None:
    assert routes_of("config.yaml", text) == ()


def test_a_word_for_no_endpoint_type_is_told_once(check: Check) -> None:
    balance = "responses: {strategy: latency, providers: [openai, anthropic]}"
    report = check({"a.yaml": f"routers:\n  review:\n    load-balance: {{{balance}}}\n"})
    (finding,) = report.findings
    assert finding.rule == "unknown-endpoint-family"
    assert "`chat`" in finding.help
