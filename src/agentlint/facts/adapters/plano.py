"""Plano (formerly archgw): model providers, aliases for them, and preferences that choose one.

A model is written `provider/id` and can be asked for with and without the provider. The path of a
client's request chooses the endpoint family.
Keys: https://github.com/katanemo/plano/blob/053e2b3a74b0/config/arch_config_schema.yaml, later
config/plano_config_schema.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Entry, Mapping, Node, Scalar
from agentlint.facts.route import LEFT_OPEN, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credentials,
    entries,
    first_value,
    mapping_items,
    name,
    name_of,
    scalars,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value

FORMAT = "plano"
_PROVIDERS = ("model_providers", "llm_providers")
_AROUND = ("listeners", "version")
# The models that Plano itself asks where a call should go.
_OWN_CALLS = ("llm_routing_model", "agent_orchestration_model")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a model provider, an alias, a routing preference and a model for Plano's own calls."""
    if not isinstance(root, Mapping) or not all(key in root for key in _AROUND):
        return
    providers = [
        (key, index, provider)
        for key in _PROVIDERS
        for index, provider in mapping_items(root, key)
        if "model" in provider
    ]
    if not providers:
        return
    for key, index, provider in providers:
        yield _provider_route(provider, (key, index), source)
    for alias in entries(root, "model_aliases"):
        yield _alias_route(alias, source)
    for _, preference in mapping_items(root, "routing_preferences"):
        yield _preference_route(preference, source)
    for entry in entries(root, "overrides"):
        if entry.key.text in _OWN_CALLS and isinstance(entry.value, Scalar):
            yield _own_route(entry, source)


def _provider_route(provider: Mapping, pointer: tuple[str, ...], source: Source) -> Route:
    model = provider.get("model")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=provider.span,
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        alias=name_of(provider.get("name")),
        model=value_at(model),
        provider=first_value(provider, "provider_interface", "provider"),
        chosen_family=LEFT_OPEN,
        base_url=value_at(provider, "base_url"),
        credentials=credentials(provider, ("access_key",)),
        other_names=tuple(_names(model)),
    )


def _names(model: Node | None) -> Iterator[Value]:
    """A model as it is written, and without its provider."""
    if isinstance(model, Scalar):
        yield name_of(model)
        provider, slash, bare = model.text.partition("/")
        if slash and bare:
            yield name(bare, model.region.span(len(provider) + 1))


def _alias_route(alias: Entry, source: Source) -> Route:
    target = name_of(at(alias.value, "target"))
    return _name_route(name_of(alias.key), ABSENT, (target,), alias.value, "model_aliases", source)


def _preference_route(preference: Mapping, source: Source) -> Route:
    targets = tuple(map(name_of, scalars(preference.get("models"))))
    role = name_of(preference.get("name"))
    return _name_route(ABSENT, role, targets, preference, "routing_preferences", source)


def _name_route(
    alias: Value, role: Value, targets: tuple[Value, ...], node: Node, key: str, source: Source
) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=(key, alias.raw or role.raw),
        span=node.span,
        kind=RouteKind.ALIAS,
        scope=source.scope,
        alias=alias,
        role=role,
        chosen_family=LEFT_OPEN,
        targets=tuple(target for target in targets if target.given),
    )


def _own_route(entry: Entry, source: Source) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=("overrides", entry.key.text),
        span=entry.value.span,
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        role=name_of(entry.key),
        model=value_at(entry.value),
        chosen_family=LEFT_OPEN,
    )
