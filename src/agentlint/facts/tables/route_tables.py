"""Where the route tables stand that teams write for themselves, and the fields of their entries.

Keys are known as `endpoint_family`, `endpointFamily`, `EndpointFamily` and `endpoint-family`, as the
program that reads them spells its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Keys
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from agentlint.documents import Entry, Mapping, Node, Sequence
from agentlint.facts.detectors.model_ids import find_model_ids
from agentlint.facts.source import Source
from agentlint.facts.tree import listed
from agentlint.facts.values.references import is_placeholder
from agentlint.facts.values.value import ABSENT, Value, ValueKind, classified, value_of
from agentlint.knowledge.data import words
from agentlint.knowledge.families import family_of_path
from agentlint.text import Pattern, snake_case

FORMAT = "hand-written"
TABLE_KEYS = ("routes", "model_routes")
_PARENT_KEYS = ("gateway", "model_gateway", "agentlint_routes", "routing", "model_routing")
MODEL_KEYS = ("model", "model_id")
FALLBACKS = "fallbacks"
FAMILY_KEY, PATH_KEY, PROVIDER_KEY = "endpoint_family", "endpoint_path", "provider"
_CAMEL = Pattern(r"[A-Za-z][a-z0-9]{0,40}(?:[A-Z][a-z0-9]{1,40}){0,8}(?:URL|ID)?")

SnakeFields: TypeAlias = Keys[str, Entry]
"""The entries of a mapping by their keys in snake case (`baseUrl` is `base_url`); of a key that
is repeated the last."""


def entries_of_tables(root: Node, source: Source) -> Iterator[Node]:
    """What `root` holds as entries of route tables, whether or not they make routes."""
    for table in route_tables(root, source):
        named = list(table_entries(table))
        if is_role_table(named):
            yield from (entry.node for entry in named)


class RouteTable(Struct, frozen=True, dict=True):
    """A `routes` node with the fields around it, which hold for every route of the table."""

    node: Node
    pointer: tuple[str, ...]
    parent: SnakeFields
    source: Source

    @cached_property
    def providers(self) -> Keys[str, Node]:
        """The entries of the providers beside the table, by their names."""
        found: dict[str, Node] = {}
        for key in words("endpoint_families", "hand_written", "providers"):
            held = node_of(self.parent, key)
            for entry in held.entries if isinstance(held, Mapping) else ():
                found.setdefault(entry.key.text, entry.value)
        return found

    @cached_property
    def shared(self) -> tuple[SnakeFields, ...]:
        """What holds for all routes, the nearest first: the defaults, and the fields around the table."""
        keys = words("endpoint_families", "hand_written", "defaults")
        held = (node_of(self.parent, key) for key in keys)
        return (*(fields_of(node) for node in held if node), self.parent)


class TableEntry(Struct, frozen=True):
    """One entry of a table: its name, its node with the fields of it, where it stands, and what the table
    says that it falls back to; of several of one name the first has that."""

    name: Value
    node: Node
    fields: SnakeFields
    key: str
    fallbacks: Iterable[Node]


def route_tables(root: Node, source: Source) -> Iterator[RouteTable]:
    """What stands in `root` under the name of a route table; it may be that of another tool."""
    for parent, pointer in _parents(fields_of(root)):
        for key in TABLE_KEYS:
            if key in parent:
                table = parent[key]
                yield RouteTable(table.value, (*pointer, table.key.text), parent, source)


def fields_of(node: Node) -> SnakeFields:
    """The fields of a mapping; none of any other node."""
    return {_snake(e.key.text): e for e in node.entries} if isinstance(node, Mapping) else {}


def _snake(key: str) -> str:
    """A key as Python spells it; one in capitals is a variable's name and stays, as any mixture does."""
    if "-" in key:
        return key.replace("-", "_") if key.islower() and "_" not in key else key
    if key.islower() or not _CAMEL.fullmatch(key):
        return key
    return snake_case(key)


def _parents(root: SnakeFields) -> Iterator[tuple[SnakeFields, tuple[str, ...]]]:
    yield root, ()
    for key in _PARENT_KEYS:
        if key in root and isinstance(root[key].value, Mapping):
            yield fields_of(root[key].value), (root[key].key.text,)


def table_entries(table: RouteTable) -> Iterator[TableEntry]:
    """The entries of a table that have a name, in order."""
    node, shared = table.node, _fallbacks_by_route(table.parent)
    if isinstance(node, Mapping):
        for entry in node.entries:
            name = classified(entry.key.text, entry.key.span)
            left = shared.pop(name.raw, ())
            yield TableEntry(name, entry.value, fields_of(entry.value), entry.key.text, left)
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            fields = fields_of(item)
            name = first_of(fields, "role", "name", "alias")
            if name.given:
                yield TableEntry(name, item, fields, str(index), shared.pop(name.raw, ()))


def is_role_table(named: list[TableEntry]) -> bool:
    """Whether some entry names a model or an endpoint family: `routes` has many meanings."""
    return any(_names_family(entry.fields) or _names_model(entry.fields) for entry in named)


def _names_family(fields: SnakeFields) -> bool:
    path = first_of(fields, PATH_KEY).literal
    return FAMILY_KEY in fields or bool(path and family_of_path(path))


def _names_model(fields: SnakeFields) -> bool:
    """Whether an entry names its model as the guides do: `modelId` alone, without a word of a family, is
    the key of many another program."""
    named = [fields[key] for key in MODEL_KEYS if key in fields]
    values = [value_of(entry.value) for entry in named if entry.key.text in MODEL_KEYS]
    return any(value.literal and is_model_text(value.raw) for value in values[:1])


def is_model_text(text: str) -> bool:
    """Whether a text is a model ID and nothing else, or the gap left for one."""
    ids = list(find_model_ids(text))
    if ids:
        return len(ids) == 1 and (ids[0].start, ids[0].end) == (0, len(text))
    return "model" in text.lower() and is_placeholder(text)


def first_of(fields: SnakeFields, *keys: str) -> Value:
    """The value of the first key that is given; a `*_ref` key holds the name of a variable."""
    for key in keys:
        value = value_of(node_of(fields, key))
        if value.literal and key.endswith("_ref"):
            return Value(value.raw, ValueKind.ENV_REF, value.span, ref=value.raw, dialect="name")
        if value.given:
            return value
    return ABSENT


def node_of(fields: SnakeFields, key: str) -> Node | None:
    """What a key holds, None where it is not there."""
    return fields[key].value if key in fields else None


def _fallbacks_by_route(parent: SnakeFields) -> dict[str, list[Node]]:
    """What a table says that its routes fall back to, by their names."""
    found: defaultdict[str, list[Node]] = defaultdict(list)
    for group in listed(node_of(parent, FALLBACKS)):
        for entry in group.entries if isinstance(group, Mapping) else ():
            found[entry.key.text] += listed(entry.value)
    return found
