"""Which workflow steps hand the job to a coding agent: everything in their reach is in the agent's.

The actions and commands are those that their own documentation gives for automation:
https://github.com/anthropics/claude-code-action, https://github.com/openai/codex-action,
https://github.com/google-github-actions/run-gemini-cli, https://code.claude.com/docs/en/headless,
https://developers.openai.com/codex/noninteractive, https://opencode.ai/docs/cli/.
"""

from __future__ import annotations

import re

from agentlint.facts.workflow import WorkflowStep
from agentlint.text import Pattern

_ACTIONS = frozenset(
    {
        "anthropics/claude-code-action",
        "anthropics/claude-code-action/base-action",
        "anthropics/claude-code-base-action",
        "openai/codex-action",
        "google-github-actions/run-gemini-cli",
        "google-gemini/gemini-cli-action",
        "sst/opencode/github",
        "anomalyco/opencode/github",
    }
)
_COMMAND = Pattern(
    r"(?:^|[;&|]|\$\()[ \t]{0,40}(?:(?:npx|bunx|timeout)(?:[ \t]{1,4}[\w@/.-]{1,60}){0,3}?[ \t]{1,4})?"
    r"(?:claude[ \t]{1,4}(?:[^\n]{0,400}[ \t])?(?:-p|--print)\b|codex[ \t]{1,4}exec\b"
    r"|gemini[ \t]{1,4}(?:[^\n]{0,400}[ \t])?(?:-p|--prompt)\b|opencode[ \t]{1,4}run\b)",
    re.MULTILINE,
)


def is_agent_step(step: WorkflowStep) -> bool:
    """Whether a step starts a coding agent, through its action or from a script."""
    if step.action.lower() in _ACTIONS:
        return True
    return step.run is not None and _COMMAND.search(step.run.value) is not None
