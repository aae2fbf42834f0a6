"""opencode: `opencode.json` and `opencode.jsonc`, with comments under either name.

The driver (`npm`) of a provider decides the family: `@ai-sdk/openai` speaks Responses and
`@ai-sdk/openai-compatible` Chat Completions. A model is chosen as `provider/model`. A plugin may take over
the calls of a provider (https://opencode.ai/docs/plugins); then nobody here can tell who answers them.
Keys: https://opencode.ai/config.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Keys

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar
from agentlint.facts.route import (
    ChosenFamily,
    Credential,
    FamilySource,
    Route,
    RouteKind,
    without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tools.opencode_providers import (
    FORMAT,
    chosen_provider,
    driver_of,
    family_of_driver,
)
from agentlint.facts.tree import (
    SOMEONE,
    at,
    credential,
    entries,
    header_credentials,
    is_true,
    items,
    name_of,
    route_at,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, value_of
from agentlint.knowledge.data import rows
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import url_shape

_SCHEMA = "opencode.ai/config"
_DEFAULTS = ("model", "small_model")
_BINDINGS = ("agent", "mode", "command")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """Every model that a provider lists, and every model that is chosen."""
    if isinstance(root, Mapping) and _is_config(root, source):
        providers = entries(root, "provider")
        credentials = {one.key.text: tuple(_credentials(one.value)) for one in providers}
        config = _Config(root, source, frozenset(_taken_over(root)), credentials)
        yield from _provided(config)
        yield from _chosen(config)


class _Config(Struct, frozen=True):
    """A config, the providers whose calls its plugins take over, and the credentials of each provider, by
    the names of these."""

    root: Mapping
    source: Source
    taken_over: frozenset[str]
    credentials: Keys[str, tuple[Credential, ...]]

    def route(self, pointer: tuple[str, ...], node: Node, kind: RouteKind) -> Route:
        return route_at(FORMAT, pointer, node, kind, self.source)

    def upstream(self, route: Route, provider_id: str, model: Node | None = None) -> Route:
        """The route with what its provider says; a model may name a driver of its own."""
        provider = at(self.root, "provider", provider_id)
        npm = value_at(model, "provider", "npm")
        npm = npm if npm.given else value_at(provider, "npm")
        driver = npm.literal or driver_of(provider_id)
        family = family_of_driver(driver)
        if is_true(provider, "options", "useCompletionUrls"):
            family = Family.CHAT_COMPLETIONS
        return replace(
            route,
            provider=SOMEONE if provider_id in self.taken_over else route.provider,
            chosen_family=ChosenFamily.by(FamilySource.DRIVER, family, npm),
            base_url=value_at(provider, "options", "baseURL"),
            url_shape=url_shape(FORMAT, driver),
            credentials=self.credentials.get(provider_id, ()),
        )


def _taken_over(root: Mapping) -> Iterator[str]:
    packages = [value_of(item).raw.lower() for item in items(root, "plugin")]
    for row in rows("formats", "auth_plugin"):
        known = (all(word in package for word in n) for n in row["names"] for package in packages)
        if row["format"] == FORMAT and any(known):
            yield row["provider"]


def _is_config(root: Mapping, source: Source) -> bool:
    if source.format == FORMAT or _SCHEMA in value_at(root, "$schema").raw:
        return True
    return any("/" in value_at(entry.value, "npm").raw for entry in entries(root, "provider"))


def _credentials(provider: Node | None) -> Iterator[Credential]:
    yield from credential("api_key", value_at(provider, "options", "apiKey"))
    yield from header_credentials(provider, "options", "headers")


def _provided(config: _Config) -> Iterator[Route]:
    for provider in entries(config.root, "provider"):
        pointer = ("provider", provider.key.text)
        models = entries(provider.value, "models")
        for model in models:
            route = config.route(
                (*pointer, "models", model.key.text), model.key, RouteKind.DEPLOYMENT
            )
            own_id = value_at(model.value, "id")
            named = replace(
                route,
                model=own_id if own_id.given else name_of(model.key),
                provider=name_of(provider.key),
            )
            yield config.upstream(named, provider.key.text, model.value)
        if not models and at(provider.value, "options") is not None:
            route = config.route(pointer, provider.key, RouteKind.DEPLOYMENT)
            yield config.upstream(replace(route, provider=name_of(provider.key)), provider.key.text)


def _chosen(config: _Config) -> Iterator[Route]:
    for key in _DEFAULTS:
        yield from _choice((key,), at(config.root, key), RouteKind.TOOL_DEFAULT, ABSENT, config)
    for block in _BINDINGS:
        for entry in entries(config.root, block):
            pointer, model = (block, entry.key.text, "model"), at(entry.value, "model")
            role = name_of(entry.key)
            yield from _choice(pointer, model, RouteKind.AGENT_BINDING, role, config)


def _choice(
    pointer: tuple[str, ...], node: Node | None, kind: RouteKind, role: Value, config: _Config
) -> Iterator[Route]:
    model = value_of(node)
    if not isinstance(node, Scalar) or not model.given:
        return
    route = replace(config.route(pointer, node, kind), role=role, model=model)
    provider = chosen_provider(node)
    if provider.literal is not None:
        model_id = node.text.partition("/")[2]
        listed = at(config.root, "provider", provider.literal, "models", model_id)
        route = config.upstream(replace(route, provider=provider), provider.literal, listed)
    elif model.literal and not items(config.root, "plugin"):  # which may complete a name
        route = without_effect(route, dead_key("opencode-no-provider"))
    yield route
