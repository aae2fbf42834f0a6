"""Who answers at the addresses that a team's own table of models names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as Table
from typing import TypeAlias

from agentlint.documents import Mapping, Node, walk
from agentlint.facts.tables.entry_fields import PlainFields, table_words
from agentlint.facts.values.value import Value
from agentlint.knowledge.providers import provider_of_url

Hosts: TypeAlias = frozenset[str | None]


def hosts_at(addresses: tuple[Value, ...]) -> Hosts:
    """The providers that answer at addresses, None for one of which nobody knows."""
    return frozenset(_provider_at(address.literal or "") for address in addresses)


def _provider_at(url: str) -> str | None:
    """The provider that answers at a URL, which is no database's (`database_url: ws://localhost`)."""
    scheme, separator, _ = url.partition("://")
    if separator and scheme.strip().lower() not in ("http", "https"):
        return None
    known = provider_of_url(url)
    return known.name if known else None


def sole_host(hosts: Hosts) -> str | None:
    """The provider that answers at all addresses, None if one of them is not known to be there."""
    return next(iter(hosts)) if len(hosts) == 1 else None


def named_hosts(root: Node) -> Table[str, Hosts]:
    """Who answers at the addresses of everything that has a name in the tree, which may be that of a
    provider."""
    found: defaultdict[str, Hosts] = defaultdict(frozenset)
    for pointer, node in walk(root):
        if isinstance(node, Mapping):
            fields = PlainFields.of(node)
            hosts = hosts_at(fields.ending(table_words("address", "around")))
            names = {*pointer[-1:], fields.first("id"), fields.first("name")}
            for name in names if hosts else ():
                if name:
                    found[name.lower()] |= hosts
    return found
