from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from agentlint.discovery import is_put_away
from agentlint.facts.call_site import CallSite
from agentlint.facts.detectors.secrets.names import split_words
from agentlint.facts.mention import INVENTORY_SIZE, KEYS_OF_MODELS, ModelMention, Position, Stance
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.serving import provider_of
from agentlint.facts.wording.weights import may_be_weights
from agentlint.findings import (
    Applicability,
    Finding,
    Location,
    NewValue,
    NewWord,
    Related,
    Repair,
    Severity,
)
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.names import ModelName, recognise
from agentlint.knowledge.providers import (
    authority_of_url,
    is_at_own_server,
    is_at_port_of_models,
    is_in_ollamas_cloud,
    is_local,
    is_own_network,
    is_own_program,
    provider_named,
    provider_of_prefix,
)
from agentlint.rules.alias_advice import AT_UPSTREAM, IN_TABLE, at_mention, at_setting, to_alias
from agentlint.rules.aliases import (
    aliases_for_agents,
    aliases_of,
    is_alias,
    stands_for,
    where_defined,
)
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span, Spans

_WHERE = {
    Position.FRONT_MATTER: "front matter",
    Position.CODE_FENCE: "a code sample",
    Position.INLINE_CODE: "an instruction",
    Position.PROSE: "an instruction",
    Position.TABLE: "a table",
    Position.HEADING: "a heading",
}
_CHOICES = (RouteKind.TOOL_DEFAULT, RouteKind.AGENT_BINDING, RouteKind.CI_STEP)
_NAMED_FOR_TOOLS = (*_CHOICES, RouteKind.MENU)
_OF_ONE_VENDOR = (
    Family.ANTHROPIC_MESSAGES,
    Family.GEMINI_GENERATE_CONTENT,
    Family.GEMINI_INTERACTIONS,
    Family.BEDROCK_CONVERSE,
)


@rule(on=(ModelMention, Route, CallSite))
def check(fact: ModelMention | Route | CallSite, ctx: Context) -> Iterator[Finding]:
    found: Iterator[Finding] = iter(())
    match fact:
        case ModelMention():
            found = _named(fact, ctx)
        case Route(kind=kind, scope=scope, effective=True) if kind in _NAMED_FOR_TOOLS:
            if scope.is_read and not _is_mentioned(fact, ctx):
                found = _chosen(fact, ctx)
        case CallSite(scope=RouteScope.REPOSITORY, model_origin=None):
            found = _called(fact, ctx)
    for finding in found:
        if not is_put_away(finding.path):
            yield finding


def _named(mention: ModelMention, ctx: Context) -> Iterator[Finding]:
    """An ID that an instruction names."""
    binding = mention.stance in (Stance.DIRECTIVE, Stance.ASSIGNED)
    shown = mention.stance in (Stance.INVENTORY, Stance.NEUTRAL, Stance.EXAMPLE)
    if mention.position not in _WHERE or mention.in_test:
        return
    if is_alias(mention.id, mention.text, ctx.project):
        return
    if binding and _is_in_its_place(mention, ctx.project):
        binding, shown = False, True
    listed = _listed_with(mention, ctx) if binding else ()
    if len({one.id for one in listed}) >= INVENTORY_SIZE:
        binding, shown, listed = False, True, ()
    if not binding and not (shown and ctx.strict):
        return
    if listed and listed[0] is not mention:
        return
    serving = aliases_for_agents(mention.id, ctx.project)
    behind = _is_behind_gateway(mention, serving, ctx.project)
    serving = () if behind else serving
    finding = ctx.finding(
        mention.path,
        mention.span,
        f"model ID `{mention.id}` is {_said(mention, binding=binding)}{_more(listed[1:])}",
        severity=None if binding else Severity.INFO,
        help=AT_UPSTREAM if behind else _help(mention, serving, ctx.project),
        related=(*where_defined(serving, ctx.project), *map(_named_too, listed[1:])),
        subject=mention.id,
        repair=_renamed(mention, serving, ctx.project) if binding else None,
    )
    yield replace(finding, repeats=tuple(one.span for one in listed[1:]))


def _is_in_its_place(mention: ModelMention, project: Project) -> bool:
    """Whether a sample names a model where its ID belongs: in a route, or to a server of one's own."""
    return mention.routed or _is_sampled_at_home(mention, project)


def _is_sampled_at_home(mention: ModelMention, project: Project) -> bool:
    """Whether a sample has a server of one's own answer with open weights that the repository has no
    alias for."""
    if mention.position is not Position.CODE_FENCE or not may_be_weights(
        mention.vendor, mention.id
    ):
        return False
    if is_in_ollamas_cloud(mention.id) or aliases_for_agents(mention.id, project):
        return False
    # `HEX_OLLAMA_MODEL`, `ollamaModel`, `--ollama-model`, `ollama/qwen3`, `ask --provider ollama --model`
    prefixes = mention.text.removesuffix(mention.id).split("/")
    named = [*split_words(mention.key), *prefixes, *mention.given_to, mention.provider]
    if any(map(is_own_program, named)) or is_local(provider_named(mention.provider)):
        return True
    # What is called at this machine may as well be the gateway, where there is one.
    if project.aliases or any(map(_is_of_others, named)):
        return False
    return bool(mention.host) and is_at_own_server(f"http://{mention.host}")


def _is_of_others(named: str) -> bool:
    """Whether a provider answers with models on its own hosts; clients call `openai` whatever answers as
    OpenAI does."""
    provider = provider_named(named)
    return provider is not None and provider.has_one_host and provider.name != "openai"


def _listed_with(mention: ModelMention, ctx: Context) -> Sequence[ModelMention]:
    """What front matter lists below the key of models that `mention` stands below, in order; nothing for
    any other mention."""
    if mention.position is not Position.FRONT_MATTER or mention.key not in KEYS_OF_MODELS:
        return ()
    return ctx.project.once(_lists_of_models)[mention.path, mention.key]


def _lists_of_models(project: Project) -> Mapping[tuple[str, str], Sequence[ModelMention]]:
    """The IDs that the front matter of each file sets below each key of models, but for aliases."""
    found: defaultdict[tuple[str, str], list[ModelMention]] = defaultdict(list)
    for mention in project.all(ModelMention):
        is_set = mention.stance is Stance.ASSIGNED and mention.position is Position.FRONT_MATTER
        if not is_set or mention.key not in KEYS_OF_MODELS:
            continue
        if not is_alias(mention.id, mention.text, project):
            found[mention.path, mention.key].append(mention)
    return found


def _more(others: Sequence[ModelMention]) -> str:
    return f", and {len(others)} more below `{others[0].key}`" if others else ""


def _named_too(mention: ModelMention) -> Related:
    place = Location(mention.path, mention.span)
    return Related(place, f"`{mention.id}` is named below the same key")


def _is_behind_gateway(mention: ModelMention, serving: Sequence[str], project: Project) -> bool:
    """Whether a sample calls the server that the routes of a model lead to, and not the gateway."""
    if not serving:
        return False
    if mention.at_ollama:
        return True
    upstream = project.once(_aliases_by_host).get(mention.host) if mention.host else None
    return upstream is not None and not upstream.isdisjoint(serving)


def _aliases_by_host(project: Project) -> Mapping[str, Set[str]]:
    """The aliases with a route to each server."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for alias, routes in project.aliases.items():
        for url in (route.base_url.literal for route in routes):
            if url:
                found[authority_of_url(url)].add(alias)
    return found


def _said(mention: ModelMention, *, binding: bool) -> str:
    where = _WHERE[mention.position]
    if not binding:
        return f"named in {where}"
    in_table = mention.position is Position.TABLE
    return f"hard-coded in {where} that tells what to use" if in_table else f"hard-coded in {where}"


def _help(mention: ModelMention, serving: Sequence[str], project: Project) -> str:
    return to_alias("name", serving) if serving else at_mention(mention, project)


def _renamed(mention: ModelMention, serving: Sequence[str], project: Project) -> Repair | None:
    """The one alias that serves the model and nothing else, in place of the ID.

    Safe in a code span of its own, as people read it; what front matter names, a tool reads, which may
    not call through the gateway.
    """
    if len(serving) != 1 or not mention.whole or not stands_for(serving[0], mention.id, project):
        return None
    alias = serving[0]
    title = f"name the route alias `{alias}`"
    if mention.position is Position.FRONT_MATTER:
        return Repair(title, Applicability.UNSAFE, (NewValue(mention.span, alias),))
    return Repair(title, Applicability.SAFE, (NewWord(mention.span, alias),))


def _chosen(route: Route, ctx: Context) -> Iterator[Finding]:
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
    yield _set(route, name, ctx, pins=bool(pins), again=alike[1:])


def _is_served_at_home(route: Route, name: ModelName) -> bool:
    """Whether a server of one's own answers with open weights: nobody else retires those."""
    if not _may_be_own_weights(name):
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


def _may_be_own_weights(name: ModelName) -> bool:
    published = may_be_weights(name.vendor or "", name.id)
    return published and not is_in_ollamas_cloud(name.id)


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


def _called(call: CallSite, ctx: Context) -> Iterator[Finding]:
    """An ID in a call of a program whose repository has aliases to call by."""
    name = recognise(call.model.literal) if call.model.literal else None
    if name is None or call.model.span is None or not ctx.project.aliases:
        return
    if is_alias(name.id, name.text, ctx.project) or _is_called_at_home(call, name):
        return
    serving = aliases_of(name.id, ctx.project)
    if not serving and _asks_vendor(call):
        return
    yield ctx.finding(
        call.path,
        call.model.span,
        f"model ID `{name.id}` is hard-coded in a call",
        severity=Severity.INFO,
        help=to_alias("call", serving) if serving else IN_TABLE,
        related=where_defined(serving, ctx.project),
        subject=f"{call.function.value}: {name.id}",
    )


def _asks_vendor(call: CallSite) -> bool:
    """Whether a call speaks one vendor's protocol, to no other host: it knows no alias of a gateway."""
    return call.family in _OF_ONE_VENDOR and not call.base_url.given


def _is_called_at_home(call: CallSite, name: ModelName) -> bool:
    """Whether a call asks a server of one's own for open weights; at another port than those of such
    servers it may as well be the gateway that listens."""
    if not _may_be_own_weights(name):
        return False
    url = call.base_url.literal or call.base_url.default
    if url is None:
        named = provider_of_prefix("/".join(name.prefixes))
        return not call.base_url.given and is_local(named)
    return is_at_own_server(url) and is_at_port_of_models(url)


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
        if route.kind in _NAMED_FOR_TOOLS and route.scope.is_read and route.effective:
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


def _is_mentioned(route: Route, ctx: Context) -> bool:
    """Whether the model stands where an instruction names it, as in front matter."""
    span = route.model.span
    return span is not None and ctx.project.once(_mentioned)[route.path].any_overlaps(span)


def _mentioned(project: Project) -> Mapping[str, Spans]:
    """Where the instructions of each file name a model."""
    return {
        file.path: Spans(mention.span for mention in file.of(ModelMention))
        for file in project.files
    }
