"""Tables of models that teams write for programs of their own: `config/models.yaml`, `llm.json` ...

Nobody knows their readers, so an entry counts only where it chooses a model and says who serves it:
`{provider, model}`, `{memory_provider, memory_model}`, `{base_url, model}`,
`providers: {openai: {default_model}}`, `primary: "openai:gpt-5.4"`, `fallback: [groq/llama-3.3-70b]`,
`default_models: {openai: gpt-5.4, anthropic: claude-sonnet-5}`, or a `type` that leaves no doubt. What
only looks like that is told by the keys beside it or around it: a catalogue of what vendors offer has
prices and context windows, a record of a past run has times and results, a menu has many models of one
provider, and an entry may be switched off, or be called at another address.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import is_in_docs_or_samples
from agentlint.documents import DataDocument, Entry, Mapping, Node, Scalar, Sequence
from agentlint.facts.named_model import NamedModel
from agentlint.facts.source import Source
from agentlint.facts.tables.chosen_names import chooses_a_name, chosen_names
from agentlint.facts.tables.entry_choice import (
    chooses,
    is_called,
    is_in_record,
    is_over,
    is_priced,
    is_set,
)
from agentlint.facts.tables.entry_fields import PlainFields, any_of, called, table_words
from agentlint.facts.tables.entry_hosts import Hosts, hosts_at, sole_host
from agentlint.facts.tables.entry_providers import Answering, Way
from agentlint.facts.tables.entry_surroundings import Around
from agentlint.facts.tables.model_references import reference
from agentlint.facts.tree import SOMEONE, first_given, listed, plain_key
from agentlint.facts.values.switches import is_switched_off
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import (
    Provider,
    ProviderKind,
    provider_named,
    provider_of_prefix,
    provider_of_url,
)
from agentlint.text import Pattern

_WORD = Pattern(r"[a-z0-9]{1,64}")
_URL = Pattern(r"https?://", re.IGNORECASE)
# What one more model of an entry is called by that is turned to where the first one fails.
_FALLBACK = "fallback"
_GEMINI = "gemini"
# As many models of one provider side by side are a menu.
_MENU = 4
_SEVERAL = 2


def named_models(document: DataDocument, source: Source) -> Iterator[NamedModel]:
    """The models that a config chooses for its unknown reader."""
    if document.problems or _is_left_behind(source.path):
        return
    by_hand = _is_named_as_config(source.path) or not (
        document.language == "json" or is_in_docs_or_samples(source.path)
    )
    maps_names = _is_named_for_models(source.path)
    clouds = "vertex" in document.region.text.lower()
    for root in document.roots:
        tree = _Tree(root, document, source, by_hand=by_hand, maps_names=maps_names)
        for named in _without_menus(list(tree.entries())):
            if named.provider != _GEMINI or not clouds or _is_sent_to_gemini(named):
                yield named


def _is_sent_to_gemini(named: NamedModel) -> bool:
    """Whether a model is the Gemini API's in a file that tells of Google's cloud, whose models have the
    same IDs, and whose name is `google` as well: by its prefix, or the address of its entry or provider."""
    known = provider_of_url(named.base_url.literal or "")
    return named.model.startswith(f"{_GEMINI}/") or (known is not None and known.name == _GEMINI)


def _is_left_behind(path: str) -> bool:
    folders = path.lower().split("/")[:-1]
    ends = {words[-1] for folder in folders if (words := _WORD.findall(folder))}
    return not (
        any_of("files", "left_behind").isdisjoint(folders)
        and any_of("files", "left_behind_ends").isdisjoint(ends)
    )


def _is_named_as_config(path: str) -> bool:
    folder, name = posixpath.split(path.lower())
    words = (*_WORD.findall(posixpath.basename(folder)), *_WORD.findall(name))
    return not any_of("files", "config").isdisjoint(words)


def _is_named_for_models(path: str) -> bool:
    words = _WORD.findall(posixpath.basename(path.lower()))
    return not any_of("aliases", "files").isdisjoint(words)


class _Entry(Struct, frozen=True):
    """`around` are the keys that lead to what the entry stands in; one that `is_called` has a key, an
    address or the like of its own."""

    model: NamedModel
    around: tuple[str, ...]
    is_called: bool = False


def _without_menus(entries: list[_Entry]) -> Iterator[NamedModel]:
    """The models of the entries, but of those that stand beside many others of their provider and say
    no more of a call than they do."""
    beside: defaultdict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for entry in entries:
        beside[entry.around, entry.model.provider].add(entry.model.model)
    for entry in entries:
        if entry.is_called or len(beside[entry.around, entry.model.provider]) < _MENU:
            yield entry.model


class _Tree:
    """The entries of one tree; `by_hand` says that such a file is a config that people write, `maps_names`
    that it is named for the models or routes that it gives names to."""

    def __init__(
        self,
        root: Node,
        document: DataDocument,
        source: Source,
        *,
        by_hand: bool,
        maps_names: bool,
    ) -> None:
        self._root = root
        self._document = document
        self._source = source
        self._by_hand = by_hand
        self._maps_names = maps_names
        self._answering = Answering(root, document, by_hand=by_hand)

    def entries(self) -> Iterator[_Entry]:
        left: list[tuple[Node, Around]] = [(self._root, Around())]
        while left:
            node, around = left.pop()
            if not around.is_chosen_from:
                continue
            if isinstance(node, Mapping):
                fields = PlainFields.of(node)
                if is_switched_off(fields.values) or is_in_record(fields):
                    continue
                around = around.within(fields)
                ends: set[int] = set()
                for entry in self._entries_of(fields, around):
                    if entry.model.span.end not in ends:
                        yield entry
                    ends.add(entry.model.span.end)
                inner = around
                if addresses := fields.ending(table_words("address", "around")):
                    inner = replace(around, hosts=hosts_at(addresses), address=addresses[0])
                below = [
                    (entry.value, inner.inside(entry.key.text, node)) for entry in node.entries
                ]
                left.extend(reversed(below))
            elif isinstance(node, Sequence):
                around = around.within()
                items = [(item, around.inside(str(at))) for at, item in enumerate(node.items)]
                left.extend(reversed(items))

    def _entries_of(self, fields: PlainFields, around: Around) -> Iterator[_Entry]:
        yield from self._entry(fields, around)
        yield from self._references(fields, around)
        yield from self._bare(fields, around)
        yield from self._by_providers(fields, around)

    def _entry(self, fields: PlainFields, around: Around) -> Iterator[_Entry]:
        own = fields.addresses
        is_chosen = self._is_chosen(fields, around)
        if not chooses(fields) and not (is_chosen and not is_over(fields)):
            return
        if not (self._by_hand or fields.has_credential or (own and not is_priced(fields))):
            return
        hosts = hosts_at(own) or around.hosts
        address = first_given(*own, around.address)
        models = fields.models() or self._models_by_name(fields, around, is_chosen=is_chosen)
        if len(models) == 1:
            way = self._answering.way(fields, hosts, around)
            somebody = SOMEONE.literal if _is_called_elsewhere(fields, around) else None
            for entry in self._served(models[0], way.provider or somebody, around):
                found = self._with_way(entry, way, address, around.names, fields.fallbacks())
                yield replace(found, is_called=is_called(fields) or is_chosen)
        for purpose, key in fields.models_of_purposes():
            model = fields.values[key]
            way = self._answering.way_of_purpose(purpose, model, fields, hosts, around)
            for entry in self._served(model, way.provider, around):
                names = (*around.names, fields.written(purpose, key))
                if purpose in any_of("entry", "first"):
                    names = around.names or names
                    yield self._with_way(entry, way, address, names, fields.fallbacks())
                else:
                    yield self._with_way(entry, way, address, names, fields.fallbacks(purpose))
        yield from self._turned_to(fields, hosts, around, address)

    def _models_by_name(
        self, fields: PlainFields, around: Around, *, is_chosen: bool
    ) -> list[Value]:
        """The model of `model: {name: gpt-5.4}`, and of `fast: {provider: openai, id: gpt-5.4}` where that
        is no item of a list of what there is."""
        if around.key in any_of("entry", "model"):
            return [fields.values[key] for key in ("name", "id") if key in fields.values][:1]
        keys = (*around.keys[-2:], "")
        is_of_model = _is_of_model(around.key) or is_chosen or is_set(fields)
        is_alias = plain_key(keys[0]) in any_of("aliases", "below") and not keys[1].isdigit()
        own = fields.own_model if is_of_model or is_alias else ABSENT
        is_catalogued = is_alias and not is_of_model and plain_key(own.raw) == around.key
        return [own] if own.given and not is_catalogued else []

    def _turned_to(
        self, fields: PlainFields, hosts: Hosts, around: Around, address: Value
    ) -> Iterator[_Entry]:
        """The models of `fallback_models: [gpt-5.4, gpt-5.4-mini]`, which are tried one after the other:
        however many they are, that is no menu."""
        for key in table_words("entry", "fallback_model"):
            entry = fields.entries.get(key)
            if entry is None or not isinstance(entry.value, Sequence):
                continue
            names = (*around.names, entry.key.text)
            for model in (called(item) for item in entry.value.items if isinstance(item, Scalar)):
                way = self._answering.way_of_purpose(_FALLBACK, model, fields, hosts, around)
                for named in self._served(model, way.provider, around.inside(key)):
                    yield replace(self._with_way(named, way, address, names), is_called=True)

    def _is_chosen(self, fields: PlainFields, around: Around) -> bool:
        """Whether another part of the tree calls the entry by its name or its model."""
        key = around.keys[-1] if around.keys else ""
        ids = (fields.values.get(name, ABSENT).raw for name in table_words("entry", "name"))
        names = {key, *ids, fields.model.raw} - {""}
        own = (v.raw for key, v in fields.values.items() if chooses_a_name((*around.keys, key)))
        said = Counter(name for name in own if name in names)
        return any(self._chosen[name] > said[name] for name in names)

    @cached_property
    def _chosen(self) -> Counter[str]:
        return chosen_names(self._root)

    def _references(self, fields: PlainFields, around: Around) -> Iterator[_Entry]:
        """The models that texts name together with their providers: `primary: openai:gpt-5.4`,
        `fallback: [groq/llama-3.3-70b]`, and any below `models` or `aliases`."""
        if not chooses(fields):
            return
        hosts = hosts_at(fields.addresses) or around.hosts
        is_map = around.key in any_of("aliases", "below")
        for key in self._keys_of_references(fields, is_map=is_map):
            entry = fields.entries[key]
            is_main = not is_map and key in any_of("entry", "model", "first")
            names = around.names if is_main else (*around.names, entry.key.text)
            turned_to = fields.fallbacks() if is_main and isinstance(entry.value, Scalar) else ()
            for item in listed(entry.value):
                found = reference(called(item))
                provider = self._answering.by_reference(found, fields, hosts) if found else None
                if found and provider:
                    way = Way(provider, found.named, PlainFields({}, {}))
                    for named in self._served(found.model, provider, around.inside("")):
                        yield self._with_way(named, way, around.address, names, turned_to)

    def _bare(self, fields: PlainFields, around: Around) -> Iterator[_Entry]:
        """The models of `models: {chat: gpt-5.4}`, where what that stands in names one vendor."""
        is_map = around.key in any_of("aliases", "below") and not fields.names_provider
        if not is_map or not self._by_hand or not chooses(fields):
            return
        for key, value in fields.values.items():
            model = called(fields.entries[key].value)
            provider = self._answering.beside(model, around) if model.raw.islower() else None
            if provider and (not around.hosts or sole_host(around.hosts) == provider):
                names = (*around.names, fields.entries[key].key.text)
                way = Way(provider, provider, PlainFields({}, {}))
                for entry in self._served(value, provider, around.inside("")):
                    yield self._with_way(entry, way, around.address, names)

    def _by_providers(self, fields: PlainFields, around: Around) -> Iterator[_Entry]:
        """The models of `default_models: {openai: gpt-5.4, anthropic: claude-sonnet-5}`, where every key is
        a provider's name, and those of several vendors have models of their own."""
        if around.key not in any_of("aliases", "by_provider") or not self._by_hand:
            return
        entries = fields.entries.values()
        named = [(provider_named(entry.key.text), entry) for entry in entries]
        own = [(known, entry) for known, entry in named if known and known.vendor]
        if not chooses(fields) or len({known.name for known, _ in own}) < _SEVERAL:
            return
        if not all(known for known, _ in named) or not all(_is_own(*one) for one in own):
            return
        for _, entry in own:
            provider = self._answering.called_so(entry.key.text, around)
            way = Way(provider, entry.key.text, PlainFields({}, {}))
            names = (*around.names, entry.key.text)
            for found in self._served(called(entry.value), provider, around.inside("")):
                yield self._with_way(found, way, around.address, names)

    def _keys_of_references(self, fields: PlainFields, *, is_map: bool) -> Iterator[str]:
        words = any_of("entry", "first", "variants", "fallback", "fallback_model")
        for key in fields.keys:
            is_named = self._maps_names and (is_map or key in words)
            if is_named or (self._by_hand and key.endswith(table_words("entry", "model"))):
                yield key

    def _with_way(
        self,
        entry: _Entry,
        way: Way,
        address: Value,
        names: tuple[str, ...],
        fallbacks: tuple[Value, ...] = (),
    ) -> _Entry:
        """The entry with its names, and with what the file says of the way to it, there or in the entry of
        its provider."""
        said = self._answering.said_of(way)
        model = replace(
            entry.model,
            pointer=names,
            base_url=first_given(address, *said.addresses),
            credential=first_given(way.fields.credential, said.credential),
            fallbacks=fallbacks,
        )
        return replace(entry, model=model)

    def _served(self, model: Value, provider: str | None, around: Around) -> Iterator[_Entry]:
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


def _is_called_elsewhere(fields: PlainFields, around: Around) -> bool:
    """Whether an entry is called at the base URL of a host of which nobody knows, and at no other."""
    own = fields.ending(table_words("address", "around"))
    hosts = hosts_at(own) if own or fields.addresses else around.hosts
    url = first_given(*own, around.address)
    is_url = url.kind is ValueKind.ENV_REF or bool(_URL.match(url.raw.strip()))
    return is_url and hosts == {None}


def _is_of_model(key: str) -> bool:
    """Whether a key is one of a model, or of what is turned to where one fails."""
    names = any_of("entry", "called_model", "first", "variants", "fallback", "fallback_model")
    return key in names or key.endswith(table_words("entry", "model"))


def _is_own(provider: Provider, entry: Entry) -> bool:
    """Whether what stands behind the name of a vendor is a model of that very one."""
    model = called(entry.value).literal
    return model is not None and parse_model(model).vendor == provider.vendor


def _may_be_served(model: str, provider: str) -> bool:
    """Whether an ID is one that its provider itself may know: no other platform's, and no word alone."""
    name = parse_model(model)
    if name.vendor is None or name.platform is not None:
        return False
    if provider == SOMEONE.literal:
        return True
    prefix = provider_of_prefix("/".join(name.prefixes)) if name.prefixes else None
    if prefix is None or prefix.name == provider:
        return not name.prefixes or prefix is not None
    known = provider_named(provider)
    resells = known is not None and known.kind is ProviderKind.AGGREGATOR
    return resells and prefix.kind is ProviderKind.VENDOR
