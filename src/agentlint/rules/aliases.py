"""Which aliases of the repository serve a model, and which names are aliases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from agentlint.facts.project import Project
from agentlint.facts.route import Route
from agentlint.facts.tool_words import is_word_of_any_tool
from agentlint.findings import Location, Related
from agentlint.knowledge.names import recognise
from agentlint.text import Pattern

_ALIAS = Pattern(r"[A-Za-z][\w.-]{0,80}")


def is_alias(model_id: str, text: str, project: Project) -> bool:
    """Whether callers of the repository's gateway ask for a route by an ID, or by all that is written."""
    if model_id in project.aliases or text in project.aliases:
        return True
    names = project.once(_further_names)
    return text in names or any(text.startswith(name[:-1]) for name in names if name[-2:] == "/*")


def aliases_of(model_id: str, project: Project) -> Sequence[str]:
    """The aliases that serve a model."""
    return project.once(_aliases_by_model).get(model_id, ())


def aliases_for_agents(model_id: str, project: Project) -> Sequence[str]:
    """The aliases that serve a model and that no agent takes for a word of its own: `opus` in what an
    agent reads is the newest Opus of its vendor, and no route."""
    return [alias for alias in aliases_of(model_id, project) if not is_word_of_any_tool(alias)]


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


def _further_names(project: Project) -> frozenset[str]:
    """The names beside their aliases that the routes of the tables answer to, as `provider/model`."""
    return frozenset(
        name.raw
        for route in project.everywhere(Route)
        if route.in_table and route.effective
        for name in route.other_names
        if name.literal and "/" in name.raw
    )


def _aliases_by_model(project: Project) -> Mapping[str, Sequence[str]]:
    """The aliases that serve each model, by the text that a route sends and by the ID in it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for alias, routes in project.aliases.items():
        for route in routes:
            if route.model.literal:
                found[route.model.literal].add(alias)
                found[_id_of(route.model.literal)].add(alias)
    return {model: sorted(aliases) for model, aliases in found.items()}


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
