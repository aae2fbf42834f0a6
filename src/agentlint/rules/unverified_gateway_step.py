from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.pipelines.agent_steps import is_agent_step
from agentlint.facts.project import Project
from agentlint.facts.route import Route
from agentlint.facts.workflow import WorkflowStep
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern

_GATEWAY = Pattern(
    r"(?:\w{1,80}_)?(?:GATEWAY\w{0,40}|BASE_URL|API_BASE|responses-api-endpoint)", re.IGNORECASE
)
_VERIFIES = Pattern(
    r"\b(?:curl|wget|httpie|smoke|verif(?:y|ies)|health|preflight|reachab)", re.IGNORECASE
)
_CHECKS_GATEWAY = Pattern(
    r"gateway[\w -]{0,40}(?:check|smoke|verif|approv)|smoke|model.candidate", re.IGNORECASE
)
# Patterns of one workflow, each compared with every route table of the repository.
_MAX_COMPARED = 20_000


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    tables = [file.path for file in project.files if any(r.in_table for r in file.of(Route))]
    for file in project.files:
        steps = [step for step in file.of(WorkflowStep) if not step.in_test]
        yield from _unverified(steps, ctx)
        yield from _untriggered(file, steps, tables, ctx)


def _unverified(steps: Sequence[WorkflowStep], ctx: Context) -> Iterator[Finding]:
    """Agents behind a gateway that no step of the workflow asked for a sign of life before."""
    verifying = [index for index, step in enumerate(steps) if _verifies(step)]
    jobs = {steps[index].job for index in verifying}
    first = next((index for index in verifying if not is_agent_step(steps[index])), len(steps))
    for index, step in enumerate(steps):
        if not is_agent_step(step) or not _uses_gateway(step):
            continue
        if index <= first and jobs <= {step.job}:
            yield ctx.finding(
                step.path,
                step.uses.span or step.name.span or step.span,
                f"the agent in job `{step.job}` calls a gateway that no step before it verified",
                help="send one small request to the gateway first, and stop where it fails",
                subject=f"{step.job}: unverified",
            )


def _uses_gateway(step: WorkflowStep) -> bool:
    return any(_GATEWAY.fullmatch(s.name.value) for s in (*step.env, *step.inputs))


def _verifies(step: WorkflowStep) -> bool:
    words = (step.name.raw, step.action, step.run.value if step.run else "")
    return any(_VERIFIES.search(text) for text in words)


def _untriggered(
    file: FileFacts, steps: Sequence[WorkflowStep], tables: Sequence[str], ctx: Context
) -> Iterator[Finding]:
    """A check of the gateway on pull requests that a change of the route table does not start; nothing
    where nobody could compare the two by eye."""
    checking = next((step for step in steps if step.paths and _checks_gateway(step)), None)
    if checking is None or not tables:
        return
    patterns = [pattern.value for pattern in checking.paths]
    if len(patterns) * len(tables) > _MAX_COMPARED:
        return
    if any(_covers(pattern, table) for pattern in patterns for table in tables):
        return
    yield ctx.finding(
        file.path,
        checking.paths[0].span,
        f"a pull request that changes `{tables[0]}` does not run this check of the gateway",
        help="add the route table to `paths`",
        subject="paths",
    )


def _checks_gateway(step: WorkflowStep) -> bool:
    texts = (step.name.raw, step.run.value if step.run else "")
    return any(_CHECKS_GATEWAY.search(text) for text in texts)


def _covers(pattern: str, path: str) -> bool:
    """Whether a filter may match a path; stars are read generously, so that doubt is silent."""
    whole = f"{pattern}*" if pattern.endswith("/") else pattern
    return not pattern.startswith("!") and fnmatchcase(path, whole.replace("**/", "*"))
