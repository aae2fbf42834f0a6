"""What the route table of a repository has rows for: its routes, and the models of its other tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from agentlint.facts.named_model import NamedModel
from agentlint.facts.project import Project
from agentlint.facts.route import Credential, Fallback, Route, RouteKind
from agentlint.facts.tables.route_tables import FORMAT
from agentlint.facts.tree import implied, plain_key
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.knowledge.data import word_set

_CALLS = (RouteKind.CALL, RouteKind.CI_STEP)


def route_rows(project: Project) -> tuple[Route, ...]:
    """Every route, and as a route whose endpoint family nobody tells each model that a table for a
    program of the team's own chooses; rules are given no such thing."""
    return tuple(
        row
        for file in project.files
        for row in (*filter(_leads_anywhere, file.of(Route)), *_rows_of(file.of(NamedModel)))
    )


def _leads_anywhere(route: Route) -> bool:
    """Whether something is called by a route, or by its name: not by a setting that has no effect, or by
    the base URL of whatever else is there."""
    named = (route.alias, route.role, route.model, route.model_default, *route.targets)
    return route.kind in _CALLS or any(value.given for value in named)


def _rows_of(models: Sequence[NamedModel]) -> Iterator[Route]:
    names = _names(models)
    for named in models:
        yield Route(
            format=FORMAT,
            path=named.path,
            pointer=named.pointer or (named.path,),
            span=named.span,
            kind=RouteKind.SETTING,
            scope=named.scope,
            role=implied(names[named.pointer]) if named.pointer else ABSENT,
            model=Value(named.model, ValueKind.LITERAL, named.span),
            provider=implied(named.provider),
            base_url=named.base_url,
            credentials=(Credential("api_key", named.credential),),
            fallbacks=tuple(Fallback(target, "error") for target in named.fallbacks),
        )


def _names(models: Sequence[NamedModel]) -> Mapping[tuple[str, ...], str]:
    """By its pointer the key right above each model, with as many of those before it as tell it from
    another one of the file; one such as `fallback` says nothing alone."""
    names: dict[tuple[str, ...], str] = {}
    left, count = {named.pointer for named in models}, 1
    while left:
        alike: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for pointer in left:
            alike[pointer[-count:]].append(pointer)
        for last, pointers in alike.items():
            is_enough = len(pointers) == 1 and not (count == 1 and _says_nothing_alone(last))
            names |= {each: ".".join(last) for each in pointers if is_enough or len(each) <= count}
        left -= names.keys()
        count += 1
    return names


def _says_nothing_alone(last: tuple[str, ...]) -> bool:
    return plain_key("".join(last)) in word_set("named_models", "entry", "relative")
