"""TensorZero: models with providers, and functions whose variants name a model.

A variant names a model of its own repository, or a provider's by the short form `openai::gpt-5.4`.
OpenAI providers speak Chat Completions unless `api_type` says `responses`.
Keys: https://www.tensorzero.com/docs/gateway/configuration-reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Entry, Mapping, Node, Sequence, walk
from agentlint.facts.route import (
    UNTOLD,
    ChosenFamily,
    Credential,
    FamilySource,
    Route,
    RouteKind,
    without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import at, entries, first_value, items, name_of, value_at
from agentlint.facts.values.value import ABSENT, Value, value_of, without_literal
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import Family, canonical_path, family_of_word
from agentlint.knowledge.formats import UrlShape, driver_families, url_shape

FORMAT = "tensorzero"
_MODEL_TABLES = ("models", "embedding_models")
_FUNCTION_TABLES = ("functions", "evaluations")
_MODEL_KEYS = ("model_name", "model_id", "deployment_id", "endpoint_id")
_URL_KEYS = ("api_base", "endpoint")
_CREDENTIAL_KEYS = ("api_key_location", "credential_location")
_SHORT_FORM, _RESPONSES_STEP = "::", "::responses::"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a provider of every model, and one a variant of every function and evaluator."""
    for table in _MODEL_TABLES:
        for model in entries(root, table):
            if isinstance(at(model.value, "routing"), Sequence):
                used = frozenset(value_of(item).raw for item in items(model.value, "routing"))
                for provider in entries(model.value, "providers"):
                    yield _provider_route(model, provider, table, source, used)
    for pointer, function in _functions(root):
        for variant in entries(function.value, "variants"):
            if value_at(variant.value, "model").given and value_at(variant.value, "type").given:
                yield _variant_route(function, variant, (*pointer, variant.key.text), source)


def _provider_route(
    model: Entry, provider: Entry, table: str, source: Source, routing: frozenset[str]
) -> Route:
    """A provider of a model, which uses those that `routing` names."""
    node = provider.value
    kind = value_at(node, "type")
    chosen = _family(table, kind, value_at(node, "api_type"))
    route = Route(
        format=FORMAT,
        path=source.path,
        pointer=(table, model.key.text, "providers", provider.key.text),
        span=node.span,
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        role=name_of(provider.key),
        alias=name_of(model.key),
        model=first_value(node, *_MODEL_KEYS),
        provider=kind,
        chosen_family=chosen,
        base_url=first_value(node, *_URL_KEYS),
        url_shape=_shape(kind, chosen.family),
        credentials=tuple(_credentials(node)),
    )
    used = provider.key.text in routing
    return route if used else without_effect(route, dead_key("tensorzero-routing"))


def _shape(kind: Value, family: Family | None) -> UrlShape:
    """How a URL is taken: behind one with a version comes what the family is called at."""
    shape = url_shape(FORMAT, kind.raw)
    if shape.form != "versioned":
        return shape
    path = canonical_path(family) if family else ""
    return UrlShape(shape.form, path.removeprefix("/v1") or None)


def _family(table: str, kind: Value, api_type: Value) -> ChosenFamily:
    if table == "embedding_models":
        return ChosenFamily(Family.EMBEDDINGS, FamilySource.DRIVER, api_type)
    if api_type.literal:
        declared = family_of_word(api_type.literal, dialect=FORMAT) or Family.UNKNOWN
        return ChosenFamily(declared, FamilySource.DECLARED, api_type)
    by_driver = driver_families(FORMAT, "type").get(kind.raw)
    if by_driver:
        return ChosenFamily(by_driver, FamilySource.DRIVER, api_type)
    return ChosenFamily(Family.CHAT_COMPLETIONS, FamilySource.DEFAULT, api_type)


def _credentials(node: Node) -> Iterator[Credential]:
    """Each key is a location, or a mapping with a default location and a fallback."""
    for key in _CREDENTIAL_KEYS:
        where = at(node, key)
        for place in (where, at(where, "default"), at(where, "fallback")):
            value = value_of(place)
            if value.given:
                yield Credential(key.removesuffix("_location"), without_literal(value))


def _functions(root: Node) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Functions and the evaluators of evaluations: whatever has `variants`."""
    for table in _FUNCTION_TABLES:
        inside = at(root, table)
        for pointer, node in walk(inside, (table,)) if inside else ():
            for entry in entries(node):
                if isinstance(at(entry.value, "variants"), Mapping):
                    yield (*pointer, entry.key.text, "variants"), entry


def _variant_route(
    function: Entry, variant: Entry, pointer: tuple[str, ...], source: Source
) -> Route:
    model = value_at(variant.value, "model")
    short = _SHORT_FORM in model.raw
    tools = items(function.value, "tools")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=variant.value.span,
        kind=RouteKind.TABLE if short else RouteKind.ALIAS,
        scope=source.scope,
        role=name_of(variant.key),
        alias=name_of(function.key) if pointer[0] == "functions" else ABSENT,
        model=model if short else ABSENT,
        chosen_family=_short_family(model.raw) if short else UNTOLD,
        targets=() if short else (name_of(at(variant.value, "model")),),
        function_tools=value_of(tools[0]) if tools else ABSENT,
        reasoning_effort=value_at(variant.value, "reasoning_effort"),
    )


def _short_family(model: str) -> ChosenFamily:
    """The family of a short form, whose first word is a provider type."""
    if _RESPONSES_STEP in model:
        return ChosenFamily(Family.RESPONSES, FamilySource.MODEL_PREFIX)
    kind = model.partition(_SHORT_FORM)[0]
    by_driver = driver_families(FORMAT, "type").get(kind, Family.CHAT_COMPLETIONS)
    return ChosenFamily(by_driver, FamilySource.MODEL_PREFIX)
