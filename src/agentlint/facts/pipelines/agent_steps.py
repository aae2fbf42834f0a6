"""Which workflow steps hand the job to a coding agent: everything in their reach is in the agent's."""

from __future__ import annotations

from agentlint.facts.pipelines.agent_commands import agent_commands
from agentlint.facts.workflow import WorkflowStep
from agentlint.knowledge.agents import is_agent_action


def is_agent_step(step: WorkflowStep) -> bool:
    """Whether a step starts a coding agent, through its action or from a script."""
    if is_agent_action(step.action.lower()):
        return True
    return step.run is not None and any(agent_commands(step.run.value))
