"""Bifrost: providers with keys, and the models that each key may be used for.

The path of a client's request chooses the endpoint family, unless a custom provider allows only some
kinds of request. Bifrost adds the version itself, so a base URL ends before it.
Callers put the provider before the model, or before the alias of a key: `nvidia/openai/gpt-oss-120b`. A key
for `*` is for every model; so was one with an empty list, before 1.5.0.
Keys: https://www.getbifrost.ai/schema, transports/config.schema.json.
Names: https://docs.getbifrost.ai/integrations/openai-sdk, https://docs.getbifrost.ai/providers/aliasing-models.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node, walk
from agentlint.facts.route import (
    LEFT_OPEN,
    ChosenFamily,
    Credential,
    FamilySource,
    Route,
    RouteKind,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credentials,
    entries,
    first_given,
    is_true,
    items,
    mapping_items,
    name_of,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of
from agentlint.knowledge.families import Family, family_of_word
from agentlint.knowledge.formats import UNKNOWN_SHAPE, UrlShape, url_shape

FORMAT = "bifrost"
_KEY_MARKS = ("models", "weight")
_SECRETS = {
    "bedrock_key_config": ("access_key", "secret_key", "session_token"),
    "azure_key_config": ("client_secret",),
    "vertex_key_config": ("auth_credentials",),
}
# Where a key has the address of a server of one's own.
_SERVERS = ("ollama_key_config", "vllm_key_config", "sgl_key_config")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each model of each key of each provider, and one for each alias of a key."""
    for pointer, node in walk(root):
        providers = [entry for entry in entries(node, "providers") if _has_keys(entry.value)]
        for provider in providers:
            place = (*pointer, "providers", provider.key.text)
            yield from _Provider(provider, place, _bridges(node), source).routes()


def _has_keys(provider: Node) -> bool:
    return any(
        all(mark in key for mark in _KEY_MARKS) for _, key in mapping_items(provider, "keys")
    )


def _bridges(config: Node) -> frozenset[tuple[Family, Family]]:
    if is_true(config, "client", "compat", "convert_chat_to_responses"):
        return frozenset({(Family.CHAT_COMPLETIONS, Family.RESPONSES)})
    return frozenset()


class _Provider(Struct, frozen=True, dict=True):
    """One entry of `providers` and what the config around it says for all of them."""

    entry: Entry
    pointer: tuple[str, ...]
    bridges: frozenset[tuple[Family, Family]]
    source: Source

    def routes(self) -> Iterator[Route]:
        for index, key in mapping_items(self.entry.value, "keys"):
            route = self._route(key, (*self.pointer, "keys", index))
            for model in [value_of(item) for item in items(key, "models")] or [ABSENT]:
                yield self._called_by(route, ABSENT, model)
            for alias in entries(key, "aliases"):
                yield self._called_by(route, name_of(alias.key), value_of(alias.value))

    def _called_by(self, route: Route, alias: Value, model: Value) -> Route:
        """The route of a key for one of its models or aliases."""
        called = self._called(alias if alias.given else model)
        return replace(
            route,
            role=called if called.given else route.role,
            alias=alias,
            model=model,
            other_names=(called,) if called.given else (),
        )

    def _route(self, key: Mapping, pointer: tuple[str, ...]) -> Route:
        """What holds for every model of a key."""
        node = self.entry.value
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=key.span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            role=name_of(key.get("name")),
            provider=value_of(self.entry.key),
            chosen_family=self._family,
            bridges=self.bridges,
            base_url=first_given(
                *(value_at(key, server, "url") for server in _SERVERS),
                value_at(node, "network_config", "base_url"),
            ),
            url_shape=self._shape,
            credentials=_credentials(key),
        )

    def _called(self, name: Value) -> Value:
        """The name by which callers ask for a model or an alias, which stands nowhere as a whole; ABSENT
        where a variable tells it."""
        provider = value_of(self.entry.key)
        bare = name.literal or ("" if name.given else "*")
        if not provider.literal or not bare:
            return ABSENT
        return Value(f"{provider.raw}/{bare}", ValueKind.LITERAL, None)

    @cached_property
    def _family(self) -> ChosenFamily:
        return _family(at(self.entry.value, "custom_provider_config", "allowed_requests"))

    @cached_property
    def _shape(self) -> UrlShape:
        """Nothing is known of a URL whose paths the author chose too."""
        custom = at(self.entry.value, "custom_provider_config")
        if at(custom, "request_path_overrides") is not None:
            return UNKNOWN_SHAPE
        base = value_at(custom, "base_provider_type")
        return url_shape(FORMAT, base.raw if base.given else self.entry.key.text)


def _family(allowed: Node | None) -> ChosenFamily:
    """The family of a provider that allows requests of one family only, with what says so."""
    found = {
        family: value_of(entry.key)
        for entry in entries(allowed)
        if is_true(entry.value)
        and (family := family_of_word(entry.key.text, dialect=FORMAT)) is not None
    }
    if len(found) != 1:
        return LEFT_OPEN
    ((family, word),) = found.items()
    return ChosenFamily(family, FamilySource.DECLARED, word)


def _credentials(key: Mapping) -> tuple[Credential, ...]:
    found = list(credentials(key, ("value",)))
    for section, names in _SECRETS.items():
        found += credentials(key.get(section), names)
    return tuple(found)
