"""YAML 1.2 into nodes: anchors resolved, merge keys expanded, every scalar mapped to the file.

The tree is built from events, never by a loader, so no text can run or construct anything. Aliases
share the node of their anchor; because a small text can stand for an endless tree that way, each
alias is counted as all the nodes behind it and one too many becomes a null with a problem.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)
from ruamel.yaml.reader import ReaderError

from agentlint.documents.limits import (
    MAX_ALIASES,
    MAX_DEPTH,
    MAX_MERGES,
    MAX_NODES,
    MAX_YAML_VALUES,
    PARSER_ERRORS,
    LimitReachedError,
    limit_problem,
    size_problem,
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
from agentlint.documents.pieces import gather
from agentlint.documents.yaml_events import EventReader, ScalarText
from agentlint.text import Pattern

if TYPE_CHECKING:
    from agentlint.text import Region

_TAGGED_KINDS = {
    f"tag:yaml.org,2002:{name}": kind
    for name, kind in {
        "int": ScalarKind.INTEGER,
        "float": ScalarKind.FLOAT,
        "bool": ScalarKind.BOOLEAN,
        "null": ScalarKind.NULL,
        "timestamp": ScalarKind.DATE,
    }.items()
}

# The core schema of YAML 1.2 (yaml.org/spec/1.2.2, 10.3.2), and dates in the shape of 1.1.
_PLAIN_KINDS = tuple(
    (kind, re.compile(pattern))
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
_FIRST_OF_TYPED = frozenset("0123456789+-.~nNtTfF")

# What ruamel says, by a fragment of it, and what we say. Its own words may quote the file.
_REASONS = (
    ("mapping values are not allowed here", "a key is not expected here"),
    ("could not find expected ':'", "a key without a colon"),
    ("sequence entries are not allowed here", "a list item is not expected here"),
    ("end of stream", "a quote is not closed"),
    ("document separator", "a quote is not closed before the end of the document"),
    ("unknown escape", "an escape that YAML does not know"),
    ("special characters", "a control character"),
    ("cannot start any token", "a character that cannot start a value"),
    ("expected <block end>", "the indentation does not fit what stands before"),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("comment or a line break", "text after a block indicator or directive"),
    ("undefined tag handle", "a tag handle that is not declared"),
)
_COLON = Pattern(r"\s{0,999}:")
_TEMPLATE = Pattern(r"\{\{|\{%")


def parse(region: Region) -> DataDocument:
    """The documents of a YAML stream as roots; after a fault, those that end before it."""
    too_large = size_problem(region)
    if too_large:
        return DataDocument("yaml", region, problems=(too_large,))
    builder = _Builder(region)
    comments: list[tuple[int, int]] = []
    try:
        events = EventReader(region.text)
        comments = events.comments
        while not isinstance(event := events.get_event(), StreamEndEvent):
            builder.take(event)
    except (YAMLError, LimitReachedError, *PARSER_ERRORS) as error:
        builder.problems.append(_problem(region, error))
    return DataDocument(
        "yaml",
        region,
        roots=tuple(builder.roots),
        comments=tuple(region.cut(start, end) for start, end in comments),
        duplicate_keys=tuple(builder.duplicates),
        problems=tuple(builder.problems),
    )


def _problem(region: Region, error: Exception) -> Problem:
    match error:
        case LimitReachedError():
            return limit_problem(error.message, region.span(error.at, error.at))
        case MarkedYAMLError() if mark := error.problem_mark or error.context_mark:
            at = min(int(mark.index), len(region.text))
            return syntax_problem(_reason(region, at, str(error.problem)), region.span(at, at))
        case ReaderError():
            at = min(int(error.position), len(region.text))
            return syntax_problem(_reason(region, at, error.reason), region.span(at, at))
    return syntax_problem("not valid YAML", region.span(0, 0))


def _reason(region: Region, at: int, said: str) -> str:
    line_start = region.text.rfind("\n", 0, at) + 1
    if _TEMPLATE.search(region.text, line_start, at + 200):
        return "not valid YAML: a template, to be rendered before it is YAML"
    for fragment, words in _REASONS:
        if fragment in said:
            return f"not valid YAML: {words}"
    return "not valid YAML"


class _Built(NamedTuple):
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


class _Builder:
    """Turns events into trees without recursion."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.roots: list[Node] = []
        self.duplicates: list[DuplicateKey] = []
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Built | _Open] = {}
        self._values = self._aliases = self._merges = self._expanded = 0
        self._end = 0  # offset after the last token that belongs to a value

    def take(self, event: Any) -> None:
        match event:
            case ScalarEvent():
                self._count(event)
                self._add(self._scalar(event), event.anchor)
            case AliasEvent():
                self._add(self._resolve(event), None)
            case CollectionStartEvent():
                self._count(event)
                is_mapping = isinstance(event, MappingStartEvent)
                opened = _Open(is_mapping, event.anchor, event.start_mark.index)
                self._stack.append(opened)
                if event.anchor is not None:
                    self._anchors[event.anchor] = opened
            case CollectionEndEvent():
                if event.end_mark.index > event.start_mark.index:  # a bracket, not an indentation
                    self._end = event.end_mark.index
                opened = self._stack.pop()
                still_meant = self._anchors.get(opened.anchor or "") is opened
                self._add(self._close(opened), opened.anchor if still_meant else None)
            case DocumentStartEvent():
                self._anchors = {}

    def _count(self, event: Any) -> None:
        self._values += 1
        if self._values > MAX_YAML_VALUES:
            where = event.start_mark.index
            raise LimitReachedError(f"more than {MAX_YAML_VALUES:,} keys and values", where)

    def _add(self, built: _Built, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = built
        if self._stack:
            self._stack[-1].parts.append(built)
        else:
            self.roots.append(built.node)

    def _scalar(self, event: ScalarEvent) -> _Built:
        text = event.value
        if not isinstance(text, ScalarText):
            return self._absent(event)
        self._end = text.end
        value = gather(self.region, text.pieces, text.start)
        if event.ctag is None:
            start = text.start
            kind = ScalarKind.STRING if event.style else plain_kind(value.text)
        else:
            start = text.tag
            kind = _TAGGED_KINDS.get(str(event.ctag), ScalarKind.STRING)
        return _Built(Scalar(kind, value, self.region.span(start, text.end)), start, text.end)

    def _absent(self, event: ScalarEvent) -> _Built:
        """A value that is not there: `key:`, `- `, or an anchor or tag that stands alone."""
        start, end = event.start_mark.index, event.end_mark.index
        between = self.region.text[self._end : end]
        if between != between.rstrip():  # ruamel may place it just before the next token
            colon = _COLON.match(between)
            end = self._end + (colon.end() if colon else 0)
        self._end = max(self._end, end)
        if event.ctag is None:
            kind, start = ScalarKind.NULL, end
        else:
            tag = str(event.ctag)
            kind = ScalarKind.NULL if tag in _TAGGED_KINDS else ScalarKind.STRING
        scalar = Scalar(kind, self.region.cut(end, end), self.region.span(start, end))
        return _Built(scalar, start, end)

    def _resolve(self, event: AliasEvent) -> _Built:
        start, end = event.start_mark.index, event.end_mark.index
        self._end = end
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise LimitReachedError(f"more than {MAX_ALIASES:,} aliases", start)
        span = self.region.span(start, end)
        match self._anchors.get(event.anchor):
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
                return meant._replace(start=start, end=end)
        self.problems.append(problem)
        return _Built(Scalar(ScalarKind.NULL, self.region.cut(end, end), span), start, end)

    def _close(self, opened: _Open) -> _Built:
        start, end = opened.start, max(opened.start, self._end)
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
                self.duplicates.append(DuplicateKey(first, key))
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
    if text[:1] in _FIRST_OF_TYPED:
        for kind, pattern in _PLAIN_KINDS:
            if pattern.fullmatch(text):
                return kind
    return ScalarKind.STRING
