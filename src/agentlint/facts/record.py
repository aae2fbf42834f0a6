"""A record of gateway work: a migration check, a run, an approval or a smoke test."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.values.value import Located, Value
from agentlint.text import Span


class RecordField(Struct, frozen=True):
    """`name` is the field's own name and `key` its spelling here. `values` are the scalar, or those
    of a list, that are given; `size` counts whatever stands there, mappings too."""

    name: str
    key: Located[str]
    values: tuple[Value, ...]
    size: int

    @property
    def value(self) -> Value | None:
        return self.values[0] if self.values else None

    @property
    def text(self) -> str:
        """The first value as written, "" for none."""
        return self.values[0].raw if self.values else ""

    @property
    def place(self) -> Span:
        """The value, or the key where there is none."""
        return (self.values[0].span if self.values else None) or self.key.span


class UnsafeField(Struct, frozen=True):
    """A field that no record should have; `what` it gives away. The value itself is never kept."""

    key: Located[str]
    what: str


class Record(Struct, frozen=True):
    """A mapping that bears the signature of a kind of `rules/data/records.toml`.

    `place` is its first key. `items` are the mappings of the list that the kind names. A record with
    a placeholder for a value `is_template`: it proves nothing, and nothing is asked of it.
    """

    path: str
    kind: str
    span: Span
    place: Span
    fields: tuple[RecordField, ...]
    items: tuple[tuple[RecordField, ...], ...] = ()
    unsafe: tuple[UnsafeField, ...] = ()
    is_template: bool = False
    in_test: bool = False

    @property
    def proves(self) -> bool:
        """Whether it tells what somebody did: no template, and not made up for a test."""
        return not self.is_template and not self.in_test

    def field(self, name: str) -> RecordField | None:
        return find(self.fields, name)

    def text(self, name: str) -> str:
        """The first value of a field as written, "" where it is not given."""
        found = self.field(name)
        return found.text if found else ""


def find(fields: tuple[RecordField, ...], name: str) -> RecordField | None:
    """The field of that name among those of a record or of one of its items."""
    return next((field for field in fields if field.name == name), None)
