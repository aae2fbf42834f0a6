"""Portkey: strategies over targets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def _target(model: str, **more: Any) -> dict[str, Any]:
    return {"virtual_key": "team-key", "override_params": {"model": model}, **more}


def test_the_targets_of_nested_strategies_are_routes(routes_of: RoutesOf) -> None:
    inner = {
        "name": "slow",
        "strategy": {"mode": "fallback"},
        "targets": [_target("gpt-5.4"), {"provider": "anthropic", "api_key": "$ANTHROPIC_API_KEY"}],
    }
    config = {"strategy": {"mode": "loadbalance"}, "targets": [_target("gpt-5.4-mini"), inner]}
    routes = routes_of("portkey.json", json.dumps(config))
    assert [(r.kind, r.alias.raw, r.provider.raw, r.model.raw) for r in routes] == [
        (RouteKind.DEPLOYMENT, "", "team-key", "gpt-5.4-mini"),
        (RouteKind.DEPLOYMENT, "", "team-key", "gpt-5.4"),
        (RouteKind.DEPLOYMENT, "", "anthropic", ""),
        (RouteKind.ALIAS, "slow", "", ""),
    ]
    assert [(c.slot, c.value.kind, c.value.ref) for c in routes[0].credentials] == [
        ("virtual_key", ValueKind.SECRET_REF, "team-key")
    ]


def test_conditions_lead_to_targets_by_name(routes_of: RoutesOf) -> None:
    config = {
        "strategy": {
            "mode": "conditional",
            "conditions": [{"query": {}, "then": "fast"}],
            "default": "slow",
        },
        "targets": [_target("gpt-5.4-mini", name="fast"), _target("gpt-5.4", name="slow")],
    }
    *targets, strategy = routes_of("portkey.json", json.dumps(config))
    assert [route.alias.raw for route in targets] == ["fast", "slow"]
    assert [target.raw for target in strategy.targets] == ["fast", "slow"]


def test_what_a_strategy_sets_holds_for_its_targets(routes_of: RoutesOf) -> None:
    inner = {
        "name": "spread",
        "strategy": {"mode": "loadbalance"},
        "override_params": {"model": "gpt-5.4-mini"},
        "targets": [{"virtual_key": "east"}, _target("claude-sonnet-5")],
    }
    config = {
        "strategy": {"mode": "fallback"},
        "override_params": {"model": "gpt-5.4", "temperature": 0},
        "custom_host": "https://llm.internal.example/v1",
        "targets": [{"provider": "openai", "api_key": "$OPENAI_API_KEY"}, inner],
    }
    *targets, _ = routes_of("portkey.json", json.dumps(config))
    assert [route.model.raw for route in targets] == ["gpt-5.4", "gpt-5.4-mini", "claude-sonnet-5"]
    assert {route.base_url.raw for route in targets} == {"https://llm.internal.example/v1"}


def test_a_target_may_leave_the_model_to_its_caller(routes_of: RoutesOf) -> None:
    """Conditions lead to it like to any other."""
    config = {
        "strategy": {"mode": "conditional", "conditions": [], "default": "as asked"},
        "targets": [_target("gpt-5.4", name="paid"), {"name": "as asked", "passthrough": True}],
    }
    _, passed, strategy = routes_of("portkey.json", json.dumps(config))
    assert (passed.alias.raw, passed.model.given) == ("as asked", False)
    assert [target.raw for target in strategy.targets] == [passed.alias.raw]


def test_a_model_may_begin_with_its_provider(routes_of: RoutesOf) -> None:
    config = {
        "strategy": {"mode": "fallback"},
        "targets": [
            {"override_params": {"model": "@team-openai/gpt-5.4"}},
            {"provider": "@other", "override_params": {"model": "@team-openai/gpt-5.4"}},
            {"override_params": {"model": "gpt-5.4"}},
        ],
    }
    text = json.dumps(config)
    slug, named, bare = routes_of("portkey.json", text)
    assert [route.provider.raw for route in (slug, named, bare)] == ["@team-openai", "@other", ""]
    span = slug.provider.span
    assert span is not None
    assert text[span.start : span.end] == "@team-openai"


def test_keys_may_be_spelt_as_the_gateway_keeps_them(routes_of: RoutesOf) -> None:
    target = {"provider": "openai", "overrideParams": {"model": "gpt-5.4"}}
    config = {"strategy": {"mode": "single"}, "targets": [target]}
    (route,) = routes_of("portkey.json", json.dumps(config))
    assert route.model.raw == "gpt-5.4"


def test_a_page_may_show_a_config(routes_of: RoutesOf) -> None:
    config = json.dumps({"strategy": {"mode": "single"}, "targets": [_target("gpt-5.4")]})
    (route,) = routes_of("AGENTS.md", f"# Gateway\n\n```json\n{config}\n```\n")
    assert (route.model.raw, route.in_example) == ("gpt-5.4", True)


def test_a_config_may_name_no_model(routes_of: RoutesOf) -> None:
    config = {"strategy": {"mode": "fallback"}, "targets": [{"provider": "@a"}, {"provider": "@b"}]}
    routes = routes_of("gateway/config.json", json.dumps(config))
    assert [route.provider.raw for route in routes] == ["@a", "@b"]


def test_a_file_may_be_one_target(routes_of: RoutesOf) -> None:
    config = {"provider": "ollama", "override_params": {"model": "phi3:mini"}}
    (route,) = routes_of("portkey-config.json", json.dumps(config))
    assert (route.provider.raw, route.model.raw) == ("ollama", "phi3:mini")


@pytest.mark.parametrize(
    "config",
    [
        {"strategy": {"mode": "rolling"}, "targets": [_target("gpt-5.4")]},
        {"strategy": {"mode": "fallback"}, "targets": [{"host": "a"}], "virtual_key": "x"},
    ],
)
def test_other_strategies_are_left_alone(routes_of: RoutesOf, config: dict[str, Any]) -> None:
    assert routes_of("deploy.json", json.dumps(config)) == ()


def test_an_older_config_has_a_mode_and_its_options(routes_of: RoutesOf) -> None:
    config = {"mode": "fallback", "options": [_target("gpt-5.4-mini"), _target("gpt-5.4")]}
    routes = routes_of("portkey.json", json.dumps(config))
    assert [(route.model.raw, route.pointer) for route in routes] == [
        ("gpt-5.4-mini", ("options", "0")),
        ("gpt-5.4", ("options", "1")),
    ]


def test_the_mode_and_options_of_something_else_are_none(routes_of: RoutesOf) -> None:
    settings = {
        "mode": "single",
        "options": [{"provider": "smtp", "api_key": "x"}],
        "virtual_key": 1,
    }
    assert routes_of("settings.json", json.dumps(settings)) == ()
