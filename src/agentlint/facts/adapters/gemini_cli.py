"""Gemini CLI: `.gemini/settings.json`.

The tool speaks generateContent, and takes the base URL and the key from its environment alone.
Keys: https://github.com/google-gemini/gemini-cli/blob/5411f113cafa/schemas/settings.schema.json, and
packages/core/src/services/modelConfigService.ts of that commit, by which an override may set a model.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node, Scalar
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, entries, implied, mapping_items, name_of, value_at
from agentlint.facts.values.value import value_of
from agentlint.knowledge.families import Family

FORMAT = "gemini-cli"
_ALIAS_BLOCKS = ("customAliases", "aliases")
_OVERRIDE_BLOCKS = ("overrides", "customOverrides")
# The agent that looks at pages as pictures, with a model that does nothing else.
_BROWSER_AGENT = "browser_agent"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The model that is used, those of its agents and exceptions, and the presets that can be named."""
    if source.format != FORMAT or not isinstance(root, Mapping):
        return
    pointer = ("model",) if isinstance(root.get("model"), Scalar) else ("model", "name")
    node = at(root, *pointer)
    model = value_of(node)
    if node is not None and model.given:
        yield replace(_route(pointer, node, RouteKind.TOOL_DEFAULT, source), model=model)
    for agent in entries(root, "agents", "overrides"):
        yield from _agent(agent, source)
    yield from _browser(root, source)
    for block in _OVERRIDE_BLOCKS:
        for index, override in mapping_items(root, "modelConfigs", block):
            yield from _override(override, ("modelConfigs", block, index), source)
    presets = {entry.key.text for block in _ALIAS_BLOCKS for entry in _presets(root, block)}
    for block in _ALIAS_BLOCKS:
        for entry in _presets(root, block):
            yield from _preset(entry, block, presets, source)


def _agent(entry: Entry, source: Source) -> Iterator[Route]:
    model = value_at(entry.value, "modelConfig", "model")
    if model.given:
        where = ("agents", "overrides", entry.key.text)
        route = _route(where, entry.value, RouteKind.AGENT_BINDING, source)
        yield replace(route, role=name_of(entry.key), model=model)


def _browser(root: Mapping, source: Source) -> Iterator[Route]:
    pointer = ("agents", "browser", "visualModel")
    node = at(root, *pointer)
    model = value_of(node)
    if node is not None and model.given:
        route = _route(pointer, node, RouteKind.AGENT_BINDING, source)
        yield replace(route, role=implied(_BROWSER_AGENT), model=model)


def _override(override: Mapping, pointer: tuple[str, ...], source: Source) -> Iterator[Route]:
    """Another model for the calls of one agent, or for those that meet some other condition."""
    model = value_at(override, "modelConfig", "model")
    scope = name_of(at(override, "match", "overrideScope"))
    kind = RouteKind.AGENT_BINDING if scope.given else RouteKind.TOOL_DEFAULT
    if model.given:
        yield replace(_route(pointer, override, kind, source), role=scope, model=model)


def _presets(root: Mapping, block: str) -> tuple[Entry, ...]:
    return entries(root, "modelConfigs", block)


def _preset(entry: Entry, block: str, presets: set[str], source: Source) -> Iterator[Route]:
    """A preset with a model of its own, or that takes over another's; the tool brings some along."""
    model = value_at(entry.value, "modelConfig", "model")
    base = name_of(at(entry.value, "extends"))
    where = ("modelConfigs", block, entry.key.text)
    if model.given:
        route = _route(where, entry.value, RouteKind.TABLE, source)
        yield replace(route, alias=name_of(entry.key), model=model)
    elif base.given:
        route = _route(where, entry.value, RouteKind.ALIAS, source)
        targets = (base,) if base.raw in presets else ()
        yield replace(route, alias=name_of(entry.key), targets=targets)


def _route(pointer: tuple[str, ...], node: Node, kind: RouteKind, source: Source) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=node.span,
        kind=kind,
        scope=source.scope,
        chosen_family=ChosenFamily(Family.GEMINI_GENERATE_CONTENT, FamilySource.DEFAULT),
    )
