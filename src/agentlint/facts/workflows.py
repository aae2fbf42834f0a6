"""The steps of GitHub workflows and composite actions.

The text of `on` stays a key of that name: GitHub reads YAML 1.2, in which it is no boolean.
Keys: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.redaction import redact
from agentlint.facts.setting import Setting, settings
from agentlint.facts.source import Source
from agentlint.facts.tree import at, entries, mapping_items, name_of, scalars, value_at
from agentlint.facts.values import Located
from agentlint.facts.workflow import Permissions, WorkflowStep

WORKFLOW, ACTION = "github-workflow", "github-action"
_PULL_REQUESTS = ("pull_request", "pull_request_target")
_EVERY = ("read-all", "write-all")


class StepNode(Struct, frozen=True):
    """A step, and the tree that it was read from."""

    step: WorkflowStep
    node: Mapping


def workflow_steps(root: Node, source: Source) -> Iterator[WorkflowStep]:
    """Each step of a workflow or composite action, in order; none of any other file."""
    return (found.step for found in step_nodes(root, source))


def step_nodes(root: Node, source: Source) -> Iterator[StepNode]:
    """As `workflow_steps`, with the mapping of each step."""
    if not isinstance(root, Mapping):
        return
    if source.format == WORKFLOW:
        around = _Around(root, source)
        for entry in entries(root, "jobs"):
            if isinstance(entry.value, Mapping):
                yield from _job_steps(entry.key.text, entry.value, around)
    elif source.format == ACTION:
        yield from _steps(_Around(root, source), "", at(root, "runs"), ("runs",))


class _Around(Struct, frozen=True):
    """What a file says for all of its steps."""

    root: Mapping
    source: Source

    @property
    def triggers(self) -> tuple[Located[str], ...]:
        events = self.root.get("on")
        if isinstance(events, Mapping):
            return tuple(Located(entry.key.text, entry.key.span) for entry in events.entries)
        return tuple(Located(scalar.text, scalar.span) for scalar in scalars(events))

    @property
    def paths(self) -> tuple[Located[str], ...]:
        found = (at(self.root, "on", event, "paths") for event in _PULL_REQUESTS)
        return tuple(Located(s.text, s.span) for node in found for s in scalars(node))


def _job_steps(job_id: str, job: Mapping, around: _Around) -> Iterator[StepNode]:
    pointer = ("jobs", job_id)
    if "uses" in job:
        yield _step(around, job_id, job, job, pointer)
    yield from _steps(around, job_id, job, pointer)


def _steps(
    around: _Around, job_id: str, job: Node | None, pointer: tuple[str, ...]
) -> Iterator[StepNode]:
    for index, step in mapping_items(job, "steps"):
        yield _step(around, job_id, job, step, (*pointer, "steps", index))


def _step(
    around: _Around, job_id: str, job: Node | None, node: Mapping, pointer: tuple[str, ...]
) -> StepNode:
    uses = value_at(node, "uses")
    action, _, ref = uses.raw.partition("@")
    run = node.get("run")
    env = (around.root, job, node) if job is not node else (around.root, node)
    step = WorkflowStep(
        path=around.source.path,
        span=node.span,
        pointer=pointer,
        job=job_id,
        name=name_of(node.get("name") or node.get("id")),
        action=action.strip(),
        ref=ref.strip(),
        uses=uses,
        inputs=settings(node.get("with")),
        env=_innermost(tuple(s for level in env for s in settings(at(level, "env")))),
        run=Located(redact(run.text), run.span) if isinstance(run, Scalar) else None,
        permissions=_permissions(around.root, job),
        triggers=around.triggers,
        paths=around.paths,
        in_test=around.source.in_test,
    )
    return StepNode(step, node)


def _innermost(variables: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """Of variables with one name the last, in the order of the text."""
    return tuple({variable.name.value: variable for variable in variables}.values())


def _permissions(root: Mapping, job: Node | None) -> Permissions:
    node = at(job, "permissions") or root.get("permissions")
    match node:
        case Scalar(text=every) if every in _EVERY:
            return Permissions(node.span, every)
        case Mapping() | Sequence():
            return Permissions(node.span, scopes=settings(node))
    return Permissions()
