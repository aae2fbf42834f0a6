"""Bifrost: the models of each key, and what a custom provider may be asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from agentlint.facts.route import Route
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
SCHEMA = "https://www.getbifrost.ai/schema"
KEY = {"name": "main", "value": "env.MAIN_KEY", "models": ["gpt-5.4"], "weight": 1}


def _config(provider: Mapping[str, Any], name: str = "openai", **around: Any) -> str:
    keys = {"keys": [KEY]}
    return json.dumps({"$schema": SCHEMA, "providers": {name: {**keys, **provider}}, **around})


def test_each_model_and_alias_of_a_key_is_a_route(routes_of: RoutesOf) -> None:
    key = {
        "name": "aws",
        "models": ["*"],
        "weight": 1,
        "aliases": {"deep": "us.anthropic.claude-opus-4-5-v1:0"},
        "bedrock_key_config": {"secret_key": "env.AWS_SECRET_ACCESS_KEY", "region": "us-east-1"},
    }
    every, deep = routes_of("config.json", _config({"keys": [key]}, "bedrock"))
    assert (every.provider.raw, every.role.raw, every.model.raw) == ("bedrock", "bedrock/*", "*")
    assert (deep.alias.raw, deep.model.raw) == ("deep", "us.anthropic.claude-opus-4-5-v1:0")
    assert [c.value.ref for c in deep.credentials] == ["AWS_SECRET_ACCESS_KEY"]


@pytest.mark.parametrize(
    ("models", "called"),
    [
        (["gpt-5.4", "openai/gpt-oss-120b"], ["own/gpt-5.4", "own/openai/gpt-oss-120b"]),
        (["*"], ["own/*"]),
        ([], ["own/*"]),
        (["env.MODEL"], []),
    ],
)
def test_callers_put_the_provider_before_the_model(
    routes_of: RoutesOf, models: list[str], called: list[str]
) -> None:
    key = {**KEY, "models": models, "aliases": {"deep": "gpt-5.5"}}
    *by_model, by_alias = routes_of("config.json", _config({"keys": [key]}, "own"))
    assert [name.raw for route in by_model for name in route.other_names] == called
    assert (by_alias.alias.raw, by_alias.other_names[0].raw) == ("deep", "own/deep")


@pytest.mark.parametrize(
    ("allowed", "family"),
    [
        (None, Family.AUTO),
        ({"chat_completion": True, "chat_completion_stream": True}, Family.CHAT_COMPLETIONS),
        ({"responses": True, "chat_completion": False}, Family.RESPONSES),
        ({"responses": True, "chat_completion": True}, Family.AUTO),
        ({"chat_completion": True, "list_models": True}, Family.CHAT_COMPLETIONS),
    ],
)
def test_the_allowed_requests_tell_the_family_of_a_custom_provider(
    routes_of: RoutesOf, allowed: Mapping[str, bool] | None, family: Family
) -> None:
    custom: dict[str, Any] = {"base_provider_type": "openai"}
    if allowed is not None:
        custom["allowed_requests"] = allowed
    (route,) = routes_of("config.json", _config({"custom_provider_config": custom}, "own"))
    assert route.family is family


@pytest.mark.parametrize(
    ("name", "custom", "form"),
    [
        ("openai", {}, "root"),
        ("own", {"base_provider_type": "openai"}, "root"),
        ("own", {"base_provider_type": "anthropic"}, ""),
        ("own", {"base_provider_type": "openai", "request_path_overrides": {}}, ""),
        ("groq", {}, ""),
    ],
)
def test_only_known_providers_take_a_root(
    routes_of: RoutesOf, name: str, custom: Mapping[str, Any], form: str
) -> None:
    provider: dict[str, Any] = {"network_config": {"base_url": "https://x.example"}}
    if custom:
        provider["custom_provider_config"] = custom
    (route,) = routes_of("config.json", _config(provider, name))
    assert (route.base_url.raw, route.url_shape.form) == ("https://x.example", form)


@pytest.mark.parametrize("server", ["ollama", "vllm", "sgl"])
def test_a_key_may_have_the_address_of_a_server(routes_of: RoutesOf, server: str) -> None:
    keys = [
        {
            "name": "a",
            "models": ["*"],
            "weight": 1,
            f"{server}_key_config": {"url": "http://own:1"},
        },
        {"name": "b", "models": ["*"], "weight": 1},
    ]
    config = {"providers": {server: {"keys": keys}}, "$schema": "https://www.getbifrost.ai/schema"}
    found = routes_of("config.json", json.dumps(config))
    assert [route.base_url.raw for route in found] == ["http://own:1", ""]


def test_the_compat_setting_bridges_chat_to_responses(routes_of: RoutesOf) -> None:
    client = {"compat": {"convert_chat_to_responses": True}}
    (route,) = routes_of("config.json", _config({}, client=client))
    assert route.bridges == {(Family.CHAT_COMPLETIONS, Family.RESPONSES)}


def test_other_providers_are_left_alone(routes_of: RoutesOf) -> None:
    text = json.dumps({"providers": {"aws": {"keys": [{"name": "a", "value": "b"}]}}})
    assert routes_of("config.json", text) == ()
