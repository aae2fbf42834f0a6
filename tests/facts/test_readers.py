"""Which two instruction files a documented tool reads together."""

from __future__ import annotations

import pytest

from agentlint.facts.tools.shared_readers import shared_reader


@pytest.mark.parametrize(
    ("one", "other", "tool", "has_winner"),
    [
        (("AGENTS.md", "agents-md"), (".github/copilot-instructions.md", "copilot-instructions"),
         "GitHub Copilot", False),
        (("CLAUDE.md", "claude-md"), (".claude/rules/models.md", "claude-rules"), "Claude", False),
        (("CLAUDE.md", "claude-md"), ("app/CLAUDE.md", "claude-md"), "Claude", False),
        ((".claude/CLAUDE.md", "claude-md"), ("CLAUDE.md", "claude-md"), "Claude", False),
        (("GEMINI.md", "gemini-md"), ("app/GEMINI.md", "gemini-md"), "Gemini", False),
        (("AGENTS.md", "agents-md"), ("app/api/AGENTS.md", "agents-md"), "Codex", True),
    ],
)  # fmt: skip
def test_files_that_one_tool_reads(
    one: tuple[str, str], other: tuple[str, str], tool: str, has_winner: bool
) -> None:
    for pair in ((one, other), (other, one)):
        reader = shared_reader(*pair)
        assert reader is not None
        assert reader.precedence.startswith(tool)
        assert reader.has_winner is has_winner


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("AGENTS.md", "agents-md"), ("CLAUDE.md", "claude-md")),
        (("app/AGENTS.md", "agents-md"), ("web/AGENTS.md", "agents-md")),
        (("app/AGENTS.md", "agents-md"), ("application/AGENTS.md", "agents-md")),
        (("AGENTS.md", "agents-md"), ("AGENTS.override.md", "agents-md")),
        (
            ("app/AGENTS.md", "agents-md"),
            (".github/copilot-instructions.md", "copilot-instructions"),
        ),
        ((".claude/agents/a.md", "agent-definition"), (".claude/agents/b.md", "agent-definition")),
    ],
)
def test_files_that_no_tool_reads_together(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert shared_reader(one, other) is None
    assert shared_reader(other, one) is None
