"""Settings that stand where LiteLLM looks for none of the kind, or with a word that it does not know."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Mapping, Node, Sequence
from agentlint.facts.adapters.litellm.fallbacks import FALLBACK_TRIGGERS
from agentlint.facts.adapters.litellm.gateway import (
    OF_LIBRARY,
    OF_PROXY,
    OF_ROUTER,
    Gateway,
    dead_setting,
)
from agentlint.facts.route import Route
from agentlint.facts.tree import at, entries
from agentlint.facts.values.value import value_of
from agentlint.knowledge.dead_routes import accepted_values, dead_keys

# Blocks in which settings of another one stand, with that one and the row that names those.
_SWAPPED = (
    (OF_PROXY, OF_LIBRARY, "litellm-library-key"),
    (OF_LIBRARY, OF_PROXY, "litellm-proxy-key"),
    (OF_ROUTER, OF_LIBRARY, "litellm-library-key-at-router"),
    (OF_ROUTER, OF_PROXY, "litellm-proxy-key-at-router"),
    (OF_LIBRARY, OF_ROUTER, "litellm-strategy-at-library"),
    (OF_PROXY, OF_ROUTER, "litellm-strategy-at-proxy"),
)
_STRATEGY, _STRATEGY_ROW = (OF_ROUTER, "routing_strategy"), "litellm-routing-strategy"
# Keys in a block in which nothing looks for them, with the row that says why.
_MISPLACED = (
    *((OF_PROXY, key, "litellm-router-key") for key in (*FALLBACK_TRIGGERS, "model_group_alias")),
    *(
        (block, key, row)
        for key, row in (
            ("fallback_models", "litellm-fallback-models"),
            ("default_fallback_models", "litellm-default-fallback-models"),
            ("default_model", "litellm-default-model"),
        )
        for block in (OF_ROUTER, OF_LIBRARY, OF_PROXY)
    ),
)


def misplaced(gateway: Gateway) -> Iterator[Route]:
    """Fallbacks and aliases under keys that nothing reads."""
    for block, key, row in _MISPLACED:
        for entry in entries(gateway.config, block):
            if entry.key.text == key and _says_something(entry.value):
                yield dead_setting(gateway, (block, key), entry.key, row)


def swapped(gateway: Gateway) -> Iterator[Route]:
    """Settings of the library, the proxy or the router in a block of another, where its own has none."""
    for block, home, row in _SWAPPED:
        dead = dead_keys(row) - {entry.key.text for entry in entries(gateway.config, home)}
        for entry in entries(gateway.config, block):
            key = entry.key.text
            if key in dead and _says_something(entry.value):
                yield dead_setting(gateway, (block, key), entry.key, row)


def refused_strategy(gateway: Gateway) -> Iterator[Route]:
    """A strategy that the Router does not know; what only a run can tell is not judged."""
    node = at(gateway.config, *_STRATEGY)
    strategy = value_of(node)
    if node and strategy.literal and strategy.raw not in accepted_values(_STRATEGY_ROW):
        yield dead_setting(gateway, _STRATEGY, node, _STRATEGY_ROW)


def _says_something(node: Node) -> bool:
    if isinstance(node, Mapping):
        return bool(node.entries)
    if isinstance(node, Sequence):
        return bool(node.items)
    return value_of(node).given and value_of(node).raw.lower() != "false"
