from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from agentlint.facts.pipelines.agent_steps import is_agent_step
from agentlint.facts.project import Project
from agentlint.facts.workflow import WorkflowStep
from agentlint.findings import Finding, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

# What an agent that reads code and answers on an issue or pull request has no use for.
_PUBLISHING = frozenset({"attestations", "deployments", "packages", "pages"})
_PREPARING = ("actions/checkout", "actions/setup-", "actions/cache", "actions/upload-artifact")


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    judged: set[tuple[str, Span]] = set()
    jobs: defaultdict[tuple[str, str], list[WorkflowStep]] = defaultdict(list)
    for step in project.all(WorkflowStep):
        jobs[step.path, step.job].append(step)
    granted: set[tuple[str, str, Span | None]] = set()
    for step in project.all(WorkflowStep):
        if step.in_test or not step.job or not is_agent_step(step):
            continue
        job = (step.path, step.job, step.permissions.span)
        if step.permissions.span is not None and job in granted:
            continue
        granted.add(job)
        for finding in _findings(step, jobs[step.path, step.job], ctx):
            place = (step.path, finding.location.span)
            if place not in judged:
                judged.add(place)
                yield finding


def _findings(step: WorkflowStep, job: list[WorkflowStep], ctx: Context) -> Iterator[Finding]:
    granted = step.permissions
    if granted.span is None:
        if ctx.strict:
            yield _unsaid(step, ctx)
        return
    if granted.every == "write-all":
        yield ctx.finding(
            step.path,
            granted.span,
            f"the agent in job `{step.job}` runs with `write-all`",
            help="grant what the job uses one by one, such as `contents: read` and "
            "`pull-requests: write`",
            subject=f"{step.job}: write-all",
        )
    published = [
        scope
        for scope in granted.scopes
        if scope.name.value in _PUBLISHING and scope.value.raw == "write"
    ]
    if published and _has_no_other_use(job):
        for scope in published:
            name = scope.name.value
            yield ctx.finding(
                step.path,
                scope.name.span,
                f"the agent in job `{step.job}` may write {name}, which nothing in the job uses",
                help="take the permission out, or publish in a job of its own",
                subject=f"{step.job}: {name}",
            )


def _unsaid(step: WorkflowStep, ctx: Context) -> Finding:
    return ctx.finding(
        step.path,
        step.uses.span or step.span,
        f"job `{step.job}` runs an agent and sets no `permissions`, so the repository's default "
        "applies",
        severity=Severity.INFO,
        help="write `permissions:` with what the job uses",
        subject=f"{step.job}: unsaid",
    )


def _has_no_other_use(job: list[WorkflowStep]) -> bool:
    """Whether the job does nothing but run agents and prepare for that."""
    return all(is_agent_step(step) or step.action.startswith(_PREPARING) for step in job)
