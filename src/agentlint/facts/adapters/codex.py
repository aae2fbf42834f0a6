"""Codex: `config.toml`, and the agents of `.codex/agents/*.toml`.

Codex speaks Responses alone. Of a config inside a repository it drops whatever chooses where
credentials go, so a provider there is a dead route; in a user's own copy it is a live one.
Keys: https://developers.openai.com/codex/config-schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import is_copy_of_home
from agentlint.documents import Entry, Mapping, Node
from agentlint.facts.route import (
    ChosenFamily,
    Credential,
    FamilySource,
    Route,
    RouteKind,
    RouteScope,
    without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credential,
    entries,
    header_credentials,
    implied,
    name_of,
    named_variable,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import Family, family_of_word
from agentlint.knowledge.formats import url_shape

FORMAT = "codex"
_RESPONSES = ChosenFamily(Family.RESPONSES, FamilySource.DEFAULT)
_MODEL_POINTERS = (("model",), ("review_model",), ("agents", "default_subagent_model"))
_PROVIDER_KEYS = frozenset({"base_url", "env_key", "wire_api", "requires_openai_auth"})
_OWN_KEYS = frozenset({"model_reasoning_effort", "approval_policy", "sandbox_mode"})
# Programs of one's own have settings of these names, too: the first is an argument of LangChain's.
_SHARED_KEYS = frozenset({"model_provider", "mcp_servers"})
# State that Codex keeps for a user, and tastes: a copy that holds them comes from a home folder.
_USER_KEYS = frozenset(
    {"projects", "notice", "tui", "history", "notify", "preferred_auth_method"}
    | {"cli_auth_credentials_store", "disable_response_storage"}
)
# Those of them that no other program has.
_KEPT_FOR_USERS = frozenset(
    {"preferred_auth_method", "cli_auth_credentials_store", "disable_response_storage"}
)
_SUFFIX = ".toml"  # Codex reads nothing else
_REMOVED_PROVIDER = "ollama-chat"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The models that Codex or one of its agents uses, and the providers that it may call."""
    if not isinstance(root, Mapping):
        return
    if source.format == FORMAT and "/agents/" in source.path:
        yield from _agent(root, source)
    elif _is_config(root, source):
        config = _Config(root, source)
        yield from _models(config)
        yield from _providers(config)
        yield from _choices_of_provider(config)
        yield from _profiles(config)


class _Config(Struct, frozen=True):
    """One `config.toml`."""

    root: Mapping
    source: Source

    @property
    def in_repository(self) -> bool:
        """Whether Codex reads it as a repository's own, and not as a user's."""
        path = PurePosixPath(self.source.path.lower())
        if path.parent.name != ".codex" or self.source.scope is not RouteScope.REPOSITORY:
            return False
        return not _says(self.root, _USER_KEYS) and not is_copy_of_home(self.source.path)

    @property
    def provider(self) -> Value:
        return ABSENT if self.in_repository else value_at(self.root, "model_provider")

    @property
    def base_url(self) -> Value:
        if self.in_repository:
            return ABSENT
        of_provider = value_at(self.root, "model_providers", self.provider.raw, "base_url")
        return of_provider if self.provider.given else value_at(self.root, "openai_base_url")


def _is_config(root: Mapping, source: Source) -> bool:
    providers = [entry.value for entry in entries(root, "model_providers")]
    return (
        source.format == FORMAT
        or any(isinstance(node, Mapping) and _says(node, _PROVIDER_KEYS) for node in providers)
        or ("model" in root and _says(root, _OWN_KEYS))
        or ("model" in root and _says(root, _SHARED_KEYS) and _is_for_codex(root, source))
    )


def _is_for_codex(root: Mapping, source: Source) -> bool:
    """Whether a file that names a model, and its provider or servers of tools, is Codex's: TOML that is
    named for it, or that holds what it keeps for a user."""
    path = source.path.lower()
    return path.endswith(_SUFFIX) and ("codex" in path or _says(root, _KEPT_FOR_USERS))


def _says(node: Mapping, keys: frozenset[str]) -> bool:
    return any(key in node for key in keys)


def _agent(root: Mapping, source: Source) -> Iterator[Route]:
    model = value_at(root, "model")
    if model.given:
        route = _route(("model",), root, RouteKind.AGENT_BINDING, source)
        yield replace(route, role=name_of(root.get("name")), model=model)


def _models(config: _Config) -> Iterator[Route]:
    for pointer in _MODEL_POINTERS:
        node = at(config.root, *pointer)
        model = value_of(node)
        if node is not None and model.given:
            yield replace(
                _route(pointer, node, RouteKind.TOOL_DEFAULT, config.source),
                model=model,
                provider=config.provider,
                base_url=config.base_url,
            )


def _providers(config: _Config) -> Iterator[Route]:
    for entry in entries(config.root, "model_providers"):
        if not isinstance(entry.value, Mapping):
            continue
        route = _provider(entry, entry.value, config)
        if config.in_repository:
            yield without_effect(route, dead_key("codex-project-key"))
        elif route.family is not Family.RESPONSES:
            yield without_effect(route, dead_key("codex-wire-api"))
        else:
            yield route


def _provider(entry: Entry, node: Mapping, config: _Config) -> Route:
    wire_api, name = value_at(node, "wire_api"), name_of(entry.key)
    pointer = ("model_providers", entry.key.text)
    return replace(
        _route(pointer, entry.key, RouteKind.DEPLOYMENT, config.source),
        role=name,
        provider=name,
        chosen_family=_family(wire_api),
        base_url=value_at(node, "base_url"),
        credentials=tuple(_credentials(node)),
    )


def _family(wire_api: Value) -> ChosenFamily:
    """What is declared, which is Responses where only a run tells it."""
    if not wire_api.given:
        return _RESPONSES
    word = wire_api.literal
    family = family_of_word(word, dialect=FORMAT) or Family.UNKNOWN if word else Family.RESPONSES
    return ChosenFamily(family, FamilySource.DECLARED, wire_api)


def _credentials(provider: Mapping) -> Iterator[Credential]:
    """The literal and the named ones; `env_key` names a variable, unless a key was pasted there."""
    yield from credential("bearer", value_at(provider, "experimental_bearer_token"))
    variable = value_at(provider, "env_key")
    if variable.given:
        yield Credential("api_key", named_variable(variable))
    yield from header_credentials(provider, "http_headers")
    yield from header_credentials(provider, "env_http_headers", kept=named_variable)
    command = value_at(provider, "auth", "command")
    if command.given:
        yield Credential("bearer", Value("", ValueKind.COMMAND, command.span))


def _choices_of_provider(config: _Config) -> Iterator[Route]:
    """The root keys that say where calls go."""
    for key in ("openai_base_url", "chatgpt_base_url", "model_provider"):
        node = config.root.get(key)
        if node is None:
            continue
        route = _route((key,), node, RouteKind.DEPLOYMENT, config.source)
        value = value_of(node)
        if key != "model_provider":
            route = replace(route, base_url=value, provider=implied("openai"))
        if value.raw == _REMOVED_PROVIDER:
            yield without_effect(replace(route, provider=value), dead_key("codex-ollama-chat"))
        elif config.in_repository and at(config.root, "model_providers", value.raw) is None:
            yield without_effect(route, dead_key("codex-project-key"))
        elif key == "openai_base_url":
            yield route


def _profiles(config: _Config) -> Iterator[Route]:
    """The tables of profiles, or the choice of one where they stand elsewhere."""
    chosen = config.root.get("profile")
    if chosen is not None and "profiles" not in config.root:
        route = _route(("profile",), chosen, RouteKind.TOOL_DEFAULT, config.source)
        yield without_effect(route, dead_key("codex-profile"))
    for entry in entries(config.root, "profiles"):
        route = _route(
            ("profiles", entry.key.text), entry.key, RouteKind.TOOL_DEFAULT, config.source
        )
        named = replace(
            route,
            role=name_of(entry.key),
            model=value_at(entry.value, "model"),
            provider=value_at(entry.value, "model_provider"),
        )
        yield without_effect(named, dead_key("codex-profile"))


def _route(pointer: tuple[str, ...], node: Node, kind: RouteKind, source: Source) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=node.span,
        kind=kind,
        scope=source.scope,
        chosen_family=_RESPONSES,
        url_shape=url_shape(FORMAT),
    )
