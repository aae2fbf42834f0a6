"""Values as a config gives them: a literal, or one of the many ways to point at one elsewhere."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from agentlint.documents import Node, Scalar, ScalarKind
from agentlint.facts.values.references import classify_reference, is_placeholder
from agentlint.text import Span

T = TypeVar("T")


class ValueKind(StrEnum):
    LITERAL = "literal"
    ENV_REF = "env_ref"
    SECRET_REF = "secret_ref"  # noqa: S105 - a kind, not a secret
    FILE_REF = "file_ref"
    COMMAND = "command"
    TEMPLATE = "template"
    PLACEHOLDER = "placeholder"
    INHERIT = "inherit"
    ABSENT = "absent"


# Every rule asks every route: up to Python 3.11 a member costs twice as much by the name of its class.
_LITERAL, _ABSENT = ValueKind.LITERAL, ValueKind.ABSENT


class Located(Struct, Generic[T], frozen=True):
    """Something read from a file, with the place it was read from."""

    value: T
    span: Span


class Value(Struct, frozen=True, omit_defaults=True, gc=False):
    """`raw` is the text as written, and empty for a literal credential, which is never kept.

    `ref` is what a reference points at (a variable, a path, a vault entry); `default` is the text
    used where it points at nothing (`${X:-default}`). `span` is None for an absent value.
    """

    raw: str
    kind: ValueKind
    span: Span | None
    ref: str | None = None
    default: str | None = None
    dialect: str = ""

    @property
    def literal(self) -> str | None:
        """The text, where the value is a literal."""
        return self.raw if self.kind is _LITERAL else None

    @property
    def given(self) -> bool:
        return self.kind is not _ABSENT


_KINDS = {
    "env": ValueKind.ENV_REF,
    "secret": ValueKind.SECRET_REF,
    "file": ValueKind.FILE_REF,
    "command": ValueKind.COMMAND,
    "template": ValueKind.TEMPLATE,
}
ABSENT = Value("", ValueKind.ABSENT, None)
_SHORT = 80


def value_of(node: Node | None) -> Value:
    """The value that a scalar holds; ABSENT for no node, a null, or a node that is no scalar."""
    if not isinstance(node, Scalar) or node.kind is ScalarKind.NULL:
        return ABSENT
    return classified(node.text, node.span)


def classified(text: str, span: Span) -> Value:
    """The value that `text` is, wherever it came from."""
    stripped = text.strip()
    if not stripped:
        return ABSENT
    meaning = _meaning(stripped) if len(stripped) <= _SHORT else _meaning_of(stripped)
    return Value(text, meaning.kind, span, meaning.ref, meaning.default, meaning.dialect)


class _Meaning(Struct, frozen=True):
    kind: ValueKind
    ref: str | None = None
    default: str | None = None
    dialect: str = ""


def _meaning_of(text: str) -> _Meaning:
    if text.lower() in ("inherit", "default"):
        return _Meaning(ValueKind.INHERIT)
    reference = classify_reference(text)
    if reference:
        kind = _KINDS[reference.target]
        return _Meaning(kind, reference.name, reference.default, reference.dialect)
    return _Meaning(ValueKind.PLACEHOLDER if is_placeholder(text) else ValueKind.LITERAL)


@lru_cache(4096)
def _meaning(text: str) -> _Meaning:
    """As `_meaning_of`: the configs of a repository say the same few things many times."""
    return _meaning_of(text)


def without_literal(value: Value) -> Value:
    """A credential's value with the literal itself left out: facts never hold a secret."""
    if value.kind is ValueKind.LITERAL or value.default:
        return Value("", value.kind, value.span, value.ref, None, value.dialect)
    return value
