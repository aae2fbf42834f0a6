"""Environment variables that choose a model or a host, wherever they are set.

Variables with one prefix belong together: `OPENAI_MODEL`, `OPENAI_BASE_URL`, `OPENAI_API_KEY`. Who
reads them is not known, so neither is the protocol nor what becomes of a base URL: the libraries of
one vendor differ in that from language to language. A model goes to whom its prefix names, unless a
base URL beside it says otherwise: under another prefix, or in a block around or within its own.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from agentlint.facts.detectors.secrets import credential_name, is_open
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.setting import Setting
from agentlint.facts.source import Source
from agentlint.facts.tree import credential, implied
from agentlint.facts.values.unfilled import is_unfilled_url
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.facts.variables.block import Block
from agentlint.facts.variables.groups import Group, groups_of, groups_of_models, names_slot
from agentlint.knowledge.agents import is_switch
from agentlint.knowledge.families import family_of_path

FORMAT = "environment"
_MOST_TELLING = 60
_OF_CREDENTIALS = ("api_key", "token")


def are_to_be_filled_in(variables: tuple[Setting, ...]) -> bool:
    """Whether no route and no credential has a value yet: such a file is a template, whatever its name
    and whatever else it sets."""
    of_routes = [
        value
        for group in groups_of(variables)
        if group.calls_models
        for slot, value in group.slots.items()
        if slot not in _OF_CREDENTIALS
    ]
    return bool(
        of_routes and all(map(_is_to_be_filled_in, of_routes)) and have_no_credentials(variables)
    )


def have_no_credentials(variables: tuple[Setting, ...]) -> bool:
    """Whether no credential among them has a value yet."""
    credentials = (known.value for known in variables if credential_name(known.name.value))
    return all(map(_is_unfilled_secret, credentials))


def _is_unfilled_secret(value: Value) -> bool:
    """Whether a credential is empty or a placeholder; of a literal that is one, no text is kept."""
    if value.kind is ValueKind.LITERAL:
        return value.raw != "" and is_open(value.raw)
    return value.kind in (ValueKind.PLACEHOLDER, ValueKind.ABSENT)


def _is_to_be_filled_in(value: Value) -> bool:
    return value.kind is ValueKind.PLACEHOLDER or is_unfilled_url(value.raw)


def variable_routes(
    variables: Iterable[Setting],
    pointer: tuple[str, ...],
    source: Source,
    scope: RouteScope,
    beside: Iterable[Setting] = (),
) -> Iterator[Route]:
    """The routes that variables tell; `pointer` is the key path of the block they stand in, and
    `beside` what blocks around and within it tell, the nearest first."""
    own = tuple(variables)
    block = Block.of((*own, *beside))
    groups = groups_of(own)
    for group in groups:
        if group.calls_models:
            route = _route(group, block, pointer, source, scope)
            yield replace(route, provider=block.moved_from(route.provider, group))


def answering(variables: Iterable[Setting]) -> Iterator[tuple[Setting, str]]:
    """Each variable that gives a model, and who answers for it beside all the others: a provider, SOMEONE
    where only a run can tell, "" where nobody is named and so its vendor does."""
    own = tuple(variables)
    block = Block.of(own)
    for group in groups_of_models(own):
        own_host = implied(group.host) if group.get("base_url").given else None
        yield group.first, (own_host or block.moved_from(block.provider(group), group)).raw


def key_routes(
    variables: Iterable[Setting],
    pointer: tuple[str, ...],
    source: Source,
    scope: RouteScope,
    dialects: Container[str],
) -> Iterator[Route]:
    """A route for each provider of which variables tell nothing but a key, where the key is a reference
    in one of `dialects`."""
    own = tuple(variables)
    block = Block.of(own)
    for group in groups_of(own):
        if not group.calls_models and group.is_for_models and group.key.dialect in dialects:
            yield _route(group, block, pointer, source, scope)


def telling_variables(variables: Iterable[Setting]) -> tuple[Setting, ...]:
    """Those that say which model is called, where or with what key: the first few of a block, which
    may be looked at for each of many others."""
    telling = (variable for variable in variables if is_telling(variable.name.value))
    return tuple(islice(telling, _MOST_TELLING))


def is_telling(name: str) -> bool:
    """Whether a variable of such a name may say which model is called, where or with what key."""
    return names_slot(name) or is_switch(name)


def _route(
    group: Group, block: Block, pointer: tuple[str, ...], source: Source, scope: RouteScope
) -> Route:
    base_url = group.get("base_url")
    key = group.key
    family = family_of_path(base_url.literal or base_url.default or "")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=(*pointer, group.name),
        span=group.span,
        kind=RouteKind.ENVIRONMENT,
        scope=scope,
        model=group.get("model"),
        provider=ABSENT if base_url.given else block.provider(group),
        chosen_family=ChosenFamily.by(FamilySource.PATH, family),
        base_url=base_url,
        credentials=credential("api_key", key),
    )
