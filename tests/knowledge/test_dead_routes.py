"""The table of keys that readers do not act on."""

from __future__ import annotations

import pytest

from agentlint.knowledge.data import rows
from agentlint.knowledge.dead_routes import Disregard, dead_key
from agentlint.knowledge.formats import find_format


@pytest.mark.parametrize("row", rows("dead_routes", "dead"), ids=lambda row: row["id"])
def test_every_row_says_why_and_what_to_do(row: dict[str, str]) -> None:
    key = dead_key(row["id"])
    assert key.reason
    assert key.remedy
    assert find_format(row["format"]) is not None


def test_what_a_reader_does_with_a_key() -> None:
    assert dead_key("codex-wire-api").how is Disregard.REFUSED
    assert dead_key("codex-project-key").how is Disregard.IGNORED
    assert dead_key("claude-code-router-file").how is Disregard.SUPERSEDED
    with pytest.raises(KeyError):
        dead_key("no-such-row")
