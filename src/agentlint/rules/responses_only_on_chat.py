from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from agentlint.facts.joins.imported_models import is_judged
from agentlint.facts.project import Project
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.serving import provider_of
from agentlint.facts.values.value import Value
from agentlint.findings import (
    Applicability,
    Change,
    Confidence,
    Finding,
    Location,
    NewValue,
    Related,
    Repair,
    Severity,
)
from agentlint.knowledge.families import (
    CHAT_TO_RESPONSES,
    GENERIC,
    Family,
    family_of_path,
    path_for,
    word_of_family,
)
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.retirements import retirement
from agentlint.knowledge.served import Certainty
from agentlint.knowledge.verdicts import Verdict, chat_verdict, litellm_chat_verdict
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.aliases import models_fallen_back_to
from agentlint.rules.shared.sender import sender_of
from agentlint.text import Span

_Place: TypeAlias = tuple[str, Span | None]
_CONFIDENCE = {Certainty.CONFIRMED: Confidence.HIGH, Certainty.SDK_ONLY: Confidence.MEDIUM}
_ENDED = "choose another model, since this one has been shut down"
# The call of OpenAI's own library, and what to call in its place.
_ON_CHAT, _ON_RESPONSES = "chat.completions.create", "call `responses.create` instead"


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.effective or route.scope is RouteScope.TEST:
        return
    is_certain = route.model.literal and not route.is_given
    named = route.model if is_certain else _chosen_among(route, ctx)
    verdict = _verdict(route, named.literal, ctx) if named and named.literal else None
    if named and verdict and not _repeats_entry(route, ctx):
        yield _finding(route, "sends", named, verdict, ctx, repair=_moved(route, verdict))
    for other in models_fallen_back_to(route, ctx.project):
        verdict = _verdict(other, other.model.raw, ctx)
        if verdict:  # no fix: the route's own model may be served on chat alone
            yield _finding(other, "as a fallback sends", other.model, verdict, ctx)


def _finding(
    route: Route,
    verb: str,
    named: Value,
    verdict: Verdict,
    ctx: Context,
    *,
    repair: Repair | None = None,
) -> Finding:
    ending = retirement(provider_of(route), named.raw)
    has_ended = ending is not None and ending.fails(ctx.today)
    is_on_chat = route.kind is RouteKind.CALL and route.name.endswith(_ON_CHAT)
    advice = _ENDED if has_ended else _ON_RESPONSES if is_on_chat else verdict.fix
    is_default = named is route.model_default
    place = named.span if is_default else None
    return ctx.finding(
        route.path_of_model if is_default else route.path,
        place or route.place,
        f"{sender_of(route)} {verb} `{named.raw}` to Chat Completions, but {verdict.reason}",
        severity=verdict.severity,
        confidence=_CONFIDENCE.get(verdict.certainty, Confidence.LOW),
        help=f"{advice} ({verdict.evidence.summary})",
        related=(*_chosen_by(route), *_imported(route, is_default=is_default)),
        subject=f"{route.name}: {named.raw}",
        repair=None if has_ended else repair,
    )


def _chosen_among(route: Route, ctx: Context) -> Value | None:
    """The default of the argument that names the model, or what a function is given for it, at the first
    of the calls that share it; none where one of them goes to Responses, since the program then chooses
    by the model."""
    place = (route.path_of_model, _choice(route).span)
    if not is_judged(route, ctx.project) or place in ctx.project.once(_choices_on_responses):
        return None
    return _choice(route) if ctx.project.once(_first_of_choices).get(place) == route else None


def _choice(route: Route) -> Value:
    """One of the models that a call may name."""
    return route.model if route.is_given and route.model.literal else route.model_default


def _first_of_choices(project: Project) -> Mapping[_Place, Route]:
    """The first of the calls that share each choice."""
    first: dict[_Place, Route] = {}
    for route in _with_choice(project):
        first.setdefault((route.path_of_model, _choice(route).span), route)
    return first


def _choices_on_responses(project: Project) -> frozenset[_Place]:
    """The texts with which any call goes to Responses, chosen or not."""
    return frozenset(
        (route.path_of_model, span)
        for route in project.all(Route)
        if route.family is Family.RESPONSES
        for span in (_choice(route).span, route.model_origin)
        if span
    )


def _with_choice(project: Project) -> Iterator[Route]:
    for route in project.all(Route):
        if _choice(route).literal and _choice(route).span:
            yield route


def _repeats_entry(route: Route, ctx: Context) -> bool:
    """Whether a route only chooses an entry of the file that names the same model at the same URL."""
    if route.kind is RouteKind.DEPLOYMENT or route.base_url.span is None:
        return False
    return _entry(route) in ctx.project.once(_entries)


def _entries(project: Project) -> frozenset[tuple[object, ...]]:
    return frozenset(
        _entry(route)
        for route in project.all(Route)
        if route.kind is RouteKind.DEPLOYMENT and route.base_url.span and route.effective
    )


def _entry(route: Route) -> tuple[object, ...]:
    return (route.path, route.base_url.span, route.model.raw, route.scope)


def _moved(route: Route, verdict: Verdict) -> Repair | None:
    """The route as one to Responses, where the model is surely served there.

    A call in a program is for its author to move: the arguments and the answer have another form.
    """
    if verdict.severity is Severity.INFO or verdict.certainty is not Certainty.CONFIRMED:
        return None
    changes = () if route.kind is RouteKind.CALL else tuple(_changes(route, verdict))
    if not changes:
        return None
    return Repair("send the model to Responses", Applicability.UNSAFE, changes)


def _changes(route: Route, verdict: Verdict) -> Iterator[Change]:
    if CHAT_TO_RESPONSES in route.bridges:
        if route.family_value.span:
            yield NewValue(route.family_value.span, Family.RESPONSES.value)
        elif route.model.span and verdict.litellm_model:
            yield NewValue(route.model.span, verdict.litellm_model)
        return
    known = find_format(route.format)
    dialect = known.family_dialect if known else GENERIC
    parts = (route.family_value, route.endpoint_path, route.base_url)
    if any(part.literal and part.span and not route.owns(part) for part in parts):
        return
    if route.family_value.span and route.family_value.literal and not _has_siblings(route):
        yield NewValue(route.family_value.span, word_of_family(Family.RESPONSES, dialect=dialect))
    for where in (route.endpoint_path, route.base_url):
        yield from _to_responses(where)


def _to_responses(where: Value) -> Iterator[Change]:
    if where.literal and where.span and family_of_path(where.literal) is Family.CHAT_COMPLETIONS:
        path = path_for(where.literal, Family.CHAT_COMPLETIONS, Family.RESPONSES)
        if path:
            yield NewValue(where.span, path)


def _has_siblings(route: Route) -> bool:
    """Whether the route is one target of several that must speak the same."""
    return "targets" in route.pointer


def _verdict(route: Route, model: str, ctx: Context) -> Verdict | None:
    """What is wrong with the route, as its reader will really send it."""
    if CHAT_TO_RESPONSES in route.bridges:
        if route.upstream_family is not Family.CHAT_COMPLETIONS:
            return None
        return litellm_chat_verdict(
            model,
            mode=route.family_value.literal,
            base_model=route.base_model.literal,
            api_base=route.base_url.literal,
            catalogue=ctx.catalogue,
        )
    if route.family is not Family.CHAT_COMPLETIONS:
        return None
    bridges = ctx.settings.gateway.bridges
    return chat_verdict(provider_of(route), model, bridges=bridges, catalogue=ctx.catalogue)


def _chosen_by(route: Route) -> tuple[Related, ...]:
    stated = (route.family_value, route.endpoint_path, *_url_of_family(route))
    chosen = next((value.span for value in stated if value.span), None)
    if chosen is None or CHAT_TO_RESPONSES in route.bridges:
        return ()
    return (Related(Location(route.path, chosen), "this makes it a chat route"),)


def _imported(route: Route, *, is_default: bool) -> Iterator[Related]:
    """The other end of an import: the call that has the default of another file, or the constant there."""
    if route.model_path and is_default and route.model.span:
        yield Related(Location(route.path, route.model.span), "a call that uses it")
    elif route.model_path and route.model_origin:
        yield Related(Location(route.model_path, route.model_origin), "the model that it imports")


def _url_of_family(route: Route) -> tuple[Value, ...]:
    return (route.base_url,) if route.chosen_family.source is FamilySource.PATH else ()
