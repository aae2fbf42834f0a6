"""Who answers for the model of an entry in a table that a team writes for a program of its own: the host
that is written, the provider that is named, or what stands around the entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as Table
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import DataDocument, Mapping, Node, walk
from agentlint.facts.tables.entry_fields import PlainFields, any_of, called, nicknames, table_words
from agentlint.facts.tables.entry_hosts import Hosts, named_hosts, sole_host
from agentlint.facts.tables.entry_surroundings import Around, Section, is_among_providers
from agentlint.facts.tables.model_references import Reference, owners_serve, reference
from agentlint.facts.values.value import ABSENT, Value
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import Provider, ProviderKind, provider_named


class Way(Struct, frozen=True):
    """Who answers for a model: the row of the provider, None where nobody can tell, the name by which the
    entry calls it, and the `fields` that tell more of it."""

    provider: str | None
    named: str
    fields: PlainFields


class Answering:
    """Who answers in one tree; `by_hand` says that such a file is a config that people write."""

    def __init__(self, root: Node, document: DataDocument, *, by_hand: bool) -> None:
        self._root = root
        self._document = document
        self._by_hand = by_hand
        self._defined = named_hosts(root)
        self._sections: dict[int, Section] = {}

    def way(self, fields: PlainFields, hosts: Hosts, around: Around) -> Way:
        """The way to the model of an entry: who is named in it, or by what stands around it."""
        named = fields.first(*table_words("entry", "provider")) or ""
        return Way(self._provider(fields, hosts, around), named, fields)

    def way_of_purpose(
        self, purpose: str, model: Value, fields: PlainFields, hosts: Hosts, around: Around
    ) -> Way:
        """The way to `memory_model`, or to one more model of the entry: by the provider that stands beside
        that (`fallback: groq`), else by the entry's own, if that may be."""
        of_it = fields.of_purpose(purpose)
        if purpose not in any_of("entry", "variants") or of_it.names_provider:
            return self.way(of_it, hosts, Around())
        beside = called(fields.entries[purpose].value) if purpose in fields.entries else ABSENT
        if beside.given:
            known = self._known(beside.raw)
            return Way(known if not hosts or sole_host(hosts) == known else None, beside.raw, of_it)
        way = self.way(fields, hosts, around)
        return replace(way, provider=None) if _is_anothers(model, way.provider) else way

    def beside(self, model: Value, around: Around) -> str | None:
        """The one vendor that is named in what an entry stands in, for a model of its own."""
        section = self._section(around)
        known = self._known(section.provider) if section and section.provider else None
        return None if _is_anothers(model, known) else known

    def called_so(self, named: str, around: Around) -> str | None:
        """The provider of a name, if neither the tree nor what stands around gives it another host."""
        known = self._known(named)
        return known if not around.hosts or sole_host(around.hosts) == known else None

    def by_reference(self, found: Reference, fields: PlainFields, hosts: Hosts) -> str | None:
        """The provider that a reference names, unless what stands beside it or around it is another's."""
        known = None if found.is_owned and not self._owners_serve else self._known(found.named)
        if _is_of_other_type(fields, known) or (hosts and sole_host(hosts) != known):
            return None
        named = fields.first(*table_words("entry", "provider"))
        if named is None or self._known(named) == known:
            return known
        return known if _passes_on(named) and not _passes_on(fields.credential.raw) else None

    def said_of(self, way: Way) -> PlainFields:
        """What the entry of its provider says of a way, nothing where there is none."""
        return self._providers.get(way.named.lower(), PlainFields({}, {}))

    @cached_property
    def _providers(self) -> Table[str, PlainFields]:
        """The entries of `providers` that tell of a way, by their names, but for those of one name."""
        found: defaultdict[str, list[PlainFields]] = defaultdict(list)
        for pointer, node in walk(self._root):
            if isinstance(node, Mapping) and is_among_providers(pointer):
                fields = PlainFields.of(node)
                key = pointer[-1]
                name = fields.first(*table_words("entry", "name")) if key.isdigit() else key
                if name and (fields.addresses or fields.credential.given):
                    found[name.lower()].append(fields)
        return {name: held[0] for name, held in found.items() if len(held) == 1}

    @cached_property
    def _owners_serve(self) -> bool:
        return owners_serve(self._document)

    def _provider(self, fields: PlainFields, hosts: Hosts, around: Around) -> str | None:
        """Who answers: the host that is written, else the provider that is named and no other host."""
        if hosts:
            return sole_host(hosts)
        if _passes_on(fields.first(*table_words("entry", "provider")) or ""):
            return self._provider_passed_to(fields)
        named = (
            fields.first(*table_words("entry", "provider"))
            or _name_among_providers(fields, around)
            or _name_by_type(fields, around)
            or self._name_of_section(fields, around)
        )
        if (
            not named
            and self._by_hand
            and not (fields.names_provider or fields.mention(table_words("entry", "elsewhere")))
        ):
            return self.beside(fields.model, around)
        known = self._known(named, fields.model) if named else None
        return None if _is_of_other_type(fields, known) else known

    def _section(self, around: Around) -> Section | None:
        """The mapping that an entry stands in, with all that it says."""
        node = around.holder
        if node is None:
            return None
        if id(node) not in self._sections:
            self._sections[id(node)] = Section.of(node, around.keys[:-1])
        return self._sections[id(node)]

    def _name_of_section(self, fields: PlainFields, around: Around) -> str | None:
        """The provider that a part of a config is called by (`openai: {model: gpt-5.4}`), if that has a key
        or stands beside those of others."""
        key, section = around.keys[-1] if around.keys else "", self._section(around)
        if provider_named(key) is None or section is None or fields.names_provider:
            return None
        if fields.mention(table_words("entry", "elsewhere")) or section.starts_programs:
            return None
        return key if fields.has_credential or section.lists_providers else None

    def _provider_passed_to(self, fields: PlainFields) -> str | None:
        """The provider that a library calls, which the model names for it; a key of its own is one of the
        gateway that goes by the same name."""
        found = reference(fields.model)
        if found is None or _passes_on(fields.credential.raw):
            return None
        return self._known(found.named)

    def _known(self, named: str, model: Value = ABSENT) -> str | None:
        """The provider of a name, if the tree gives that name no other host; that of a nickname or of one
        of several accounts where the model is its own."""
        known = provider_named(named) or _known_by_model(named, model)
        if known is None:
            return None
        names = {named.lower(), known.name, *known.names}
        elsewhere = frozenset[str | None]().union(*(self._defined.get(name, ()) for name in names))
        return known.name if not elsewhere or sole_host(elsewhere) == known.name else None


def _passes_on(name: str) -> bool:
    """Whether this is the name of a library that calls the provider which the model names, or begins so."""
    return name.strip().lower().startswith(table_words("references", "passed_on_by"))


def _is_of_other_type(fields: PlainFields, known: str | None) -> bool:
    """Whether an entry has the type of another provider."""
    types = (fields.first(key) for key in table_words("entry", "type"))
    others = (provider_named(name) for name in types if name)
    return any(other and other.name != known for other in others)


def _known_by_model(named: str, model: Value) -> Provider | None:
    name = named.strip().lower()
    stem, _, account = name.replace("_", "-").rpartition("-")
    if account in any_of("entry", "accounts") or account.isdigit():
        name = stem
    known = provider_named(nicknames().get(name, name))
    if known is None or known.kind is not ProviderKind.VENDOR:
        return None
    return known if parse_model(model.literal or "").vendor == known.vendor else None


def _name_among_providers(fields: PlainFields, around: Around) -> str | None:
    """What an entry of `providers` is called: by its key, or in a list by its `id` or `name`."""
    if not around.is_among_providers:
        return None
    if any(fields.first(key) for key in table_words("entry", "type")):
        return None
    key = around.keys[-1]
    return fields.first(*table_words("entry", "name")) if key.isdigit() else key


def _name_by_type(fields: PlainFields, around: Around) -> str | None:
    """The provider that `type` names in an entry that nobody doubts to be of one: it has a credential, or
    it stands below `providers` or is called so itself. The type of another provider's entry, or of one
    with a host that is told elsewhere, names the protocol."""
    word = fields.first("type")
    known = provider_named(word) if word else None
    if known is None or not fields.keys.isdisjoint(table_words("entry", "provider")):
        return None
    key = around.keys[-1] if around.keys else ""
    names = (key, fields.first("id"), fields.first("name"))
    others = (provider_named(name) for name in names if name)
    if fields.mention(table_words("entry", "elsewhere")) or any(o and o != known for o in others):
        return None
    called_so = provider_named(key) == known
    return word if called_so or around.is_among_providers or fields.has_credential else None


def _is_anothers(model: Value, provider: str | None) -> bool:
    """Whether a model is that of another vendor than its provider is."""
    known = provider_named(provider) if provider else None
    own = known.vendor if known and known.kind is ProviderKind.VENDOR else None
    return own is not None and parse_model(model.literal or "").vendor not in (None, own)
