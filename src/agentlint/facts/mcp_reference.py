"""What the MCP servers of a config refer to, where it is known who reads the config."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import DataDocument
from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.facts.tree import entries
from agentlint.facts.values.value import Value, value_of, without_literal
from agentlint.knowledge.formats import McpClient


class McpReference(Struct, frozen=True):
    """A value that refers to a variable, in the environment or the headers (`in_header`) of a server.

    `reader` is the format of whoever starts the server.
    """

    path: str
    reader: str
    key: str
    value: Value
    in_header: bool
    scope: RouteScope


def mcp_references(
    document: DataDocument, client: McpClient, source: Source
) -> Iterator[McpReference]:
    """The references in a config whose servers a client starts."""
    if client.servers not in document.region.text:
        return
    for root in document.roots:
        for server in entries(root, client.servers):
            for table in (client.environment, client.headers):
                for entry in entries(server.value, table):
                    value = without_literal(value_of(entry.value))
                    if value.dialect:
                        key, in_header = entry.key.text, table == client.headers
                        yield McpReference(
                            source.path, client.reader, key, value, in_header, source.scope
                        )
