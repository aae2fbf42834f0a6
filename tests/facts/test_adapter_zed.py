"""Zed: what chooses models in a user's settings, and what does nothing in those of a project."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
USER = ".config/zed/settings.json"
PROJECT = "app/.zed/settings.json"


def choice(model: str, provider: str = "gateway") -> dict[str, str]:
    return {"provider": provider, "model": model}


def test_the_models_that_are_chosen(routes_of: RoutesOf) -> None:
    agent = {
        "default_model": choice("writer"),
        "commit_message_model": choice("small"),
        "favorite_models": [choice("other")],
        "inline_alternatives": [choice("second")],
        "profiles": {"ask": {"name": "Ask", "default_model": choice("thinker")}},
        "model_parameters": [{"provider": "gateway", "model": "tuned", "temperature": 0}],
    }
    server = {"opencode": {"type": "registry", "default_model": "gateway/writer"}}
    routes = routes_of(USER, json.dumps({"agent": agent, "agent_servers": server}))
    assert [(r.kind, r.role.raw, r.model.raw, r.provider.raw) for r in routes] == [
        (RouteKind.TOOL_DEFAULT, "", "writer", "gateway"),
        (RouteKind.TOOL_DEFAULT, "", "small", "gateway"),
        (RouteKind.TOOL_DEFAULT, "", "second", "gateway"),
        (RouteKind.MENU, "", "other", "gateway"),
        (RouteKind.AGENT_BINDING, "ask", "thinker", "gateway"),
        (RouteKind.AGENT_BINDING, "opencode", "gateway/writer", "unknown"),
    ]
    assert all(route.effective for route in routes)


def test_a_choice_is_called_where_the_settings_of_its_provider_say(routes_of: RoutesOf) -> None:
    models = [{"name": "writer", "capabilities": {"chat_completions": False}}, {"name": "other"}]
    gateway = {"api_url": "https://gateway.example.com/v1", "available_models": models}
    settings = {
        "agent": {"default_model": choice("writer"), "subagent_model": choice("other")},
        "language_models": {"openai_compatible": {"gateway": gateway}},
    }
    routes = routes_of(USER, json.dumps(settings))
    assert [(r.kind, r.model.raw, r.family, r.chosen_family.source) for r in routes] == [
        (RouteKind.TOOL_DEFAULT, "writer", Family.RESPONSES, FamilySource.DECLARED),
        (RouteKind.TOOL_DEFAULT, "other", Family.CHAT_COMPLETIONS, FamilySource.DRIVER),
        (RouteKind.DEPLOYMENT, "writer", Family.RESPONSES, FamilySource.DECLARED),
        (RouteKind.DEPLOYMENT, "other", Family.CHAT_COMPLETIONS, FamilySource.DRIVER),
    ]
    assert {r.base_url.raw for r in routes} == {"https://gateway.example.com/v1"}
    assert {r.url_shape.form for r in routes} == {"versioned"}


@pytest.mark.parametrize(
    ("key", "model", "provider", "family"),
    [
        ("anthropic", {}, "anthropic", Family.ANTHROPIC_MESSAGES),
        ("google", {}, "google", Family.GEMINI_GENERATE_CONTENT),
        ("openai", {}, "openai", Family.AUTO),
        ("bedrock", {}, "bedrock", Family.BEDROCK_CONVERSE),
        ("x_ai", {}, "xai", None),
        ("open_router", {}, "openrouter", None),
        ("opencode", {"protocol": "openai_responses"}, "opencode", Family.RESPONSES),
        ("opencode", {"protocol": "anthropic"}, "opencode", Family.ANTHROPIC_MESSAGES),
    ],
)
def test_the_families_of_zed_s_providers(
    routes_of: RoutesOf, key: str, model: dict[str, str], provider: str, family: Family | None
) -> None:
    models = [{"name": "writer", "max_tokens": 1000, **model}]
    text = json.dumps({"language_models": {key: {"available_models": models}}})
    (route,) = routes_of(USER, text)
    assert (route.kind, route.provider.raw, route.family) == (
        RouteKind.DEPLOYMENT,
        provider,
        family,
    )


def test_a_choice_of_bedrock_finds_its_settings_under_another_key(routes_of: RoutesOf) -> None:
    settings = {
        "agent": {"default_model": choice("writer", "amazon-bedrock")},
        "language_models": {"bedrock": {"endpoint_url": "https://bedrock.example.com"}},
    }
    chosen, provided = routes_of(USER, json.dumps(settings))
    assert chosen.base_url.raw == provided.base_url.raw == "https://bedrock.example.com"
    assert chosen.family is Family.BEDROCK_CONVERSE


def test_older_settings_call_the_agent_an_assistant(routes_of: RoutesOf) -> None:
    (route,) = routes_of(USER, json.dumps({"assistant": {"default_model": choice("writer")}}))
    assert route.pointer == ("assistant", "default_model")


@pytest.mark.parametrize(
    ("predictions", "models"),
    [
        ({"provider": "codestral", "codestral": {"model": "writer"}}, ["writer"]),
        ({"ollama": {"model": "writer", "api_url": "http://localhost:11434"}}, ["writer"]),
        ({"provider": "copilot", "ollama": {"model": "writer"}}, []),
        ({"provider": "zed"}, []),
    ],
)
def test_predictions_have_a_model_where_their_provider_is_chosen(
    routes_of: RoutesOf, predictions: dict[str, object], models: list[str]
) -> None:
    routes = routes_of(PROJECT, json.dumps({"edit_predictions": predictions}))
    assert [route.model.raw for route in routes] == models
    assert all(route.effective for route in routes)


def test_a_project_chooses_no_model_and_each_key_is_told_once(routes_of: RoutesOf) -> None:
    agent = {"default_model": choice("writer"), "inline_assistant_model": choice("small")}
    models = {"anthropic": {"available_models": [{"name": "a"}, {"name": "b"}]}}
    routes = routes_of(PROJECT, json.dumps({"agent": agent, "language_models": models}))
    assert not any(route.effective for route in routes)
    assert [route.dead.is_first for route in routes] == [True, False, True, False]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        (USER, {}),
        ("zed/settings.json", {}),
        ("home/.zed/settings.json", {}),
        (PROJECT, {"theme": "One Dark"}),
        (PROJECT, {"buffer_font_size": 14}),
    ],
)
def test_a_copy_of_a_user_s_settings_is_followed(
    routes_of: RoutesOf, path: str, more: dict[str, object]
) -> None:
    (route,) = routes_of(path, json.dumps({"agent": {"default_model": choice("writer")}, **more}))
    assert route.effective


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '// Folder-specific settings\n{\n  "tab_size": 2,\n  "format_on_save": "on",\n}\n',
        '{"agent": {"default_profile": "ask", "profiles": {"ask": {"tools": {"fetch": true}}}}}',
        '{"context_servers": {"docs": {"command": "docs", "env": {"OPENAI_MODEL": "gpt-5.4"}}}}',
        '{"language_models": {"ollama": {"auto_discover": true}}, "agent_servers": {"a": {}}}',
        '{"agent": {"default_model": "writer"}, "assistant": {"version": "2"}}',
    ],
)
def test_settings_that_choose_no_model_give_no_route(routes_of: RoutesOf, text: str) -> None:
    assert routes_of(USER, text) == ()
    assert routes_of(PROJECT, text) == ()


def test_only_files_of_zed_are_read(routes_of: RoutesOf) -> None:
    text = json.dumps({"agent": {"default_model": choice("writer")}})
    assert routes_of("config/settings.json", text) == ()
