"""The steps of GitHub workflows and composite actions.

The text of `on` stays a key of that name: GitHub reads YAML 1.2, in which it is no boolean.
Keys: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sized
from functools import cached_property

from msgspec import Struct

from agentlint.documents import Entry, Mapping, Node, Scalar, Sequence
from agentlint.facts.detectors.redaction import redact
from agentlint.facts.pipelines.agent_commands import agent_commands
from agentlint.facts.setting import Setting
from agentlint.facts.source import Source
from agentlint.facts.tree import at, entries, mapping_items, name_of, scalars, value_at
from agentlint.facts.truncation import LeftOut, most_entries
from agentlint.facts.values.value import Located
from agentlint.facts.variables.settings import setting, settings
from agentlint.facts.workflow import Permissions, WorkflowStep
from agentlint.text import Pattern, Span

WORKFLOW, ACTION = "github-workflow", "github-action"
_PULL_REQUESTS = ("pull_request", "pull_request_target")
_SECRET = Pattern(
    r"\$\{\{\s{0,20}secrets\s{0,4}(?:\.|\[\s{0,4}')(?P<name>[\w-]{1,128})(?:'\s{0,4}\])?\s{0,20}\}\}",
    re.IGNORECASE,
)
# `Authorization: Bearer ${{ vars.KEY }}`, `KEY="${{ vars.KEY }}"` and `--api-key ${{ vars.KEY }}`.
_FILLED_IN = Pattern(
    r"(?<![\w-])(?:(?P<name>[a-z_][\w-]{0,80})(?:=|:\s{1,4}(?:bearer\s{1,4})?)"
    r"|--(?P<option>[a-z][\w-]{0,80})(?:=|[ ]{1,4}))[\"']?"
    r"(?P<value>\$\{\{\s{0,20}vars\s{0,4}[.\[][^{}]{1,160}\}\})(?=[\s\"']|$)",
    re.IGNORECASE,
)
_EVERY = ("read-all", "write-all")
_TOO_MANY = "more steps, with more variables around them, than a text of this size may give"


class StepNode(Struct, frozen=True):
    """A step, and the tree that it was read from."""

    step: WorkflowStep
    node: Mapping


class _Read(Struct, frozen=True):
    """The steps of a file that are read, and where those begin that are not."""

    steps: tuple[StepNode, ...]
    left_out: Span | None = None


def workflow_steps(root: Node, source: Source) -> Iterator[WorkflowStep | LeftOut]:
    """Each step of a workflow or composite action, in order; none of any other file.

    They are in proportion to the text: with each is told what the file says once for all of them.
    """
    read = source.once(_read, root)
    yield from (found.step for found in read.steps)
    if read.left_out:
        yield LeftOut(source.path, read.left_out, _TOO_MANY)


def step_nodes(root: Node, source: Source) -> tuple[StepNode, ...]:
    """As `workflow_steps`, with the mapping of each step."""
    return source.once(_read, root).steps


def _read(root: Node, source: Source) -> _Read:
    left = most_entries(root.span.end - root.span.start)
    steps: list[StepNode] = []
    for found in _step_nodes(root, source):
        left -= _entries(found.step)
        if left < 0:
            return _Read(tuple(steps), found.step.span)
        steps.append(found)
    return _Read(tuple(steps))


def _entries(step: WorkflowStep) -> int:
    """What is looked at where a step is."""
    lists: tuple[Sized, ...] = (
        step.inputs,
        step.env,
        step.prompt_secrets,
        step.handed_on,
        step.filled_in,
        step.permissions.scopes,
        step.triggers,
        step.paths,
    )
    return 1 + sum(map(len, lists))


def _step_nodes(root: Node, source: Source) -> Iterator[StepNode]:
    if not isinstance(root, Mapping):
        return
    if source.format == WORKFLOW:
        around = _Around(root, source)
        for job in entries(root, "jobs"):
            if isinstance(job.value, Mapping):
                yield from _job_steps(job, around)
    elif source.format == ACTION:
        yield from _steps(_Job("", at(root, "runs"), _Around(root, source)), ("runs",))


class _Around(Struct, frozen=True, dict=True):
    """What a file says for all of its steps."""

    root: Mapping
    source: Source

    @cached_property
    def env(self) -> tuple[Setting, ...]:
        return _innermost(settings(self.root.get("env")))

    @cached_property
    def triggers(self) -> tuple[Located[str], ...]:
        events = self.root.get("on")
        if isinstance(events, Mapping):
            return tuple(Located(entry.key.text, entry.key.span) for entry in events.entries)
        return tuple(Located(scalar.text, scalar.span) for scalar in scalars(events))

    @cached_property
    def paths(self) -> tuple[Located[str], ...]:
        found = (at(self.root, "on", event, "paths") for event in _PULL_REQUESTS)
        return tuple(Located(s.text, s.span) for node in found for s in scalars(node))


class _Job(Struct, frozen=True, dict=True):
    """What a job, or a composite action, says for all of its steps."""

    id: str
    node: Node | None
    around: _Around

    @cached_property
    def env(self) -> tuple[Setting, ...]:
        own = settings(at(self.node, "env"))
        return _innermost((*self.around.env, *own)) if own else self.around.env

    @cached_property
    def permissions(self) -> Permissions:
        node = at(self.node, "permissions") or self.around.root.get("permissions")
        match node:
            case Scalar(text=every) if every in _EVERY:
                return Permissions(node.span, every)
            case Mapping() | Sequence():
                return Permissions(node.span, scopes=settings(node))
        return Permissions()


def _job_steps(entry: Entry, around: _Around) -> Iterator[StepNode]:
    job, pointer = _Job(entry.key.text, entry.value, around), ("jobs", entry.key.text)
    if isinstance(entry.value, Mapping) and "uses" in entry.value:
        yield _step(entry.value, job, pointer)
    yield from _steps(job, pointer)


def _steps(job: _Job, pointer: tuple[str, ...]) -> Iterator[StepNode]:
    for index, step in mapping_items(job.node, "steps"):
        yield _step(step, job, (*pointer, "steps", index))


def _step(node: Mapping, job: _Job, pointer: tuple[str, ...]) -> StepNode:
    around = job.around
    uses = value_at(node, "uses")
    action, _, ref = uses.raw.partition("@")
    run = node.get("run")
    own = () if node is job.node else settings(node.get("env"))
    step = WorkflowStep(
        path=around.source.path,
        span=node.span,
        pointer=pointer,
        job=job.id,
        name=name_of(node.get("name") or node.get("id")),
        action=action.strip(),
        ref=ref.strip(),
        uses=uses,
        inputs=settings(node.get("with")),
        env=_innermost((*job.env, *own)) if own else job.env,
        run=Located(redact(run.text), run.span) if isinstance(run, Scalar) else None,
        prompt_secrets=tuple(_prompt_secrets(run)) if isinstance(run, Scalar) else (),
        handed_on=settings(node.get("secrets")) if node is job.node else (),
        filled_in=tuple(_filled_in(run)) if isinstance(run, Scalar) else (),
        permissions=job.permissions,
        triggers=around.triggers,
        paths=around.paths,
        in_test=around.source.in_test,
    )
    return StepNode(step, node)


def _prompt_secrets(script: Scalar) -> Iterator[Located[str]]:
    if "secrets" not in script.text.lower():
        return
    for command in agent_commands(script.text):
        for start, end in command.prompts:
            for secret in _SECRET.finditer(script.text, start, end):
                yield Located(secret["name"], script.region.span(*secret.span()))


def _filled_in(script: Scalar) -> Iterator[Setting]:
    if "vars" not in script.text.lower():
        return
    for match in _FILLED_IN.finditer(script.text):
        name = script.region.cut(*match.span("name" if match["name"] else "option"))
        yield setting(name, script.region.cut(*match.span("value")))


def _innermost(variables: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """Of variables with one name the last, in the order of the text."""
    return tuple({variable.name.value: variable for variable in variables}.values())
