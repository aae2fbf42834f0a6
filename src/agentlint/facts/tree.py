"""Reading parts of a tree, as adapters do: what is not there, or of another kind, is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from agentlint.documents import Entry, Mapping, Node, Scalar, ScalarKind, Sequence
from agentlint.facts.route import Credential, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.values.value import (
    ABSENT,
    Value,
    ValueKind,
    classified,
    value_of,
    without_literal,
)
from agentlint.text import Pattern, Span

_VARIABLE = Pattern(r"[A-Z_][A-Z0-9_]{0,127}")
_VARIABLE_OF_WORDS = Pattern(r"[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,8}")


def at(node: Node | None, *keys: str) -> Node | None:
    """The node that `keys` lead to through nested mappings, or None."""
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def value_at(node: Node | None, *keys: str) -> Value:
    """The scalar that `keys` lead to, as a value."""
    return value_of(at(node, *keys))


def first_value(node: Node | None, *keys: str) -> Value:
    """The value of the first of several keys that is given."""
    return next((value for key in keys if (value := value_at(node, key)).given), ABSENT)


def first_given(*values: Value) -> Value:
    """The first of several values that is given."""
    return next((value for value in values if value.given), ABSENT)


def plain_key(key: str) -> str:
    """A key in lower case without the marks between its words: those of tables of words are so."""
    return key.lower().replace("_", "").replace("-", "").replace(".", "")


def is_true(node: Node | None, *keys: str) -> bool:
    """Whether `keys` lead to a true; quotes around it count as they do for most readers."""
    return value_at(node, *keys).raw.strip().lower() == "true"


def entries(node: Node | None, *keys: str) -> tuple[Entry, ...]:
    """The entries of the mapping that `keys` lead to."""
    found = at(node, *keys)
    return found.entries if isinstance(found, Mapping) else ()


def items(node: Node | None, *keys: str) -> tuple[Node, ...]:
    """The items of the list that `keys` lead to."""
    found = at(node, *keys)
    return found.items if isinstance(found, Sequence) else ()


def listed(node: Node | None) -> tuple[Node, ...]:
    """The items of a list, or the one thing that stands in its place."""
    if node is None:
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def mapping_items(node: Node | None, *keys: str) -> Iterator[tuple[str, Mapping]]:
    """(index, item) of each mapping in the list that `keys` lead to."""
    for index, item in enumerate(items(node, *keys)):
        if isinstance(item, Mapping):
            yield str(index), item


def scalars(node: Node | None) -> Iterator[Scalar]:
    """The node itself, or the items of a list, as far as they are scalars."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.kind is not ScalarKind.NULL:
            yield item


def name_of(node: Node | None) -> Value:
    """A name that an author chose freely, in which words such as `default` have no meaning."""
    if not isinstance(node, Scalar) or node.kind is ScalarKind.NULL or not node.text.strip():
        return ABSENT
    return name(node.text, node.span)


def name(text: str, span: Span) -> Value:
    """As `name_of`, for text at hand."""
    value = classified(text, span)
    if value.kind in (ValueKind.INHERIT, ValueKind.PLACEHOLDER):
        return Value(text, ValueKind.LITERAL, span)
    return value


def route_at(
    format_id: str, pointer: tuple[str, ...], node: Node, kind: RouteKind, source: Source
) -> Route:
    """A route of which nothing is told yet but where it stands."""
    return Route(
        format=format_id,
        path=source.path,
        pointer=pointer,
        span=node.span,
        kind=kind,
        scope=source.scope,
    )


def credentials(node: Node | None, keys: Iterable[str]) -> tuple[Credential, ...]:
    """The credentials that stand under `keys` of a mapping, each without its literal."""
    return tuple(one for key in keys for one in credential(key, value_at(node, key)))


def credential(slot: str, value: Value) -> tuple[Credential, ...]:
    """The credential that is used for `slot`, without its literal; none where no value is given."""
    return (Credential(slot, without_literal(value)),) if value.given else ()


def header_credentials(
    node: Node | None, *keys: str, kept: Callable[[Value], Value] = without_literal
) -> tuple[Credential, ...]:
    """The headers in the mapping that `keys` lead to, each with what is `kept` of its value."""
    return tuple(
        Credential(f"header:{header.key.text}", kept(value))
        for header in entries(node, *keys)
        if (value := value_of(header.value)).given
    )


def implied(text: str) -> Value:
    """What a format says without a word in the file, such as the provider that a section is for."""
    return Value(text, ValueKind.LITERAL, None)


SOMEONE = implied("unknown")
"""Who answers at a base URL that only a run can tell: the name of no provider."""


def is_spelled_as_variable(value: Value) -> bool:
    """Whether a literal is several words in capitals, as names of variables are and few other values."""
    return bool(value.literal and _VARIABLE_OF_WORDS.fullmatch(value.literal))


def named_variable(value: Value) -> Value:
    """The value of a setting that holds the name of a variable, as a reference to it.

    People paste keys there as well: what is no such name is a credential without its literal.
    """
    if _VARIABLE.fullmatch(value.raw):
        return Value(value.raw, ValueKind.ENV_REF, value.span, value.raw)
    return without_literal(value)
