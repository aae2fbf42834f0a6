"""What the parsers give: data trees and Markdown blocks in which every part knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Keys
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from agentlint.text import Region, Span


class ScalarKind(StrEnum):
    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    NULL = "null"
    DATE = "date"


class Scalar(Struct, frozen=True, gc=False):
    """A leaf. `region.text` is its value as text, unquoted and unescaped.

    `outer` is the token with its quotes, block indicator or tag; `region.span()` is the value alone.
    """

    kind: ScalarKind
    region: Region
    outer: Span

    @property
    def text(self) -> str:
        return self.region.text

    @property
    def span(self) -> Span:
        return self.region.span()

    @property
    def quoted(self) -> bool:
        return self.outer != self.span


class Entry(Struct, frozen=True, gc=False):
    key: Scalar
    value: Node


class Mapping(Struct, frozen=True, dict=True):
    """Key and value pairs in file order; a repeated key keeps all its entries, and `get` the last."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> Node | None:
        entry = self._by_key.get(key)
        return entry.value if entry else None

    def entry(self, key: str) -> Entry | None:
        return self._by_key.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    @cached_property
    def _by_key(self) -> Keys[str, Entry]:
        return {entry.key.text: entry for entry in self.entries}


class Sequence(Struct, frozen=True):
    items: tuple[Node, ...]
    span: Span


Node: TypeAlias = Scalar | Mapping | Sequence


class ProblemKind(StrEnum):
    SYNTAX = "syntax"
    LIMIT = "limit"
    ENCODING = "encoding"


class Problem(Struct, frozen=True):
    """Why a document, or a part of it, was not read. `message` never quotes the file's text."""

    kind: ProblemKind
    message: str
    span: Span


class DuplicateKey(Struct, frozen=True):
    first: Scalar
    repeated: Scalar


class DataDocument(Struct, frozen=True):
    """A YAML stream, TOML, JSON or dotenv text. `roots` holds one tree a YAML document."""

    language: str
    region: Region
    roots: tuple[Node, ...] = ()
    comments: tuple[Region, ...] = ()
    duplicate_keys: tuple[DuplicateKey, ...] = ()
    problems: tuple[Problem, ...] = ()


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE_ROW = "table_row"
    FENCE = "fence"
    INDENTED_CODE = "indented_code"
    HTML = "html"


class Block(Struct, frozen=True):
    """One leaf block of Markdown. `region` is its content: list, quote and fence marks removed.

    `level` is the heading level (1-6, else 0); `info` is the fence's info string; `cells` are the
    cells of a table row, whose first row is the header (`header` is True there).
    `depth` counts the quotes and lists around the block; `in_list` says that one of them is a list.
    """

    kind: BlockKind
    region: Region
    span: Span
    level: int = 0
    info: str = ""
    cells: tuple[Region, ...] = ()
    header: bool = False
    in_list: bool = False
    depth: int = 0

    @property
    def language(self) -> str:
        """The first word of the info string, in lower case, as renderers read it."""
        words = self.info.split(None, 1)
        return words[0].strip("{}.").lower() if words else ""


class InlineKind(StrEnum):
    TEXT = "text"
    CODE = "code"
    LINK_TEXT = "link_text"
    LINK_TARGET = "link_target"
    AUTOLINK = "autolink"
    COMMENT = "comment"
    HTML = "html"


class Inline(Struct, frozen=True):
    kind: InlineKind
    region: Region


class MarkdownDocument(Struct, frozen=True):
    """An instruction file or other prose. `front_matter` is a YAML (`---`) or TOML (`+++`) document."""

    region: Region
    front_matter: DataDocument | None
    blocks: tuple[Block, ...]
    comments: tuple[Region, ...] = ()
    problems: tuple[Problem, ...] = ()


Document: TypeAlias = DataDocument | MarkdownDocument


def walk(node: Node, pointer: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Every node below and including `node`, with the keys and indexes that lead to it."""
    stack: list[tuple[tuple[str, ...], Node]] = [(pointer, node)]
    while stack:
        where, here = stack.pop()
        yield where, here
        match here:
            case Mapping(entries=entries):
                stack.extend(((*where, e.key.text), e.value) for e in reversed(entries))
            case Sequence(items=items):
                stack.extend(
                    ((*where, str(i)), item) for i, item in reversed(list(enumerate(items)))
                )
            case Scalar():
                pass
