"""One gateway of LiteLLM: a mapping that configures its proxy, and what all of its deployments share."""

from __future__ import annotations

from msgspec import Struct

from agentlint.documents import Mapping, Node
from agentlint.facts.route import Credential, Fallback, Route, RouteKind, without_effect
from agentlint.facts.source import Source
from agentlint.facts.tree import is_true, mapping_items, route_at
from agentlint.facts.values.value import Value
from agentlint.knowledge.dead_routes import dead_key

FORMAT = "litellm"
EVERY_ALIAS = "*"
DEPLOYMENTS = "model_list"
OF_ROUTER, OF_LIBRARY, OF_PROXY = "router_settings", "litellm_settings", "general_settings"
MASTER_KEY, IN_DATABASE = "master_key", "store_model_in_db"


def lists_deployments(config: Mapping) -> bool:
    return any("litellm_params" in item for _, item in mapping_items(config, DEPLOYMENTS))


class FallbackLists(Struct, frozen=True):
    """What an alias falls back to, where it is named first, and how many more are listed."""

    alias: Value
    fallbacks: tuple[Fallback, ...]
    left_out: int


class Gateway(Struct, frozen=True):
    """A config of the proxy, where it stands, the file around it, its fallbacks by alias, and the
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
        """Whether models also come from the proxy's database or from a file that this one includes, as they
        do where none is listed."""
        if is_true(self.config, OF_PROXY, IN_DATABASE) or "include" in self.config:
            return True
        return not self.has_deployments

    @property
    def has_deployments(self) -> bool:
        """Whether the file lists any: else they are all in the database."""
        return not self.listed or lists_deployments(self.config)


def dead_setting(gateway: Gateway, pointer: tuple[str, ...], node: Node, row_id: str) -> Route:
    """A setting of a gateway that has no effect, as the row of an id says."""
    where = (*gateway.pointer, *pointer)
    route = route_at(FORMAT, where, node, RouteKind.ALIAS, gateway.source)
    return without_effect(route, dead_key(row_id))
