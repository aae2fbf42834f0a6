"""Model IDs that instructions name: prose, code samples and front matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from agentlint.facts.detectors.secrets.names import split_words
from agentlint.facts.mention import INVENTORY_SIZE, KEYS_OF_MODELS, ModelMention, Position, Stance
from agentlint.facts.project import Project
from agentlint.facts.wording.weights import may_be_own_weights
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
from agentlint.knowledge.names import recognise
from agentlint.knowledge.providers import (
    authority_of_url,
    is_at_own_server,
    is_local,
    is_own_program,
    provider_named,
)
from agentlint.knowledge.retirements import retirement
from agentlint.rules.context import Context
from agentlint.rules.hardcoded_model_id.alias_advice import (
    AT_UPSTREAM,
    at_mention,
    has_own_models,
    to_alias,
)
from agentlint.rules.shared.aliases import aliases_for_agents, is_alias, stands_for, where_defined

_WHERE = {
    Position.FRONT_MATTER: "front matter",
    Position.CODE_FENCE: "a code sample",
    Position.INLINE_CODE: "an instruction",
    Position.PROSE: "an instruction",
    Position.TABLE: "a table",
    Position.HEADING: "a heading",
}

_OF_SERVERS = (Position.CODE_FENCE, Position.INLINE_CODE, Position.PROSE)


def instructed(mention: ModelMention, ctx: Context) -> Iterator[Finding]:
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
    serving = () if behind else _offered(mention, serving, ctx)
    finding = ctx.finding(
        mention.path,
        mention.span,
        f"model ID `{mention.id}` is {_said(mention, binding=binding)}{_more(listed[1:])}",
        severity=None if binding else Severity.INFO,
        help=AT_UPSTREAM if behind else _help(mention, serving, ctx.project),
        related=(*where_defined(serving, ctx.project), *map(_related_mention, listed[1:])),
        # What one profile leaves out must not number what the other says as well.
        subject=mention.id if binding else f"{mention.id}: named",
        repair=_renamed(mention, serving, ctx.project) if binding else None,
    )
    yield replace(finding, repeats=tuple(one.span for one in listed[1:]))


def _is_in_its_place(mention: ModelMention, project: Project) -> bool:
    """Whether a model is named where its ID belongs: in a sample's route, or for a server of one's own."""
    return mention.routed or _is_served_at_home(mention, project)


def _is_served_at_home(mention: ModelMention, project: Project) -> bool:
    """Whether a sample or an order has a server of one's own answer with open weights that the repository
    has no alias for."""
    if mention.position not in _OF_SERVERS:
        return False
    if not may_be_own_weights(mention.vendor, mention.id) or aliases_for_agents(
        mention.id, project
    ):
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


def _related_mention(mention: ModelMention) -> Related:
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


def _offered(mention: ModelMention, serving: Sequence[str], ctx: Context) -> Sequence[str]:
    """The aliases, of those that serve a model, that may stand in its place: none where the tool that reads
    it knows none or its calls would fail as before, and none that has the ID in its own name."""
    if not serving or has_own_models(mention, ctx.project):
        return ()
    ending = retirement(mention.provider or None, mention.text)
    if ending and ending.days_left(ctx.today) <= 0:
        return ()
    with_id = ctx.project.once(_aliases_by_id).get(mention.id, ())
    return [alias for alias in serving if alias not in with_id]


def _aliases_by_id(project: Project) -> Mapping[str, Set[str]]:
    """The aliases that have the ID of a model in their own names, by that ID."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for alias in project.aliases:
        name = recognise(alias)
        if name is not None:
            found[name.id].add(alias)
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
    not call through the gateway, and links know a heading by its words.
    """
    if len(serving) != 1 or not mention.whole or not stands_for(serving[0], mention.id, project):
        return None
    alias = serving[0]
    title = f"name the route alias `{alias}`"
    if mention.position is Position.FRONT_MATTER:
        return Repair(title, Applicability.UNSAFE, (NewValue(mention.span, alias),))
    in_heading = mention.position is Position.HEADING
    applicability = Applicability.UNSAFE if in_heading else Applicability.SAFE
    return Repair(title, applicability, (NewWord(mention.span, alias),))
