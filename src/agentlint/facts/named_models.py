"""Tables of models that teams write for programs of their own: `config/models.yaml`, `llm.json` ...

Nobody knows their readers, so an entry counts only where it chooses a model and says who serves it:
`{provider, model}`, `{memory_provider, memory_model}`, `{base_url, model}`,
`providers: {openai: {default_model}}`, `models: {fast: "openai:gpt-5.4"}`, or a `type` that leaves no
doubt. What only looks like that is told by the keys beside it or around it: a catalogue of what vendors
offer has prices and context windows, a record of a past run has times and results, a menu has many models
of one provider, and an entry may be switched off, or be called at another address.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as Table
from functools import cache, cached_property
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import is_in_pages
from agentlint.documents import DataDocument, Mapping, Node, Scalar, Sequence, walk
from agentlint.facts.named_model import NamedModel
from agentlint.facts.source import Source
from agentlint.facts.switches import is_switched_off
from agentlint.facts.tree import plain_key
from agentlint.facts.values import ABSENT, Value, value_of
from agentlint.knowledge.data import table
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import provider_named, provider_of_prefix, provider_of_url
from agentlint.text import Pattern, Span

_TABLE = "named_models"
_WORD = Pattern(r"[a-z0-9]{1,64}")
_Hosts: TypeAlias = frozenset[str | None]
# As many models of one provider side by side are a menu.
_MENU = 4


def named_models(document: DataDocument, source: Source) -> Iterator[NamedModel]:
    """The models that a config chooses for its unknown reader."""
    folders = source.path.lower().split("/")[:-1]
    if document.problems or not _any_of("files", "left_behind").isdisjoint(folders):
        return
    by_hand = _is_named_as_config(source.path) or not (
        document.language == "json" or is_in_pages(source.path)
    )
    maps_names = _is_named_for_models(source.path)
    clouds = "vertex" in document.region.text.lower()
    for root in document.roots:
        tree = _Tree(root, source, by_hand=by_hand, maps_names=maps_names)
        for named in _without_menus(list(tree.entries())):
            if not (clouds and named.provider == "gemini"):  # `google` is the cloud's name, too
                yield named


def _is_named_as_config(path: str) -> bool:
    folder, name = posixpath.split(path.lower())
    words = (*_WORD.findall(posixpath.basename(folder)), *_WORD.findall(name))
    return not _any_of("files", "config").isdisjoint(words)


def _is_named_for_models(path: str) -> bool:
    words = _WORD.findall(posixpath.basename(path.lower()))
    return not _any_of("aliases", "files").isdisjoint(words)


class _Entry(Struct, frozen=True):
    """`around` are the keys that lead to what the entry stands in."""

    model: NamedModel
    around: tuple[str, ...]


def _without_menus(entries: list[_Entry]) -> Iterator[NamedModel]:
    """The models of the entries, but of those that stand beside many others of their provider."""
    beside: defaultdict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for entry in entries:
        beside[entry.around, entry.model.provider].add(entry.model.model)
    for entry in entries:
        if len(beside[entry.around, entry.model.provider]) < _MENU:
            yield entry.model


class _Fields(Struct, frozen=True, dict=True):
    """The plain `keys` of a mapping, and the `values` of those that hold a scalar."""

    keys: frozenset[str]
    values: Table[str, Value]

    @classmethod
    def of(cls, node: Mapping) -> _Fields:
        named = [(plain_key(entry.key.text), entry.value) for entry in node.entries]
        values = {key: value_of(value) for key, value in named if isinstance(value, Scalar)}
        return cls(frozenset(key for key, _ in named), values)

    def first(self, *keys: str) -> str | None:
        """The literal of the first of several keys that has one."""
        return next((text for key in keys if (text := self.values.get(key, ABSENT).literal)), None)

    def ending(self, ends: tuple[str, ...]) -> tuple[Value, ...]:
        """The values of all keys that end so."""
        found = (value for key, value in self.values.items() if key.endswith(ends))
        return tuple(value for value in found if value.given)

    def models_of_purposes(self) -> Iterator[tuple[str, Value]]:
        """The models of `memory_model` and the like, each with what it is for."""
        for key, value in self.values.items():
            for end in _words("entry", "model"):
                if key.endswith(end) and key not in _any_of("entry", "model"):
                    yield key.removesuffix(end), value

    def of_purpose(self, purpose: str) -> _Fields:
        """What the keys that begin so say, by the rest of their names."""
        keys = self._sorted
        start = bisect_left(keys, purpose)
        end = bisect_left(keys, True, start, key=lambda key: not key.startswith(purpose))
        found = {key.removeprefix(purpose): self.values[key] for key in keys[start:end]}
        return _Fields(frozenset(found), found)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.values)

    def mention(self, parts: tuple[str, ...]) -> bool:
        return any(part in key for key in self.keys for part in parts)

    @property
    def names_provider(self) -> bool:
        told = self.first(*_words("entry", "provider", "type"))
        return told is not None or bool(self.ending(_words("address", "around", "own")))

    @property
    def has_credential(self) -> bool:
        return self.mention(_words("entry", "credential"))

    @property
    def chooses(self) -> bool:
        """Whether this is no offer of a catalogue and no record of what was called once."""
        if not _any_of("not_chosen", "recorded", "recorded_around").isdisjoint(
            self.keys
        ) or self.mention(_words("not_chosen", "ending")):
            return False
        return self.has_credential or not self.mention(_words("not_chosen", "offered"))


class _Around(Struct, frozen=True):
    """What stands around a node and holds for it: its keys, and who answers at the addresses that are
    called."""

    keys: tuple[str, ...] = ()
    hosts: _Hosts = frozenset()

    def inside(self, key: str) -> _Around:
        return replace(self, keys=(*self.keys, key))

    @property
    def is_among_providers(self) -> bool:
        """Whether what stands there is an entry of `providers`."""
        return len(self.keys) > 1 and plain_key(self.keys[-2]) in _words("entry", "providers")

    @property
    def is_chosen_from(self) -> bool:
        """Whether the last key is none of those below which nobody chooses anything."""
        key = plain_key(self.keys[-1]) if self.keys else ""
        return not any(part in key for part in _words("not_chosen", "above"))


class _Tree:
    """The entries of one tree; `by_hand` says that such a file is a config that people write, `maps_names`
    that it is named for the models or routes that it gives names to."""

    def __init__(self, root: Node, source: Source, *, by_hand: bool, maps_names: bool) -> None:
        self._root = root
        self._source = source
        self._by_hand = by_hand
        self._maps_names = maps_names
        self._defined = _defined(root)

    def entries(self) -> Iterator[_Entry]:
        left: list[tuple[Node, _Around]] = [(self._root, _Around())]
        while left:
            node, around = left.pop()
            if not around.is_chosen_from:
                continue
            if isinstance(node, Mapping):
                fields = _Fields.of(node)
                recorded = _any_of("not_chosen", "recorded_around")
                if is_switched_off(fields.values) or not recorded.isdisjoint(fields.keys):
                    continue
                yield from self._entry(fields, around)
                yield from self._aliases(fields, around)
                addresses = fields.ending(_words("address", "around"))
                inner = replace(around, hosts=_hosts(addresses) or around.hosts)
                below = [(entry.value, inner.inside(entry.key.text)) for entry in node.entries]
                left.extend(reversed(below))
            elif isinstance(node, Sequence):
                items = [(item, around.inside(str(at))) for at, item in enumerate(node.items)]
                left.extend(reversed(items))

    def _entry(self, fields: _Fields, around: _Around) -> Iterator[_Entry]:
        own = fields.ending(_words("address", "around", "own"))
        if not fields.chooses or not (self._by_hand or own or fields.has_credential):
            return
        hosts = _hosts(own) or around.hosts
        models = [value for key, value in fields.values.items() if key in _any_of("entry", "model")]
        if len(models) == 1:
            provider = self._provider(fields, hosts, around)
            yield from self._named(models[0], provider, around)
        for purpose, model in fields.models_of_purposes():
            of_it = fields.of_purpose(purpose)
            shares = purpose in _any_of("entry", "variants") and not of_it.names_provider
            of_it, where = (fields, around) if shares else (of_it, _Around())
            provider = self._provider(of_it, hosts, where)
            yield from self._named(model, provider, around)

    def _aliases(self, fields: _Fields, around: _Around) -> Iterator[_Entry]:
        """The models of `fast: openai:gpt-5.4` below `models` or `aliases`."""
        below = plain_key(around.keys[-1]) if around.keys else ""
        if not self._maps_names or below not in _any_of("aliases", "below") or not fields.chooses:
            return
        hosts = _hosts(fields.ending(_words("address", "around", "own"))) or around.hosts
        for value in fields.values.values():
            named, _, model = (value.literal or "").partition(":")
            provider = self._known(named) if model else None
            if provider and (not hosts or _host(hosts) == provider):
                yield from self._named(_end_of(value, model), provider, around.inside(""))

    def _named(self, model: Value, provider: str | None, around: _Around) -> Iterator[_Entry]:
        literal = (model.literal or model.default or "").strip()
        if provider and model.span and _may_be_served(literal, provider):
            source = self._source
            named = NamedModel(
                source.path,
                provider,
                literal,
                model.span,
                source.scope,
                is_default=not model.literal,
            )
            yield _Entry(named, around.keys[:-1])

    def _provider(self, fields: _Fields, hosts: _Hosts, around: _Around) -> str | None:
        """Who answers: the host that is written, else the provider that is named and no other host."""
        if hosts:
            return _host(hosts)
        named = (
            fields.first(*_words("entry", "provider"))
            or _name_among_providers(fields, around)
            or _name_by_type(fields, around)
        )
        known = self._known(named) if named else None
        types = (fields.first(key) for key in _words("entry", "type"))
        others = (provider_named(name) for name in types if name)
        return None if any(other and other.name != known for other in others) else known

    def _known(self, named: str) -> str | None:
        """The provider of a name, if the tree gives that name no other host."""
        known = provider_named(named)
        elsewhere = self._defined.get(named.lower(), frozenset())
        return known.name if known and (not elsewhere or _host(elsewhere) == known.name) else None


def _end_of(value: Value, text: str) -> Value:
    """What a value ends with; one that is spelled with escapes keeps the place of the whole."""
    span = value.span
    if span and len(span) == len(value.raw):
        span = Span(span.end - len(text), span.end)
    return replace(value, raw=text, span=span)


@cache
def _words(section: str, *names: str) -> tuple[str, ...]:
    return tuple(word for name in names for word in table(_TABLE)[section][name].split())


@cache
def _any_of(section: str, *names: str) -> frozenset[str]:
    return frozenset(_words(section, *names))


def _hosts(addresses: tuple[Value, ...]) -> _Hosts:
    """The providers that answer at addresses, None for one of which nobody knows."""
    known = (provider_of_url(address.literal or "") for address in addresses)
    return frozenset(provider.name if provider else None for provider in known)


def _host(hosts: _Hosts) -> str | None:
    """The provider that answers at all addresses, None if one of them is not known to be there."""
    return next(iter(hosts)) if len(hosts) == 1 else None


def _name_among_providers(fields: _Fields, around: _Around) -> str | None:
    """What an entry of `providers` is called: by its key, or in a list by its `id` or `name`."""
    if not around.is_among_providers:
        return None
    if any(fields.first(key) for key in _words("entry", "type")):
        return None
    key = around.keys[-1]
    return fields.first(*_words("entry", "name")) if key.isdigit() else key


def _name_by_type(fields: _Fields, around: _Around) -> str | None:
    """The provider that `type` names in an entry that nobody doubts to be of one: it has a credential, or
    it stands below `providers` or is called so itself. The type of another provider's entry, or of one
    with a host that is told elsewhere, names the protocol."""
    word = fields.first("type")
    known = provider_named(word) if word else None
    if known is None or not fields.keys.isdisjoint(_words("entry", "provider")):
        return None
    key = around.keys[-1] if around.keys else ""
    names = (key, fields.first("id"), fields.first("name"))
    others = (provider_named(name) for name in names if name)
    if fields.mention(_words("entry", "elsewhere")) or any(o and o != known for o in others):
        return None
    called_so = provider_named(key) == known
    return word if called_so or around.is_among_providers or fields.has_credential else None


def _defined(root: Node) -> Table[str, _Hosts]:
    """Who answers at the addresses of everything that has a name in the tree, which may be that of a
    provider."""
    found: defaultdict[str, _Hosts] = defaultdict(frozenset)
    for pointer, node in walk(root):
        if isinstance(node, Mapping):
            fields = _Fields.of(node)
            hosts = _hosts(fields.ending(_words("address", "around")))
            names = {*pointer[-1:], fields.first("id"), fields.first("name")}
            for name in names if hosts else ():
                if name:
                    found[name.lower()] |= hosts
    return found


def _may_be_served(model: str, provider: str) -> bool:
    """Whether an ID is one that its provider itself may know: no other platform's, and no word alone."""
    name = parse_model(model)
    if name.vendor is None or name.platform is not None:
        return False
    prefix = provider_of_prefix("/".join(name.prefixes)) if name.prefixes else None
    return not name.prefixes or (prefix is not None and prefix.name == provider)
