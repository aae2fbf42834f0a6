"""Records in a data tree, known by their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.documents import (
    DataDocument,
    Entry,
    Mapping,
    Node,
    Scalar,
    ScalarKind,
    Sequence,
    walk,
)
from agentlint.facts.detectors.redaction import redact
from agentlint.facts.record import Record, RecordField, UnsafeField
from agentlint.facts.source import Source
from agentlint.facts.tree import mapping_items, scalars
from agentlint.facts.values.value import Located, Value, ValueKind, classified
from agentlint.knowledge.records import (
    FieldRule,
    RecordKind,
    find_field,
    kind_of_keys,
    signature_words,
    unsafe_fields,
)
from agentlint.text import Pattern, may_spell_any

_UNFILLED = Pattern(
    r"[\w./-]{1,60}(?:\s?\|\s?[\w./-]{1,60}){1,8}|Y{2,4}-M{1,2}-D{1,2}.{0,40}", re.IGNORECASE
)
_LEFT_OUT = Pattern(
    r".{0,40}(?:redact|withh|omit|remov|strip|not[ _-](?:logged|recorded|stored|kept)).{0,80}"
    r"|(?:none|no|false|null|n/a|-|empty|sha\d{1,3}[:=].{0,200})",
    re.IGNORECASE,
)
_NAME_OR_PATH = Pattern(r"[\w./:@#-]{1,200}")
_VARIABLE = Pattern(r"[A-Z][A-Z0-9_]{2,80}")
_REFERENCES = (ValueKind.ENV_REF, ValueKind.SECRET_REF, ValueKind.FILE_REF)
_ADDRESS = "gateway_"
_CREDENTIAL, _USER_DATA = "a credential", "user data"


def records(document: DataDocument, source: Source) -> Iterator[Record]:
    """The records of every tree of a document, in order, those inside other data too."""
    if not may_spell_any(document.region.text, signature_words()):
        return
    for root in document.roots:
        for pointer, node in walk(root):
            if isinstance(node, Mapping) and "properties" not in pointer[-1:]:
                kind = _kind(node)
                if kind:
                    yield _record(kind, node, source)


def _kind(node: Mapping) -> RecordKind | None:
    """The kind of a mapping; a key with a mapping below it describes a record and is none."""
    keys = (e.key.text for e in node.entries if isinstance(e.value, Scalar | Sequence))
    return kind_of_keys(frozenset(keys))


def _record(kind: RecordKind, node: Mapping, source: Source) -> Record:
    fields = tuple(_fields(node, kind.fields))
    items = tuple(
        tuple(_fields(item, kind.item_fields)) for _, item in mapping_items(node, kind.items)
    )
    return Record(
        path=source.path,
        kind=kind.id,
        span=node.span,
        place=node.entries[0].key.span,
        fields=fields,
        items=items,
        unsafe=tuple(_unsafe_fields(node, kind)),
        is_template=_is_template(fields, kind.fields)
        or any(_is_template(item, kind.item_fields) for item in items),
        in_test=source.in_test,
    )


def _fields(node: Mapping, rules: tuple[FieldRule, ...]) -> Iterator[RecordField]:
    seen: set[str] = set()
    # Of a key that is there twice, readers take the last value.
    for entry in {entry.key.text: entry for entry in node.entries}.values():
        rule = find_field(rules, entry.key.text)
        if rule and rule.name not in seen:
            seen.add(rule.name)
            yield _field(rule.name, entry)


def _field(name: str, entry: Entry) -> RecordField:
    values = tuple(
        value
        for item in scalars(entry.value)
        if (value := _masked(item)).kind is not ValueKind.ABSENT
    )
    size = len(entry.value.items) if isinstance(entry.value, Sequence) else len(values)
    return RecordField(name, Located(entry.key.text, entry.key.span), values, size)


def _masked(item: Scalar) -> Value:
    """The value of a field; credentials that someone wrote into it are no part of the fact."""
    value = classified(item.text, item.span)
    return Value(redact(value.raw), value.kind, value.span, value.ref)


def _is_template(fields: tuple[RecordField, ...], rules: tuple[FieldRule, ...]) -> bool:
    notes = {rule.name for rule in rules if rule.may_be_empty}
    return any(
        _is_unfilled(field.name, value)
        for field in fields
        if field.name not in notes
        for value in field.values
    )


def _is_unfilled(name: str, value: Value) -> bool:
    if value.kind is ValueKind.PLACEHOLDER:
        return not _LEFT_OUT.fullmatch(value.raw)
    if value.kind in _REFERENCES:
        return not name.startswith(_ADDRESS)
    if value.kind in (ValueKind.TEMPLATE, ValueKind.COMMAND):
        return True
    return _UNFILLED.fullmatch(value.raw.strip()) is not None


def _unsafe_fields(node: Mapping, kind: RecordKind) -> Iterator[UnsafeField]:
    """Fields of a record, and of what it holds, that give away what no record should."""
    fields, unsafe = {name for f in kind.fields for name in f.spellings}, unsafe_fields()
    for _, inner in walk(node):
        for entry in inner.entries if isinstance(inner, Mapping) else ():
            name = entry.key.text.lower().replace("-", "_")
            what = unsafe.get(name)
            if what and name not in fields and _gives_away(entry.value, what):
                yield UnsafeField(Located(entry.key.text, entry.key.span), what)


def _gives_away(node: Node, what: str) -> bool:
    """Whether a value says more than a reference, a file name or that it was left out."""
    if not isinstance(node, Scalar):
        return bool(node.entries if isinstance(node, Mapping) else node.items)
    text = node.text.strip()
    if node.kind is not ScalarKind.STRING or not text or _LEFT_OUT.fullmatch(text):
        return False
    if classified(text, node.span).kind is not ValueKind.LITERAL:
        return False
    if what == _CREDENTIAL:
        return not _VARIABLE.fullmatch(text)
    return what == _USER_DATA or not _NAME_OR_PATH.fullmatch(text)
