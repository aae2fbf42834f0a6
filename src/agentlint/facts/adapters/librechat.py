"""LibreChat: `librechat.yaml` with custom endpoints, Azure groups, model specs and the memory agent.

A custom endpoint is called on Chat Completions, whose path LibreChat appends itself, unless
`directEndpoint` says that the URL is whole or `provider: anthropic` chooses the Messages API. Users pick
from the models of an endpoint or a group, even if there is but one; LibreChat itself calls the side models,
and the model of the memory agent with every chat.
Where it fetches the models of an endpoint, it offers those of `models.default` only if there are none:
https://github.com/danny-avila/LibreChat/blob/02244615d4d8/packages/api/src/endpoints/config/models.ts.
Keys: https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/custom_endpoint and
.../memory.
The values of a Helm chart hold the file under `configYamlContent`, as text or as the mapping itself:
https://github.com/danny-avila/LibreChat/blob/6872b98280cf/helm/librechat/templates/configmap.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, walk
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
    entries,
    header_credentials,
    implied,
    is_true,
    items,
    mapping_items,
    name_of,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import UrlShape, url_shape

FORMAT = "librechat"
_CURRENT_MODEL = "current_model"
_SIDE_MODELS = ("titleModel", "summaryModel")
_CHART_VALUE = "configYamlContent"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a model of every endpoint, one for every model spec, and one for the memory agent."""
    for pointer, config in _configs(root):
        for route in _config_routes(config, source):
            yield replace(route, pointer=(*pointer, *route.pointer))


def _configs(root: Node) -> Iterator[tuple[tuple[str, ...], Node]]:
    """The document itself, and what the values of a chart hold; text there is read as a document."""
    yield (), root
    for pointer, node in walk(root):
        if pointer and pointer[-1] == _CHART_VALUE and isinstance(node, Mapping):
            yield pointer, node


def _config_routes(config: Node, source: Source) -> Iterator[Route]:
    endpoints = [
        _Endpoint(index, node) for index, node in mapping_items(config, "endpoints", "custom")
    ]
    known = [endpoint for endpoint in endpoints if endpoint.url.given]
    azure = list(_azure_models(config))
    if not known and not azure and source.format != FORMAT:
        return
    for endpoint in known:
        yield from _endpoint_routes(endpoint, source)
    for model in azure:
        yield _azure_route(model, source)
    named = {endpoint.name.raw: endpoint for endpoint in known}
    for choice in (*_specs(config), *_memory_agent(config)):
        yield _chosen_route(choice, named.get(choice.provider.raw), source)


class _Endpoint(Struct, frozen=True, dict=True):
    """One item of `endpoints.custom`."""

    index: str
    node: Mapping

    @property
    def name(self) -> Value:
        return name_of(self.node.get("name"))

    @property
    def url(self) -> Value:
        return value_at(self.node, "baseURL")

    @property
    def is_anthropic(self) -> bool:
        return value_at(self.node, "provider").raw == "anthropic"

    @property
    def family(self) -> ChosenFamily:
        if self.is_anthropic:
            return ChosenFamily(Family.ANTHROPIC_MESSAGES, FamilySource.DRIVER)
        if is_true(self.node, "addParams", "useResponsesApi"):
            return ChosenFamily(Family.RESPONSES, FamilySource.DRIVER)
        return ChosenFamily(Family.CHAT_COMPLETIONS, FamilySource.DEFAULT)

    @property
    def shape(self) -> UrlShape:
        if self.is_anthropic:
            return url_shape(FORMAT, "anthropic")
        return url_shape(FORMAT, "direct" if is_true(self.node, "directEndpoint") else "")

    @cached_property
    def credentials(self) -> tuple[Credential, ...]:
        return credentials(self.node, ("apiKey",)) + header_credentials(self.node, "headers")


def _endpoint_routes(endpoint: _Endpoint, source: Source) -> Iterator[Route]:
    pointer = ("endpoints", "custom", endpoint.index)
    is_fetched = is_true(endpoint.node, "models", "fetch")
    models = [_model_name(item) for item in items(endpoint.node, "models", "default")]
    for model in [model for model in models if model.given] or [ABSENT]:
        route = _endpoint_route(endpoint, model, (*pointer, "models"), RouteKind.MENU, source)
        yield replace(route, in_reserve=is_fetched)
    for key in _SIDE_MODELS:
        model = value_at(endpoint.node, key)
        if model.given and model.raw != _CURRENT_MODEL and "titleEndpoint" not in endpoint.node:
            yield _endpoint_route(endpoint, model, (*pointer, key), RouteKind.TOOL_DEFAULT, source)


def _model_name(item: Node) -> Value:
    return value_at(item) if isinstance(item, Scalar) else value_at(item, "name")


def _endpoint_route(
    endpoint: _Endpoint, model: Value, pointer: tuple[str, ...], kind: RouteKind, source: Source
) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=endpoint.node.span,
        kind=kind,
        scope=source.scope,
        role=endpoint.name,
        model=model,
        provider=value_at(endpoint.node, "provider"),
        chosen_family=endpoint.family,
        base_url=endpoint.url,
        url_shape=endpoint.shape,
        credentials=endpoint.credentials,
    )


class _AzureModel(Struct, frozen=True):
    """One model of an Azure group: the key names the model, the settings its deployment."""

    key: Scalar
    settings: Node
    group: Mapping
    index: str


def _azure_models(root: Node) -> Iterator[_AzureModel]:
    for index, group in mapping_items(root, "endpoints", "azureOpenAI", "groups"):
        for entry in entries(group, "models"):
            yield _AzureModel(entry.key, entry.value, group, index)


def _azure_route(model: _AzureModel, source: Source) -> Route:
    own = value_at(model.settings, "deploymentName")
    deployment = own if own.given else value_at(model.group, "deploymentName")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=("endpoints", "azureOpenAI", "groups", model.index, "models", model.key.text),
        span=model.settings.span,
        kind=RouteKind.MENU,
        scope=source.scope,
        role=name_of(model.group.get("group")),
        model=deployment if deployment.given else value_at(model.key),
        base_model=value_at(model.key),
        provider=implied("azure"),
        chosen_family=LEFT_OPEN,
        base_url=value_at(model.group, "baseURL"),
        credentials=credentials(model.group, ("apiKey",)),
    )


class _Choice(Struct, frozen=True):
    """A model that the config chooses at an endpoint, which `provider` names."""

    pointer: tuple[str, ...]
    node: Node
    role: Value
    provider: Value
    model: Value
    parameters: Node | None


def _specs(root: Node) -> Iterator[_Choice]:
    for index, spec in mapping_items(root, "modelSpecs", "list"):
        preset = spec.get("preset")
        model = value_at(preset, "model")
        if model.given:
            yield _Choice(
                pointer=("modelSpecs", "list", index),
                node=spec,
                role=name_of(spec.get("name")),
                provider=value_at(preset, "endpoint"),
                model=model,
                parameters=preset,
            )


def _memory_agent(root: Node) -> Iterator[_Choice]:
    """The agent that reads and writes what is remembered; one that is given by its `id` has its model
    in LibreChat's database."""
    memory, pointer = at(root, "memory"), ("memory", "agent")
    agent = at(memory, "agent")
    model = value_at(agent, "model")
    if (
        agent is None
        or not model.given
        or at(agent, "id") is not None
        or is_true(memory, "disabled")
    ):
        return
    yield _Choice(
        pointer=pointer,
        node=agent,
        role=ABSENT,
        provider=value_at(agent, "provider"),
        model=model,
        parameters=at(agent, "model_parameters"),
    )


def _chosen_route(choice: _Choice, endpoint: _Endpoint | None, source: Source) -> Route:
    family = endpoint.family if endpoint else LEFT_OPEN
    if is_true(choice.parameters, "useResponsesApi"):
        family = ChosenFamily(Family.RESPONSES, FamilySource.DECLARED)
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=choice.pointer,
        span=choice.node.span,
        kind=RouteKind.TOOL_DEFAULT,
        scope=source.scope,
        role=choice.role,
        model=choice.model,
        provider=choice.provider,
        chosen_family=replace(family, value=value_at(choice.parameters, "useResponsesApi")),
        base_url=endpoint.url if endpoint else ABSENT,
        credentials=endpoint.credentials if endpoint else (),
    )
