"""Where workflows send the calls of PR-Agent: its `.pr_agent.toml` often names the models alone."""

from __future__ import annotations

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.tree import SOMEONE
from agentlint.facts.workflow import WorkflowStep

_ITSELF = "pr-agent"
_SOMEONE = SOMEONE.literal or ""
# By the variable that is set: with each of these another host gets all models, whatever their names.
# https://github.com/qodo-ai/pr-agent/blob/0e37fc84fcc8/pr_agent/algo/ai_handlers/litellm_ai_handler.py
_HOSTS = {
    "openai.api_type": "azure",
    "azure_ad.client_id": "azure",
    "openrouter.key": "openrouter",
    "openai.api_base": _SOMEONE,
    "ollama.api_base": _SOMEONE,
    "huggingface.api_base": _SOMEONE,
    "openai_api_base": _SOMEONE,
    "openai_base_url": _SOMEONE,
}


def host_by_workflows(route: Route, project: Project) -> str | None:
    """The host that a workflow gives PR-Agent for a route of its config; None where none does, and where
    the config says so itself."""
    if route.kind is not RouteKind.TOOL_DEFAULT:
        return None
    if route.provider.given or route.base_url.given:
        return None
    return next(iter(project.once(_hosts)), None)


def _hosts(project: Project) -> tuple[str, ...]:
    """The hosts that steps which run PR-Agent are told, in their order."""
    return tuple(
        _HOSTS[variable]
        for step in project.everywhere(WorkflowStep)
        if _ITSELF in step.action.lower()
        for setting in step.env
        if (variable := setting.name.value.lower().replace("__", ".")) in _HOSTS
    )
