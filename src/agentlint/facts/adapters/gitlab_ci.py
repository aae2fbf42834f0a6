"""Jobs of a GitLab pipeline that start a coding agent or call a model, and the variables of each.

Keys: https://docs.gitlab.com/ci/yaml/, where variables are looked up:
https://docs.gitlab.com/ci/variables/where_variables_can_be_used/.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node, Scalar, ScalarKind, Sequence
from agentlint.facts.adapters.environment import telling_variables, variable_routes
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.script_routes import script_routes
from agentlint.facts.setting import Setting, setting
from agentlint.facts.source import Source
from agentlint.facts.tree import at, entries, name_of, scalars
from agentlint.facts.values import ABSENT, Value, ValueKind
from agentlint.text import Span

FORMAT = "gitlab-ci"
_NO_JOBS = frozenset(
    {"cache", "default", "image", "include", "services", "spec", "stages", "variables", "workflow"}
)
_SCRIPTS = ("before_script", "script", "after_script")
_MOST_NESTED = 10
"""Levels of lists that GitLab flattens in a script."""


def routes(root: Node, source: Source) -> Iterator[Route]:
    """What the scripts of each job call, then what other variables tell."""
    if source.format != FORMAT or not isinstance(root, Mapping):
        return
    pipeline = _Pipeline(root, source)
    used: set[Span | None] = set()
    for job in pipeline.jobs:
        for route in pipeline.called_by(job):
            used.add(route.base_url.span)
            yield route
    for pointer, variables, beside in pipeline.blocks():
        for route in variable_routes(variables, pointer, source, pipeline.scope, beside):
            if route.model.given or route.base_url.span not in used:
                yield replace(route, format=FORMAT)


class _Pipeline(Struct, frozen=True, dict=True):
    """A file of jobs, hidden ones among them: others extend those."""

    root: Mapping
    source: Source

    @cached_property
    def jobs(self) -> tuple[Entry, ...]:
        return tuple(
            entry
            for entry in self.root.entries
            if isinstance(entry.value, Mapping) and entry.key.text not in _NO_JOBS
        )

    @cached_property
    def shared(self) -> tuple[Setting, ...]:
        return _variables(self.root)

    @cached_property
    def scope(self) -> RouteScope:
        scope = self.source.scope
        return RouteScope.CI if scope is RouteScope.REPOSITORY else scope

    def blocks(
        self,
    ) -> Iterator[tuple[tuple[str, ...], tuple[Setting, ...], tuple[Setting, ...]]]:
        """The variables of the pipeline and of each job, with what those around and within tell."""
        own = [(entry.key.text, _variables(entry.value)) for entry in self.jobs]
        within = tuple(told for _, variables in own for told in telling_variables(variables))
        yield ("variables",), self.shared, within
        around = telling_variables(self.shared)
        for name, variables in own:
            yield (name, "variables"), variables, around

    def called_by(self, job: Entry) -> Iterator[Route]:
        for key in _SCRIPTS:
            route = Route(
                format=FORMAT,
                path=self.source.path,
                pointer=(job.key.text, key),
                span=job.key.span,
                kind=RouteKind.CI_STEP,
                scope=self.scope,
                role=name_of(job.key),
            )
            for script in _scripts(at(job.value, key)):
                yield from script_routes(script, route, self._environment(job), self.source)

    def _environment(self, job: Entry) -> _Environment:
        variables = [*self.shared]
        is_whole = True
        for ancestor in reversed(tuple(self._line_of(job))):
            is_whole &= ancestor is not None
            variables.extend(_variables(ancestor))
        return _Environment({each.name.value: each.value for each in variables}, is_whole)

    def _line_of(self, job: Entry) -> Iterator[Node | None]:
        """A job and what it extends, the nearest first; None for what another file holds."""
        waiting: list[Node | None] = [job.value]
        seen: set[str] = set()
        while waiting:
            node = waiting.pop(0)
            yield node
            for parent in reversed(tuple(scalars(at(node, "extends")))):
                if parent.text not in seen:
                    seen.add(parent.text)
                    waiting.append(self.root.get(parent.text))


class _Environment(Struct, frozen=True):
    """What a script finds in its environment; one that is not `is_whole` may hold anything besides."""

    known: dict[str, Value]
    is_whole: bool

    def __call__(self, name: str) -> Value:
        unknown = ABSENT if self.is_whole else Value(f"${name}", ValueKind.ENV_REF, None, name)
        return self.known.get(name, unknown) if name else ABSENT


def _variables(node: Node | None) -> tuple[Setting, ...]:
    """The variables that a job or a pipeline sets, be it with a description beside the value."""
    return tuple(
        setting(entry.key.region, value.region)
        for entry in entries(node, "variables")
        if (value := _value(entry.value)) is not None
    )


def _value(node: Node) -> Scalar | None:
    value = at(node, "value") if isinstance(node, Mapping) else node
    if isinstance(value, Scalar) and value.kind is not ScalarKind.NULL:
        return value
    return None


def _scripts(node: Node | None) -> Iterator[Scalar]:
    """The commands of a script, those of lists within it as well."""
    level = [node]
    for _ in range(_MOST_NESTED):
        yield from (item for item in level if isinstance(item, Scalar))
        level = [item for within in level if isinstance(within, Sequence) for item in within.items]
