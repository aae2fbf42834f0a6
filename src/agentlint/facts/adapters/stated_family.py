"""Settings of a team's own that name a model and beside it the endpoint family, outside a route table.

`agents: {critic: {model, endpoint_family}}`, lists of such entries, or one entry that is the whole file.
Nobody knows who reads them, so what they say is taken by its word: an entry counts only where both are
literal and known, and has no name by which others could call it. A record of what was called once is no
setting, and where the file names some host that no vendor has, nothing is said of who answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence, walk
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.source import Source
from agentlint.facts.tables.route_tables import (
    FAMILY_KEY,
    FORMAT,
    MODEL_KEYS,
    PATH_KEY,
    PROVIDER_KEY,
    SnakeFields,
    entries_of_tables,
    fields_of,
    first_of,
)
from agentlint.facts.tree import SOMEONE, first_given, implied, plain_key
from agentlint.facts.values.switches import is_switched_off
from agentlint.facts.values.value import ABSENT, Value, value_of
from agentlint.knowledge.data import table, word_set, words
from agentlint.knowledge.families import family_of_word
from agentlint.knowledge.names import recognise
from agentlint.knowledge.providers import ProviderKind, provider_named, provider_of_url
from agentlint.text import Pattern

_FORMATS = ("", "hand-written-routes", "possible-routes", "possible-models")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The entries of `root` that name a model and its family, but for those of a route table."""
    folders = source.path.lower().split("/")[:-1]
    if not word_set("named_models", "files", "left_behind").isdisjoint(folders):
        return
    if source.format in _FORMATS or source.scope is RouteScope.EXAMPLE:
        anyone = SOMEONE if _names_other_hosts(root) else ABSENT
        in_tables = {node.span for node in entries_of_tables(root, source)}
        for entry in _entries(root, _Around(host=anyone)):
            if FAMILY_KEY in entry.fields and entry.node.span not in in_tables:
                yield from _route(entry, source)


class _Around(Struct, frozen=True):
    """What stands around a node and holds for it: the keys that lead there, and who answers, which a
    host tells better than the name of a provider."""

    pointer: tuple[str, ...] = ()
    host: Value = ABSENT
    provider: Value = ABSENT


class _Entry(Struct, frozen=True):
    """A mapping that may be a setting; `around` is what stands around it, and tells who answers it."""

    node: Mapping
    fields: SnakeFields
    around: _Around


def _entries(root: Node, around: _Around) -> Iterator[_Entry]:
    left: list[tuple[Node, _Around]] = [(root, around)]
    while left:
        node, around = left.pop()
        if isinstance(node, Sequence):
            left.extend(
                (item, replace(around, pointer=(*around.pointer, str(index))))
                for index, item in enumerate(node.items)
            )
        elif isinstance(node, Mapping) and _may_choose(node):
            fields = fields_of(node)
            around = replace(
                around,
                host=first_given(_host_in(node), around.host),
                provider=first_given(first_of(fields, PROVIDER_KEY), around.provider),
            )
            yield _Entry(node, fields, around)
            left.extend(
                (entry.value, replace(around, pointer=(*around.pointer, entry.key.text)))
                for entry in node.entries
                if not _mentions(entry.key.text, "above")
            )


def _may_choose(node: Mapping) -> bool:
    """Whether neither a mapping nor what is in it is switched off, or the record of a run."""
    values = {plain_key(entry.key.text): value_of(entry.value) for entry in node.entries}
    run = word_set("named_models", "not_chosen", "recorded_around")
    return run.isdisjoint(values) and not is_switched_off(values)


def _is_setting(node: Mapping) -> bool:
    """Whether nothing beside the model tells of an end, of what was found, or of what is expected."""
    keys = [entry.key.text for entry in node.entries]
    recorded = word_set("named_models", "not_chosen", "recorded")
    return recorded.isdisjoint(map(plain_key, keys)) and not any(
        _mentions(key, "ending") or _mentions(key, "beside") for key in keys
    )


def _route(entry: _Entry, source: Source) -> Iterator[Route]:
    fields = entry.fields
    model, family_value = first_of(fields, *MODEL_KEYS), first_of(fields, FAMILY_KEY)
    family = family_of_word(family_value.literal) if family_value.literal else None
    if not model.literal or not recognise(model.literal) or not _is_setting(entry.node):
        return
    if family is None or family.claims_nothing:
        return
    pointer = entry.around.pointer or (fields[FAMILY_KEY].key.text,)
    yield Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=entry.node.span,
        kind=RouteKind.SETTING,
        scope=source.scope,
        model=model,
        provider=first_given(entry.around.host, entry.around.provider),
        chosen_family=ChosenFamily(family, FamilySource.DECLARED, family_value),
        family_required=True,
        endpoint_path=first_of(fields, PATH_KEY),
    )


def _host_in(node: Mapping) -> Value:
    """The provider whose host a mapping names, or somebody unknown; nothing where it names no host."""
    hosts = {_host(url) for url in _addresses(node)}
    if not hosts:
        return ABSENT
    return implied(hosts.pop()) if len(hosts) == 1 else SOMEONE


def _host(url: str) -> str:
    known = provider_of_url(url) if "/" in url else provider_named(url)
    return known.name if known else url


def _names_other_hosts(root: Node) -> bool:
    """Whether calls may go to a host that is no vendor's, wherever the tree says so."""
    mappings = (node for _, node in walk(root) if isinstance(node, Mapping))
    hosts = {_host(url) for node in mappings for url in _addresses(node)}
    known = [provider_named(host) for host in hosts]
    return not all(one and one.kind is ProviderKind.VENDOR for one in known)


def _addresses(node: Mapping) -> Iterator[str]:
    """The addresses in a mapping that are written there; where a variable has one, only a run can tell."""
    ends = words("stated_families", "address", "ends")
    for entry in node.entries:
        if plain_key(entry.key.text).endswith(ends) and isinstance(entry.value, Scalar):
            text = value_of(entry.value).literal
            if text and not text.startswith("/"):
                yield text


def _mentions(key: str, where: str) -> bool:
    return _parts(where).search(plain_key(key)) is not None


@cache
def _parts(where: str) -> Pattern:
    """What finds any of the parts of keys that tell of no choice."""
    own = table("stated_families")["not_chosen"].get(where, "").split()
    shared = table("named_models")["not_chosen"].get(where, "").split()
    return Pattern("|".join((*own, *shared)))
