"""The table of coding agents, in the words that workflows are compared with."""

from __future__ import annotations

import pytest

from agentlint.facts.tree import plain_key
from agentlint.knowledge.agents import (
    Upstream,
    format_of_action,
    host_variables,
    is_agent_action,
    program_named,
    programs,
)
from agentlint.knowledge.data import rows, words
from agentlint.knowledge.formats import find_format, reader_of
from agentlint.knowledge.providers import provider_named

CLAUDE = program_named("claude")
ACTIONS = (*rows("agents", "action"), *rows("agents", "caller"))


def test_every_action_has_an_agent_and_inputs_that_are_known() -> None:
    assert all(reader_of(row["agent"]) for row in rows("agents", "action"))
    assert all(find_format(row["format"]) for row in ACTIONS)


def test_the_actions_are_spelled_as_they_are_looked_up_and_stand_there_once() -> None:
    names = [name for row in ACTIONS for name in row["names"]]
    assert names == [name.lower() for name in names]
    assert len(names) == len(set(names))
    assert not any("@" in name for name in names)


def test_an_action_that_asks_a_model_is_no_agent() -> None:
    assert is_agent_action("openai/codex-action")
    assert not is_agent_action("actions/ai-inference")
    assert format_of_action("actions/ai-inference") == "ai-inference"
    assert format_of_action("actions/checkout") == ""


def test_a_program_is_known_by_its_name_and_its_packages() -> None:
    assert program_named("@anthropic-ai/claude-code") is CLAUDE
    assert {program.name for program in programs()} >= {
        row["program"] for row in rows("agents", "upstream")
    }
    assert all(find_format(program.format) for program in programs())


def test_every_upstream_is_a_provider_that_something_chooses() -> None:
    for program in programs():
        for upstream in program.upstreams:
            assert provider_named(upstream.provider), upstream
            assert upstream.switch or upstream.options, upstream
            assert bool(upstream.switch) is bool(upstream.on), upstream
    assert all("family" in row for row in rows("agents", "upstream"))
    assert host_variables() >= {"ANTHROPIC_BASE_URL", "CLAUDE_CODE_USE_BEDROCK"}


@pytest.mark.parametrize("value", ["1", "true", "TRUE", " yes ", "on"])
def test_a_switch_is_on(value: str) -> None:
    assert called(value) == "bedrock"


@pytest.mark.parametrize("value", ["", "0", "false", "no", "off", "2", "${BEDROCK}"])
def test_a_switch_is_off(value: str) -> None:
    assert called(value) == "anthropic"


def test_a_switch_that_only_a_run_can_tell_leaves_open_who_is_called() -> None:
    assert called(None) is None


def called(bedrock: str | None) -> str | None:
    def switch(upstream: Upstream) -> str | None:
        return bedrock if upstream.switch == "CLAUDE_CODE_USE_BEDROCK" else ""

    upstream = CLAUDE.upstream(switch)
    return upstream.provider if upstream else None


def test_agents_are_named_as_the_words_of_tables_are_compared() -> None:
    names = words("agents", "tasks", "names")
    assert names == tuple(plain_key(name) for name in names)
    assert len(names) == len(set(names))
