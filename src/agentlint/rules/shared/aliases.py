"""Which aliases of the repository serve a model, and which names are aliases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.tools.model_words import is_word_of_any_tool
from agentlint.facts.values.value import ABSENT
from agentlint.findings import Location, Related
from agentlint.knowledge.names import recognise
from agentlint.knowledge.retirements import picked
from agentlint.text import Pattern, Span

_ALIAS = Pattern(r"[A-Za-z][\w.-]{0,80}")
_OF_GATEWAYS = (RouteKind.DEPLOYMENT, RouteKind.ALIAS)
_ANY = "*"


class _FurtherNames(Struct, frozen=True):
    """Names as `provider/model`, and the `provider/` of those that stand for any model of a provider."""

    names: frozenset[str]
    starts: frozenset[str]

    def __contains__(self, text: str) -> bool:
        if text in self.names:
            return True
        ends = (at + 1 for at, letter in enumerate(text) if letter == "/") if self.starts else ()
        return any(text[:end] in self.starts for end in ends)


def is_alias(model_id: str, text: str, project: Project) -> bool:
    """Whether callers of the repository's gateway ask for a route by an ID, or by all that is written."""
    if model_id in project.aliases or text in project.aliases:
        return True
    return text in project.once(_further_names)


def models_fallen_back_to(route: Route, project: Project) -> Iterator[Route]:
    """A route as it is where it falls back to a model: once for each ID among its fallbacks that is no
    name of a route, at the first of the routes that share the list.

    The fallbacks of a gateway's upstreams are its own routes alone, whatever those are called.
    """
    if route.kind in _OF_GATEWAYS:
        return
    for target in (fallback.target for fallback in route.fallbacks):
        name = recognise(picked(target.literal)) if target.literal else None
        shares = project.once(_sharing_fallbacks).get((route.path, target.span))
        if name is None or shares is not route or is_alias(name.id, name.text, project):
            continue
        if (route.path, name.text) not in project.once(_names_in_samples):
            yield replace(
                route,
                model=target,
                model_origin=None,
                model_default=ABSENT,
                base_model=ABSENT,
                fallbacks=(),
            )


def _sharing_fallbacks(project: Project) -> Mapping[tuple[str, Span | None], Route]:
    """The first route that turns to what is written at a place."""
    first: dict[tuple[str, Span | None], Route] = {}
    for route in (route for route in project.all(Route) if route.effective):
        for fallback in route.fallbacks:
            first.setdefault((route.path, fallback.target.span), route)
    return first


def _names_in_samples(project: Project) -> frozenset[tuple[str, str]]:
    """The aliases of routes that are only shown, each with its file: no alias of the repository's."""
    shown = (route for route in project.all(Route) if route.in_example)
    return frozenset((route.path, route.alias.raw) for route in shown if route.alias.given)


def aliases_of(model_id: str, project: Project) -> Sequence[str]:
    """The aliases that serve a model."""
    return project.once(_aliases_by_model).get(model_id, ())


def aliases_for_agents(model_id: str, project: Project) -> Sequence[str]:
    """The aliases that serve a model and that no agent takes for a word of its own: `opus` in what an
    agent reads is the newest Opus of its vendor, and no route."""
    return project.once(_aliases_for_agents).get(model_id, ())


def stands_for(alias: str, model_id: str, project: Project) -> bool:
    """Whether an alias, and no model's own name, leads to a model wherever it is defined."""
    if not _ALIAS.fullmatch(alias) or recognise(alias):
        return False
    return project.once(_only_models).get(alias) == model_id


def where_defined(aliases: Sequence[str], project: Project) -> tuple[Related, ...]:
    """Where the first of the aliases that serve a model is defined."""
    return tuple(
        Related(Location(route.path, route.place), f"alias `{alias}` serves this model")
        for alias in aliases[:1]
        for route in project.aliases[alias][:1]
    )


def _further_names(project: Project) -> _FurtherNames:
    """The names beside their aliases that the routes of the tables answer to."""
    names = frozenset(
        name.raw
        for route in project.everywhere(Route)
        if route.in_table and route.effective
        for name in route.other_names
        if name.literal and "/" in name.raw
    )
    starts = (name.removesuffix(_ANY) for name in names if name.endswith("/" + _ANY))
    return _FurtherNames(names, frozenset(starts))


def _aliases_by_model(project: Project) -> Mapping[str, Sequence[str]]:
    """The aliases that serve each model, by the text that a route sends and by the ID in it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for alias, routes in project.aliases.items():
        for route in routes:
            if route.model.literal:
                found[route.model.literal].add(alias)
                found[_id_of(route.model.literal)].add(alias)
    return {model: sorted(aliases) for model, aliases in found.items()}


def _aliases_for_agents(project: Project) -> Mapping[str, Sequence[str]]:
    return {
        model: [alias for alias in aliases if not is_word_of_any_tool(alias)]
        for model, aliases in project.once(_aliases_by_model).items()
    }


def _only_models(project: Project) -> Mapping[str, str | None]:
    """The one model that calls of each alias reach; None where it is not known, or not the only one."""
    only = {}
    for alias, routes in project.aliases.items():
        models = {_model_id(route) for route in routes}
        only[alias] = models.pop() if len(models) == 1 else None
    return only


def _model_id(route: Route) -> str | None:
    """The ID that a route of a table sends, without the provider before it."""
    is_called = route.in_table and route.effective
    return _id_of(route.model.literal) if is_called and route.model.literal else None


@lru_cache(maxsize=4096)
def _id_of(text: str) -> str:
    name = recognise(text)
    return name.id if name else text
