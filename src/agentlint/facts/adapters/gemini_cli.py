"""Gemini CLI: `.gemini/settings.json`.

The tool speaks generateContent, and takes the base URL and the key from its environment alone.
Keys: https://github.com/google-gemini/gemini-cli/blob/5411f113cafa/schemas/settings.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar
from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, entries, name_of, value_at
from agentlint.facts.values import value_of
from agentlint.knowledge.families import Family

FORMAT = "gemini-cli"
_ALIAS_BLOCKS = ("customAliases", "aliases")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The model that is used, and the presets that can be named instead of one."""
    if source.format != FORMAT or not isinstance(root, Mapping):
        return
    pointer = ("model",) if isinstance(root.get("model"), Scalar) else ("model", "name")
    node = at(root, *pointer)
    model = value_of(node)
    if node is not None and model.given:
        yield replace(_route(pointer, node, RouteKind.TOOL_DEFAULT, source), model=model)
    for block in _ALIAS_BLOCKS:
        for entry in entries(root, "modelConfigs", block):
            target = value_at(entry.value, "modelConfig", "model")
            if target.given:
                where = ("modelConfigs", block, entry.key.text)
                route = _route(where, entry.value, RouteKind.TABLE, source)
                yield replace(route, alias=name_of(entry.key), model=target)


def _route(pointer: tuple[str, ...], node: Node, kind: RouteKind, source: Source) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=node.span,
        kind=kind,
        scope=source.scope,
        family=Family.GEMINI_GENERATE_CONTENT,
        family_source=FamilySource.DEFAULT,
    )
