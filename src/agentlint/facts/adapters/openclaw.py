"""OpenClaw: `openclaw.json`, with the providers that it adds and the models that its agents use.

A model is chosen as `provider/model`; a name without a provider may be an alias, and is not read. The
`api` of a provider, or of one of its models, decides the family. Plugins and skills for OpenClaw have files
of the same name, which hold none of these keys.
Keys: https://github.com/openclaw/openclaw/blob/005a1ad4972e/docs/gateway/configuration-reference.md,
https://github.com/openclaw/openclaw/blob/010f0c86a15e/docs/gateway/config-agents.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar
from agentlint.facts.route import ChosenFamily, Credential, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    entries,
    header_credentials,
    mapping_items,
    name_of,
    named_variable,
    route_at,
    scalars,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of
from agentlint.knowledge.families import family_of_word

FORMAT = "openclaw"
_CHOICES = (("model",), ("imageModel",), ("pdfModel",), ("subagents", "model"))


def routes(root: Node, source: Source) -> Iterator[Route]:
    """Every model that a provider lists, and every model that agents use."""
    if source.format != FORMAT or not isinstance(root, Mapping):
        return
    yield from _provided(root, source)
    config = _Config.of(root, source)
    for keys in _CHOICES:
        defaults = ("agents", "defaults", *keys)
        for pointer, node in _chosen(root, defaults):
            yield from _choice(pointer, node, RouteKind.TOOL_DEFAULT, ABSENT, config)
    for index, agent in mapping_items(root, "agents", "list"):
        for keys in _CHOICES:
            for rest, node in _chosen(agent, keys):
                pointer, role = ("agents", "list", index, *rest), name_of(agent.get("id"))
                yield from _choice(pointer, node, RouteKind.AGENT_BINDING, role, config)


class _Provider(Struct, frozen=True):
    """One entry of `providers`, or one that only OpenClaw itself describes."""

    node: Node | None = None
    credentials: tuple[Credential, ...] = ()

    @classmethod
    def of(cls, node: Node) -> _Provider:
        return cls(node, tuple(_credentials(node)))


class _Config(Struct, frozen=True):
    """A config whose agents choose among `providers`, by name; `models` are those that these list, by the
    names of both."""

    source: Source
    providers: dict[str, _Provider]
    models: dict[tuple[str, str], Mapping]

    @classmethod
    def of(cls, root: Mapping, source: Source) -> _Config:
        listed = entries(root, "models", "providers")
        providers = {e.key.text: _Provider.of(e.value) for e in listed}
        models: dict[tuple[str, str], Mapping] = {}
        for name, provider in providers.items():
            for _, model in mapping_items(provider.node, "models"):
                models.setdefault((name, value_at(model, "id").raw), model)
        return cls(source, providers, models)


def _provided(root: Mapping, source: Source) -> Iterator[Route]:
    for entry in entries(root, "models", "providers"):
        pointer = ("models", "providers", entry.key.text)
        provider, models = _Provider.of(entry.value), [*mapping_items(entry.value, "models")]
        for index, model in models:
            route = route_at(
                FORMAT, (*pointer, "models", index), model, RouteKind.DEPLOYMENT, source
            )
            named = replace(route, provider=name_of(entry.key), model=name_of(model.get("id")))
            yield _upstream(named, provider, model)
        if not models and any(value_at(entry.value, key).given for key in ("baseUrl", "apiKey")):
            route = route_at(FORMAT, pointer, entry.key, RouteKind.DEPLOYMENT, source)
            yield _upstream(replace(route, provider=name_of(entry.key)), provider)


def _chosen(node: Node | None, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """The primary model and its fallbacks; a text alone is the primary one."""
    found = at(node, *keys)
    if isinstance(found, Scalar):
        yield keys, found
        return
    primary = at(found, "primary")
    if isinstance(primary, Scalar):
        yield (*keys, "primary"), primary
    for index, scalar in enumerate(scalars(at(found, "fallbacks"))):
        yield (*keys, "fallbacks", str(index)), scalar


def _choice(
    pointer: tuple[str, ...],
    node: Scalar,
    kind: RouteKind,
    role: Value,
    config: _Config,
) -> Iterator[Route]:
    model = value_of(node)
    name, slash, model_id = node.text.partition("/")
    if not slash or model.literal is None:
        return
    route = replace(
        route_at(FORMAT, pointer, node, kind, config.source),
        role=role,
        model=model,
        provider=Value(name, ValueKind.LITERAL, node.region.span(0, len(name))),
    )
    provider = config.providers.get(name, _Provider())
    yield _upstream(route, provider, config.models.get((name, model_id)))


def _upstream(route: Route, provider: _Provider, model: Node | None = None) -> Route:
    """The route with what its provider says; a model may speak another API than its provider."""
    api = value_at(model, "api")
    api = api if api.given else value_at(provider.node, "api")
    family = family_of_word(api.literal, dialect=FORMAT) if api.literal else None
    return replace(
        route,
        chosen_family=ChosenFamily.by(FamilySource.DECLARED, family, api),
        base_url=value_at(provider.node, "baseUrl"),
        credentials=provider.credentials,
    )


def _credentials(provider: Node | None) -> Iterator[Credential]:
    """The literal and the named ones; `apiKey` may be the bare name of a variable."""
    key = value_at(provider, "apiKey")
    if key.given:
        yield Credential("api_key", named_variable(key))
    yield from header_credentials(provider, "headers")
