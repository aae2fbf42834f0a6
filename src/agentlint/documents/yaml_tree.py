"""The tree of a YAML stream, built without recursion: anchors resolved, merge keys expanded.

Aliases share the node of their anchor; because a small text can stand for an endless tree that way,
each alias is counted as all the nodes behind it and one too many becomes a null with a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.documents.limits import (
    MAX_ALIASES,
    MAX_DEPTH,
    MAX_MERGES,
    MAX_NODES,
    MAX_YAML_VALUES,
    LimitReachedError,
    limit_problem,
    syntax_problem,
)
from agentlint.documents.nodes import (
    DataDocument,
    DuplicateKey,
    Entry,
    Mapping,
    Node,
    Problem,
    Scalar,
    ScalarKind,
    Sequence,
)
from agentlint.text import Pattern

if TYPE_CHECKING:
    from agentlint.text import Region

# The core schema of YAML 1.2 (yaml.org/spec/1.2.2, 10.3.2), and dates in the shape of 1.1.
_TYPED = Pattern(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            (ScalarKind.NULL, r"null|Null|NULL|~|"),
            (ScalarKind.BOOLEAN, r"true|True|TRUE|false|False|FALSE"),
            (ScalarKind.INTEGER, r"[-+]?[0-9]{1,5000}|0o[0-7]{1,5000}|0x[0-9a-fA-F]{1,5000}"),
            (
                ScalarKind.FLOAT,
                (
                    r"[-+]?(?:\.[0-9]{1,999}|[0-9]{1,999}(?:\.[0-9]{0,999})?)(?:[eE][-+]?[0-9]{1,999})?"
                    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
                ),
            ),
            (
                ScalarKind.DATE,
                (
                    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
                    r"(?:(?:[Tt]|[ \t]{1,9})[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{0,99})?"
                    r"[ \t]{0,9}(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?)?"
                ),
            ),
        )
    )
)
_FIRST_OF_TYPED = frozenset("0123456789+-.~nNtTfF")


class _Built(Struct, frozen=True):
    """A finished node, where it stands, and its cost when every alias in it is followed."""

    node: Node
    start: int
    end: int
    nodes: int = 1
    height: int = 0


class _Open(Struct):
    """A collection whose end is still to come; a mapping's `parts` are key, value, key, value."""

    is_mapping: bool
    anchor: str | None
    start: int
    parts: list[_Built] = field(default_factory=list)


class TreeBuilder:
    """Takes the parts of a stream in the order in which they stand there.

    `end` is the offset after the last token that belongs to a value. Raises LimitReachedError where
    the text holds too much.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self.roots: list[Node] = []
        self.problems: list[Problem] = []
        self.end = 0
        self._duplicates: list[DuplicateKey] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Built | _Open] = {}
        self._values = self._aliases = self._merges = self._expanded = 0

    def document(self, comments: list[tuple[int, int]]) -> DataDocument:
        """What was built; `comments` are the places of comments in the region's text."""
        return DataDocument(
            "yaml",
            self.region,
            roots=tuple(self.roots),
            comments=tuple(self.region.cut(start, end) for start, end in comments),
            duplicate_keys=tuple(self._duplicates),
            problems=tuple(self.problems),
        )

    def forget_anchors(self) -> None:
        """Anchors are those of one document of the stream."""
        self._anchors = {}

    def scalar(
        self,
        kind: ScalarKind | None,
        value: Region,
        start: int,
        end: int,
        anchor: str | None = None,
    ) -> None:
        """A scalar that is there, quotes and tag from `start` to `end`; its text tells a kind of None."""
        self._count(start)
        self.end = end
        kind = plain_kind(value.text) if kind is None else kind
        self._add(_Built(Scalar(kind, value, self.region.span(start, end)), start, end), anchor)

    def absent(
        self, start: int, end: int, kind: ScalarKind = ScalarKind.NULL, anchor: str | None = None
    ) -> None:
        """A value that is not there: `key:`, `- `, or an anchor or tag that stands alone."""
        self._count(start)
        self.end = max(self.end, end)
        scalar = Scalar(kind, self.region.cut(end, end), self.region.span(start, end))
        self._add(_Built(scalar, start, end), anchor)

    def open(self, start: int, *, is_mapping: bool, anchor: str | None = None) -> None:
        self._count(start)
        opened = _Open(is_mapping, anchor, start)
        self._stack.append(opened)
        if anchor is not None:
            self._anchors[anchor] = opened

    def close(self, end: int = 0) -> None:
        """End what was opened last; `end` is the offset after its bracket, if it has one."""
        self.end = max(self.end, end)
        opened = self._stack.pop()
        still_meant = self._anchors.get(opened.anchor or "") is opened
        self._add(self._close(opened), opened.anchor if still_meant else None)

    def alias(self, anchor: str, start: int, end: int) -> None:
        self.end = end
        self._add(self._resolve(anchor, start, end), None)

    def _count(self, at: int) -> None:
        self._values += 1
        if self._values > MAX_YAML_VALUES:
            raise LimitReachedError(f"more than {MAX_YAML_VALUES:,} keys and values", at)

    def _add(self, built: _Built, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = built
        if self._stack:
            self._stack[-1].parts.append(built)
        else:
            self.roots.append(built.node)

    def _resolve(self, anchor: str, start: int, end: int) -> _Built:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise LimitReachedError(f"more than {MAX_ALIASES:,} aliases", start)
        span = self.region.span(start, end)
        match self._anchors.get(anchor):
            case None:
                problem = syntax_problem("not valid YAML: an alias without an anchor", span)
            case _Open():
                problem = limit_problem("an alias for a value that it is part of", span)
            case meant if self._expanded + meant.nodes > MAX_NODES:
                problem = limit_problem(f"aliases for more than {MAX_NODES:,} values", span)
            case meant if len(self._stack) + meant.height > MAX_DEPTH:
                problem = limit_problem(f"aliases nested deeper than {MAX_DEPTH} levels", span)
            case meant:
                self._expanded += meant.nodes
                return replace(meant, start=start, end=end)
        self.problems.append(problem)
        return _Built(Scalar(ScalarKind.NULL, self.region.cut(end, end), span), start, end)

    def _close(self, opened: _Open) -> _Built:
        start, end = opened.start, max(opened.start, self.end)
        span = self.region.span(start, end)
        node: Node
        if opened.is_mapping:
            node = Mapping(self._entries(opened.parts), span)
        else:
            node = Sequence(tuple(part.node for part in opened.parts), span)
        nodes = 1 + sum(part.nodes for part in opened.parts)
        height = 1 + max((part.height for part in opened.parts), default=0)
        return _Built(node, start, end, nodes, height)

    def _entries(self, parts: list[_Built]) -> tuple[Entry, ...]:
        """The pairs of a mapping, those of its merge keys first so that its own keys win."""
        merged: list[Entry] = []
        own: list[Entry] = []
        seen: dict[tuple[ScalarKind, str], Scalar] = {}
        for built, value in zip(parts[::2], parts[1::2], strict=True):
            key = self._key(built)
            sources = _merge_sources(key, value.node)
            if sources:
                self._count_merge(built.start)
                merged.extend(entry for source in reversed(sources) for entry in source.entries)
                continue
            first = seen.setdefault((key.kind, key.text), key)
            if first is not key:
                self._duplicates.append(DuplicateKey(first, key))
            own.append(Entry(key, value.node))
        return (*merged, *own)

    def _key(self, built: _Built) -> Scalar:
        """A key that is itself a collection, as YAML allows, is known by its text."""
        if isinstance(built.node, Scalar):
            return built.node
        text = self.region.cut(built.start, built.end)
        return Scalar(ScalarKind.STRING, text, text.span())

    def _count_merge(self, at: int) -> None:
        self._merges += 1
        if self._merges > MAX_MERGES:
            raise LimitReachedError(f"more than {MAX_MERGES} merge keys", at)


def _merge_sources(key: Scalar, value: Node) -> tuple[Mapping, ...]:
    """The mappings that a `<<` key merges, the one with precedence first."""
    if key.text != "<<" or key.quoted:
        return ()
    candidates = value.items if isinstance(value, Sequence) else (value,)
    mappings = tuple(node for node in candidates if isinstance(node, Mapping))
    return mappings if len(mappings) == len(candidates) else ()


def plain_kind(text: str) -> ScalarKind:
    """What a plain scalar is in the core schema; words like `yes` and `off` are strings there."""
    typed = _TYPED.fullmatch(text) if text[:1] in _FIRST_OF_TYPED else None
    return ScalarKind(typed.lastgroup) if typed and typed.lastgroup else ScalarKind.STRING
