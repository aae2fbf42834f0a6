"""Traceloop Hub: providers, models at them, and pipelines that choose among models by their keys.

Clients ask for a model by its `type`, at the path that the type of a pipeline stands for. Hub translates
chat to the provider's own, and has no pipeline for Responses. `${VAR}` is replaced in all of the file.
Keys: src/types/mod.rs, src/config/lib.rs, src/pipelines/pipeline.rs and src/providers of
https://github.com/traceloop/hub/tree/302730e7037a.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence
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
    credentials,
    first_given,
    items,
    mapping_items,
    name_of,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value
from agentlint.knowledge.families import Family, family_of_word
from agentlint.knowledge.formats import driver_families, url_shape

FORMAT = "traceloop"
_ROUTER = "model-router"
_LISTS = ("providers", "models", "pipelines")
_SECRETS = ("api_key", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_AZURE = "azure"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each model of a pipeline, one a model that no pipeline has, and one a pipeline."""
    for pointer, config in (((), root), (("config",), at(root, "config"))):
        if isinstance(config, Mapping) and _is_config(config):
            yield from _Config(config, pointer, source).routes()


def _is_config(node: Mapping) -> bool:
    """Whether a mapping is the config of Hub, as its file or the values of its chart have it."""
    return all(isinstance(node.get(key), Sequence) for key in _LISTS) and any(
        at(plugin, _ROUTER) is not None
        for _, pipeline in mapping_items(node, "pipelines")
        for plugin in items(pipeline, "plugins")
    )


class _Config(Struct, frozen=True):
    """The three lists of a config."""

    node: Mapping
    pointer: tuple[str, ...]
    source: Source

    def routes(self) -> Iterator[Route]:
        providers = {value_at(p, "key").raw: p for _, p in mapping_items(self.node, "providers")}
        pipelines = _pipelines_of_models(self.node)
        for index, model in mapping_items(self.node, "models"):
            provider = providers.get(value_at(model, "provider").raw)
            route = self._model_route(model, (*self.pointer, "models", index), provider)
            kinds = pipelines.get(value_at(model, "key").raw, {})
            yield from [_served(route, *kind) for kind in kinds.items()] or [route]
        for index, pipeline in mapping_items(self.node, "pipelines"):
            yield self._pipeline_route(pipeline, (*self.pointer, "pipelines", index))

    def _model_route(
        self, model: Mapping, pointer: tuple[str, ...], provider: Mapping | None
    ) -> Route:
        asked, kind = value_at(model, "type"), value_at(provider, "type")
        deployment = value_at(model, "deployment") if kind.raw == _AZURE else ABSENT
        names = (name_of(model.get("key")), name_of(model.get("type")))
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=model.span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            role=names[0],
            model=first_given(deployment, asked),
            base_model=asked if deployment.given else ABSENT,
            provider=first_given(kind, value_at(model, "provider")),
            chosen_family=LEFT_OPEN,
            upstream_family=driver_families(FORMAT, "type").get(kind.raw),
            base_url=value_at(provider, "base_url"),
            url_shape=url_shape(FORMAT, kind.raw),
            credentials=_credentials(provider),
            other_names=tuple(name for name in names if name.given),
        )

    def _pipeline_route(self, pipeline: Mapping, pointer: tuple[str, ...]) -> Route:
        kind = value_at(pipeline, "type")
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=pipeline.span,
            kind=RouteKind.ALIAS,
            scope=self.source.scope,
            role=name_of(pipeline.get("name")),
            chosen_family=ChosenFamily(
                _family(kind), FamilySource.DECLARED if kind.given else FamilySource.NONE, kind
            ),
            targets=tuple(map(name_of, _routed(pipeline))),
        )


def _routed(pipeline: Mapping) -> Iterator[Scalar]:
    """The keys of the models that a pipeline chooses from."""
    for plugin in items(pipeline, "plugins"):
        for key in items(plugin, _ROUTER, "models"):
            if isinstance(key, Scalar) and name_of(key).given:
                yield key


def _pipelines_of_models(config: Mapping) -> dict[str, dict[Family, Value]]:
    """The families of the pipelines that choose each model, by its key, with the first word for each; a
    pipeline of a type that Hub does not know tells nothing of its models."""
    found: dict[str, dict[Family, Value]] = {}
    for _, pipeline in mapping_items(config, "pipelines"):
        kind = value_at(pipeline, "type")
        family = _family(kind)
        if family is None or family is Family.UNKNOWN:
            continue
        for key in _routed(pipeline):
            found.setdefault(key.text, {}).setdefault(family, kind)
    return found


def _family(kind: Value) -> Family | None:
    if not kind.literal:
        return None
    return family_of_word(kind.literal, dialect=FORMAT) or Family.UNKNOWN


def _served(route: Route, family: Family, kind: Value) -> Route:
    """A model as the pipelines of one family call it."""
    upstream = route.upstream_family if family is Family.CHAT_COMPLETIONS else None
    return replace(
        route,
        chosen_family=ChosenFamily(family, FamilySource.DECLARED, kind),
        bridges=frozenset({(family, upstream)}) if upstream else frozenset(),
    )


def _credentials(provider: Mapping | None) -> tuple[Credential, ...]:
    return credentials(provider, _SECRETS)
