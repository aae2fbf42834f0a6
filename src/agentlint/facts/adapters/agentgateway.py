"""agentgateway: `llm.models`, virtual models over them, AI backends of routes or resources, and the
aliases that a policy gives to models.

The path of a client's request chooses the endpoint family, and agentgateway translates. A virtual
model names the models that its routing chooses from.
Keys: https://github.com/agentgateway/agentgateway/blob/75b4e6ce6e0e/schema/config.json, model_aliases of
https://github.com/agentgateway/agentgateway/blob/75b4e6ce6e0e/crates/agentgateway/src/llm/policy/mod.rs.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Entry, Mapping, Node, Scalar, walk
from agentlint.facts.route import LEFT_OPEN, Credential, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credential,
    credentials,
    entries,
    first_value,
    mapping_items,
    name_of,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of

FORMAT = "agentgateway"
_RESOURCE = "AgentgatewayBackend"
_POLICY = "AgentgatewayPolicy"
_HOLDERS = ("binds", "routes", "backends")
_ALIASES = ("ai", "modelAliases")
# What else a provider of a group has, beside the one setting that is named for its vendor.
_BESIDE_VENDOR = ("policies", "routes")
_ROUTINGS = ("weighted", "failover", "conditional")
_HOST_KEYS = ("baseUrl", "hostOverride")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a model, a virtual model, a provider of an AI backend and an alias of a policy."""
    yield from _models(root, source)
    yield from _virtual_models(root, source)
    kind = value_at(root, "kind").raw
    if kind == _RESOURCE:
        yield from _resource_routes(root, source)
    elif _has_backends(root):
        yield from _backend_routes(root, source)
    if kind in (_RESOURCE, _POLICY) or _has_backends(root):
        yield from _aliases(root, source)


def _has_backends(root: Node) -> bool:
    return isinstance(root, Mapping) and any(key in root for key in _HOLDERS)


class _Upstream(Struct, frozen=True):
    """A provider as a model or backend names it: by word, as `{openAI: {model: …}}`, by reference."""

    name: Value
    settings: Node | None = None


def _upstream(node: Node | None) -> _Upstream:
    if isinstance(node, Scalar):
        return _Upstream(value_of(node))
    for entry in entries(node):
        if isinstance(entry.value, Mapping) and entry.key.text not in _BESIDE_VENDOR:
            return _Upstream(value_of(entry.key), entry.value)
    return _Upstream(value_at(node, "reference"))


def _models(root: Node, source: Source) -> Iterator[Route]:
    shared = {
        value_at(provider, "name").raw: provider
        for _, provider in mapping_items(root, "llm", "providers")
    }
    for index, model in mapping_items(root, "llm", "models"):
        if "provider" not in model:
            continue
        upstream = _upstream(model.get("provider"))
        params, defaults = model.get("params"), at(shared.get(upstream.name.raw), "params")
        own_url = first_value(params, *_HOST_KEYS)
        yield Route(
            format=FORMAT,
            path=source.path,
            pointer=("llm", "models", index),
            span=model.span,
            kind=RouteKind.DEPLOYMENT,
            scope=source.scope,
            alias=name_of(model.get("name")),
            model=value_at(params, "model"),
            provider=upstream.name,
            chosen_family=LEFT_OPEN,
            base_url=own_url if own_url.given else first_value(defaults, *_HOST_KEYS),
            credentials=credentials(params, ("apiKey",)) or credentials(defaults, ("apiKey",)),
        )


def _virtual_models(root: Node, source: Source) -> Iterator[Route]:
    for index, model in mapping_items(root, "llm", "virtualModels"):
        targets = [
            name_of(target.get("model"))
            for routing in _ROUTINGS
            for _, target in mapping_items(model, "routing", routing, "targets")
        ]
        yield Route(
            format=FORMAT,
            path=source.path,
            pointer=("llm", "virtualModels", index),
            span=model.span,
            kind=RouteKind.ALIAS,
            scope=source.scope,
            alias=name_of(model.get("name")),
            chosen_family=LEFT_OPEN,
            targets=tuple(target for target in targets if target.given),
        )


def _backend_routes(root: Node, source: Source) -> Iterator[Route]:
    """The AI backends of whatever has `backends`: a route, or the config itself."""
    for pointer, holder in walk(root):
        for index, backend in mapping_items(holder, "backends"):
            place = (*pointer, "backends", index, "ai")
            auths = (at(backend, "policies", "backendAuth"), at(holder, "policies", "backendAuth"))
            secret = next((s for auth in auths if (s := value_at(auth, "key")).given), ABSENT)
            found = credential("backendAuth", secret)
            for provider in _providers(backend.get("ai")):
                yield _provider_route(provider, ABSENT, found, place, source)


def _providers(ai: Node | None) -> Iterator[Mapping]:
    """The providers of an AI backend: itself, or those of its groups."""
    if isinstance(ai, Mapping) and isinstance(ai.get("provider"), Mapping):
        yield ai
    for _, group in mapping_items(ai, "groups"):
        for _, provider in mapping_items(group, "providers"):
            yield provider


def _resource_routes(root: Node, source: Source) -> Iterator[Route]:
    owner = name_of(at(root, "metadata", "name"))
    secret = value_at(root, "spec", "policies", "auth", "secretRef", "name")
    reference = Value(secret.raw, ValueKind.SECRET_REF, secret.span, secret.raw)
    found = (Credential("auth", reference),) if secret.given else ()
    for provider in _providers(at(root, "spec", "ai")):
        yield _provider_route(provider, owner, found, ("spec", "ai"), source)


def _provider_route(
    provider: Mapping,
    owner: Value,
    found: tuple[Credential, ...],
    pointer: tuple[str, ...],
    source: Source,
) -> Route:
    name = name_of(provider.get("name"))
    inner = provider.get("provider")
    upstream = _upstream(inner if inner is not None else provider)
    host = first_value(provider, *_HOST_KEYS, "host")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=provider.span,
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        role=name if name.given else owner,
        model=value_at(upstream.settings, "model"),
        provider=upstream.name,
        chosen_family=LEFT_OPEN,
        base_url=host if host.given else value_at(inner, "host"),
        credentials=found,
    )


def _aliases(root: Node, source: Source) -> Iterator[Route]:
    """The names by which calls may ask for models, wherever a policy for AI backends stands."""
    for pointer, node in walk(root):
        if pointer[-len(_ALIASES) :] == _ALIASES:
            for alias in entries(node):
                yield _alias_route(alias, (*pointer, alias.key.text), source)


def _alias_route(alias: Entry, pointer: tuple[str, ...], source: Source) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=alias.value.span,
        kind=RouteKind.TABLE,
        scope=source.scope,
        alias=name_of(alias.key),
        model=value_of(alias.value),
        chosen_family=LEFT_OPEN,
    )
