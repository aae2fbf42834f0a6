"""What the MCP servers of a config refer to, where it is known who reads the config.

Codex hands on `env` and `http_headers` as they stand: create_env_for_mcp_server and build_default_headers,
https://github.com/openai/codex/blob/08e916598345c4e0d372e3c699bd6059c5b8c000/codex-rs/rmcp-client/src/utils.rs,
and https://developers.openai.com/codex/config-reference calls both static.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import DataDocument
from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.facts.tree import entries
from agentlint.facts.values.value import Value, value_of, without_literal

_READER = "codex"
_SERVERS = "mcp_servers"
_ENVIRONMENT, _HEADERS = "env", "http_headers"


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


def mcp_references(document: DataDocument, source: Source) -> Iterator[McpReference]:
    """The references in a config of Codex."""
    if _SERVERS not in document.region.text:
        return
    for root in document.roots:
        for server in entries(root, _SERVERS):
            for table in (_ENVIRONMENT, _HEADERS):
                for entry in entries(server.value, table):
                    value = without_literal(value_of(entry.value))
                    if value.dialect:
                        key, in_header = entry.key.text, table == _HEADERS
                        yield McpReference(
                            source.path, _READER, key, value, in_header, source.scope
                        )
