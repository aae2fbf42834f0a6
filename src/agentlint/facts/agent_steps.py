"""Which workflow steps hand the job to a coding agent: everything in their reach is in the agent's."""

from __future__ import annotations

from functools import cache

from agentlint.facts.agent_commands import agent_commands
from agentlint.facts.workflow import WorkflowStep
from agentlint.knowledge.data import rows


def is_agent_step(step: WorkflowStep) -> bool:
    """Whether a step starts a coding agent, through its action or from a script."""
    if step.action.lower() in _actions():
        return True
    return step.run is not None and any(agent_commands(step.run.value))


@cache
def _actions() -> frozenset[str]:
    return frozenset(name for row in rows("agents", "action") for name in row["names"])
