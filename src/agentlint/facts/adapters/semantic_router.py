"""vLLM semantic-router: models with their backends, and decisions that choose a model.

Version 0.3 keeps models in `providers.models`, releases before it in `model_config` with their
`vllm_endpoints`, and Kubernetes in the resources IntelligentPool and IntelligentRoute. The path of a
client's request chooses the endpoint family, save for a model whose `api_format` is `anthropic`;
`chat_path` is where the router posts to.
Keys: https://github.com/vllm-project/semantic-router/blob/3d48f8c9cc0d/config/config.yaml, before 0.3
website/docs/installation/configuration.md, resources deploy/kubernetes/crds of the same repository.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence, walk
from agentlint.facts.route import (
    LEFT_OPEN,
    ChosenFamily,
    Credential,
    FamilySource,
    Route,
    RouteKind,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credential,
    entries,
    first_value,
    implied,
    items,
    mapping_items,
    name_of,
    scalars,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.knowledge.families import Family, family_of_word

FORMAT = "semantic-router"
_DIALECT = "semantic_router"
_MODEL_MARKS = ("backend_refs", "provider_model_id", "api_format")
_OLD_MARKS = ("model_config", "default_model", "categories", "decisions")
_RESOURCES = ("IntelligentPool", "IntelligentRoute")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a backend of every model, one a model card without any, and one a decision."""
    for pointer, node in walk(root):
        if not isinstance(node, Mapping):
            continue
        router = _Router(node, pointer, source)
        if _is_config(node):
            yield from router.routes()
        elif _is_old_config(node):
            yield from router.old_routes()
        elif value_at(node, "kind").raw in _RESOURCES:
            yield from router.resource_routes()


def _is_config(node: Mapping) -> bool:
    if not isinstance(at(node, "providers", "models"), Sequence):
        return False
    decides = isinstance(at(node, "routing", "decisions"), Sequence)
    return decides or any(mark in model for _, model in _models(node) for mark in _MODEL_MARKS)


def _is_old_config(node: Mapping) -> bool:
    endpoints = [endpoint for _, endpoint in mapping_items(node, "vllm_endpoints")]
    return any("address" in endpoint for endpoint in endpoints) and any(
        mark in node for mark in _OLD_MARKS
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
            adapters = _adapters(card)
            for backend in backends or (None,):
                yield self._backend_route(model, backend, place, adapters)
        for card in cards.values():
            place = (*self.pointer, "routing", "modelCards")
            yield self._name_route(card, (), place, alias=name_of(card.get("name")))
        yield from self._default(("providers", "defaults"), "default_model")
        yield from self._decisions(("routing", "decisions"), "modelRefs")

    def old_routes(self) -> Iterator[Route]:
        """Those of a config before version 0.3."""
        settings = {entry.key.text: entry for entry in entries(self.config, "model_config")}
        keys = {name: entry.key for name, entry in settings.items()}
        endpoints = [endpoint for _, endpoint in mapping_items(self.config, "vllm_endpoints")]
        for listed in (scalars(endpoint.get("models")) for endpoint in endpoints):
            keys |= {model.text: model for model in listed if model.text not in keys}
        by_name, by_model = _by_name(endpoints), _by_model(endpoints)
        for name, key in keys.items():
            own = settings[name].value if name in settings else None
            adapters = _adapters(own)
            preferred = dict.fromkeys(_texts(at(own, "preferred_endpoints")))
            chosen = sorted(place for one in preferred for place in by_name.get(one, []))
            serving = [endpoints[place] for place in chosen or by_model.get(name, [])]
            for endpoint in serving or (None,):
                yield self._endpoint_route(key, own, endpoint, adapters)
        yield from self._default((), "default_model")
        yield from self._decisions(("categories",), "model_scores")
        yield from self._decisions(("decisions",), "modelRefs")

    def resource_routes(self) -> Iterator[Route]:
        """Those of a Kubernetes resource: a pool names models, a route decides between a pool's."""
        for index, model in mapping_items(self.config, "spec", "models"):
            place = (*self.pointer, "spec", "models", index)
            yield self._name_route(model, (), place, alias=name_of(model.get("name")))
        yield from self._default(("spec",), "defaultModel")
        for route in self._decisions(("spec", "decisions"), "modelRefs"):
            # The pool may be deployed from anywhere.
            yield replace(route, names_elsewhere=True)

    def _endpoint_route(
        self,
        key: Scalar,
        own: Node | None,
        endpoint: Mapping | None,
        adapters: tuple[Value, ...],
    ) -> Route:
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=(*self.pointer, "model_config", key.text),
            span=(endpoint or own or key).span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            alias=name_of(key),
            role=name_of(at(endpoint, "name")),
            model=name_of(key),
            chosen_family=LEFT_OPEN,
            base_url=value_at(endpoint, "address"),
            other_names=adapters,
        )

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
        stated = ChosenFamily(family, FamilySource.DECLARED, declared)
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
            chosen_family=stated if declared.given else LEFT_OPEN,
            family_required=declared.given,
            endpoint_path=value_at(backend, "chat_path"),
            base_url=first_value(backend, "base_url", "endpoint"),
            credentials=_credentials(backend),
            other_names=adapters,
        )

    def _default(self, keys: tuple[str, ...], key: str) -> Iterator[Route]:
        default, around = name_of(at(self.config, *keys, key)), at(self.config, *keys)
        if default.given and isinstance(around, Mapping):
            place = (*self.pointer, *keys, key)
            yield self._name_route(around, (default,), place, role=implied("default"))

    def _decisions(self, keys: tuple[str, ...], choice: str) -> Iterator[Route]:
        """What leads to models by name; `choice` is the key of the list that names them."""
        for index, decision in mapping_items(self.config, *keys):
            chosen = (name_of(ref.get("model")) for _, ref in mapping_items(decision, choice))
            targets = tuple(target for target in chosen if target.given)
            place = (*self.pointer, *keys, index)
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
            chosen_family=LEFT_OPEN,
            targets=targets,
            other_names=_adapters(node) if alias.given else (),
        )


def _by_name(endpoints: Iterable[Mapping]) -> dict[str, list[int]]:
    """The places of endpoints in their list, by the names that models prefer them by."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, endpoint in enumerate(endpoints):
        found[value_at(endpoint, "name").raw].append(place)
    return found


def _by_model(endpoints: Iterable[Mapping]) -> dict[str, list[int]]:
    """The places of endpoints in their list, by the models that they list."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, endpoint in enumerate(endpoints):
        for model in dict.fromkeys(_texts(endpoint.get("models"))):
            found[model].append(place)
    return found


def _texts(node: Node | None) -> list[str]:
    return [scalar.text for scalar in scalars(node)]


def _adapters(card: Node | None) -> tuple[Value, ...]:
    """The names of a model's LoRA adapters, each of which can be asked for like a model."""
    return tuple(name_of(at(adapter, "name")) for adapter in items(card, "loras"))


def _credentials(backend: Mapping | None) -> tuple[Credential, ...]:
    variable = value_at(backend, "api_key_env")
    if variable.given:
        reference = Value(variable.raw, ValueKind.ENV_REF, variable.span, variable.raw)
        return (Credential("api_key", reference),)
    key = value_at(backend, "api_key")
    return credential("api_key", key)
