"""Files that tools keep for one person, such as `CLAUDE.local.md`, found among those of a repository."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.knowledge.data import rows
from agentlint.text import Span


class LocalFile(Struct, frozen=True):
    """`name` is the part of the path by which `reader` knows the file."""

    path: str
    name: str
    reader: str
    span: Span


def local_files(source: Source) -> Iterator[LocalFile]:
    """The one fact of a file that git tracks or would take, and that is one person's.

    Test material and templates hold such files for others to copy.
    """
    if source.scope is not RouteScope.REPOSITORY:
        return
    for row in rows("files", "local"):
        if f"/{source.path}".lower().endswith(f"/{row['path']}".lower()):
            yield LocalFile(source.path, row["path"], row["reader"], Span(0, 0))
            return
