"""Settings of a team's own that name a model and the endpoint family beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
PAIR = "model: gpt-5.5-pro, endpoint_family: chat_completions"


@pytest.mark.parametrize(
    ("path", "text", "pointer"),
    [
        ("config/agents.yaml", f"agents: {{critic: {{{PAIR}}}}}\n", "agents/critic"),
        ("config/app.yaml", f"llm: {{lanes: [{{id: critic, {PAIR}}}]}}\n", "llm/lanes/0"),
        ("config/app.yaml", f"routes:\n- {{task: critic, {PAIR}}}\n", "routes/0"),
        ("config/app.yaml", PAIR.replace(", ", "\n") + "\n", "endpoint_family"),
        ("agents.json", '[{"modelId": "gpt-5.5-pro", "endpointFamily": "chat"}]', "0"),
        (
            "agents.toml",
            '[roles.critic]\nmodel_id = "gpt-5.5-pro"\nendpoint-family = "chat"\n',
            "roles/critic",
        ),
        (
            "routes.yaml",
            f"routes: {{a: {{model: gpt-5.4, endpoint_family: chat, fallback: {{{PAIR}}}}}}}\n",
            "routes/a/fallback",
        ),
    ],
)
def test_a_model_beside_its_family_is_a_setting(
    routes_of: RoutesOf, path: str, text: str, pointer: str
) -> None:
    (route,) = (route for route in routes_of(path, text) if route.kind is RouteKind.SETTING)
    assert ("/".join(route.pointer), route.model.raw) == (pointer, "gpt-5.5-pro")
    assert (route.family, route.chosen_family.source) == (
        Family.CHAT_COMPLETIONS,
        FamilySource.DECLARED,
    )
    assert not route.alias.given
    assert not route.role.given


def test_it_is_one_in_a_sample_too(routes_of: RoutesOf) -> None:
    (route,) = routes_of("AGENTS.md", f"# A\n\n```yaml\nagents: {{critic: {{{PAIR}}}}}\n```\n")
    assert (route.kind, route.scope) == (RouteKind.SETTING, RouteScope.EXAMPLE)


def test_a_route_of_a_table_is_read_once(routes_of: RoutesOf) -> None:
    (route,) = routes_of("routes.yaml", f"routes: {{critic: {{{PAIR}}}}}\n")
    assert route.kind is RouteKind.TABLE


AGENTS = f"agents: {{critic: {{{PAIR}}}}}\n"


@pytest.mark.parametrize(
    ("path", "text", "part", "instead"),
    [
        ("a.yaml", AGENTS, "gpt-5.5-pro", "review-fast"),
        ("a.yaml", AGENTS, "chat_completions", "ipv4"),
        ("a.yaml", AGENTS, "chat_completions", "auto"),
        ("a.yaml", AGENTS, "chat_completions", "'${FAMILY}'"),
        ("a.yaml", AGENTS, ", endpoint_family: chat_completions}}", "}}\nendpoint_family: chat"),
        ("a.yaml", AGENTS, "}}", ", status: 404}}"),
        ("a.yaml", AGENTS, "}}", ", expected_error: true}}"),
        ("a.yaml", AGENTS, "}}", ", enabled: false}}"),
        ("a.yaml", AGENTS, "}}", ", replaced_by: gpt-5.4}}"),
        ("a.yaml", f"agents: [{{{PAIR}}}]\n", "agents", "smoke_tests"),
        ("a.yaml", f"agents: [{{{PAIR}}}]\n", "agents", "forbidden"),
        ("a.yaml", f"agents: [{{{PAIR}}}]\n", "agents", "results"),
        ("a.yaml", f"agent: {{{PAIR}}}\n", "agent", "previous"),
        ("a.yaml", AGENTS, "agents", "run_id: 7\nagents"),
        ("config/a.yaml", AGENTS, "config/", "logs/"),
        ("a.yaml", f"services: {{a: {{build: ., {PAIR}}}}}\n", "a.yaml", "compose.yaml"),
        (
            "config.yaml",
            "agents: [{params: {model: openai/gpt-5.5-pro, endpoint_family: chat}}]\n",
            "agents: [{params",
            "model_list: [{litellm_params",
        ),
    ],
)
def test_what_chooses_nothing_is_none(
    routes_of: RoutesOf, path: str, text: str, part: str, instead: str
) -> None:
    """Each beside what it differs from in one part, and which is one."""
    assert part in path + text
    other = (path.replace(part, instead), text.replace(part, instead))
    assert settings(routes_of(path, text))
    assert settings(routes_of(*other)) == []


def settings(routes: tuple[Route, ...]) -> list[Route]:
    return [route for route in routes if route.kind is RouteKind.SETTING]


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        (f"agents: {{critic: {{{PAIR}}}}}\n", ""),
        (f"agents: {{critic: {{provider: azure, {PAIR}}}}}\n", "azure"),
        (f"provider: azure\nagents: {{critic: {{{PAIR}}}}}\n", "azure"),
        (f"agents: {{critic: {{base_url: 'https://api.openai.com/v1', {PAIR}}}}}\n", "openai"),
        (
            f"base_url: https://openrouter.ai/v1\nagents: {{a: {{provider: openai, {PAIR}}}}}\n",
            "openrouter",
        ),
        (f"gateway: {{url: 'http://localhost:4000'}}\nagents: {{critic: {{{PAIR}}}}}\n", "unknown"),
        (f"gateway: litellm\nagents: {{critic: {{{PAIR}}}}}\n", "litellm_proxy"),
        (f"openai: {{url: 'https://api.openai.com'}}\nagents: {{critic: {{{PAIR}}}}}\n", ""),
    ],
)
def test_any_other_host_may_answer(routes_of: RoutesOf, text: str, provider: str) -> None:
    (route,) = routes_of("config/agents.yaml", text)
    assert route.provider.raw == provider
