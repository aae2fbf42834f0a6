from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from agentlint.facts.detectors.model_values import is_model_value
from agentlint.facts.joins.names import Names, NameUse, Use, folded_names, unknown_uses
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.routing_order import RoutingOrder, TargetKind
from agentlint.facts.tools.portkey import provider_slug
from agentlint.findings import Applicability, Finding, NewValue, NewWord, Repair
from agentlint.knowledge.providers import provider_of_prefix
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

_CALLS = (RouteKind.CALL, RouteKind.CI_STEP)
# So much of a name agrees where one or two letters of it are wrong.
_NEARLY = 0.85
# Aliases of one model that an advice names.
_MOST_LISTED = 3


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    everywhere = (*project.files, *project.context)
    names = Names.of(route for file in everywhere for route in file.of(Route))
    for use in unknown_uses(project.all(Route), names):
        yield _finding(use, names, ctx)
    if _is_complete(project):
        for order in project.all(RoutingOrder):
            if _is_alias(order) and order.target.value not in names:
                yield _ordered(order, names, ctx)
        for route in project.all(Route):
            if _is_misspelt(route, names):
                yield _called(route, names, ctx)


def _is_alias(order: RoutingOrder) -> bool:
    """Whether an order names an alias of a gateway, and no word of a tool's own."""
    return order.kind is TargetKind.ALIAS and not order.of_tool


def _is_complete(project: Project) -> bool:
    """Whether there is a route table, and none that knows names from outside the repository."""
    routes = [route for group in project.aliases.values() for route in group]
    read = [route for route in routes if route.scope is RouteScope.REPOSITORY]
    return bool(read) and not any(route.names_elsewhere for route in routes)


def _is_misspelt(route: Route, names: Names) -> bool:
    """Whether a call names no model and no alias, but nearly one of the table's.

    Other names may be another gateway's, and single words a tool's own.
    """
    name = route.model.literal
    if route.kind not in _CALLS or not route.scope.is_read or not name or not route.model.span:
        return False
    if name in names or is_model_value(name) or provider_of_prefix(name) or "-" not in name:
        return False
    if provider_slug(name):
        return False
    return bool(names.near(name, _NEARLY))


def _called(route: Route, names: Names, ctx: Context) -> Finding:
    assert route.model.span is not None
    name = route.model.raw
    return ctx.finding(
        route.path,
        route.model.span,
        f"`{name}` is called here, and no route defines it",
        help=_question(_meant(name, names)),
        subject=name,
        repair=_respelled(name, names, NewValue, route.model.span),
    )


def _meant(name: str, names: Names, caller: str = "") -> Sequence[str]:
    """The names of the table that a name was probably meant to be: those that are nearly it, or else the
    one that is nearest. A route never leads to itself, so the name of the `caller` is none of them."""
    nearly = [other for other in names.near(name, _NEARLY) if other != caller]
    return nearly or [other for other in names.near(name) if other != caller][:1]


def _question(meant: Sequence[str]) -> str:
    return f"did you mean {' or '.join(f'`{name}`' for name in meant)}?"


def _respelled(
    name: str, names: Names, change: type[NewValue | NewWord], span: Span, *, caller: str = ""
) -> Repair | None:
    """The one name of the table that is nearly `name` in its place; where that is the caller's own, or
    there are several, nobody can tell which was meant."""
    nearly = names.near(name, _NEARLY)
    if len(nearly) != 1 or nearly[0] == caller:
        return None
    return Repair(f"write `{nearly[0]}`", Applicability.UNSAFE, (change(span, nearly[0]),))


def _ordered(order: RoutingOrder, names: Names, ctx: Context) -> Finding:
    name = order.target.value
    meant = _meant(name, names)
    return ctx.finding(
        order.path,
        order.target.span,
        f"this orders the use of the alias `{name}`, which no route defines",
        help=_question(meant) if meant else "define it in the route table",
        subject=name,
        repair=_respelled(name, names, NewWord, order.target.span),
    )


def _finding(use: NameUse, names: Names, ctx: Context) -> Finding:
    assert use.name.span is not None
    folded = folded_names(use, names)
    repair = _respelled(use.name.raw, names, NewValue, use.name.span, caller=use.route.name)
    return ctx.finding(
        use.route.path,
        use.name.span,
        _message(use),
        help=_advice(use, names, ctx) if not folded else _unfolded(folded),
        subject=f"{use.route.name}: {use.name.raw}",
        repair=None if folded else repair,
    )


def _unfolded(folded: Sequence[str]) -> str:
    listed = ", ".join(f"`{name}`" for name in folded[:_MOST_LISTED])
    return f"these lines are read as one name: indent them alike, for {listed} to be names of their own"


def _advice(use: NameUse, names: Names, ctx: Context) -> str:
    aliases = ctx.project.once(_aliases_of).get(use.name.raw, ())
    if use.use is Use.SUBJECT and aliases:
        called = " or ".join(f"`{alias}`" for alias in aliases[:_MOST_LISTED])
        return f"this is the model behind {called}, and calls use that name: write it here"
    meant = _meant(use.name.raw, names, use.route.name)
    return _question(meant) if meant else "define it in the route table, or take it out here"


def _aliases_of(project: Project) -> Mapping[str, Sequence[str]]:
    """The aliases that stand for each upstream model."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for alias, routes in project.aliases.items():
        for model in (route.model.literal for route in routes if route.model.literal):
            found[model][alias] = None
    return {model: tuple(aliases) for model, aliases in found.items()}


def _message(use: NameUse) -> str:
    name, route = use.name.raw, use.route.name
    match use.use:
        case Use.SUBJECT:
            return f"fallbacks are listed for `{name}`, which no route defines"
        case Use.TARGET:
            return f"`{route}` points to `{name}`, which no route defines"
        case Use.FALLBACK:
            return f"route `{route}` falls back to `{name}`, which no route defines"
