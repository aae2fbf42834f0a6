"""Which workflow steps hand the job to a coding agent: everything in their reach is in the agent's.

The actions are those that their own documentation gives for automation:
https://github.com/anthropics/claude-code-action, https://github.com/openai/codex-action,
https://github.com/anthropics/claude-code-security-review,
https://github.com/google-github-actions/run-gemini-cli.
"""

from __future__ import annotations

from agentlint.facts.agent_commands import agent_commands
from agentlint.facts.workflow import WorkflowStep

_ACTIONS = frozenset(
    {
        "anthropics/claude-code-action",
        "anthropics/claude-code-action/base-action",
        "anthropics/claude-code-base-action",
        "anthropics/claude-code-security-review",
        "openai/codex-action",
        "google-github-actions/run-gemini-cli",
        "google-gemini/gemini-cli-action",
        "sst/opencode/github",
        "anomalyco/opencode/github",
    }
)


def is_agent_step(step: WorkflowStep) -> bool:
    """Whether a step starts a coding agent, through its action or from a script."""
    if step.action.lower() in _ACTIONS:
        return True
    return step.run is not None and any(agent_commands(step.run.value))
