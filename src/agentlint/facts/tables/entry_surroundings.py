"""What stands around an entry of a team's own table of models, and what that says of who serves it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping
from agentlint.facts.tables.entry_fields import PlainFields, any_of, table_words
from agentlint.facts.tables.entry_hosts import Hosts, hosts_at
from agentlint.facts.tree import plain_key
from agentlint.facts.values.value import ABSENT, Value
from agentlint.knowledge.providers import ProviderKind, provider_named

_SEVERAL = 2


class Around(Struct, frozen=True):
    """What stands around a node and holds for it: its keys, the names that lead to it (of a list those of
    its items), who answers at the addresses that are called, the first of these, and the mapping that
    holds it."""

    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hosts: Hosts = frozenset()
    address: Value = ABSENT
    holder: Mapping | None = None

    def inside(self, key: str, holder: Mapping | None = None) -> Around:
        return replace(self, keys=(*self.keys, key), holder=holder)

    def within(self, fields: PlainFields | None = None) -> Around:
        """The same with the name of the node itself: its key, or what an item of a list is called by."""
        name = self.keys[-1] if self.keys else None
        if name and name.isdigit():
            name = fields.first(*table_words("entry", "called")) if fields else None
        return replace(self, names=(*self.names, name)) if name else self

    @property
    def key(self) -> str:
        """The key of the node itself, without the marks between its words."""
        return plain_key(self.keys[-1]) if self.keys else ""

    @property
    def is_among_providers(self) -> bool:
        """Whether what stands there is an entry of `providers`."""
        return is_among_providers(self.keys)

    @property
    def is_chosen_from(self) -> bool:
        """Whether the last key is none of those below which nobody chooses anything."""
        return not any(part in self.key for part in table_words("not_chosen", "above"))


def is_among_providers(keys: tuple[str, ...]) -> bool:
    return len(keys) > 1 and plain_key(keys[-2]) in table_words("entry", "providers")


class Section(Struct, frozen=True, dict=True):
    """A mapping whose parts tell of one another: `{llm: {provider: openai}, models: {chat: gpt-5.4}}`.

    `own` is what it says itself, `name` what it is called among providers.
    """

    own: PlainFields
    parts: Table[str, PlainFields]
    name: str | None = None

    @classmethod
    def of(cls, node: Mapping, keys: tuple[str, ...]) -> Section:
        parts = {
            entry.key.text: PlainFields.of(entry.value)
            for entry in node.entries
            if isinstance(entry.value, Mapping)
        }
        return cls(PlainFields.of(node), parts, keys[-1] if is_among_providers(keys) else None)

    @cached_property
    def provider(self) -> str | None:
        """The name of the vendor that a part for calls of models names, or the mapping itself, if all else
        in it names no other."""
        telling = [self.own]
        telling += [part for key, part in self.parts.items() if _is_of_calls(key, part)]
        by_key = (key for key in self.parts if provider_named(key))
        said = [*_providers_named(self.own), *by_key, *([self.name] if self.name else ())]
        said += [name for part in self.parts.values() for name in _providers_named(part)]
        known = {provider_named(name) for name in said}
        sole = known.pop() if len(known) == 1 else None
        is_named = self.name or any(name for part in telling for name in _providers_named(part))
        return sole.name if sole and is_named and sole.kind is ProviderKind.VENDOR else None

    @cached_property
    def lists_providers(self) -> bool:
        """Whether it has a part for each of several providers, of which one says how that is called."""
        listed = [part for key, part in self.parts.items() if provider_named(key)]
        is_called = any(part.has_credential or part.addresses for part in listed)
        return len(listed) >= _SEVERAL and is_called

    @cached_property
    def starts_programs(self) -> bool:
        """Whether a part is a program to start: those of the vendors go by their names as well."""
        programs = any_of("entry", "programs")
        return not all(programs.isdisjoint(part.keys) for part in self.parts.values())


def _is_of_calls(key: str, part: PlainFields) -> bool:
    """Whether a part says how models are called, and not which."""
    return plain_key(key) in any_of("entry", "beside") and not part.model.given


def _providers_named(fields: PlainFields) -> Iterator[str]:
    """Whom the keys of a mapping name, "" for somebody of whom nobody knows."""
    for key in table_words("entry", "provider"):
        value = fields.values.get(key, ABSENT)
        if value.given:
            yield value.literal or ""
    addresses = fields.ending(table_words("address", "around"))
    for host in hosts_at(addresses):
        yield host or ""
    if not addresses and fields.mention(table_words("address", "around")):
        yield ""  # `base_url_env`
