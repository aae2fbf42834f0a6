"""The kinds of record that the guides ask for: their fields, allowed values and what must agree."""

from collections.abc import Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache

from msgspec import Struct

from agentlint.knowledge.data import rows, typed_rows
from agentlint.text import Pattern

PASSED = ("pass", "true")
"""What a result says of what passed, as `matches` reads it."""


class Form(StrEnum):
    """What a field holds."""

    TEXT = "text"
    WORDS = "words"
    STATUS = "status"
    BOOLEAN = "boolean"
    FAMILY = "family"
    DAY = "day"
    NUMBER = "number"
    LIST = "list"


class FieldRule(Struct, frozen=True):
    """One field of a kind of record.

    `also` are its other spellings. `values` are what may stand there, as `matches` reads them.
    `where_role` makes a field required only where the route table has that role. `fill` and
    `placeholder` are for a new record.
    """

    name: str
    also: tuple[str, ...] = ()
    form: Form = Form.TEXT
    values: tuple[str, ...] = ()
    optional: bool = False
    may_be_empty: bool = False
    where_role: str = ""
    fill: str = ""
    placeholder: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its own name, and the others."""
        return (self.name, *self.also)


class Truth(Struct, frozen=True):
    """Where the fields of `when` hold one of their values, so must those of `needs`."""

    when: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[str, ...]]
    because: str


_COLUMNS = {"signatures": "signature", "fields": "field", "item_fields": "item", "truths": "truth"}


class RecordKind(Struct, frozen=True, rename=_COLUMNS):
    """One `[[record]]` row of `rules/data/records.toml`.

    `items` names the field with a list of further mappings, `aliases` the one with the aliases that
    were tested, `note` the one that promises a rollback note; each is "" where the kind has none.
    `layout` is the language that a new record is written in.
    """

    id: str
    title: str
    source: str
    layout: str
    signatures: tuple[frozenset[str], ...]
    fields: tuple[FieldRule, ...]
    items: str = ""
    item_fields: tuple[FieldRule, ...] = ()
    aliases: str = ""
    note: str = ""
    truths: tuple[Truth, ...] = ()

    def field(self, name: str) -> FieldRule | None:
        """The field that a key names, by any of its spellings."""
        return find_field(self.fields, name)


_STATUS = Pattern(r"(?P<category>[1-5])(?:xx|[0-9]{2})")
_YES = frozenset({"yes", "true", "y", "on"})
_NO = frozenset({"no", "false", "n", "off"})


def record_kinds() -> tuple[RecordKind, ...]:
    """Every kind, in the order of the table."""
    return _kinds()


def record_kind(kind_id: str) -> RecordKind:
    """The kind of an id; raises KeyError for none."""
    return {kind.id: kind for kind in _kinds()}[kind_id]


def kind_of_keys(keys: frozenset[str]) -> RecordKind | None:
    """The kind whose signature a mapping with these keys bears, or None."""
    for kind in _kinds():
        if any(signature <= keys for signature in kind.signatures):
            return kind
    return None


def signature_words() -> frozenset[str]:
    """One key of every signature: a text that holds none of them holds no record."""
    return frozenset(max(group, key=len) for kind in _kinds() for group in kind.signatures)


def unsafe_fields() -> Mapping[str, str]:
    """What each field that no record may have would hold, by the name of the field."""
    return _unsafe()


def find_field(fields: tuple[FieldRule, ...], name: str) -> FieldRule | None:
    """The field that a key names, by any of its spellings."""
    return next((field for field in fields if name in field.spellings), None)


def truth_value(text: str) -> bool | None:
    """The boolean that a word stands for: `yes` and `true`, `no` and `false`; None for another."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def matches(text: str, values: tuple[str, ...]) -> bool:
    """Whether a text is one of `values`, in any letter case.

    A value such as `4xx` stands for that category and for every number in it, `true` and `false`
    for the words that mean them, and `*` for any run of characters.
    """
    word = text.strip().lower()
    status = _STATUS.fullmatch(word)
    if status and f"{status['category']}xx" in values:
        return True
    said = truth_value(word)
    if said is not None and str(said).lower() in values:
        return True
    return any(fnmatchcase(word, value) for value in values)


@cache
def _kinds() -> tuple[RecordKind, ...]:
    return typed_rows("records", "record", RecordKind)


@cache
def _unsafe() -> Mapping[str, str]:
    return {name: row["what"] for row in rows("records", "unsafe") for name in row["fields"]}
