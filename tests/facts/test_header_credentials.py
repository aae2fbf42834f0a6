"""The headers of a config are credentials in every format: each that has a value, and none without."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from tests.secret_samples import sample

from agentlint.facts.route import Route

RoutesOf = Callable[[str, str], tuple[Route, ...]]
URL = "https://gateway.example/v1"


def opencode(headers: dict[str, Any]) -> str:
    options = {"baseURL": URL, "headers": headers}
    return json.dumps({"provider": {"gw": {"npm": "@ai-sdk/openai", "options": options}}})


def crush(headers: dict[str, Any]) -> str:
    models = [{"id": "gpt-5.4"}]
    provider = {"type": "openai", "base_url": URL, "extra_headers": headers, "models": models}
    return json.dumps({"providers": {"gw": provider}})


def continue_dev(headers: dict[str, Any]) -> str:
    model = {"name": "m", "provider": "openai", "model": "gpt-5.4", "apiBase": URL}
    return json.dumps({"models": [model | {"requestOptions": {"headers": headers}}]})


def promptfoo(headers: dict[str, Any]) -> str:
    config = {"apiBaseUrl": URL, "headers": headers}
    return json.dumps({"providers": [{"id": "openai:chat:gpt-5.4", "config": config}]})


def openclaw(headers: dict[str, Any]) -> str:
    provider = {"baseUrl": URL, "headers": headers, "models": [{"id": "gpt-5.4"}]}
    return json.dumps({"models": {"providers": {"gw": provider}}})


def librechat(headers: dict[str, Any]) -> str:
    models = {"default": ["gpt-5.4"]}
    endpoint = {"name": "gw", "apiKey": "${K}", "baseURL": URL, "models": models}
    return json.dumps({"endpoints": {"custom": [endpoint | {"headers": headers}]}})


CONFIGS = [
    ("opencode.json", opencode),
    ("crush.json", crush),
    (".continue/config.yaml", continue_dev),
    ("promptfooconfig.yaml", promptfoo),
    ("openclaw.json", openclaw),
    ("librechat.yaml", librechat),
]


@pytest.mark.parametrize(("path", "config"), CONFIGS)
def test_a_header_with_a_value_is_a_credential_without_its_text(
    path: str, config: Callable[[dict[str, Any]], str], routes_of: RoutesOf
) -> None:
    secret = sample("openai-project-key", random.Random(7))
    headers = {"X-Team": secret, "X-None": None, "X-Empty": ""}
    routes = routes_of(path, config(headers))
    found = [one for one in routes[0].credentials if one.slot.startswith("header:")]
    assert [(one.slot, one.value.raw) for one in found] == [("header:X-Team", "")]
