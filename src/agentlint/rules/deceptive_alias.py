from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.tools.model_words import alias_asked_for
from agentlint.facts.values.value import Value
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.names import (
    ModelName,
    effort_is_a_setting,
    parse_model,
    publisher_of,
    recognise,
    unpacked,
    vendors_own,
    without_host,
    words_of_hosts,
)
from agentlint.knowledge.retirements import answered_as
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern

# What tells one model of a line from another, so that leaving it out names another model.
_TELLING = frozenset(
    "mini nano lite small medium large pro max plus ultra flash turbo codex coder thinking reasoner"
    " haiku sonnet opus vision audio realtime search embedding chat".split()
)
# What people say of the number of parameters, which some IDs give as a number.
_SIZES = frozenset("mini nano lite small medium large".split())
_PARAMETERS = Pattern(r"(?<![a-z0-9.])\d{1,4}(?:\.\d)?b(?![a-z0-9])")
# How hard a model is to think.
_EFFORTS = frozenset(
    "no none minimal low medium high xhigh think thinking nothink reasoning fast".split()
)
# How weights of a size are tuned, which those who serve them may leave out or add; a vendor's own
# `gpt-5-chat` is another model than `gpt-5`.
_TUNED = frozenset({"instruct", "chat", "it"})
_NEWEST = ":latest"
# The vendor's own pointer to a release, which no file tells; `claude-3-5-sonnet-latest` tells it.
_POINTER = "-latest"
_RELEASE = Pattern(r"(?<![a-z])[a-z]?[0-9]{1,8}")
_WORD = Pattern(r"[a-z]{1,40}|[0-9]{1,8}")
_DATE = Pattern(r"(?<![0-9])(?:20\d\d-\d\d-\d\d|20\d{6})(?![0-9])")
# How Bedrock counts the builds of a model; that of a vendor's own name (`embed-english-v3`) has no colon.
_BUILD = Pattern(r"-v\d{1,2}:\d{1,2}\Z")
_VERSION = Pattern(r"-v\d")
# Models of one name, for each further name that leads to it; where there are more, nothing is said.
_MAX_MODELS = 20


class _Served(Struct, frozen=True):
    """What an alias stands for: `model` as its first route tells it, and each model once, None for what
    is no known model's name."""

    model: Value
    names: tuple[ModelName | None, ...]

    @classmethod
    def of(cls, routes: Sequence[Route]) -> _Served | None:
        """None where a route does not tell its model."""
        if not all(route.model.literal and route.model.span for route in routes):
            return None
        names = dict.fromkeys(name for route in routes for name in _names_of(route))
        return cls(_telling(routes[0]), tuple(names))


def _telling(route: Route) -> Value:
    """What tells the model that a route serves: its base model, if it says one."""
    return route.base_model if route.base_model.literal else route.model


def _names_of(route: Route) -> Iterator[ModelName | None]:
    """What tells the model, and the name of the deployment if that is a model's: prices and limits go by
    the base model, for which people name the nearest that is listed."""
    yield recognise(_telling(route).raw)
    if route.base_model.literal and (named := recognise(route.model.raw)):
        yield named


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.kind.is_named_by_author or route.scope is RouteScope.TEST:
        return
    promised = recognise(route.alias.literal) if route.alias.literal else None
    serving = _serving(route, ctx.project) if promised else None
    if not promised or not serving or not route.alias.span:
        return
    if len(serving.names) > _MAX_MODELS:
        return
    if any(served is None or _same(promised, served) for served in serving.names):
        return
    if any(served and _is_vendors_own(promised, served, ctx) for served in serving.names):
        return
    model = serving.model
    yield ctx.finding(
        route.path,
        route.alias.span,
        f"the alias `{route.alias.raw}` is the name of a model, but it serves `{model.raw}`",
        help=_help(route.alias.raw),
        related=(Related(Location(route.path, model.span), "it serves this model"),)
        if model.span
        else (),
        subject=route.alias.raw,
    )


def _is_vendors_own(promised: ModelName, served: ModelName, ctx: Context) -> bool:
    """Whether the vendor itself has answered with the model served whoever asked for the one promised."""
    answered = answered_as(promised.id, ctx.today)
    own = served.key.rpartition("/")[2]
    return any(parse_model(model).key == own for model in answered)


def _help(alias: str) -> str:
    """What to do, also where it is a client's own choice to ask for that name."""
    tool = alias_asked_for(alias)
    asking = f" (`{tool.variable}` has {tool.title} ask for that name)" if tool else ""
    return (
        f"name the alias after the work it is for{asking}, or let it serve the model that it names"
    )


def _serving(route: Route, project: Project) -> _Served | None:
    """What a route serves itself, or the routes of the file that have the name that it leads to."""
    if route.kind is not RouteKind.ALIAS:
        return _Served.of((route,))
    if len(route.targets) != 1:
        return None
    return project.once(_served_by_name).get((route.path, route.targets[0].raw))


def _served_by_name(project: Project) -> Mapping[tuple[str, str], _Served | None]:
    """What each name of a file serves."""
    found: defaultdict[tuple[str, str], list[Route]] = defaultdict(list)
    for alias, routes in project.aliases.items():
        for route in routes:
            found[route.path, alias].append(route)
    return {name: _Served.of(routes) for name, routes in found.items()}


def _same(promised: ModelName, served: ModelName) -> bool:
    """Whether an alias may stand for the model served: it leaves out or reorders details of its name,
    but no word that tells one size or line of a model from another, and adds an effort at most, a word
    for a number of parameters, how weights are tuned and packed, or a release that its vendor chooses."""
    providers = _words_of(" ".join((*promised.prefixes, *served.prefixes)))
    tuned = _TUNED if _gives_size(promised) or _gives_size(served) else frozenset()
    added = _EFFORTS if effort_is_a_setting(served.vendor) else frozenset()
    added |= _SIZES if _gives_size(served) else frozenset()
    other = _words_of(served.text)
    added |= tuned | _releases(promised, served)
    one = _words_of(_undated(promised, served)) - providers - (added - other)
    more = other - one - providers - tuned
    if (
        not _words_of(publisher_of(promised.id)) <= other | providers
        and not more <= words_of_hosts()
    ):
        return False  # the full name of weights, and more than how a host runs them
    return one <= other and (not more & _TELLING or "instruct" in other)


def _releases(promised: ModelName, served: ModelName) -> frozenset[str]:
    """The words for the release that an alias promises, where the model served is the newest of its line,
    whichever that is; a number of parameters is none."""
    other = served.text.lower()
    if not other.endswith(_POINTER) or _RELEASE.search(_PARAMETERS.sub("", other)):
        return frozenset()
    sized = _PARAMETERS.sub(" ", promised.text.lower())
    return _words_of(" ".join(_RELEASE.findall(sized))) - _words_of(other)


def _undated(promised: ModelName, served: ModelName) -> str:
    """The ID that an alias promises, without who publishes it and what hosts add, and without a date or a
    build where the model served is asked for by none: two dates are two models."""
    publisher = publisher_of(promised.id)
    name, other = promised.id.lower(), served.text.lower()
    if publisher:
        name = without_host(name[len(publisher) :])
    if not _VERSION.search(other):
        name = _BUILD.sub("", name)
    if not _DATE.search(other):
        name = _DATE.sub("", name)
    return vendors_own(name)


def _gives_size(name: ModelName) -> bool:
    """Whether a name gives the number of parameters, as those of open weights do."""
    return _PARAMETERS.search(name.text.lower()) is not None


def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unpacked(text.lower().removesuffix(_NEWEST))))
