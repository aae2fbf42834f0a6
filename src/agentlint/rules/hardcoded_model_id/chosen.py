"""Model IDs in the settings by which tools choose their models, which are the place for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from agentlint.facts.mention import INVENTORY_SIZE
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.serving import provider_of
from agentlint.facts.wording.weights import may_be_own_weights
from agentlint.findings import Finding, Severity
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.names import ModelName, recognise
from agentlint.knowledge.providers import (
    is_local,
    is_own_network,
    is_own_program,
    provider_of_prefix,
)
from agentlint.rules.context import Context
from agentlint.rules.hardcoded_model_id.alias_advice import at_setting, to_alias
from agentlint.rules.shared.aliases import aliases_for_agents, is_alias, where_defined
from agentlint.text import Span

_CHOICES = (RouteKind.TOOL_DEFAULT, RouteKind.AGENT_BINDING, RouteKind.CI_STEP)
NAMED_FOR_TOOLS = (*_CHOICES, RouteKind.MENU)


def chosen(route: Route, ctx: Context) -> Iterator[Finding]:
    """An ID in the setting by which a tool chooses its model: the place for it, but for a date."""
    name = recognise(route.model.literal) if route.model.literal else None
    if name is None or route.model.span is None:
        return
    if is_alias(name.id, name.text, ctx.project):
        return
    if _is_served_at_home(route, name):
        return
    alike = _alike(route, ctx)
    if not alike or alike[0] is not route:
        return
    pins = name.snapshot and any(_chooses(same, ctx.project) for same in alike)
    yield _set(route, name, ctx, pins=bool(pins), again=_in_other_places(alike))


def _in_other_places(alike: Sequence[Route]) -> Sequence[Route]:
    """Of settings that name the same model those behind the first, each place once: several steps may have
    their model from one variable."""
    places = {(_place(route), route.model.span): route for route in reversed(alike)}
    del places[_place(alike[0]), alike[0].model.span]
    return tuple(places.values())[::-1]


def _is_served_at_home(route: Route, name: ModelName) -> bool:
    """Whether a server of one's own answers with open weights: nobody else retires those."""
    if not may_be_own_weights(name.vendor or "", name.id):
        return False
    answers = provider_of(route)
    if answers is None:  # nobody is named but by a prefix, as in `ollama/llama3`
        return is_local(provider_of_prefix("/".join(name.prefixes)))
    if is_own_network(answers):
        return True
    at_unknown_host = answers == route.base_url.literal
    return is_own_program(answers) or (
        at_unknown_host and is_own_program(route.provider.literal or "")
    )


def _set(
    route: Route, name: ModelName, ctx: Context, *, pins: bool, again: Sequence[Route]
) -> Finding:
    serving = aliases_for_agents(name.id, ctx.project)
    reader = find_format(route.format)
    title = reader.title if reader else route.format
    how = "pinned to a dated snapshot" if pins else "set"
    finding = ctx.finding(
        route.path,
        _place(route),
        f"model ID `{name.id}` is {how} in the config of {title}{_again(len(again))}",
        severity=Severity.WARNING if pins else Severity.INFO,
        help=to_alias("name", serving) if serving else at_setting(route, ctx.project),
        related=where_defined(serving, ctx.project),
        subject=f"{'/'.join(route.pointer)}: {name.id}",
    )
    return replace(finding, repeats=tuple(_place(same) for same in again))


def _place(route: Route) -> Span:
    """Where a route names its model."""
    return route.model_origin or route.model.span or route.place


def _again(times: int) -> str:
    if times < 2:
        return ", and once more" if times else ""
    return f", and {times} more times"


def _alike(route: Route, ctx: Context) -> Sequence[Route]:
    """The settings of a file that name the same model; in the default profile, those that choose it."""
    alike = ctx.project.once(_settings if ctx.strict else _choices)
    return alike.get((route.path, route.model.raw), ())


def _settings(project: Project) -> Mapping[tuple[str, str], Sequence[Route]]:
    """The settings of each file that name a model for its tool, by the model as it is written there."""
    found: defaultdict[tuple[str, str], list[Route]] = defaultdict(list)
    for route in project.all(Route):
        if route.kind in NAMED_FOR_TOOLS and route.scope.is_read and route.effective:
            found[route.path, route.model.raw].append(route)
    return found


def _choices(project: Project) -> Mapping[tuple[str, str], Sequence[Route]]:
    return {
        place: [route for route in routes if _chooses(route, project)]
        for place, routes in project.once(_settings).items()
    }


def _chooses(route: Route, project: Project) -> bool:
    """Whether a setting chooses its model: what users pick from does not, and of many agents or steps
    in a list only those do that pin a snapshot."""
    if route.kind is RouteKind.MENU:
        return False
    if project.once(_siblings)[route.path, route.pointer[:-1]] < INVENTORY_SIZE:
        return True
    name = recognise(route.model.literal) if route.model.literal else None
    return route.kind is not RouteKind.TOOL_DEFAULT and name is not None and bool(name.snapshot)


def _siblings(project: Project) -> Counter[tuple[str, tuple[str, ...]]]:
    """How many models are chosen in each mapping or list of each file."""
    return Counter((r.path, r.pointer[:-1]) for r in project.all(Route) if r.kind in _CHOICES)
