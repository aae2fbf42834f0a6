"""What an entry of a team's own table of models says, by the words of `rules/data/named_models.toml`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set
from collections.abc import Mapping as Table
from functools import cache, cached_property

from msgspec import Struct

from agentlint.documents import Entry, Mapping, Node, Scalar, ScalarKind
from agentlint.facts.tree import (
    first_given,
    is_spelled_as_variable,
    listed,
    named_variable,
    plain_key,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of, without_literal
from agentlint.knowledge.data import table, words
from agentlint.knowledge.families import family_of_word
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import Provider, ProviderKind, provider_named

_TABLE = "named_models"


class PlainFields(Struct, frozen=True, dict=True):
    """The `entries` of a mapping by their plain keys (`base_url` and `baseUrl` are `baseurl`), and the
    `values` of those that hold a scalar."""

    entries: Table[str, Entry]
    values: Table[str, Value]

    @classmethod
    def of(cls, node: Mapping) -> PlainFields:
        named = [(plain_key(entry.key.text), entry) for entry in node.entries]
        values = {key: value_of(e.value) for key, e in named if isinstance(e.value, Scalar)}
        return cls(dict(named), values)

    @property
    def keys(self) -> Set[str]:
        return self.entries.keys()

    def first(self, *keys: str) -> str | None:
        """The literal of the first of several keys that has one."""
        return next((text for key in keys if (text := self.values.get(key, ABSENT).literal)), None)

    def ending(self, ends: tuple[str, ...]) -> tuple[Value, ...]:
        """The addresses at all keys that end so; the name of a family (`endpoint: responses`) says how a
        model is called, and not where, and a server of one's own is called by others."""
        found = (
            value
            for key, value in self.values.items()
            if key.endswith(ends) and not _is_bound(key, value)
        )
        return tuple(v for v in found if v.given and not family_of_word(v.literal or ""))

    @property
    def model(self) -> Value:
        """The model that the entry names, where it names one."""
        upstream = (self.values[key] for purpose, key in self._purposes if self._is_own(purpose))
        named = (self.values.get(key, ABSENT) for key in table_words("entry", "model"))
        return first_given(*upstream, *named)

    @property
    def own_model(self) -> Value:
        """What an entry that names a vendor is called, where that is the ID of one of the vendor's models
        and no other stands beside it."""
        known = provider_named(self.first(*table_words("entry", "provider")) or "")
        if known is None or known.kind is not ProviderKind.VENDOR:
            return ABSENT
        ids = [key for key, value in self.values.items() if _is_model_of(value, known)]
        if any(key not in table_words("entry", "name") for key in ids):
            return ABSENT
        return next(
            (self.values[key] for key in table_words("entry", "name") if key in ids), ABSENT
        )

    def models(self) -> list[Value]:
        """The models that the entry calls its own, by the names that their provider knows, if it says
        these."""
        upstream = [self.values[key] for purpose, key in self._purposes if self._is_own(purpose)]
        named = any_of("entry", "model")
        return upstream or [value for key, value in self.values.items() if key in named]

    def models_of_purposes(self) -> Iterator[tuple[str, str]]:
        """The keys of `memory_model` and the like, each with what its model is for."""
        for purpose, key in self._purposes:
            if not self._is_own(purpose):
                yield purpose, key

    @cached_property
    def _purposes(self) -> tuple[tuple[str, str], ...]:
        """The keys that end as one of a model does, each with what stands before that."""
        return tuple(
            (key.removesuffix(end), key)
            for key in self.values
            for end in table_words("entry", "model")
            if key.endswith(end) and key not in any_of("entry", "model")
        )

    def _is_own(self, purpose: str) -> bool:
        """Whether a model of that purpose is the entry's own, as its provider calls it (`upstream_model`),
        and not one more of another provider (`upstream_provider`)."""
        if purpose not in any_of("entry", "upstream") or not self.names_provider:
            return False
        return not self.of_purpose(purpose).names_provider

    def of_purpose(self, purpose: str) -> PlainFields:
        """What the keys that begin so say, by the rest of their names."""
        keys = self._sorted
        start = bisect_left(keys, purpose)
        end = bisect_left(keys, True, start, key=lambda key: not key.startswith(purpose))
        found = {key.removeprefix(purpose): key for key in keys[start:end]}
        return PlainFields(
            {rest: self.entries[key] for rest, key in found.items()},
            {rest: self.values[key] for rest, key in found.items()},
        )

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.values)

    def mention(self, parts: tuple[str, ...]) -> bool:
        return any(part in key for key in self.keys for part in parts)

    @property
    def names_provider(self) -> bool:
        named = self.first(*table_words("entry", "provider", "type"))
        return named is not None or bool(
            self.ending(table_words("address", "around", "own", "version"))
        )

    @property
    def has_credential(self) -> bool:
        return self.mention(table_words("entry", "credential"))

    @cached_property
    def addresses(self) -> tuple[Value, ...]:
        """Where an entry says that it is called, among its keys or its `config`; the version of an API
        says only that it is not the vendor's usual one."""
        settings = (
            self.entries[key].value for key in table_words("address", "inside") if key in self.keys
        )
        inner = (PlainFields.of(node) for node in settings if isinstance(node, Mapping))
        further = (
            value for held in inner for value in held.ending(table_words("address", "around"))
        )
        found = (*self.ending(table_words("address", "around", "own")), *further)
        return found or self.ending(table_words("address", "version"))

    @cached_property
    def credential(self) -> Value:
        """The first credential, as a reference: what a key calls a variable is one, a literal is none."""
        for key, value in self.values.items():
            if value.given and any(part in key for part in table_words("entry", "credential")):
                named = is_spelled_as_variable(value)
                of_variable = key.endswith(table_words("entry", "variable"))
                return named_variable(value) if named and of_variable else without_literal(value)
        return ABSENT

    def fallbacks(self, purpose: str = "") -> tuple[Value, ...]:
        """What is turned to where a model fails, by name; a provider that stands beside the model says
        only who serves that."""
        models = self._listed(purpose, "fallback_model")
        others = self._listed(purpose, "fallback")
        if models:
            others = [value for value in others if not provider_named(value.raw)]
        return (*others, *models)

    def _listed(self, purpose: str, words: str) -> list[Value]:
        nodes = (self.entries.get(purpose + key) for key in table_words("entry", words))
        found = [called(item) for entry in nodes if entry for item in listed(entry.value)]
        return [value for value in found if value.given]

    def written(self, purpose: str, key: str) -> str:
        """The purpose that a key begins with, as it is spelled there."""
        left = len(purpose)
        text = self.entries[key].key.text
        for at, character in enumerate(text):
            left -= len(plain_key(character))
            if left <= 0:
                return text[: at + 1]
        return text


def _is_model_of(value: Value, vendor: Provider) -> bool:
    text = value.literal or ""
    is_name = text.islower() and provider_named(text) is None
    return is_name and parse_model(text).vendor == vendor.vendor


def _is_bound(key: str, value: Value) -> bool:
    """Whether this is where a server waits for calls."""
    return any(part in key for part in table_words("address", "bound")) or (
        (value.literal or "").strip() in any_of("address", "any_interface")
    )


def called(node: Node) -> Value:
    """The one word by which a text calls a route or a model, or the model that a mapping names."""
    if isinstance(node, Mapping):
        held = PlainFields.of(node).values
        return first_given(*(held.get(key, ABSENT) for key in table_words("entry", "model")))
    value = value_of(node)
    is_text = isinstance(node, Scalar) and node.kind is ScalarKind.STRING
    is_name = value.kind in (ValueKind.LITERAL, ValueKind.ENV_REF) and len(value.raw.split()) == 1
    return value if is_text and is_name and value.raw not in any_of("entry", "nothing") else ABSENT


def nicknames() -> Table[str, str]:
    """How tools call the vendors that teams have other names for."""
    return dict(table(_TABLE)["entry"]["nicknames"])


@cache
def table_words(section: str, *names: str) -> tuple[str, ...]:
    """The words of a section of the table, under one name after the other."""
    return tuple(word for name in names for word in words(_TABLE, section, name))


@cache
def any_of(section: str, *names: str) -> frozenset[str]:
    """The same, to ask for one of them."""
    return frozenset(table_words(section, *names))
