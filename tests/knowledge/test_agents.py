"""The table of coding agents: sourced, and in the words that workflows are compared with."""

from __future__ import annotations

from agentlint.knowledge.data import rows
from agentlint.knowledge.formats import reader_of


def test_every_action_has_an_agent_a_source_and_a_day() -> None:
    for row in rows("agents", "action"):
        assert row["source"].startswith("https://")
        assert row["verified_on"] > "2026"
        assert reader_of(row["agent"]) is not None, row["agent"]


def test_the_actions_are_spelled_as_they_are_looked_up_and_stand_there_once() -> None:
    names = [name for row in rows("agents", "action") for name in row["names"]]
    assert names == [name.lower() for name in names]
    assert len(names) == len(set(names))
    assert not any("@" in name for name in names)
