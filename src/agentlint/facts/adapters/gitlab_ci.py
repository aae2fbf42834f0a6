"""Jobs of a GitLab pipeline that start a coding agent or call a model, and the variables of each.

A script runs with the variables of the job that runs it, which may have come by it from another one.
A pipeline that GitLab refuses (jobs that extend each other, or over too many steps) runs nothing.
Keys: https://docs.gitlab.com/ci/yaml/, where variables are looked up:
https://docs.gitlab.com/ci/variables/where_variables_can_be_used/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node, Scalar, ScalarKind, Sequence, walk
from agentlint.facts.pipelines.script_routes import script_routes, with_reader
from agentlint.facts.pipelines.scripts import GITLAB, GITLAB_SCRIPTS
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.setting import Setting
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, at, entries, is_true, items, name_of, scalars
from agentlint.facts.values.value import ABSENT, Value
from agentlint.facts.variables.routes import key_routes, telling_variables, variable_routes
from agentlint.facts.variables.settings import setting
from agentlint.facts.variables.shell import ShellVariables, unknown
from agentlint.knowledge.agents import host_variables
from agentlint.text import Span

_FILE = ".gitlab-ci.yml"
# Whose spellings people bring along with the key of a model: GitLab never expands them.
_OF_GITHUB = ("actions",)
_NO_JOBS = frozenset(
    {
        *("after_script", "before_script", "cache", "default", "image", "include"),
        *("services", "spec", "stages", "variables", "workflow"),
    }
)
_NOTHING = Sequence((), Span(0, 0))
_MOST_NESTED = 10
"""Levels of lists that GitLab flattens in a script."""
_MOST_STEPS = 11
"""Levels of jobs that GitLab lets a job extend."""


def routes(root: Node, source: Source) -> Iterator[Route]:
    """What the scripts of the jobs call, then what other variables tell."""
    if source.format != GITLAB or not isinstance(root, Mapping):
        return
    pipeline = _Pipeline(root, source)
    used: set[Span | None] = set()
    read: set[Span | None] = set()
    started: dict[Span | None, Route] = {}
    for route in pipeline.called():
        if route.kind is RouteKind.ENVIRONMENT:
            started[route.base_url.span] = route
        else:
            used.add(route.base_url.span)
            read.add(route.model_origin)
            yield route
    for block in pipeline.blocks():
        others = (variable for variable in block.variables if variable.value.span not in read)
        found = variable_routes(others, block.pointer, source, source.pipeline_scope, block.beside)
        for route in found:
            if route.model.given or route.base_url.span not in used:
                certain = pipeline.is_whole or route.base_url.given
                provider = route.provider if certain else SOMEONE
                yield with_reader(replace(route, format=GITLAB, provider=provider), started)
        for route in key_routes(
            block.variables, block.pointer, source, source.pipeline_scope, _OF_GITHUB
        ):
            yield replace(route, format=GITLAB)


class _Block(Struct, frozen=True):
    """Variables that are set together, and those set around or within them."""

    pointer: tuple[str, ...]
    variables: tuple[Setting, ...]
    beside: tuple[Setting, ...]


class _Script(Struct, frozen=True):
    """A script, under `key`, and the names of the jobs that run it."""

    key: str
    node: Node
    jobs: list[str] = field(default_factory=list)


class _Pipeline(Struct, frozen=True, dict=True):
    """A file of jobs, hidden ones among them: others extend those."""

    root: Mapping
    source: Source

    @cached_property
    def is_whole(self) -> bool:
        """Whether no other file of the repository may set variables for the jobs of this one."""
        included = self.root.get("include")
        own = items(included) or ((included,) if included else ())
        foreign = all(isinstance(one, Mapping) and "template" in one for one in own)
        return foreign and self.source.path.rpartition("/")[2] == _FILE

    @cached_property
    def jobs(self) -> dict[str, Entry]:
        return {
            entry.key.text: entry
            for entry in self.root.entries
            if isinstance(entry.value, Mapping) and entry.key.text not in _NO_JOBS
        }

    @cached_property
    def extended(self) -> dict[str, tuple[str, ...]]:
        """What each job extends, the strongest first."""
        return {
            name: tuple(parent.text for parent in scalars(at(job.value, "extends")))[::-1]
            for name, job in self.jobs.items()
        }

    @cached_property
    def is_refused(self) -> bool:
        steps: dict[str, int] = {}
        try:
            for name in TopologicalSorter(self.extended).static_order():
                parents = self.extended.get(name, ())
                steps[name] = 1 + max((steps[parent] for parent in parents), default=-1)
        except CycleError:
            return True
        return max(steps.values(), default=0) > _MOST_STEPS

    @cached_property
    def scripts(self) -> tuple[_Script, ...]:
        """Each script once; that of a hidden job by itself only where no job of the file runs it."""
        found: dict[int, _Script] = {}
        hidden = [name for name in self.jobs if name.startswith(".")]
        for name in (*(name for name in self.jobs if not name.startswith(".")), *hidden):
            for key in GITLAB_SCRIPTS:
                entry = self._script_of(name, key)
                if entry is not None:
                    script = found.setdefault(id(entry.value), _Script(key, entry.value))
                    if name not in hidden or not script.jobs:
                        script.jobs.append(name)
        return tuple(found.values())

    def _script_of(self, job: str, key: str) -> Entry | None:
        own = self.inherited(job, key)
        return own or (self._default(key) if self._takes(job, "default", key) else None)

    def _default(self, key: str) -> Entry | None:
        shared = self.root.get("default")
        own = shared.entry(key) if isinstance(shared, Mapping) else None
        return own or self.root.entry(key)

    def called(self) -> Iterator[Route]:
        if self.is_refused:
            return
        for script in self.scripts:
            job = self.jobs[script.jobs[0]]
            route = Route(
                format=GITLAB,
                path=self.source.path,
                pointer=(job.key.text, script.key),
                span=job.key.span,
                kind=RouteKind.CI_STEP,
                scope=self.source.pipeline_scope,
                role=name_of(job.key),
            )
            shell = self._shell(script)
            for part in _parts(script.node):
                if isinstance(part, Scalar):
                    yield from script_routes(part, route, shell, self.source)
                elif referred := self._referred(part):
                    shell.follow(self._after(referred), host_variables())

    def _shell(self, script: _Script) -> ShellVariables:
        """The shell that runs a script, after what it has run before it in each of its jobs."""
        shell = ShellVariables(self._environment(script.jobs))
        if script.key == "script":
            entries_before = (self._script_of(job, "before_script") for job in script.jobs)
            before = {id(entry.value): entry.value for entry in entries_before if entry}
            for node in before.values():
                shell.follow(self._after(node), host_variables(), certain=len(before) == 1)
        return shell

    def _after(self, script: Node, level: int = 0) -> ShellVariables:
        """What a script leaves behind for those that follow it."""
        if id(script) not in self._shells:
            shell = self._shells[id(script)] = ShellVariables()
            for part in _parts(script) if level < _MOST_NESTED else ():
                if isinstance(part, Scalar):
                    shell.read(part.region)
                elif referred := self._referred(part):
                    shell.follow(self._after(referred, level + 1), host_variables())
        return self._shells[id(script)]

    def _referred(self, part: Sequence) -> Node | None:
        """What `!reference [job, script]` stands for; the tag itself is not kept."""
        keys = [key.text for key in part.items if isinstance(key, Scalar)]
        return at(self.root, *keys) if keys else None

    @cached_property
    def _shells(self) -> dict[int, ShellVariables]:
        return {}

    def _environment(self, jobs: list[str]) -> Callable[[str], Value]:
        """What jobs find under the name of a variable; where that is not the same, a reference."""
        known: dict[str, Value] = {}

        def variable(name: str) -> Value:
            if name not in known:
                first, *others = {self._variable(job, name) for job in jobs}
                known[name] = unknown(name) if others else first
            return known[name] if name else ABSENT

        return variable

    def _variable(self, job: str, name: str) -> Value:
        own = at(self.root, job, "variables")
        is_own = isinstance(own, Mapping) and name in own
        if name in self._set_by_rules or not (is_own or self._is_readable(job)):
            return unknown(name)
        entry = self.inherited(job, "variables", name) or self._shared(job, name)
        if entry is not None:
            found = _setting(entry)
            return found.value if found else unknown(name)
        is_certain = self.is_whole and self._knows_ancestors(job) and not job.startswith(".")
        return ABSENT if is_certain else unknown(name)

    def _shared(self, job: str, name: str) -> Entry | None:
        """The entry of a variable that is set for all jobs, if a job takes it."""
        shared = self.root.get("variables")
        takes = self._takes(job, "variables", name)
        return shared.entry(name) if takes and isinstance(shared, Mapping) else None

    def _takes(self, job: str, kind: str, name: str) -> bool:
        """What `inherit` of a job says: all, none or a list of names."""
        entry = self.inherited(job, "inherit", kind)
        if entry is None or is_true(entry.value):
            return True
        if id(entry.value) not in self._taken:
            named = frozenset(item.text for item in scalars(entry.value))
            self._taken[id(entry.value)] = named
        return name in self._taken[id(entry.value)]

    @cached_property
    def _set_by_rules(self) -> frozenset[str]:
        """The variables that a run may set as it goes: by a rule, or one for each of a matrix."""
        found: set[str] = set()
        for entry in self.root.entries:
            for _, rule in walk(at(entry.value, "rules") or _NOTHING):
                found.update(each.key.text for each in entries(rule, "variables"))
            for _, matrix in walk(at(entry.value, "parallel", "matrix") or _NOTHING):
                found.update(each.key.text for each in entries(matrix))
        return frozenset(found)

    def _is_readable(self, job: str) -> bool:
        """Whether the variables of a job, and of those that it extends, stand there name by name."""
        if job not in self._readable:
            blocks = (at(self.root, job, "variables"), self.root.get("variables"))
            parents = self.extended.get(job, ())
            self._readable[job] = not any(isinstance(block, Sequence) for block in blocks) and all(
                map(self._is_readable, parents)
            )
        return self._readable[job]

    def inherited(self, job: str, *keys: str) -> Entry | None:
        """The entry of a job, or else of what it extends."""
        found = self._found
        if (job, *keys) not in found:
            of_job = at(self.root, job, *keys[:-1])
            own = of_job.entry(keys[-1]) if isinstance(of_job, Mapping) else None
            parents = () if own or self.is_refused else self.extended.get(job, ())
            above = (self.inherited(parent, *keys) for parent in parents)
            found[(job, *keys)] = own or next((entry for entry in above if entry), None)
        return found[(job, *keys)]

    def _knows_ancestors(self, job: str) -> bool:
        """Whether all that a job extends stands in this file."""
        if job not in self._known:
            parents = self.extended.get(job, ())
            self._known[job] = job in self.jobs and all(map(self._knows_ancestors, parents))
        return self._known[job]

    @cached_property
    def _taken(self) -> dict[int, frozenset[str]]:
        """The names in each list of `inherit`, which jobs may share."""
        return {}

    @cached_property
    def _found(self) -> dict[tuple[str, ...], Entry | None]:
        return {}

    @cached_property
    def _readable(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def blocks(self) -> Iterator[_Block]:
        """The variables of the pipeline and of each job."""
        shared = _variables(self.root)
        own = [(name, _variables(job.value)) for name, job in self.jobs.items()]
        within = tuple(one for _, variables in own for one in telling_variables(variables))
        yield _Block(("variables",), shared, within)
        around = telling_variables(shared)
        for name, variables in own:
            yield _Block((name, "variables"), variables, around)


def _variables(node: Node | None) -> tuple[Setting, ...]:
    found = (_setting(entry) for entry in entries(node, "variables"))
    return tuple(each for each in found if each is not None)


def _setting(variable: Entry) -> Setting | None:
    """A variable, be it with a description beside its value."""
    described = isinstance(variable.value, Mapping)
    value = at(variable.value, "value") if described else variable.value
    if isinstance(value, Scalar) and value.kind is not ScalarKind.NULL:
        return setting(variable.key.region, value.region)
    return None


def _parts(script: Node, level: int = 0) -> Iterator[Scalar | Sequence]:
    """The commands of a script in order, those of lists within it as well; and each list, which may be a
    reference, before its items."""
    if isinstance(script, Scalar):
        yield script
    elif isinstance(script, Sequence) and level < _MOST_NESTED:
        yield script
        for item in script.items:
            yield from _parts(item, level + 1)
