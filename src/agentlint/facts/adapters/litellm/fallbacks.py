"""What a name of a LiteLLM gateway falls back to, and the lists that are no such thing."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.adapters.litellm.gateway import (
    EVERY_ALIAS,
    FORMAT,
    OF_LIBRARY,
    OF_ROUTER,
    FallbackLists,
    Gateway,
    dead_setting,
)
from agentlint.facts.route import LEFT_OPEN, Fallback, Route, RouteKind
from agentlint.facts.tree import at, entries, items, name, name_of, value_at
from agentlint.facts.truncation import LeftOut
from agentlint.facts.values.value import Value

# Every deployment of a name has all its fallbacks: many of both would be as many facts as their product.
MAX_FALLBACKS = 30
_SETTINGS = (OF_ROUTER, OF_LIBRARY)
_DEFAULTS = "default_fallbacks"
FALLBACK_TRIGGERS = {
    "fallbacks": "error",
    _DEFAULTS: "default",
    "context_window_fallbacks": "context_window",
    "content_policy_fallbacks": "content_policy",
}
_CHOSEN = tuple(key for key in FALLBACK_TRIGGERS if key != _DEFAULTS)
# Whose shape LiteLLM does not check: it takes a first key for an alias, and a bare name for every request.
_UNCHECKED = "context_window_fallbacks"
_SHAPES = {_UNCHECKED: "litellm-context-window-fallback-shape"}


def fallback_lists(config: Mapping) -> dict[str, FallbackLists]:
    found: dict[str, tuple[Value, list[Fallback]]] = {}
    for block in _SETTINGS:
        for key, trigger in FALLBACK_TRIGGERS.items():
            for item in items(config, block, key):
                if _is_misshapen(item, key):
                    continue
                for alias, targets in _targets_by_alias(item):
                    _, listed = found.setdefault(alias.raw, (alias, []))
                    listed.extend(Fallback(target, trigger) for target in targets)
    return {
        raw: FallbackLists(
            alias, tuple(listed[:MAX_FALLBACKS]), max(0, len(listed) - MAX_FALLBACKS)
        )
        for raw, (alias, listed) in found.items()
    }


def left_out(gateway: Gateway) -> Iterator[LeftOut]:
    for listed in gateway.fallbacks.values():
        if listed.left_out and listed.alias.span:
            reason = f"more than {MAX_FALLBACKS} fallbacks of one name"
            yield LeftOut(gateway.source.path, listed.alias.span, reason)


def orphans(gateway: Gateway, named: set[str]) -> Iterator[Route]:
    """Fallback lists that no route took: their own name may be the one that is wrong."""
    taken = {EVERY_ALIAS, *named}
    for listed in gateway.fallbacks.values():
        span = listed.alias.span
        if listed.alias.raw in taken or span is None:
            continue
        yield Route(
            format=FORMAT,
            path=gateway.source.path,
            pointer=(*gateway.pointer, "fallbacks", listed.alias.raw),
            span=span,
            kind=RouteKind.ALIAS,
            scope=gateway.source.scope,
            role=listed.alias,
            chosen_family=LEFT_OPEN,
            targets=(listed.alias,),
            fallbacks=listed.fallbacks,
            names_elsewhere=gateway.has_further_names,
        )


def misshapen(gateway: Gateway) -> Iterator[Route]:
    """Fallback lists, and entries of them, that LiteLLM does not take for any: none of their words is
    an alias."""
    for block in _SETTINGS:
        for key in _CHOSEN:
            for pointer, node in _misshapen_nodes(at(gateway.config, block, key), key):
                row = _SHAPES.get(key, "litellm-fallback-shape")
                yield dead_setting(gateway, (block, key, *pointer), node, row)


def _misshapen_nodes(listed: Node | None, key: str) -> Iterator[tuple[tuple[str, ...], Node]]:
    """What is to blame, and its key path within the list; of bare names the first."""
    if isinstance(listed, Mapping) and listed.entries:
        yield (), listed
    named = False
    for index, item in enumerate(items(listed)):
        bare = isinstance(item, Scalar)
        if _is_misshapen(item, key) and not (bare and named):
            yield (str(index),), item
        named = named or bare


def _is_misshapen(item: Node, key: str) -> bool:
    """Whether LiteLLM takes an item of the list under `key` for no fallback. What only a run can tell is
    not judged."""
    if key == _DEFAULTS:
        return False
    if isinstance(item, Scalar):
        return key != _UNCHECKED and name_of(item).literal is not None
    read = entries(item)[:1] if key == _UNCHECKED else entries(item)
    if len(read) != 1:
        return isinstance(item, Mapping)
    value = read[0].value
    one_target = isinstance(value, Mapping) or name_of(value).literal is not None
    return one_target and not _is_target(item)


def _is_target(item: Node) -> bool:
    """Whether an item names a target by itself, which then stands for every alias."""
    return isinstance(item, Scalar) or (
        [entry.key.text for entry in entries(item)] == ["model"] and value_at(item, "model").given
    )


def _targets_by_alias(item: Node) -> Iterator[tuple[Value, Iterator[Value]]]:
    """`{alias: [target, …]}`, or a target that stands for every alias."""
    if _is_target(item):
        yield name(EVERY_ALIAS, item.span), _targets(item)
    else:
        for entry in entries(item)[:1]:
            yield name_of(entry.key), _targets(entry.value)


def _targets(node: Node) -> Iterator[Value]:
    """Targets are names, or mappings with a `model` beside what the request is to change."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        target = name_of(item.get("model") if isinstance(item, Mapping) else item)
        if target.given:
            yield target
