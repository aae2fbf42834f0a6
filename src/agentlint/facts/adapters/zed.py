"""Zed: `settings.json` of a user, and `.zed/settings.json` of a project.

`agent` (`assistant` before it) chooses models by provider and name, `language_models` says where providers
are called and which models they have besides. A project's file is read for its servers of tools, languages
and edit predictions alone: what chooses a model there is a dead route. Keys of providers stand in neither
file: Zed takes them from the keychain or its environment.
Keys: https://github.com/zed-industries/zed, crates/settings_content/src/agent.rs (01a301cb0d44),
language_model.rs (000b56b84fe8) and project.rs (006ce515a3db).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Keys
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import is_copy_of_home
from agentlint.documents import Entry, Mapping, Node
from agentlint.facts.route import (
    ChosenFamily,
    FamilySource,
    Route,
    RouteKind,
    RouteScope,
    all_without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    SOMEONE,
    at,
    credentials,
    entries,
    first_given,
    implied,
    mapping_items,
    name_of,
    route_at,
    value_at,
)
from agentlint.facts.values.value import Value, value_of
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import driver_families, url_shape

FORMAT = "zed"
_DEAD = "zed-project-key"
_AGENTS = ("agent", "assistant")
_CHOICES = (
    "default_model",
    "subagent_model",
    "inline_assistant_model",
    "commit_message_model",
    "thread_summary_model",
)
_LISTS = {"inline_alternatives": RouteKind.TOOL_DEFAULT, "favorite_models": RouteKind.MENU}
_MODELS = ("available_models", "mantle_available_models")
_COMPATIBLE = "openai_compatible"
# Providers whose settings stand under another key than the name that a choice has for them, and those whom
# others call otherwise.
_DRIVERS = {"amazon-bedrock": "bedrock", "openrouter": "open_router"}
_NAMES = {"x_ai": "xai", "open_router": "openrouter", "copilot_chat": "github_copilot"}
# What completes code at a server that is named there; the other providers of predictions have no models.
_PREDICTORS = {
    "codestral": implied("mistral"),
    "ollama": implied("ollama"),
    "open_ai_compatible_api": SOMEONE,
}
# A user's own tastes: a copy that has one of them in `.zed` comes from a home folder.
_USER_KEYS = frozenset(
    {"theme", "icon_theme", "base_keymap", "vim_mode", "telemetry", "auto_update"}
    | {"ui_font_size", "ui_font_family", "buffer_font_size", "buffer_font_family"}
)


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The models that are chosen, those that providers have besides, and where these are called."""
    if not isinstance(root, Mapping) or source.format != FORMAT:
        return
    settings = _Settings(root, source)
    for read in (_chosen, _provided, _of_servers):
        found = read(settings)
        dead = settings.in_project
        yield from all_without_effect(found, dead_key(_DEAD)) if dead else found
    yield from _predicting(settings)


class _Settings(Struct, frozen=True, dict=True):
    root: Mapping
    source: Source

    @property
    def in_project(self) -> bool:
        """Whether Zed reads it as a project's own, and not as a user's."""
        path = PurePosixPath(self.source.path.lower())
        if path.parent.name != ".zed" or self.source.scope is not RouteScope.REPOSITORY:
            return False
        is_own = any(key in self.root for key in _USER_KEYS)
        return not is_own and not is_copy_of_home(self.source.path)

    def route(self, pointer: tuple[str, ...], node: Node, kind: RouteKind) -> Route:
        return route_at(FORMAT, pointer, node, kind, self.source)

    @cached_property
    def providers(self) -> Sequence[_Provider]:
        """Those of Zed that the settings say something of, and those that a user added."""
        block = "language_models"
        builtin = [one for one in entries(self.root, block) if one.key.text != _COMPATIBLE]
        own = entries(self.root, block, _COMPATIBLE)
        return (
            *(_Provider(one.key.text, (block, one.key.text), one) for one in builtin),
            *(_Provider(_COMPATIBLE, (block, _COMPATIBLE, one.key.text), one) for one in own),
        )

    def provider(self, name: str) -> _Provider:
        """The provider that a choice names."""
        driver = _DRIVERS.get(name, name)
        return self._by_name.get(driver) or _Provider(driver)

    @cached_property
    def _by_name(self) -> Keys[str, _Provider]:
        return {provider.pointer[-1]: provider for provider in self.providers}


class _Provider(Struct, frozen=True, dict=True):
    """How Zed speaks to a provider, and where its settings stand, if it has any."""

    driver: str
    pointer: tuple[str, ...] = ()
    entry: Entry | None = None

    @property
    def settings(self) -> Node | None:
        return self.entry.value if self.entry else None

    @cached_property
    def models(self) -> Sequence[tuple[str, str, Mapping]]:
        """What it has besides the models that Zed knows: the key and the index of each."""
        return tuple(
            (key, *found) for key in _MODELS for found in mapping_items(self.settings, key)
        )

    def model(self, name: str) -> Node | None:
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Keys[str, Mapping]:
        return {value_at(model, "name").raw: model for _, _, model in self.models}

    def upstream(self, route: Route, model: Node | None = None) -> Route:
        urls = [value_at(node, key) for node, key in self._urls(model)]
        return replace(
            route,
            chosen_family=self._family(model),
            base_url=first_given(*urls),
            url_shape=url_shape(FORMAT, self.driver),
            credentials=credentials(self.settings, ("api_key",)),
        )

    @property
    def says_where(self) -> bool:
        keys = ("api_url", "endpoint_url", "api_key")
        return any(value_at(self.settings, key).given for key in keys)

    def _urls(self, model: Node | None) -> Iterator[tuple[Node | None, str]]:
        yield model, "custom_model_api_url"
        yield self.settings, "api_url"
        yield self.settings, "endpoint_url"

    def _family(self, model: Node | None) -> ChosenFamily:
        protocol = driver_families(FORMAT, "protocol").get(value_at(model, "protocol").raw)
        speaks_chat = value_at(model, "capabilities", "chat_completions").raw.lower()
        if protocol:
            return ChosenFamily(protocol, FamilySource.DECLARED)
        if speaks_chat in ("true", "false"):
            family = Family.CHAT_COMPLETIONS if speaks_chat == "true" else Family.RESPONSES
            return ChosenFamily(family, FamilySource.DECLARED)
        by_driver = driver_families(FORMAT, "provider").get(self.driver)
        return ChosenFamily.by(FamilySource.DRIVER, by_driver)


def _chosen(settings: _Settings) -> Iterator[Route]:
    for block in _AGENTS:
        agent = at(settings.root, block)
        for key in _CHOICES:
            yield from _choice((block, key), at(agent, key), RouteKind.TOOL_DEFAULT, settings)
        for key, kind in _LISTS.items():
            for index, choice in mapping_items(agent, key):
                yield from _choice((block, key, index), choice, kind, settings)
        for profile in entries(agent, "profiles"):
            yield from _of_profile(profile, block, settings)


def _of_profile(profile: Entry, block: str, settings: _Settings) -> Iterator[Route]:
    pointer = (block, "profiles", profile.key.text, "default_model")
    choice = at(profile.value, "default_model")
    for route in _choice(pointer, choice, RouteKind.AGENT_BINDING, settings):
        yield replace(route, role=name_of(profile.key))


def _choice(
    pointer: tuple[str, ...], choice: Node | None, kind: RouteKind, settings: _Settings
) -> Iterator[Route]:
    model, name = value_at(choice, "model"), name_of(at(choice, "provider"))
    if choice is not None and model.given:
        provider = settings.provider(name.raw)
        route = replace(
            settings.route(pointer, choice, kind), model=model, provider=_canonical_name(name)
        )
        yield provider.upstream(route, provider.model(model.raw))


def _canonical_name(provider: Value) -> Value:
    known = _NAMES.get(provider.raw)
    return implied(known) if known else provider


def _provided(settings: _Settings) -> Iterator[Route]:
    for provider in settings.providers:
        yield from _of_provider(provider, settings)


def _of_provider(provider: _Provider, settings: _Settings) -> Iterator[Route]:
    assert provider.entry is not None
    named = _canonical_name(name_of(provider.entry.key))
    for key, index, model in provider.models:
        pointer = (*provider.pointer, key, index)
        route = settings.route(pointer, model, RouteKind.DEPLOYMENT)
        name = name_of(model.get("name"))
        yield provider.upstream(replace(route, model=name, provider=named), model)
    if not provider.models and provider.says_where:
        route = settings.route(provider.pointer, provider.entry.key, RouteKind.DEPLOYMENT)
        yield provider.upstream(replace(route, provider=named))


def _of_servers(settings: _Settings) -> Iterator[Route]:
    """The model that another agent is started with: by its own names, and answered by whom it chooses."""
    for entry in entries(settings.root, "agent_servers"):
        node = at(entry.value, "default_model")
        model = value_of(node)
        if node is not None and model.given:
            pointer = ("agent_servers", entry.key.text, "default_model")
            route = settings.route(pointer, node, RouteKind.AGENT_BINDING)
            yield replace(route, role=name_of(entry.key), model=model, provider=SOMEONE)


def _predicting(settings: _Settings) -> Iterator[Route]:
    block = at(settings.root, "edit_predictions")
    chosen = first_given(
        value_at(block, "provider"), value_at(settings.root, "features", "edit_prediction_provider")
    )
    for name, answers in _PREDICTORS.items():
        node, model = at(block, name), value_at(block, name, "model")
        if node is not None and model.given and chosen.raw in ("", name):
            route = settings.route(("edit_predictions", name), node, RouteKind.TOOL_DEFAULT)
            url = value_at(node, "api_url")
            yield replace(route, model=model, provider=answers, base_url=url)
