"""Kong Gateway: ai-proxy, ai-proxy-advanced and the plugins that call models for them, declarative,
decK or a resource.

`route_type` says which operation a route serves, and the author must choose it. `llm_format` may
change the protocol that clients speak on it: `anthropic` with `llm/v1/chat` is the documented pair.
A cache, a guard or a balancer by meaning asks a model for `embeddings`, a transformer one in `llm`.
Keys: https://developer.konghq.com/plugins/ai-proxy/reference/, kong/llm/schemas/init.lua.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Mapping, Node, Sequence
from agentlint.facts.route import ChosenFamily, Credential, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credential,
    credentials,
    first_given,
    first_value,
    mapping_items,
    name_of,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.knowledge.families import Family, family_of_word
from agentlint.knowledge.formats import UNKNOWN_SHAPE, driver_families, url_shape

FORMAT = "kong"
_PLUGINS = (
    "ai-proxy",
    "ai-proxy-advanced",
    "ai-semantic-cache",
    "ai-semantic-prompt-guard",
    "ai-semantic-response-guard",
    "ai-rag-injector",
    "ai-request-transformer",
    "ai-response-transformer",
)
# A resource of Apache APISIX, whose plugins have the same names.
_OF_APISIX = "apisix.apache.org/"
_OWNERS = ("instance_name", "route", "service", "consumer", "consumer_group")
_SECRETS = (
    "param_value",
    "aws_secret_access_key",
    "azure_client_secret",
    "gcp_service_account_json",
)


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a target of every plugin, and one for the embeddings or the model that it asks itself."""
    if value_at(root, "apiVersion").raw.startswith(_OF_APISIX):
        return
    for pointer, plugin, owner in _plugins(root):
        config = plugin.get("config")
        if isinstance(config, Mapping):
            yield from _Plugin(config, (*pointer, "config"), owner, source).routes()


class _Plugin(Struct, frozen=True):
    """The config of one plugin, and the name of whatever it stands at."""

    config: Mapping
    pointer: tuple[str, ...]
    owner: Value
    source: Source

    def routes(self) -> Iterator[Route]:
        if isinstance(self.config.get("targets"), Sequence):
            for index, target in mapping_items(self.config, "targets"):
                yield self._route(target, (*self.pointer, "targets", index))
        elif "model" in self.config or "route_type" in self.config:
            yield self._route(self.config, self.pointer)
        own_model = self.config.get("llm")
        if isinstance(own_model, Mapping):
            yield self._route(own_model, (*self.pointer, "llm"))
        embeddings = self.config.get("embeddings")
        if isinstance(embeddings, Mapping):
            yield self._embeddings(embeddings)

    def _route(self, target: Mapping, pointer: tuple[str, ...]) -> Route:
        route_type = value_at(target, "route_type")
        provider = value_at(target, "model", "provider")
        chosen = _family(route_type, value_at(self.config, "llm_format"))
        upstream = driver_families(FORMAT, "llm_format").get(provider.raw)
        shape = UNKNOWN_SHAPE if chosen.family is Family.PASSTHROUGH else url_shape(FORMAT)
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=target.span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            role=self.owner,
            alias=name_of(at(target, "model", "model_alias")),
            model=value_at(target, "model", "name"),
            provider=provider,
            chosen_family=chosen,
            family_required=True,
            upstream_family=upstream,
            bridges=_bridges(chosen.family, upstream),
            base_url=value_at(target, "model", "options", "upstream_url"),
            url_shape=shape,
            credentials=_credentials(target),
        )

    def _embeddings(self, embeddings: Mapping) -> Route:
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=(*self.pointer, "embeddings"),
            span=embeddings.span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            role=self.owner,
            model=value_at(embeddings, "model", "name"),
            provider=value_at(embeddings, "model", "provider"),
            chosen_family=ChosenFamily(Family.EMBEDDINGS, FamilySource.DEFAULT),
            base_url=value_at(embeddings, "model", "options", "upstream_url"),
            url_shape=url_shape(FORMAT),
            credentials=_credentials(embeddings),
        )


def _plugins(root: Node) -> Iterator[tuple[tuple[str, ...], Mapping, Value]]:
    """Every plugin with its pointer and the name that people know it by: its own, else that of the
    route, service or consumer that holds it."""
    stack: list[tuple[tuple[str, ...], Node, Value]] = [((), root, ABSENT)]
    while stack:
        pointer, node, holder = stack.pop()
        inner: list[tuple[str, Node]] = []
        if isinstance(node, Sequence):
            inner = [(str(index), item) for index, item in enumerate(node.items)]
        elif isinstance(node, Mapping):
            if first_value(node, "name", "plugin").raw in _PLUGINS:
                yield pointer, node, first_given(*_own_names(node), holder)
                continue
            holder = first_given(name_of(node.get("name")), holder)
            inner = [(entry.key.text, entry.value) for entry in node.entries]
        stack.extend(((*pointer, key), item, holder) for key, item in reversed(inner))


def _own_names(plugin: Mapping) -> Iterator[Value]:
    for key in _OWNERS:
        owner = plugin.get(key)
        yield name_of(owner.get("name") if isinstance(owner, Mapping) else owner)
    yield name_of(at(plugin, "metadata", "name"))


def _family(route_type: Value, llm_format: Value) -> ChosenFamily:
    """What clients speak on the route."""
    if route_type.kind is not ValueKind.LITERAL:
        return ChosenFamily(value=route_type)
    family = family_of_word(route_type.raw, dialect=FORMAT) or Family.UNKNOWN
    if family is Family.CHAT_COMPLETIONS and llm_format.raw not in ("", "openai"):
        family = driver_families(FORMAT, "llm_format").get(llm_format.raw, Family.AUTO)
    return ChosenFamily(family, FamilySource.DECLARED, route_type)


def _bridges(family: Family | None, upstream: Family | None) -> frozenset[tuple[Family, Family]]:
    """Kong turns an OpenAI chat call into the protocol of the provider."""
    if family is Family.CHAT_COMPLETIONS and upstream:
        return frozenset({(family, upstream)})
    return frozenset()


def _credentials(target: Mapping) -> tuple[Credential, ...]:
    auth = target.get("auth")
    slot = f"header:{value_at(auth, 'header_name').raw}"
    return credential(slot, value_at(auth, "header_value")) + credentials(auth, _SECRETS)
