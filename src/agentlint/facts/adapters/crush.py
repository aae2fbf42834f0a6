"""Crush: `crush.json` and `.crush.json`.

The `type` of a provider decides the family: `openai` speaks Responses, and `openai-compat`, which
holds where none is given, Chat Completions; a service that Crush knows has its own. Values are
expanded as a shell would, commands among them.
Keys: https://github.com/charmbracelet/crush/blob/37f36e93824e/schema.json, internal/config/load.go.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node
from agentlint.facts.route import ChosenFamily, Credential, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credentials,
    entries,
    header_credentials,
    mapping_items,
    name_of,
    route_at,
    value_at,
)
from agentlint.facts.values.value import Value
from agentlint.knowledge.families import Family, family_of_word
from agentlint.knowledge.formats import driver_families, url_shape
from agentlint.knowledge.providers import ProviderKind, provider_named

FORMAT = "crush"
_SCHEMA = "charm.land/crush"
_DEFAULT_TYPE = "openai-compat"
_SIZES = ("large", "small")
_KNOWN_KINDS = (ProviderKind.VENDOR, ProviderKind.CLOUD, ProviderKind.AGGREGATOR)


def routes(root: Node, source: Source) -> Iterator[Route]:
    """Every model that a provider lists, and the models that Crush uses."""
    if isinstance(root, Mapping) and _is_config(root, source):
        yield from _provided(root, source)
        yield from _chosen(root, source)


def _is_config(root: Mapping, source: Source) -> bool:
    """`crush.json` is a name that other tools use as well, so the schema or the shape must tell."""
    if _SCHEMA in value_at(root, "$schema").raw:
        return True
    if source.format != FORMAT:
        return False
    providers = [entry.value for entry in entries(root, "providers")]
    return any(at(p, "models") or at(p, "base_url") for p in providers) or any(
        value_at(root, "models", size, "model").given
        and value_at(root, "models", size, "provider").given
        for size in _SIZES
    )


class _Provider(Struct, frozen=True, dict=True):
    """One entry of `providers`, or a provider that only Crush itself describes."""

    node: Node | None
    name: Value

    def upstream(self, route: Route) -> Route:
        word = value_at(self.node, "type")
        driver = word.literal or ("" if self.node is None or self._is_known else _DEFAULT_TYPE)
        family = _family(driver)
        return replace(
            route,
            provider=self.name,
            chosen_family=ChosenFamily.by(FamilySource.DRIVER, family, word),
            base_url=value_at(self.node, "base_url"),
            url_shape=url_shape(FORMAT, driver),
            credentials=self._credentials,
        )

    @property
    def _is_known(self) -> bool:
        """Whether it is a service that Crush describes, of which a file only overrides some settings."""
        known = provider_named(self.name.raw)
        return known is not None and known.kind in _KNOWN_KINDS

    @cached_property
    def _credentials(self) -> tuple[Credential, ...]:
        return credentials(self.node, ("api_key",)) + header_credentials(self.node, "extra_headers")


def _family(driver: str) -> Family | None:
    known = family_of_word(driver, dialect=FORMAT) if driver else None
    return known or driver_families(FORMAT, "type").get(driver)


def _provided(root: Mapping, source: Source) -> Iterator[Route]:
    for entry in entries(root, "providers"):
        provider = _Provider(entry.value, name_of(entry.key))
        models = [*mapping_items(entry.value, "models")]
        for index, model in models:
            where = ("providers", entry.key.text, "models", index)
            route = route_at(FORMAT, where, model, RouteKind.DEPLOYMENT, source)
            yield provider.upstream(replace(route, model=name_of(model.get("id"))))
        if not models and _says_where(entry):
            pointer = ("providers", entry.key.text)
            route = route_at(FORMAT, pointer, entry.key, RouteKind.DEPLOYMENT, source)
            yield provider.upstream(route)


def _says_where(entry: Entry) -> bool:
    return any(value_at(entry.value, key).given for key in ("base_url", "api_key"))


def _chosen(root: Mapping, source: Source) -> Iterator[Route]:
    for entry in entries(root, "models"):
        model = value_at(entry.value, "model")
        if not model.given:
            continue
        name = name_of(at(entry.value, "provider"))
        provider = _Provider(at(root, "providers", name.raw) if name.given else None, name)
        pointer = ("models", entry.key.text)
        route = route_at(FORMAT, pointer, entry.value, RouteKind.TOOL_DEFAULT, source)
        yield provider.upstream(replace(route, role=name_of(entry.key), model=model))
