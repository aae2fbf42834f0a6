"""Codex: models and providers, and which of them a repository's copy may set."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.dead_routes import Disregard
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
IN_REPOSITORY = ".codex/config.toml"
OF_A_USER = "dotfiles/.codex/config.toml"
ONE_PROVIDER = 'model = "gpt-5.4"\nmodel_provider = "openai"\n'
GATEWAY = """\
model = "gpt-5.4"
review_model = "gpt-5.4-mini"
model_provider = "gateway"

[agents]
default_subagent_model = "gpt-5.4-nano"

[model_providers.gateway]
name = "Gateway"
base_url = "https://gateway.example.com/v1"
env_key = "GATEWAY_KEY"
wire_api = "responses"
http_headers = { "X-Team" = "docs" }
env_http_headers = { "X-User" = "USER_HEADER" }
"""


def test_models_go_to_the_chosen_provider(routes_of: RoutesOf) -> None:
    *models, provider = routes_of(OF_A_USER, GATEWAY)
    assert [(route.pointer, route.model.raw) for route in models] == [
        (("model",), "gpt-5.4"),
        (("review_model",), "gpt-5.4-mini"),
        (("agents", "default_subagent_model"), "gpt-5.4-nano"),
    ]
    for route in models:
        assert (route.kind, route.family) == (RouteKind.TOOL_DEFAULT, Family.RESPONSES)
        assert (route.provider.raw, route.base_url.raw) == (
            "gateway",
            "https://gateway.example.com/v1",
        )
    assert (provider.kind, provider.provider.raw) == (RouteKind.DEPLOYMENT, "gateway")
    assert (provider.family_value.raw, provider.chosen_family.source) == (
        "responses",
        FamilySource.DECLARED,
    )
    assert [(c.slot, c.value.kind, c.value.ref) for c in provider.credentials] == [
        ("api_key", ValueKind.ENV_REF, "GATEWAY_KEY"),
        ("header:X-Team", ValueKind.LITERAL, None),
        ("header:X-User", ValueKind.ENV_REF, "USER_HEADER"),
    ]
    assert all(route.effective for route in (*models, provider))


def test_a_repository_may_choose_models_and_no_providers(routes_of: RoutesOf) -> None:
    *models, provider = routes_of(IN_REPOSITORY, GATEWAY)
    assert [(route.effective, route.base_url.raw) for route in models] == [(True, "")] * 3
    assert (provider.effective, provider.dead.key.how) == (False, Disregard.IGNORED)
    assert provider.dead.key.remedy


def test_a_copy_with_a_users_state_is_a_users(routes_of: RoutesOf) -> None:
    text = f'{GATEWAY}\n[projects."/work"]\ntrust_level = "trusted"\n'
    routes = routes_of(IN_REPOSITORY, text)
    assert [route.effective for route in routes] == [True] * 4


@pytest.mark.parametrize(
    ("line", "pointer"),
    [
        ('openai_base_url = "https://gateway.example.com/v1"', "openai_base_url"),
        ('chatgpt_base_url = "https://gateway.example.com"', "chatgpt_base_url"),
        ('model_provider = "gateway"', "model_provider"),
        ('profile = "deep"', "profile"),
    ],
)
def test_root_keys_that_a_repository_may_not_set(
    routes_of: RoutesOf, line: str, pointer: str
) -> None:
    (route,) = routes_of(IN_REPOSITORY, line)
    assert (route.pointer, route.effective) == ((pointer,), False)


@pytest.mark.parametrize(
    ("word", "family"), [("chat", Family.CHAT_COMPLETIONS), ("grpc", Family.UNKNOWN)]
)
def test_codex_stops_at_any_wire_api_but_responses(
    routes_of: RoutesOf, word: str, family: Family
) -> None:
    (route,) = routes_of(
        "setup/codex.toml",
        f"""
        [model_providers.gateway]
        base_url = "https://gateway.example.com/v1"
        wire_api = "{word}"
        """,
    )
    assert (route.family, route.family_value.raw) == (family, word)
    assert (route.effective, route.dead.key.how) == (False, Disregard.REFUSED)


def test_a_provider_that_codex_has_no_more(routes_of: RoutesOf) -> None:
    _, provider = routes_of(OF_A_USER, 'model = "gpt-oss:20b"\nmodel_provider = "ollama-chat"\n')
    assert (provider.pointer, provider.dead.key.how) == (("model_provider",), Disregard.REFUSED)


def test_profiles_are_read_no_more(routes_of: RoutesOf) -> None:
    text = 'profile = "deep"\n[profiles.deep]\nmodel = "gpt-5.4"\nmodel_provider = "gateway"\n'
    (route,) = routes_of(OF_A_USER, text)
    assert (route.role.raw, route.model.raw, route.provider.raw) == ("deep", "gpt-5.4", "gateway")
    assert (route.effective, route.dead.key.how) == (False, Disregard.IGNORED)


def test_a_key_in_the_place_of_a_variables_name_is_not_kept(routes_of: RoutesOf) -> None:
    text = '[model_providers.gateway]\nbase_url = "https://g.example/v1"\nenv_key = "abc-123-def"\n'
    (route,) = routes_of(OF_A_USER, text)
    assert [(c.value.kind, c.value.raw) for c in route.credentials] == [(ValueKind.LITERAL, "")]


def test_an_agent_binds_its_model(routes_of: RoutesOf) -> None:
    (route,) = routes_of(".codex/agents/deep.toml", 'name = "deep"\nmodel = "gpt-5.4"\n')
    assert (route.kind, route.role.raw, route.model.raw) == (
        RouteKind.AGENT_BINDING,
        "deep",
        "gpt-5.4",
    )


def test_a_sample_in_an_instruction_file_is_an_example(routes_of: RoutesOf) -> None:
    sample = GATEWAY.replace("responses", "chat")
    routes = routes_of("AGENTS.md", f"# Setup\n\n```toml\n{sample}```\n")
    assert {route.scope for route in routes} == {RouteScope.EXAMPLE}
    assert [route.pointer for route in routes if not route.effective] == [
        ("model_providers", "gateway")
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (IN_REPOSITORY, ONE_PROVIDER),
        ("dotfiles/codex/config.toml", ONE_PROVIDER),
        ("codex-config.toml", ONE_PROVIDER),
        (".github/codex/home/config.toml", 'model = "gpt-5.4"\n'),
        ("codex/config.toml", 'model = "gpt-5.4"\n[mcp_servers.docs]\ncommand = "docs"\n'),
        ("config.toml", f'{ONE_PROVIDER}model_reasoning_effort = "high"\n'),
        ("config.toml", f"{ONE_PROVIDER}disable_response_storage = true\n"),
        (
            "config.toml",
            f'{ONE_PROVIDER}[model_providers.openai]\nbase_url = "https://g.example/v1"\n',
        ),
    ],
)
def test_a_config_is_known_by_its_name_or_by_what_only_codex_has(
    routes_of: RoutesOf, path: str, text: str
) -> None:
    assert routes_of(path, text)[0].model.raw == "gpt-5.4"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (IN_REPOSITORY, '[mcp_servers.docs]\ncommand = "docs"\n'),
        (IN_REPOSITORY, '[notice.model_migrations]\n"gpt-5.3" = "gpt-5.4"\n'),
        ("app.toml", '[model_providers.api_key]\nsource = "env"\nname = "KEY"\n'),
        ("app.toml", 'model = "gpt-5.4"\n'),
        ("codex/app.toml", 'model = "gpt-5.4"\n'),
        ("config.toml", 'model = "gpt-5.4"\n[mcp_servers.docs]\ncommand = "docs"\n'),
        ("codex/config.toml", '[llm]\nmodel = "gpt-5.4"\n[mcp_servers.docs]\ncommand = "docs"\n'),
        ("settings.toml", ONE_PROVIDER),
        ("codex.yaml", "model: gpt-5.4\nmodel_provider: openai\n"),
        ("codex.yaml", "model: gpt-5.4\nsandbox_mode: workspace-write\n"),
        ("codex.json", '{"model": "gpt-5.4", "approval_policy": "never"}'),
        (
            "codex.yaml",
            "model: gpt-5.4\nmodel_providers: {g: {base_url: https://g.example/v1, env_key: K}}\n",
        ),
        ("codex/agent.json", '{"model": "gpt-5.4", "model_provider": "openai", "temperature": 0}'),
    ],
)
def test_other_tables_hold_no_routes(routes_of: RoutesOf, path: str, text: str) -> None:
    assert routes_of(path, text) == ()
