"""What would mend a finding: as a rule means it, and as edits of the file's text.

A rule knows facts and no text, so it says what shall change (`NewValue`, `NewEntry` ...); the room
`fixes` spells that in the syntax of the file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from agentlint.text import Span


class Applicability(StrEnum):
    """What applying a fix may do: `safe` keeps the meaning, `unsafe` may not."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(Struct, frozen=True):
    """Replace the text of `span` by `text`; an empty span inserts."""

    span: Span
    text: str


class NewValue(Struct, frozen=True):
    """Let the value that stands at `span` be `text`, in the quotes that it has."""

    span: Span
    text: str


class NewEntry(Struct, frozen=True):
    """Write `key` with the value `text` next to the entry whose value stands at `beside`, in the
    mapping that stands at `mapping`."""

    mapping: Span
    beside: Span
    key: str
    text: str


class NewKey(Struct, frozen=True):
    """Let the entry whose value stands at `value` have the key `text`; its value stays."""

    value: Span
    text: str


class NoEntry(Struct, frozen=True):
    """Take out the entry whose value stands at `value`, with the rest of its line."""

    value: Span


class NewWord(Struct, frozen=True):
    """Let the word of a text for people that stands at `span` be `text`, unless its paragraph, heading
    or table row says `text` already, as a word of its own: there the two are told apart."""

    span: Span
    text: str


class FromEnvironment(Struct, frozen=True):
    """Let a program read the text at `span` from the environment variable `variable`."""

    span: Span
    variable: str


class NoComment(Struct, frozen=True):
    """Take the words at `name` out of the list at `names`, and with its last word the comment that
    says no more than `said`."""

    said: Span
    names: tuple[Span, ...]
    name: Span


class NewSection(Struct, frozen=True):
    """Write a heading of `level` with the paragraphs of `body` behind the text at `behind`."""

    behind: Span
    level: int
    title: str
    body: tuple[str, ...]


Change: TypeAlias = (
    Edit
    | NewValue
    | NewEntry
    | NewKey
    | NoEntry
    | NewWord
    | FromEnvironment
    | NoComment
    | NewSection
)


class Repair(Struct, frozen=True):
    """All of `changes` or none of them; `title` says in a clause what they do and holds no secret.

    `variable` is the one that shall hold what stands there from now on, and so nothing else.
    """

    title: str
    applicability: Applicability
    changes: tuple[Change, ...]
    variable: str = ""


class Fix(Struct, frozen=True):
    """A repair as edits, at least one, in order of place; they never overlap."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]
