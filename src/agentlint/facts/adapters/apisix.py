"""Apache APISIX: ai-proxy, ai-proxy-multi and ai-request-rewrite, in apisix.yaml, a file of ADC, the body
of a call to its Admin API or a resource of its ingress controller.

The path and body of a client's request choose the endpoint family, which APISIX converts where it can; most
drivers know one family alone, and an endpoint with a path is called as it stands whatever comes in.
Its own references are whole values: behind `Bearer` they are text.
Keys: apisix/plugins/ai-proxy/schema.lua, ai-proxy/base.lua, ai-request-rewrite.lua, ai-providers/*.lua and
apisix/secret.lua of https://github.com/apache/apisix/tree/f519a0f04ccf. Variables in a file of ADC:
https://github.com/api7/adc/blob/1c37ce48d7f2/apps/cli/src/command/utils.ts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.route import (
    LEFT_OPEN,
    ChosenFamily,
    Credential,
    Fallback,
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
    mapping_items,
    name_of,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of, without_literal
from agentlint.knowledge.families import Family, family_of_path
from agentlint.knowledge.formats import UNKNOWN_SHAPE, driver_families, url_shape

FORMAT = "apisix"
_ADC = "apisix-adc"
_PROXY, _PROXIES, _REWRITE = "ai-proxy", "ai-proxy-multi", "ai-request-rewrite"
_PLUGINS = (_PROXY, _PROXIES, _REWRITE)
_TABLE = "plugins"
# What stands at the top of apisix.yaml beside its services, and in no file of ADC.
_OF_STANDALONE = ("routes", "upstreams", "plugin_configs")
_CALL_MARKS = ("auth", "options", "override")
_SECRETS = {
    "gcp": ("service_account_json",),
    "aws": ("access_key_id", "secret_access_key", "session_token"),
}
# What APISIX takes for text since something stands before it.
_INSIDE_TEXT = "apisix-inside-text"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a plugin, or an instance that it balances over, and one for the embeddings to choose by."""
    for plugin in _plugins(root, source):
        yield from plugin.routes()


class _Plugin(Struct, frozen=True):
    """The config of one plugin: `owner` is what it stands at, and `secret` the Kubernetes Secret that its
    keys come from as well."""

    name: str
    config: Mapping
    pointer: tuple[str, ...]
    owner: Value
    expanded_by: str
    secret: Value
    source: Source

    def routes(self) -> Iterator[Route]:
        instances = tuple(mapping_items(self.config, "instances"))
        fallback = name_of(at(self.config, "semantic_opts", "fallback"))
        for index, instance in instances:
            route = self._route(instance, (*self.pointer, "instances", index))
            name = name_of(instance.get("name"))
            turned_to = fallback.given and fallback.raw != name.raw
            yield replace(
                route,
                role=first_given(name, self.owner),
                other_names=(name,) if name.given else (),
                fallbacks=(Fallback(fallback, "default"),) if turned_to else (),
            )
        if not instances:
            yield self._route(self.config, self.pointer)
        embeddings = at(self.config, "semantic_opts", "embeddings")
        if isinstance(embeddings, Mapping):
            yield self._embeddings(embeddings)

    def _route(self, service: Mapping, pointer: tuple[str, ...]) -> Route:
        provider, url = value_at(service, "provider"), value_at(service, "override", "endpoint")
        return replace(
            self._called(service, pointer, url),
            model=value_at(service, "options", "model"),
            chosen_family=self._family(provider, url),
        )

    def _embeddings(self, embeddings: Mapping) -> Route:
        pointer, url = (
            (*self.pointer, "semantic_opts", "embeddings"),
            value_at(embeddings, "endpoint"),
        )
        return replace(
            self._called(embeddings, pointer, url),
            model=value_at(embeddings, "model"),
            chosen_family=ChosenFamily(Family.EMBEDDINGS, FamilySource.DEFAULT),
        )

    def _called(self, service: Mapping, pointer: tuple[str, ...], url: Value) -> Route:
        """Where a service is, and who it is called as."""
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=service.span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            role=self.owner,
            provider=value_at(service, "provider"),
            base_url=url,
            url_shape=url_shape(FORMAT) if _has_path(url) else UNKNOWN_SHAPE,
            credentials=(*_credentials(service), *self._secret()),
            expanded_by=self.expanded_by,
        )

    def _family(self, provider: Value, url: Value) -> ChosenFamily:
        by_path = family_of_path(url.literal) if url.literal and _has_path(url) else None
        if by_path:
            return ChosenFamily(by_path, FamilySource.PATH)
        by_driver = driver_families(FORMAT, "provider").get(provider.raw)
        if by_driver:
            return ChosenFamily(by_driver, FamilySource.DRIVER)
        if self.name == _REWRITE and not url.given:
            return ChosenFamily(Family.CHAT_COMPLETIONS, FamilySource.DEFAULT)
        return LEFT_OPEN

    def _secret(self) -> tuple[Credential, ...]:
        if not self.secret.given:
            return ()
        name = self.secret.raw
        return (Credential("secretRef", Value(name, ValueKind.SECRET_REF, self.secret.span, name)),)


def _plugins(root: Node, source: Source) -> Iterator[_Plugin]:
    """Every plugin that calls a model, with the name of the nearest thing around it that has one."""
    reader = _ADC if _is_for_adc(root) else ""
    stack: list[tuple[tuple[str, ...], Node, Value]] = [((), root, ABSENT)]
    while stack:
        pointer, node, owner = stack.pop()
        inner: list[tuple[str, Node]] = []
        if isinstance(node, Sequence):
            inner = [(str(index), item) for index, item in enumerate(node.items)]
        elif isinstance(node, Mapping):
            for name, key, config in _plugins_in(node, pointer):
                secret = value_at(node, "secretRef")
                yield _Plugin(name, config, (*pointer, key), owner, reader, secret, source)
            owner = first_given(_name(node), owner)
            inner = [(entry.key.text, entry.value) for entry in node.entries]
        stack.extend(((*pointer, key), item, owner) for key, item in reversed(inner))


def _plugins_in(node: Mapping, pointer: tuple[str, ...]) -> Iterator[tuple[str, str, Mapping]]:
    """The plugins that a table of them holds, or the one that is an item of a list: its name, the key of
    its config, and that."""
    if pointer[-1:] == (_TABLE,):
        for entry in node.entries:
            if entry.key.text in _PLUGINS and _calls_a_model(entry.value):
                yield entry.key.text, entry.key.text, entry.value
    elif pointer[-2:-1] == (_TABLE,):
        name, config = value_at(node, "name").raw, node.get("config")
        if name in _PLUGINS and _calls_a_model(config):
            yield name, "config", config


def _calls_a_model(config: Node | None) -> TypeGuard[Mapping]:
    """Whether a config says who is called; plugins of Kong have the same names and other keys."""
    if not isinstance(config, Mapping):
        return False
    if isinstance(config.get("instances"), Sequence):
        return any("provider" in instance for _, instance in mapping_items(config, "instances"))
    has_provider = isinstance(config.get("provider"), Scalar)
    return has_provider and any(mark in config for mark in _CALL_MARKS)


def _is_for_adc(root: Node) -> bool:
    """Whether ADC reads a file, in which routes stand in their services."""
    if not isinstance(root, Mapping) or not isinstance(root.get("services"), Sequence):
        return False
    return not any(key in root for key in _OF_STANDALONE)


def _name(node: Mapping) -> Value:
    return first_given(
        name_of(node.get("name")), name_of(at(node, "metadata", "name")), name_of(node.get("id"))
    )


def _has_path(url: Value) -> bool:
    """Whether an endpoint has a path, in place of that of the driver; a mere slash counts for APISIX, but
    who writes it means none."""
    _, _, behind = url.raw.partition("://")
    return bool(behind.partition("?")[0].partition("/")[2])


def _credentials(service: Mapping) -> Iterator[Credential]:
    auth = service.get("auth")
    for header in entries(auth, "header"):
        yield from _credential(f"header:{header.key.text}", header.value)
    for query in entries(auth, "query"):
        yield from _credential(f"query parameter `{query.key.text}`", query.value)
    for kind, keys in _SECRETS.items():
        yield from credentials(at(auth, kind), keys)


def _credential(slot: str, node: Node) -> Iterator[Credential]:
    value = value_of(node)
    if value.given:
        yield Credential(slot, without_literal(_as_resolved(value)))


def _as_resolved(value: Value) -> Value:
    """A reference as APISIX takes it, which looks at the first character of a text."""
    is_inside = value.dialect == FORMAT and not value.raw.startswith("$")
    return replace(value, dialect=_INSIDE_TEXT) if is_inside else value
