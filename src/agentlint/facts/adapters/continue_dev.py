"""Continue: `.continue/config.yaml`, its agents, models and assistants, and the older `config.json`,
which has models for other tasks than chat under keys of their own.

For the provider `openai` Continue chooses between Responses and Chat Completions by the model's name
unless a flag decides, so the family is its own. Keys: packages/config-yaml/src/schemas/models.ts,
https://github.com/continuedev/continue/tree/d0a3c0b626b5.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents import Mapping, Node
from agentlint.facts.route import ChosenFamily, Credential, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credential,
    first_value,
    header_credentials,
    is_true,
    mapping_items,
    name_of,
    scalars,
    value_at,
)
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import driver_families, url_shape

FORMAT = "continue"
_SIGNS = ("apiBase", "roles")
# Keys of `config.json`: https://docs.continue.dev/json-reference. What completes code is called on an
# endpoint for that where the provider has one.
_TASKS = {"tabAutocompleteModel": None, "embeddingsProvider": Family.EMBEDDINGS}


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a model; blocks that come from the hub (`uses`) name none here."""
    models = [*mapping_items(root, "models")]
    known = source.format == FORMAT or (
        _may_be_read(source.path) and any(_is_model(model) for _, model in models)
    )
    for index, model in models:
        if known and value_at(model, "model").given:
            yield _route(model, ("models", index), source)
    if source.format == FORMAT and source.path.endswith(".json"):
        yield from _of_tasks(root, source)


def _of_tasks(root: Node, source: Source) -> Iterator[Route]:
    for key, family in _TASKS.items():
        node = at(root, key)
        single = [((key,), node)] if isinstance(node, Mapping) else []
        listed = [((key, index), model) for index, model in mapping_items(root, key)]
        for pointer, model in (*single, *listed):
            if value_at(model, "model").given and value_at(model, "provider").given:
                declared = ChosenFamily.by(FamilySource.DECLARED, family)
                yield replace(_route(model, pointer, source), chosen_family=declared)


def _may_be_read(path: str) -> bool:
    """Whether Continue reads a file of this name: of JSON it knows but one, and no `config.legacy.json`."""
    name = path.rpartition("/")[2]
    return not name.endswith(".json") or name == "config.json"


def _is_model(entry: Mapping) -> bool:
    return {"provider", "model"} <= {e.key.text for e in entry.entries} and any(
        key in entry for key in _SIGNS
    )


def _route(entry: Mapping, pointer: tuple[str, ...], source: Source) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=entry.span,
        kind=RouteKind.TOOL_DEFAULT,
        scope=source.scope,
        role=name_of(entry.get("name") or entry.get("title")),
        model=value_at(entry, "model"),
        provider=value_at(entry, "provider"),
        chosen_family=_family(entry),
        base_url=first_value(entry, "apiBase"),
        url_shape=url_shape(FORMAT, value_at(entry, "provider").raw),
        credentials=tuple(_credentials(entry)),
    )


def _family(entry: Mapping) -> ChosenFamily:
    roles = {scalar.text for scalar in scalars(entry.get("roles"))}
    for role, family in driver_families(FORMAT, "roles").items():
        if roles == {role}:
            return ChosenFamily(family, FamilySource.DECLARED)
    if is_true(entry, "useLegacyCompletionsEndpoint"):
        return ChosenFamily(Family.COMPLETIONS, FamilySource.DECLARED)
    provider = value_at(entry, "provider").raw
    if provider == "openai" and value_at(entry, "useResponsesApi").raw == "false":
        return ChosenFamily(Family.CHAT_COMPLETIONS, FamilySource.DECLARED)
    return ChosenFamily.by(FamilySource.DRIVER, driver_families(FORMAT, "provider").get(provider))


def _credentials(entry: Mapping) -> Iterator[Credential]:
    yield from credential("api_key", value_at(entry, "apiKey"))
    yield from header_credentials(entry, "requestOptions", "headers")
