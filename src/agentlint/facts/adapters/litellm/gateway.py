"""One gateway of LiteLLM: a mapping with a `model_list`, and what all of its deployments share."""

from __future__ import annotations

from msgspec import Struct

from agentlint.documents import Mapping, Node
from agentlint.facts.route import Credential, Fallback, Route, RouteKind, without_effect
from agentlint.facts.source import Source
from agentlint.facts.tree import is_true, route_at
from agentlint.facts.values.value import Value
from agentlint.knowledge.dead_routes import dead_key

FORMAT = "litellm"
EVERY_ALIAS = "*"
DEPLOYMENTS = "model_list"
OF_ROUTER, OF_LIBRARY, OF_PROXY = "router_settings", "litellm_settings", "general_settings"


class FallbackLists(Struct, frozen=True):
    """What an alias falls back to, where it is named first, and how many more are listed."""

    alias: Value
    fallbacks: tuple[Fallback, ...]
    left_out: int


class Gateway(Struct, frozen=True):
    """A mapping with a `model_list`, where it stands, the file around it, its fallbacks by alias, and the
    credentials of its `credential_list` by name; `listed` is where its deployments stand."""

    config: Mapping
    pointer: tuple[str, ...]
    source: Source
    fallbacks: dict[str, FallbackLists]
    credentials: dict[str, tuple[Credential, ...]]
    listed: tuple[str, ...] = (DEPLOYMENTS,)

    def fallbacks_of(self, *aliases: str) -> tuple[Fallback, ...]:
        lists = (self.fallbacks.get(alias) for alias in dict.fromkeys(aliases))
        listed = (fallback for listed in lists if listed for fallback in listed.fallbacks)
        return tuple(listed)

    @property
    def has_further_names(self) -> bool:
        """Whether models also come from the proxy's database or from a file that this one includes."""
        return is_true(self.config, OF_PROXY, "store_model_in_db") or "include" in self.config


def dead_setting(gateway: Gateway, pointer: tuple[str, ...], node: Node, row_id: str) -> Route:
    """A setting of a gateway that has no effect, as the row of an id says."""
    where = (*gateway.pointer, *pointer)
    route = route_at(FORMAT, where, node, RouteKind.ALIAS, gateway.source)
    return without_effect(route, dead_key(row_id))
