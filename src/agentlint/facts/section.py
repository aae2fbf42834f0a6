"""What the sections of a document say about moving to another gateway, and about the way back."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.values.value import Located
from agentlint.text import Span


class Section(Struct, frozen=True, omit_defaults=True):
    """A heading with the text below it, up to the next heading of the same or a higher level.

    Text before the first heading is a section with an empty title and level 0. `parent` is the index
    of the enclosing section in the file, -1 for none. `migration` is the sentence or heading that
    tells someone to move model calls to another gateway, provider, route, base URL or endpoint; `way_back`
    is True where the section says how to undo such a move.
    """

    path: str
    index: int
    parent: int
    level: int
    title: str
    span: Span
    migration: Located[str] | None = None
    way_back: bool = False


class Link(Struct, frozen=True):
    """A link to another file of the repository: `target` is relative to the root, without fragment.

    `says_rollback` is True where its text or target names a rollback.
    """

    path: str
    target: str
    span: Span
    says_rollback: bool = False


class WayBackKey(Struct, frozen=True):
    """A key such as `rollback` or `previous_base_url` in a config, a record or front matter."""

    path: str
    key: str
    span: Span


class MigrationBlock(Struct, frozen=True):
    """A `migration:` block in a config: it moves a route to another target."""

    path: str
    key: str
    span: Span


class RouteMove(Struct, frozen=True):
    """A change of a config that sends its routes `names` from one host or provider to another."""

    path: str
    span: Span
    names: tuple[str, ...]
    before: str
    after: str
