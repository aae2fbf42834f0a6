from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from agentlint.facts.http_call import HttpCall
from agentlint.facts.project import Project
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import Family, canonical_path
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

_TOLD_BY_CALL = (
    FamilySource.DECLARED,
    FamilySource.PATH,
    FamilySource.CALL_NAME,
    FamilySource.DRIVER,
)
_CALLS = (RouteKind.CALL, RouteKind.CI_STEP, RouteKind.ENVIRONMENT)
_JUDGED = frozenset(
    {
        Family.CHAT_COMPLETIONS,
        Family.RESPONSES,
        Family.ANTHROPIC_MESSAGES,
        Family.GEMINI_GENERATE_CONTENT,
        Family.COMPLETIONS,
        Family.EMBEDDINGS,
    }
)
_CONVERTED = frozenset({Family.CHAT_COMPLETIONS, Family.RESPONSES})


class _Called(Struct, frozen=True):
    """One call: where it names the model, and the family that it speaks."""

    path: str
    name: str
    span: Span
    family: Family


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    declared = _declared(project)
    reported: set[tuple[str, Span, Family]] = set()
    for call in _calls(project):
        routes = declared.get(call.name)
        if routes is None or _agree(routes.families, call.family, ctx):
            continue
        route = routes.first
        assert route.family is not None
        place = route.family_value.span or route.endpoint_path.span or route.place
        path = canonical_path(route.family)
        yield ctx.finding(
            call.path,
            call.span,
            f"`{call.name}` is called on {call.family} here, but route `{route.name}` declares "
            f"{route.family}",
            help=f"call it on `{path}`" if path else f"call it on {route.family}",
            related=(Related(Location(route.path, place), "it is declared here"),),
            subject=f"{call.name}: {call.family}",
        )
        if (route.path, place, call.family) not in reported:
            reported.add((route.path, place, call.family))
            yield ctx.finding(
                route.path,
                place,
                f"route `{route.name}` declares {route.family}, but `{call.name}` is called on "
                f"{call.family}",
                help="correct the call, or declare the family that it needs",
                related=(Related(Location(call.path, call.span), "it is called here"),),
                subject=f"{route.name}: {call.family}",
            )


class _Declared(Struct, frozen=True):
    """The first route of a name, and the families that any route of the name declares."""

    first: Route
    families: frozenset[Family | None]

    @classmethod
    def of(cls, routes: Sequence[Route]) -> _Declared:
        return cls(routes[0], frozenset(route.family for route in routes))


def _declared(project: Project) -> Mapping[str, _Declared]:
    """The routes of tables that state a family and translate nothing, by alias and by model."""
    found: defaultdict[str, list[Route]] = defaultdict(list)
    for route in project.all(Route):
        if route.kind is not RouteKind.TABLE or route.scope is not RouteScope.REPOSITORY:
            continue
        if route.states_family and route.family in _JUDGED and route.effective:
            for name in {route.alias.literal, route.model.literal}:
                if name and not route.bridges:
                    found[name].append(route)
    return {name: _Declared.of(routes) for name, routes in found.items()}


def _calls(project: Project) -> Iterator[_Called]:
    for route in project.all(Route):
        model, family = route.model, route.family
        if route.kind not in _CALLS or route.in_example or not route.effective:
            continue
        if not model.literal or not model.span or route.chosen_family.source not in _TOLD_BY_CALL:
            continue
        if route.is_given:  # its function may choose the family by the model
            continue
        if family is not None and family in _JUDGED:
            yield _Called(route.path, model.literal, model.span, family)
    for sample in project.all(HttpCall):
        if sample.family in _JUDGED and sample.scope is not RouteScope.EXAMPLE:
            yield _Called(sample.path, sample.model.value, sample.model.span, sample.family)


def _agree(declared: frozenset[Family | None], called: Family, ctx: Context) -> bool:
    """Whether calls of a family reach one that is declared, as they are or by the gateway's bridge."""
    converted = called in _CONVERTED and bool(ctx.settings.gateway.bridges)
    return not declared.isdisjoint(_CONVERTED if converted else {called})
