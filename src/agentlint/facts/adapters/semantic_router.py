"""vLLM semantic-router, version 0.3: models with their backends, and decisions that choose a model.

The path of a client's request chooses the endpoint family, save for a model whose `api_format` is
`anthropic`; `chat_path` is where the router posts to.
Keys: https://github.com/vllm-project/semantic-router/blob/3d48f8c9cc0d/config/config.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Mapping, Node, Sequence, walk
from agentlint.facts.route import Credential, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, first_value, implied, items, mapping_items, name_of, value_at
from agentlint.facts.values import ABSENT, Value, ValueKind, without_literal
from agentlint.knowledge.families import Family, family_of_word

FORMAT = "semantic-router"
ANCHORS = (("backend_refs",), ("provider_model_id",), ("api_format",))
_DIALECT = "semantic_router"
_MODEL_MARKS = ("backend_refs", "provider_model_id", "api_format")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a backend of every model, one a model card without any, and one a decision."""
    for pointer, node in walk(root):
        if isinstance(node, Mapping) and _is_config(node):
            yield from _Router(node, pointer, source).routes()


def _is_config(node: Mapping) -> bool:
    return isinstance(at(node, "providers", "models"), Sequence) and any(
        mark in model for _, model in _models(node) for mark in _MODEL_MARKS
    )


def _models(config: Mapping) -> Iterator[tuple[str, Mapping]]:
    yield from mapping_items(config, "providers", "models")


class _Router(Struct, frozen=True):
    """A router's config, where it stands, and the file around it."""

    config: Mapping
    pointer: tuple[str, ...]
    source: Source

    def routes(self) -> Iterator[Route]:
        cards = {
            value_at(card, "name").raw: card
            for _, card in mapping_items(self.config, "routing", "modelCards")
        }
        for index, model in _models(self.config):
            card = cards.pop(value_at(model, "name").raw, None)
            place = (*self.pointer, "providers", "models", index)
            backends = [backend for _, backend in mapping_items(model, "backend_refs")]
            for backend in backends or (None,):
                yield self._backend_route(model, backend, place, _adapters(card))
        for card in cards.values():
            place = (*self.pointer, "routing", "modelCards")
            yield self._name_route(card, (), place, alias=name_of(card.get("name")))
        yield from self._decisions()

    def _backend_route(
        self,
        model: Mapping,
        backend: Mapping | None,
        pointer: tuple[str, ...],
        adapters: tuple[Value, ...],
    ) -> Route:
        own_id = value_at(model, "provider_model_id")
        declared = value_at(model, "api_format")
        family = family_of_word(declared.raw, dialect=_DIALECT) or Family.AUTO
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=(backend or model).span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            alias=name_of(model.get("name")),
            role=name_of(at(backend, "name")),
            model=own_id if own_id.given else name_of(model.get("name")),
            provider=value_at(backend, "provider"),
            family=family,
            family_value=declared,
            family_source=FamilySource.DECLARED if declared.given else FamilySource.DEFAULT,
            family_required=declared.given,
            endpoint_path=value_at(backend, "chat_path"),
            base_url=first_value(backend, "base_url", "endpoint"),
            credentials=_credentials(backend),
            other_names=adapters,
        )

    def _decisions(self) -> Iterator[Route]:
        default = name_of(at(self.config, "providers", "defaults", "default_model"))
        defaults = at(self.config, "providers", "defaults")
        if default.given and isinstance(defaults, Mapping):
            place = (*self.pointer, "providers", "defaults", "default_model")
            yield self._name_route(defaults, (default,), place, role=implied("default"))
        for index, decision in mapping_items(self.config, "routing", "decisions"):
            chosen = (name_of(ref.get("model")) for _, ref in mapping_items(decision, "modelRefs"))
            targets = tuple(target for target in chosen if target.given)
            place = (*self.pointer, "routing", "decisions", index)
            if targets:
                role = name_of(decision.get("name"))
                yield self._name_route(decision, targets, place, role=role)

    def _name_route(
        self,
        node: Mapping,
        targets: tuple[Value, ...],
        pointer: tuple[str, ...],
        *,
        alias: Value = ABSENT,
        role: Value = ABSENT,
    ) -> Route:
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=node.span,
            kind=RouteKind.ALIAS,
            scope=self.source.scope,
            alias=alias,
            role=role,
            family=Family.AUTO,
            family_source=FamilySource.DEFAULT,
            targets=targets,
            other_names=_adapters(node),
        )


def _adapters(card: Mapping | None) -> tuple[Value, ...]:
    """The names of a model's LoRA adapters, each of which can be asked for like a model."""
    return tuple(name_of(at(adapter, "name")) for adapter in items(card, "loras"))


def _credentials(backend: Mapping | None) -> tuple[Credential, ...]:
    variable = value_at(backend, "api_key_env")
    if variable.given:
        reference = Value(variable.raw, ValueKind.ENV_REF, variable.span, variable.raw)
        return (Credential("api_key", reference),)
    key = value_at(backend, "api_key")
    return (Credential("api_key", without_literal(key)),) if key.given else ()
