"""claude-code-router: `config.json` of its releases 1 and 2, which release 3 only imports.

A provider's URL is called as it stands, so its path tells the family; where it tells nothing, the
transformers do, and may add to the URL. A role is routed to `provider,model`.
Keys: https://github.com/musistudio/claude-code-router/tree/1347c868b493.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.route import (
    UNTOLD,
    ChosenFamily,
    FamilySource,
    Route,
    RouteKind,
    without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credential,
    entries,
    mapping_items,
    name,
    name_of,
    route_at,
    scalars,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, classified, value_of
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import family_of_path
from agentlint.knowledge.formats import UNKNOWN_SHAPE, UrlShape, driver_families, url_shape
from agentlint.knowledge.providers import provider_named, provider_of_url

FORMAT = "claude-code-router"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """Every model that a provider lists, and where each role goes."""
    providers = {provider.name.raw: provider for provider in _providers(root)}
    if not providers:
        return
    superseded = dead_key("claude-code-router-file")
    for provider in providers.values():
        for route in _provided(provider, source):
            yield without_effect(route, superseded)
    for entry in entries(root, "Router"):
        for target in scalars(entry.value):  # people also write a list of one
            if value_of(target).literal:
                for route in _role(entry.key, target, providers, source):
                    yield without_effect(route, superseded)


class _Provider(Struct, frozen=True, dict=True):
    """One item of `Providers`."""

    index: str
    node: Mapping

    @property
    def name(self) -> Value:
        return name_of(self.node.get("name"))

    @property
    def url(self) -> Value:
        return value_at(self.node, "api_base_url")

    @property
    def host(self) -> Value:
        """The provider that the name stands for; nothing where the URL leads to another host, as a proxy
        on the same machine may be named for the provider behind it."""
        named, url = provider_named(self.name.raw), self.url.literal
        if named is None or not named.has_one_host or url is None:
            return self.name
        there = provider_of_url(url)
        return self.name if there and there.name == named.name else ABSENT

    @cached_property
    def family(self) -> ChosenFamily:
        family = family_of_path(self.url.literal) if self.url.literal else None
        if family is not None:
            return ChosenFamily(family, FamilySource.PATH)
        for word in scalars(at(self.node, "transformer", "use")):
            family = driver_families(FORMAT, "transformer").get(word.text.lower())
            if family is not None:
                return ChosenFamily(family, FamilySource.DRIVER)
        return UNTOLD

    @property
    def url_shape(self) -> UrlShape:
        """Nothing where a transformer may put an endpoint behind the URL by itself."""
        if at(self.node, "transformer") and self.family.source is not FamilySource.PATH:
            return UNKNOWN_SHAPE
        return url_shape(FORMAT)

    def upstream(self, route: Route) -> Route:
        key = value_at(self.node, "api_key")
        return replace(
            route,
            chosen_family=self.family,
            base_url=self.url,
            url_shape=self.url_shape,
            credentials=credential("api_key", key),
        )


def _providers(root: Node) -> Iterator[_Provider]:
    for index, node in mapping_items(root, "Providers"):
        if "api_base_url" in node and isinstance(node.get("models"), Sequence):
            yield _Provider(index, node)


def _provided(provider: _Provider, source: Source) -> Iterator[Route]:
    for index, scalar in enumerate(scalars(provider.node.get("models"))):
        pointer = ("Providers", provider.index, "models", str(index))
        route = route_at(FORMAT, pointer, scalar, RouteKind.DEPLOYMENT, source)
        named = replace(
            route,
            model=name(scalar.text, scalar.span),
            provider=provider.host,
            other_names=(provider.name,),
        )
        yield provider.upstream(named)


def _role(
    key: Scalar, target: Scalar, providers: dict[str, _Provider], source: Source
) -> Iterator[Route]:
    """Where a role goes; a number, such as the threshold of a long context, is no target."""
    if target.text.isdigit():
        return
    before, comma, after = target.text.partition(",")
    end, start = len(before), len(target.text) - len(after)
    provider = classified(before, target.region.span(0, end)) if comma else ABSENT
    route = replace(
        route_at(FORMAT, ("Router", key.text), target, RouteKind.TABLE, source),
        role=name_of(key),
        model=classified(after, target.region.span(start)) if comma else name_of(target),
        provider=provider,
    )
    known = providers.get(provider.raw.strip())
    if known:
        yield known.upstream(replace(route, provider=known.host))
    else:
        called = name(before.strip(), target.region.span(0, end)) if comma else ABSENT
        yield replace(route, targets=(called,) if called.given else ())
