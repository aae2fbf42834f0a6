"""Which mappings of a file are a config of LiteLLM's proxy.

One that lists deployments says so itself. One whose models are in the proxy's database has none, and each
of its blocks has a name that other programs have for theirs: it takes two that go together, or the name of
the file. https://docs.litellm.ai/docs/proxy/config_settings
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import classify
from agentlint.documents import Mapping, Node, walk
from agentlint.facts.adapters.litellm.gateway import (
    DEPLOYMENTS,
    FORMAT,
    IN_DATABASE,
    MASTER_KEY,
    OF_LIBRARY,
    OF_PROXY,
    OF_ROUTER,
    lists_deployments,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import at, items


def configs(root: Node, source: Source) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """Each config with its key path: the root, or `proxy_config` in a chart's values."""
    for pointer, node in walk(root):
        if isinstance(node, Mapping) and (
            lists_deployments(node) or _has_none_listed(node, source, is_root=not pointer)
        ):
            yield pointer, node


def _has_none_listed(node: Mapping, source: Source, *, is_root: bool) -> bool:
    """Whether a mapping is a config that leaves its models to the database."""
    if items(node, DEPLOYMENTS):
        return False
    return _has_blocks(node) or (is_root and _is_named(node, source))


def _has_blocks(node: Mapping) -> bool:
    """Whether a mapping has blocks that only LiteLLM has together."""
    of_proxy = at(node, OF_PROXY)
    if isinstance(of_proxy, Mapping) and (
        IN_DATABASE in of_proxy or (MASTER_KEY in of_proxy and _is_block(node, OF_ROUTER))
    ):
        return True
    beside = DEPLOYMENTS in node or _is_block(node, OF_PROXY) or _is_block(node, OF_ROUTER)
    return beside and _is_block(node, OF_LIBRARY)


def _is_named(root: Mapping, source: Source) -> bool:
    """Whether a file with a block of LiteLLM's has the name that its configs have."""
    known = classify(source.path)
    is_any_block = any(_is_block(root, key) for key in (OF_LIBRARY, OF_PROXY, OF_ROUTER))
    return is_any_block and known is not None and known[1] == FORMAT


def _is_block(node: Mapping, key: str) -> bool:
    return isinstance(node.get(key), Mapping)
