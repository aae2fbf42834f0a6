"""Portkey gateway configs: a strategy over targets, which may be strategies again.

The path of a client's request chooses the endpoint family. A conditional strategy names the targets
that its conditions lead to. What a strategy sets for its calls holds for its targets, which may set
it again. Older configs have a `mode` and its `options` instead.
Keys: https://portkey.ai/docs/api-reference/inference-api/config-object, configSchema of
https://github.com/Portkey-AI/gateway/blob/669825cbe89e/src/middlewares/requestValidator/schema/config.ts,
inheritance and the second spelling of keys: tryTargetsRecursively and constructConfigFromRequestHeaders of
https://github.com/Portkey-AI/gateway/blob/669825cbe89e/src/handlers/handlerUtils.ts.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Mapping, Node, Scalar, walk
from agentlint.facts.route import LEFT_OPEN, Credential, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tools.portkey import provider_slug
from agentlint.facts.tree import at, credentials, first_value, mapping_items, name_of, value_at
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of

FORMAT = "portkey"
_MODES = ("single", "loadbalance", "fallback", "conditional")
# A provider or its own key could be any setting's; these are in the options of no one else.
_OPTION_MARKS = ("virtual_key", "override_params")
_OVERRIDES = ("override_params", "overrideParams")
_TARGET_MARKS = ("provider", "virtual_key", *_OVERRIDES, "api_key")
_SECRETS = ("api_key", "aws_secret_access_key", "aws_session_token")


class _Call(Struct, frozen=True):
    """What a target says of its call, or a strategy for all of its targets."""

    model: Node | None = None
    base_url: Value = ABSENT


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a target, and one a strategy that has a name or names its targets."""
    inherited: dict[tuple[str, ...], _Call] = {}
    for pointer, node in walk(root):
        if isinstance(node, Mapping) and _is_config(node):
            call = _call(node, inherited.get(pointer, _Call()))
            key = _targets_key(node)
            inherited |= {(*pointer, key, index): call for index, _ in mapping_items(node, key)}
            yield from _strategy_routes(node, pointer, call, source)
    if isinstance(root, Mapping) and _is_single(root):
        yield _target_route(root, (), _call(root, _Call()), source)


def _is_config(node: Mapping) -> bool:
    """Whether a mapping is a strategy over targets; strategies inside it are walked to as well."""
    if value_at(node, "strategy", "mode").raw in _MODES:
        targets = [target for _, target in mapping_items(node, "targets")]
        return any("strategy" in target or _is_target(target) for target in targets)
    options = [option for _, option in mapping_items(node, "options")]
    return value_at(node, "mode").raw in _MODES and any(
        mark in option for option in options for mark in _OPTION_MARKS
    )


def _is_target(node: Mapping) -> bool:
    return any(mark in node for mark in _TARGET_MARKS)


def _is_single(root: Mapping) -> bool:
    """Whether a whole file is one target: a provider or its key, and parameters to override."""
    named = "provider" in root or "virtual_key" in root
    return named and isinstance(root.get("override_params"), Mapping) and "targets" not in root


def _targets_key(node: Mapping) -> str:
    return "targets" if "strategy" in node else "options"


def _call(node: Mapping, inherited: _Call) -> _Call:
    models = (at(node, key, "model") for key in _OVERRIDES)
    base_url = first_value(node, "custom_host", "base_url")
    return _Call(
        model=next((model for model in models if value_of(model).given), inherited.model),
        base_url=base_url if base_url.given else inherited.base_url,
    )


def _strategy_routes(
    node: Mapping, pointer: tuple[str, ...], call: _Call, source: Source
) -> Iterator[Route]:
    key = _targets_key(node)
    for index, target in mapping_items(node, key):
        if "strategy" not in target:
            yield _target_route(target, (*pointer, key, index), _call(target, call), source)
    if "name" in node or value_at(node, "strategy", "mode").raw == "conditional":
        yield _strategy_route(node, (*pointer, "strategy"), source)


def _target_route(target: Mapping, pointer: tuple[str, ...], call: _Call, source: Source) -> Route:
    provider = first_value(target, "provider", "virtual_key")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=target.span,
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        alias=name_of(target.get("name")),
        model=value_of(call.model),
        provider=provider if provider.given else _provider_slug(call.model),
        chosen_family=LEFT_OPEN,
        base_url=call.base_url,
        credentials=(*credentials(target, _SECRETS), *_virtual_key(target)),
    )


def _provider_slug(model: Node | None) -> Value:
    if not isinstance(model, Scalar):
        return ABSENT
    slug = provider_slug(model.text)
    return Value(slug, ValueKind.LITERAL, model.region.span(0, len(slug))) if slug else ABSENT


def _virtual_key(target: Mapping) -> Iterator[Credential]:
    """The name of a key that Portkey keeps, which is no secret."""
    key = value_at(target, "virtual_key")
    if key.literal:
        yield Credential("virtual_key", Value(key.raw, ValueKind.SECRET_REF, key.span, key.raw))
    elif key.given:
        yield Credential("virtual_key", key)


def _strategy_route(node: Mapping, pointer: tuple[str, ...], source: Source) -> Route:
    chosen = [
        name_of(condition.get("then"))
        for _, condition in mapping_items(node, "strategy", "conditions")
    ]
    targets = (*chosen, name_of(at(node, "strategy", "default")))
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=node.span,
        kind=RouteKind.ALIAS,
        scope=source.scope,
        role=name_of(at(node, "strategy", "mode")),
        alias=name_of(node.get("name")),
        chosen_family=LEFT_OPEN,
        targets=tuple(target for target in targets if target.given),
    )
