"""Files that tools keep for one person, such as `CLAUDE.local.md`, found among those of a repository."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.discovery import Keeping, one_persons
from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.text import Span


class LocalFile(Struct, frozen=True):
    """`name` is the part of the path by which `reader` knows the file; an ignore file comes
    too late for one that is `tracked`."""

    path: str
    name: str
    reader: str
    span: Span
    tracked: bool = False


def local_files(source: Source, keeping: Keeping) -> Iterator[LocalFile]:
    """The one fact of a file that git tracks or would take, and that is one person's.

    Test material and templates hold such files for others to copy.
    """
    if source.scope is not RouteScope.REPOSITORY or keeping is Keeping.IGNORED:
        return
    row = one_persons(source.path)
    if row:
        tracked = keeping is Keeping.TRACKED
        yield LocalFile(source.path, row["path"], row["reader"], Span(0, 0), tracked)
