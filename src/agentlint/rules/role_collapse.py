from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice

from msgspec import Struct

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.facts.serving import provider_of
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import ProviderKind
from agentlint.knowledge.served import where_served
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

_WRITERS = frozenset({"writer", "author", "drafter", "implementer", "reviser", "revision"})
_JUDGES = frozenset({"reviewer", "review", "critic"})
_SUFFIX = Pattern(r"[-_.](?:route|model|agent|alias)\Z")
_MAX_HOPS = 4
# Findings for one judge: more of them say nothing new of it.
_MAX_WRITERS = 10
# Models of one name: a role that more of them serve is no role that one model has.
_MAX_MODELS = 20
# Sets of models, alike but for the days that they pin, that one judge is compared with.
_MAX_SETS = 20

_Table = Mapping[str, Sequence[Route]]
# Those who serve a vendor's model as the vendor made it.
_AS_MADE = (ProviderKind.VENDOR, ProviderKind.CLOUD)


class _Model(Struct, frozen=True):
    """A model that calls reach: `name` in one spelling, `host` who answers for it, and `snapshot` the day
    that `text`, the ID as written, pins."""

    name: str
    host: str | None
    snapshot: str | None
    text: str


_Models = frozenset[_Model]


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    if ctx.settings.roles.shared_model_reason:
        return
    for file in project.files:
        table = _by_name(file.of(Route))
        judges = [name for name in table if _role(name) in _JUDGES]
        if not judges:
            continue
        served = _Served(table).of
        alike = cache(_Writers.of(table, served).alike)
        for judge in judges:
            models = served(judge)
            for writer in alike(models) if models else ():
                yield _finding(table[writer][0], table[judge][0], models, ctx)


class _Writers(Struct, frozen=True):
    """The names of those who write, by the models that serve them, and by the names of those."""

    names: Mapping[frozenset[object], Mapping[_Models, Sequence[str]]]

    @classmethod
    def of(cls, table: _Table, served: Callable[[str], _Models]) -> _Writers:
        writers: defaultdict[_Models, list[str]] = defaultdict(list)
        for name in table:
            if _role(name) in _WRITERS:
                writers[served(name)].append(name)
        by_names: defaultdict[frozenset[object], dict[_Models, Sequence[str]]] = defaultdict(dict)
        for models, names in writers.items():
            by_names[_names(models)][models] = names
        return cls(by_names)

    def alike(self, models: _Models) -> Sequence[str]:
        """The first of those whom the same models serve."""
        same = islice(self.names.get(_names(models), {}).items(), _MAX_SETS)
        alike = (names for others, names in same if not _differ_in_snapshot(models, others))
        return tuple(islice(chain.from_iterable(alike), _MAX_WRITERS))


def _names(models: _Models) -> frozenset[object]:
    return frozenset((model.name, model.host) for model in models)


def _differ_in_snapshot(models: _Models, others: _Models) -> bool:
    """Whether two days are pinned of one model, which are two models."""
    days: defaultdict[str, set[str]] = defaultdict(set)
    for model in (*models, *others):
        if model.snapshot:
            days[model.name].add(model.snapshot)
    return any(len(pinned) > 1 for pinned in days.values())


def _by_name(routes: Sequence[Route]) -> _Table:
    """The routes of a file that a tool reads, by the name that calls use."""
    table: dict[str, list[Route]] = {}
    for route in routes:
        used = route.scope is RouteScope.REPOSITORY and route.effective
        if used and route.kind.is_named_by_author:
            name = route.alias.literal or route.role.literal
            if name:
                table.setdefault(name, []).append(route)
    return table


def _role(name: str) -> str:
    return _SUFFIX.sub("", name.lower())


class _Served:
    """The models that calls to each name of a table reach."""

    def __init__(self, table: _Table) -> None:
        self._table = table
        self.of = cache(self._of)

    def _of(self, name: str, hops: int = _MAX_HOPS) -> _Models:
        """The models, each with who answers for it; empty where unknown, or too many."""
        found: set[_Model] = set()
        for route in self._table.get(name, ()):
            onward = [target.raw for target in route.targets] or [route.model.literal or ""]
            for target in onward:
                if target in self._table and target != name and hops:
                    found |= self.of(target, hops - 1)
                elif route.model.literal:
                    found.add(_model(route, route.model.literal))
                else:
                    return frozenset()
                if len(found) > _MAX_MODELS:
                    return frozenset()
        return frozenset(found)


def _model(route: Route, text: str) -> _Model:
    name, host = parse_model(text), provider_of(route) or route.base_url.raw or None
    if name.vendor is None:
        return _Model(text.lower(), host, None, text)
    where = where_served(host, name)
    if where and where.kind in _AS_MADE:
        host = name.vendor
    return _Model(name.key, host, name.snapshot, text)


def _finding(writer: Route, judge: Route, served: _Models, ctx: Context) -> Finding:
    models = " and ".join(f"`{text}`" for text in sorted({model.text for model in served}))
    return ctx.finding(
        judge.path,
        _model_span(judge),
        f"`{judge.name}` judges the work of `{writer.name}`, and both are {models}",
        help="serve the two roles by different models, or give the reason in `[roles] "
        "shared-model-reason`",
        related=(Related(Location(writer.path, _model_span(writer)), f"`{writer.name}` is here"),),
        subject=f"{judge.name}: {writer.name}",
    )


def _model_span(route: Route) -> Span:
    return route.model.span or route.place
