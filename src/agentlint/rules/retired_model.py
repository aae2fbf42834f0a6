from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import is_put_away
from agentlint.facts.joins.imported_models import is_judged
from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.named_model import NamedModel
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.serving import is_behind_gateway, provider_of
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import Located, Value, classified
from agentlint.findings import Finding, Location, Related, Severity
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import ProviderKind, provider_of_url, title_of
from agentlint.knowledge.retirements import (
    Retirement,
    has_retirement,
    lasting_successor,
    retirement,
)
from agentlint.knowledge.served import default_provider
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.aliases import models_fallen_back_to
from agentlint.rules.shared.approvals import approvals
from agentlint.rules.shared.claude_host import host_by_settings
from agentlint.text import Span

_WARN_DAYS = 90
_PR_AGENT = "pr-agent"
_ACTIVE = (Stance.DIRECTIVE, Stance.ASSIGNED, Stance.EXAMPLE)
# What calls through the repository's own table as a rule; an agent or a tool has a provider of its own.
_CALLERS = (RouteKind.CALL, RouteKind.ENVIRONMENT)
_SHOWN = (Position.COMMENT, Position.LINK)


@rule(on=(Route, ModelMention, NamedModel))
def check(fact: Route | ModelMention | NamedModel, ctx: Context) -> Iterator[Finding]:
    match fact:
        case Route(scope=scope, effective=True) if scope is not RouteScope.TEST:
            instead = _instead_in(fact, ctx)
            yield from _of_route(fact, instead, ctx)
            for fallen_back in models_fallen_back_to(fact, ctx.project):
                yield from _of_route(fallen_back, instead, ctx)
        case ModelMention(stance=stance) if stance in _ACTIVE:
            yield from _of_mention(fact, ctx)
        case NamedModel(scope=scope) if scope is not RouteScope.TEST:
            yield from _of_named_model(fact, ctx)


class _Instead(Struct, frozen=True):
    """What the reader of a route does in place of calling a model that has ended, "" where that fails, and
    how bad it is at worst."""

    clause: str
    worst: Severity


def _of_route(route: Route, instead: _Instead, ctx: Context) -> Iterator[Finding]:
    model = route.model
    if not is_judged(route, ctx.project):
        return
    if not model.literal:
        yield from _by_default(route, ctx)
        return
    if model.span is None or not has_retirement(model.literal):
        return
    if not _is_another(route, model.literal, ctx):
        place = route.model_origin or model.span
        yield from _by_model(route, model.literal, place, instead, ctx)


def _of_mention(mention: ModelMention, ctx: Context) -> Iterator[Finding]:
    known = mention.in_test or mention.id in ctx.project.aliases
    routed = (mention.path, mention.span) in ctx.project.once(_routed)
    if routed or known or mention.elsewhere or mention.position in _SHOWN:
        return
    if _is_substituted(mention.id, mention.reader):
        return
    ending = _end_of_mentioned(mention, ctx)
    shown = mention.shown or mention.stance is Stance.EXAMPLE
    # What an agent does that is told to use a model that its tool no longer has, no documentation says.
    of_tool = mention.or_provider or _instead_of_unknown(mention.reader)
    worst = Severity.WARNING if of_tool else Severity.ERROR
    yield from _finding(mention.path, mention.span, ending, ctx, may_wait=shown, worst=worst)


def _end_of_mentioned(mention: ModelMention, ctx: Context) -> Retirement | None:
    """The end of a model by whoever answers for it; where that may be one of two, only once both have
    ended it. A prefix alone may be an aggregator's, which serves open weights from other hosts, and one
    that the agent cannot call by itself is a gateway's."""
    if not mention.provider and is_behind_gateway(mention.reader, mention.text):
        return None
    own = retirement(mention.provider or None, mention.text)
    if own and own.open_weights and not mention.provider:
        return None
    if not own or not mention.or_provider:
        return own
    other = retirement(mention.or_provider, mention.text)
    have_ended = other and max(own.days_left(ctx.today), other.days_left(ctx.today)) <= 0
    return own if have_ended else None


def _of_named_model(named: NamedModel, ctx: Context) -> Iterator[Finding]:
    if named.model in ctx.project.aliases:
        return
    ending = retirement(named.provider, named.model)
    may_wait = named.is_default or named.scope is RouteScope.EXAMPLE
    worst = Severity.WARNING  # nobody knows who reads such a file
    yield from _finding(named.path, named.span, ending, ctx, may_wait=may_wait, worst=worst)


def _by_model(
    route: Route, model: str, place: Span, instead: _Instead, ctx: Context
) -> Iterator[Finding]:
    """The model of a route, told where it is written, and of calls that share a constant once."""
    ending = retirement(_answering(route, ctx.project), model)
    if route.model_origin:
        key = (route.path_of_model, route.model_origin, ending)
        if ctx.project.once(_by_constants)[key] is not route:
            return
    may_not_be_called = route.in_reserve or _may_go_anywhere(route)
    worst = Severity.WARNING if may_not_be_called and not instead.clause else instead.worst
    path, may_wait = route.path_of_model, _may_wait(route)
    for finding in _finding(path, place, ending, ctx, may_wait=may_wait, worst=worst):
        yield replace(
            finding,
            help=f"{finding.help}; {instead.clause}" if instead.clause else finding.help,
            related=(*finding.related, *_use_of_constant(route)),
        )


def _instead_of_unknown(format_id: str) -> str:
    """What the reader of a format does in place of calling a model that has ended, "" where that fails."""
    reader = find_format(format_id)
    return reader.in_place_of_unknown if reader else ""


def _instead_in(route: Route, ctx: Context) -> _Instead:
    """The same for a route: of a list, a reader may take the next model that it has."""
    reader, of_session = find_format(route.format), _instead_of_unknown(route.format)
    if not reader or not of_session:
        return _Instead("", Severity.ERROR)
    choices = (route.model, *(fallback.target for fallback in route.fallbacks))
    provider = _answering(route, ctx.project)
    has_next = reader.next_of_list and route.fallbacks
    if has_next and not all(_has_ended(one, provider, ctx) for one in choices):
        return _Instead(reader.next_of_list, Severity.INFO)
    return _Instead(of_session, Severity.WARNING)


def _has_ended(model: Value, provider: str | None, ctx: Context) -> bool:
    ending = retirement(provider, model.literal) if model.literal else None
    return ending is not None and ending.days_left(ctx.today) <= 0


def _answering(route: Route, project: Project) -> str | None:
    """The provider that answers a route; None where the model tells it."""
    answers = (
        host_by_settings(route, project) or _by_workflows(route, project) or provider_of(route)
    )
    if answers is None and is_behind_gateway(route.format, route.model.literal or ""):
        return SOMEONE.literal
    return answers


def _by_workflows(route: Route, project: Project) -> str | None:
    if route.format != _PR_AGENT:
        return None
    from agentlint.rules.shared.pr_agent_host import host_by_workflows

    return host_by_workflows(route, project)


def _may_wait(route: Route) -> bool:
    """Whether a route is only shown, or calls from where it was put away what others may use."""
    return route.in_example or is_put_away(route.path)


def _use_of_constant(route: Route) -> Iterator[Related]:
    if (route.model_origin or route.model_path) and route.model.span:
        is_origin = not route.model_path and route.model.span == route.model_origin
        place = route.span if is_origin else route.model.span
        yield Related(Location(route.path, place), "a call that uses it")


def _by_constants(project: Project) -> Mapping[tuple[str, Span, Retirement | None], Route]:
    """Of the calls that share a constant and its end the first, rather one whose client is certain."""
    calls = [route for route in project.all(Route) if route.model_origin]
    first: dict[tuple[str, Span, Retirement | None], Route] = {}
    for call in sorted(calls, key=_may_go_anywhere):
        if call.model_origin:
            ending = retirement(_answering(call, project), call.model.literal or "")
            first.setdefault((call.path_of_model, call.model_origin, ending), call)
    return first


def _by_default(route: Route, ctx: Context) -> Iterator[Finding]:
    """The model that is called where nobody says another one, told once for all calls that share it."""
    default = _default_of(route)
    place = (route.path_of_model, default.span) if default else None
    if default is None or place is None or ctx.project.once(_defaults).get(place) is not route:
        return
    if not _is_another(route, default.value, ctx):
        ending = retirement(_answering_for(default, route, ctx.project), default.value)
        if (*place, ending) in ctx.project.once(_by_constants):
            return
        for finding in _finding(route.path_of_model, default.span, ending, ctx, may_wait=True):
            use = _use_of_constant(route) if route.model_path else ()
            yield replace(finding, related=(*finding.related, *use))


def _defaults(project: Project) -> Mapping[tuple[str, Span], Route]:
    """The first route to each default, of those whose provider is certain."""
    return {
        (route.path_of_model, default.span): route
        for route in reversed(project.all(Route))
        if (default := _default_of(route)) and _answering_for(default, route, project)
    }


def _answering_for(default: Located[str], route: Route, project: Project) -> str | None:
    """The provider that answers for a default: who answers for it as the model of the route, and where
    a call names neither a host nor a provider, as through LiteLLM, or a variable and what stands beside
    it names nobody, whom the model names. A client that the call is given tells by its declared class,
    for a model of its own vendor."""
    asked = replace(route, model=classified(default.value, default.span))
    answers = _answering(asked, project)
    if answers or route.kind not in _CALLERS:
        return answers
    named = default_provider(default.value)
    if route.base_url.given and (route.client_of != named or parse_model(default.value).prefixes):
        return None
    return named or None


def _default_of(route: Route) -> Located[str] | None:
    own, model = route.model_default, route.model
    if own.literal and own.span:
        return Located(own.literal, own.span)
    return Located(model.default, model.span) if model.default and model.span else None


def _may_go_anywhere(route: Route) -> bool:
    """Whether a program calls by a client that it is given, of which only the model tells something."""
    given = route.kind is RouteKind.CALL and route.base_url.given
    return given and not route.base_url.literal and not route.provider.given


def _is_another(route: Route, model: str, ctx: Context) -> bool:
    """Whether what is called is an alias of the repository that only looks like the model, or a newer
    model that the reader of the route calls in its place."""
    if route.kind in _CALLERS and model in ctx.project.aliases:
        return not _calls_vendor(route)
    return _is_substituted(model, route.format)


def _is_substituted(model: str, format_id: str) -> bool:
    """Whether the reader of a format calls a newer model in place of one."""
    reader = find_format(format_id)
    return reader is not None and model in reader.substituted


def _calls_vendor(route: Route) -> bool:
    """Whether a program calls the URL of a vendor that it writes out, where no alias of the repository is
    known. What an environment says may be for several readers."""
    url = route.base_url
    if route.kind is not RouteKind.CALL:
        return False
    known = provider_of_url(url.literal) if url.literal and url.span else None
    return known is not None and known.kind is ProviderKind.VENDOR


def _routed(project: Project) -> frozenset[tuple[str, Span | None]]:
    """Where the models of routes stand, and those that they fall back to: a route tells better who
    answers there."""
    return frozenset(
        (route.path, model.span)
        for route in project.all(Route)
        for model in (route.model, *(fallback.target for fallback in route.fallbacks))
    )


def _finding(
    path: str,
    span: Span,
    ending: Retirement | None,
    ctx: Context,
    *,
    may_wait: bool = False,
    worst: Severity = Severity.ERROR,
) -> Iterator[Finding]:
    """What to say of a model's end: what is only shown, or only a default, may wait for the day."""
    if ending is None:
        return
    put_away = is_put_away(path)
    may_wait = may_wait or put_away
    if ending.days_left(ctx.today) > (0 if may_wait else _WARN_DAYS):
        return
    has_ended = ending.days_left(ctx.today) <= 0
    severity = worst if ending.fails(ctx.today) and not may_wait else Severity.WARNING
    yield ctx.finding(
        path,
        span,
        f"{title_of(ending.provider)} {_what_comes(ending, has_ended)}",
        severity=Severity.INFO if put_away else severity,
        help=_advice(ending, ctx),
        related=_broken_approval(ending.model, ctx),
        subject=ending.model,
    )


def _advice(ending: Retirement, ctx: Context) -> str:
    """What to do, and where the provider says so; `agentlint models` tells all that it is known by."""
    successor = lasting_successor(ending, ctx.today, _WARN_DAYS)
    advice = "choose a successor"
    if successor:
        advice = ", ".join((f"move to `{successor.model}`", *successor.caveats))
    if ending.retraining:
        advice += f", and give it by prompt what this one was trained for: {ending.retraining}"
    if ending.still_served:
        advice += f"; {ending.still_served} are still served"
    return f"{advice} ({ending.page}, verified on {ending.verified_on})"


def _what_comes(ending: Retirement, has_ended: bool) -> str:
    has_come = has_ended and ending.is_confirmed
    coming = "was to" if has_ended else "will"
    if ending.answered_by:
        verb, since = ("has redirected", "since") if has_come else (f"{coming} redirect", "from")
        return f"{verb} `{ending.named}` to `{ending.answered_by}` {since} {ending.day}"
    verb = "retired" if has_come else f"{coming} retire"
    return f"{verb} `{ending.named}` on {ending.day}"


def _broken_approval(model: str, ctx: Context) -> tuple[Related, ...]:
    """The approval record that the retirement undoes, if the repository keeps one."""
    last = ctx.project.once(approvals).last(model)
    if last is None:
        return ()
    return (Related(Location(last.path, last.place), "the approval that this ends"),)
