"""Which steps of a workflow start a coding agent."""

from __future__ import annotations

import pytest

from agentlint.facts.pipelines.agent_steps import is_agent_step
from agentlint.facts.values.value import Located
from agentlint.facts.workflow import WorkflowStep
from agentlint.text import Span


def step(action: str = "", run: str | None = None) -> WorkflowStep:
    script = Located(run, Span(0, len(run))) if run is not None else None
    return WorkflowStep(".github/workflows/a.yml", Span(0, 1), (), action=action, run=script)


@pytest.mark.parametrize(
    "action",
    [
        "anthropics/claude-code-action",
        "anthropics/claude-code-security-review",
        "openai/codex-action",
    ],
)
def test_an_action_that_runs_an_agent(action: str) -> None:
    assert is_agent_step(step(action=action))


@pytest.mark.parametrize(
    "run",
    [
        'claude -p "Review the diff."',
        "npm ci\nclaude --model review-deep --print 'x'",
        "npx codex exec --full-auto 'x'",
        "answer=$(gemini -p 'x')",
        "cat diff | opencode run 'x'",
        "copilot -p 'x' --allow-all-tools",
        "pip install aider-chat\naider --yes --message-file task.txt",
    ],
)
def test_a_script_that_runs_an_agent(run: str) -> None:
    assert is_agent_step(step(run=run))


@pytest.mark.parametrize(
    "run",
    [
        "npm install -g @anthropic-ai/claude-code",
        "claude --version",
        "echo 'run claude -p yourself'",
        "codex login",
        "mkdir -p claude",
        "goose postgres $DSN up",
        "copilot svc deploy --name api --env test",
    ],
)
def test_a_script_that_runs_none(run: str) -> None:
    assert not is_agent_step(step(run=run))


def test_an_action_that_runs_none() -> None:
    assert not is_agent_step(step(action="actions/checkout"))
