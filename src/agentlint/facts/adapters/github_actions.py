"""Workflow steps that run a coding agent or ask a model, and variables that tell others what to call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Node, Scalar
from agentlint.facts.pipelines.action_routes import reader_of
from agentlint.facts.pipelines.action_step import ActionStep
from agentlint.facts.pipelines.script_routes import is_by_variable, with_reader
from agentlint.facts.pipelines.workflows import ACTION, WORKFLOW, StepNode, step_nodes
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, entries
from agentlint.facts.variables.routes import telling_variables, variable_routes
from agentlint.facts.variables.settings import settings
from agentlint.facts.variables.shell import ShellVariables
from agentlint.text import Region, Span

_Pointer: TypeAlias = tuple[str, ...]


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The route of each step that calls a model, then what other variables of the file tell."""
    if source.format not in (WORKFLOW, ACTION):
        return
    found = [*_step_routes(root, source)]
    calls = [route for route in found if route.kind is not RouteKind.ENVIRONMENT]
    yield from calls
    of_steps = _StepVariables(
        used=frozenset(
            span for route in calls if not is_by_variable(route) for span in _places(route)
        ),
        named=frozenset(
            span
            for route in calls
            for span in (_places(route) if is_by_variable(route) else (route.model_origin,))
        ),
        started={r.base_url.span: r for r in found if r.kind is RouteKind.ENVIRONMENT},
    )
    yield from _variable_routes(root, source, of_steps)


def _places(route: Route) -> Iterator[Span]:
    """Where the model and the base URL of a route stand."""
    yield from (value.span for value in (route.model, route.base_url) if value.span)


class _StepVariables(Struct, frozen=True):
    """What steps say of variables: where the values stand that their calls use, and those that name the
    models of these or are read by the programs themselves; and by the places of base URLs the programs that
    are started with them."""

    used: frozenset[Span]
    named: frozenset[Span | None]
    started: dict[Span | None, Route]


def _step_routes(root: Node, source: Source) -> Iterator[Route]:
    """What each step calls; one of a variable is that of a program which a script starts."""
    for step in _steps(root, source):
        yield from reader_of(step.step)(step)


def _variable_routes(root: Node, source: Source, of_steps: _StepVariables) -> Iterator[Route]:
    """What the variables tell that no step uses."""
    blocks = {pointer: settings(node) for pointer, node in _env_blocks(root, source)}
    telling = {pointer: telling_variables(variables) for pointer, variables in blocks.items()}
    within = _within(blocks)
    for pointer, variables in blocks.items():
        if of_steps.used.isdisjoint(variable.value.span for variable in variables):
            blocks_beside = (*within.get(pointer[:-1], ()), *_around(pointer))
            beside = tuple(v for block in blocks_beside for v in telling.get(block, ()))
            others = (
                variable for variable in variables if variable.value.span not in of_steps.named
            )
            for route in variable_routes(others, pointer, source, source.pipeline_scope, beside):
                yield with_reader(replace(route, expanded_by=source.format), of_steps.started)


def _steps(root: Node, source: Source) -> Iterator[ActionStep]:
    """Each step, with what the steps of its job before it hand on."""
    job, earlier = "", ShellVariables()
    for found in step_nodes(root, source):
        if found.step.job != job:
            job, earlier = found.step.job, ShellVariables()
        yield ActionStep(found, source, earlier.in_step(found.step.variable))
        for script in _handing_on(found):
            earlier.read_earlier_step(script)


def _handing_on(found: StepNode) -> Iterator[Region]:
    script = found.node.get("run")
    if isinstance(script, Scalar):
        yield script.region


def _env_blocks(root: Node, source: Source) -> Iterator[tuple[tuple[str, ...], Node]]:
    """The `env` of the workflow, of its jobs and of their steps."""
    blocks: dict[tuple[str, ...], Node | None] = {("env",): at(root, "env")}
    for entry in entries(root, "jobs"):
        blocks[("jobs", entry.key.text, "env")] = at(entry.value, "env")
    for found in step_nodes(root, source):
        blocks[(*found.step.pointer, "env")] = found.node.get("env")
    yield from ((pointer, node) for pointer, node in blocks.items() if node is not None)


def _within(blocks: Iterable[_Pointer]) -> dict[_Pointer, list[_Pointer]]:
    """The blocks within each, by what it holds for: the workflow, a job or a step."""
    found: defaultdict[_Pointer, list[_Pointer]] = defaultdict(list)
    for pointer in blocks:
        for length in range(len(pointer) - 1):
            found[pointer[:length]].append(pointer)
    return found


def _around(pointer: _Pointer) -> Iterator[_Pointer]:
    """Where the blocks around one stand, the innermost first."""
    for length in range(len(pointer) - 2, -1, -1):
        yield (*pointer[:length], "env")
