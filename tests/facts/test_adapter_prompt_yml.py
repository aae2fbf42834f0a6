"""GitHub Models prompts: the one model that a prompt is meant for."""

from __future__ import annotations

from collections.abc import Callable

from agentlint.facts.route import Route, RouteKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_a_prompt_binds_its_model(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        ".github/prompts/triage.prompt.yml",
        """
        name: Triage
        messages:
          - role: user
            content: "{{input}}"
        model: openai/gpt-5.4-mini
        """,
    )
    assert (route.kind, route.role.raw, route.model.raw) == (
        RouteKind.AGENT_BINDING,
        "Triage",
        "openai/gpt-5.4-mini",
    )
    assert route.family is Family.CHAT_COMPLETIONS


def test_other_yaml_is_no_prompt(routes_of: RoutesOf) -> None:
    text = "messages: [{role: user, content: hi}]\nmodel: openai/gpt-5.4\n"
    assert routes_of("config.yml", text) == ()
    assert routes_of("triage.prompt.yml", "model: openai/gpt-5.4\n") == ()
