"""Portkey: strategies over targets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values import ValueKind

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
