"""oh-my-opencode (oh-my-openagent), a plugin of opencode: the models of its agents and categories.

Its file is `oh-my-opencode.json` or `oh-my-openagent.json`, and `omo.jsonc` of newer releases, where
settings stand below the name of a harness (`[opencode]`) or of a profile as well. A model is
`provider/model`, as in opencode. Who answers for a provider that plugins of opencode take over is told in
another file, or in none: its own guide has users add one of these.
Keys: https://github.com/code-yeongyu/oh-my-openagent, docs/reference/configuration.md (0d627bdfaf01) and
packages/omo-opencode/src/config/schema (346a054bc).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import classify
from agentlint.documents import Entry, Mapping, Node, Scalar
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.source import Source
from agentlint.facts.tools.opencode_providers import (
    chosen_provider,
    family_of_provider,
    taken_over_by_plugins,
)
from agentlint.facts.tree import SOMEONE, at, entries, is_true, items, listed, name_of, route_at
from agentlint.facts.values.value import Value, value_of

FORMAT = "oh-my-opencode"
_HARNESSES = ("[opencode]", "[senpi]", "[codex]")
_BINDINGS = ("agents", "categories")
# Chains of models, tried in turn, and settings for a turn of the agent that may have a model of their own.
_CHAINS = ("models", "fallback_models")
_TURNS = ("ultrawork", "compaction")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """Every model that an agent or a category is given, and those of the catalogue. A file that its schema
    alone tells, a saved profile, lies under a name that the plugin does not read: it is only shown."""
    if source.format != FORMAT or not isinstance(root, Mapping):
        return
    if source.scope is RouteScope.REPOSITORY and classify(source.path) is None:
        source = replace(source, scope=RouteScope.EXAMPLE)
    for block in _blocks((), root, source):
        yield from block.routes()
        for profile in entries(root, "profiles") if block.node is root else ():
            for own in _blocks(("profiles", profile.key.text), profile.value, source):
                yield from own.routes()


def _blocks(pointer: tuple[str, ...], node: Node, source: Source) -> Iterator[_Block]:
    yield _Block(pointer, node, source)
    for harness in _HARNESSES:
        inner = at(node, harness)
        if inner is not None:
            yield _Block((*pointer, harness), inner, source)


class _Block(Struct, frozen=True, dict=True):
    """Settings for every harness or for one."""

    pointer: tuple[str, ...]
    node: Node
    source: Source

    def routes(self) -> Iterator[Route]:
        for entry in entries(self.node, "models"):
            yield from self._chosen(("models", entry.key.text), entry, RouteKind.MENU)
        for key in _BINDINGS:
            for entry in entries(self.node, key):
                if not self._is_off(entry):
                    pointer = (key, entry.key.text)
                    yield from self._chosen(pointer, entry, RouteKind.AGENT_BINDING)

    def _is_off(self, entry: Entry) -> bool:
        return is_true(entry.value, "disable") or entry.key.text.lower() in self._disabled_agents

    @cached_property
    def _disabled_agents(self) -> frozenset[str]:
        return self._words("disabled_agents")

    @cached_property
    def _disabled_providers(self) -> frozenset[str]:
        return self._words("disabled_providers")

    def _words(self, key: str) -> frozenset[str]:
        return frozenset(value_of(item).raw.lower() for item in items(self.node, key))

    def _chosen(self, pointer: tuple[str, ...], entry: Entry, kind: RouteKind) -> Iterator[Route]:
        for keys, node in _models(entry.value):
            model = value_of(node)
            provider = chosen_provider(node)
            if model.given and provider.raw.lower() not in self._disabled_providers:
                route = route_at(FORMAT, (*self.pointer, *pointer, *keys), node, kind, self.source)
                yield _answered(replace(route, role=name_of(entry.key), model=model), provider)


def _answered(route: Route, provider: Value) -> Route:
    if not provider.given or provider.raw in taken_over_by_plugins():
        return replace(route, provider=SOMEONE)
    family = ChosenFamily.by(FamilySource.DRIVER, family_of_provider(provider.raw))
    return replace(route, provider=provider, chosen_family=family)


def _models(node: Node) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """The models of an agent, each with the keys that lead to it."""
    found: list[tuple[tuple[str, ...], Node | None]] = [(("model",), at(node, "model"))]
    found += [((key, "model"), at(node, key, "model")) for key in _TURNS]
    for key in _CHAINS:
        chain = at(node, key)
        for number, item in enumerate(listed(chain)):
            own = at(item, "model")
            found.append(((key, str(number)), item if own is None else own))
    for keys, model in found:
        if isinstance(model, Scalar):
            yield keys, model
