"""What one record lacks or says against itself, by the row of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.facts.record import Record, RecordField, find
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import family_of_path, family_of_word
from agentlint.knowledge.records import (
    PASSED,
    FieldRule,
    Form,
    RecordKind,
    Truth,
    matches,
    truth_value,
)
from agentlint.rules.shared.approvals import day_of
from agentlint.text import Span

_EXPECTED = {
    Form.FAMILY: "an endpoint family",
    Form.DAY: "a date such as `2026-06-08`",
    Form.NUMBER: "a number",
    Form.BOOLEAN: "`yes` or `no`",
}
_VERDICTS = ("pass", "fail")


class Fault(Struct, frozen=True):
    """`subject` names the field at fault for the fingerprint."""

    span: Span
    message: str
    subject: str
    help: str = ""


def gaps(record: Record, kind: RecordKind, roles: frozenset[str]) -> Iterator[Fault]:
    """Required fields that are not there, as one fault, and those that are empty, one by one."""
    required = [f for f in kind.fields if not f.optional and _is_due(f, roles)]
    missing = [f.name for f in required if record.field(f.name) is None]
    if missing:
        listed = " and ".join(filter(None, (_code(missing[:-1]), _code(missing[-1:]))))
        yield Fault(record.place, f"this {kind.title} is missing {listed}", ",".join(missing))
    for rule in required:
        field = record.field(rule.name)
        if field and not field.size and not rule.may_be_empty:
            yield Fault(field.key.span, f"`{field.key.value}` is empty", rule.name)


def odd_values(fields: tuple[RecordField, ...], rules: tuple[FieldRule, ...]) -> Iterator[Fault]:
    """Values that are none of those that their field may have."""
    for rule in rules:
        field = find(fields, rule.name)
        if field and field.text and not is_allowed(field, rule):
            yield Fault(
                field.place,
                f"`{field.key.value}` is `{field.text}`; expected {_expected(rule)}",
                rule.name,
            )


def contradictions(record: Record, kind: RecordKind) -> Iterator[Fault]:
    """Fields that another field of the record cannot be true with."""
    for truth in kind.truths:
        for name, values in truth.when.items():
            claim = record.field(name)
            if claim and claim.text and matches(claim.text, values):
                yield from _against(claim, truth, record, kind)


def item_faults(record: Record, kind: RecordKind) -> Iterator[Fault]:
    """What is wrong with the results that a log lists, one for each alias."""
    listed = record.field(kind.aliases) if kind.aliases else None
    tested = frozenset(value.raw for value in listed.values) if listed else frozenset()
    for item in record.items:
        odd = [*odd_values(item, kind.item_fields)]
        yield from odd
        missing = [rule.name for rule in kind.item_fields if find(item, rule.name) is None]
        if missing and item:
            yield Fault(
                item[0].key.span, f"a result is missing {_code(missing)}", ",".join(missing)
            )
        elif not odd:
            yield from _item_truths(item, record, tested)
    if listed and record.items:
        yield from _uncovered(listed, record, tested)


def is_allowed(field: RecordField, rule: FieldRule) -> bool:
    """Whether the values of a field are of its form; what was left out or refers elsewhere is."""
    return all(
        value.kind is not ValueKind.LITERAL or _fits(value.raw, rule) for value in field.values
    )


def _fits(text: str, rule: FieldRule) -> bool:
    match rule.form:
        case Form.WORDS | Form.STATUS:
            return matches(text, rule.values)
        case Form.BOOLEAN:
            return truth_value(text) is not None
        case Form.FAMILY:
            return (family_of_word(text) or family_of_path(text)) is not None
        case Form.DAY:
            return day_of(text) is not None
        case Form.NUMBER:
            return text.strip().replace(".", "", 1).isdecimal()
        case Form.TEXT | Form.LIST:
            return True


def _expected(rule: FieldRule) -> str:
    if rule.form is Form.STATUS:
        return "a status such as `4xx` or `404`"
    values = _VERDICTS if set(_VERDICTS) <= set(rule.values) else rule.values
    return _EXPECTED.get(rule.form) or " or ".join(f"`{value}`" for value in values)


def _is_due(rule: FieldRule, roles: frozenset[str]) -> bool:
    return not rule.where_role or rule.where_role in roles


def _against(claim: RecordField, truth: Truth, record: Record, kind: RecordKind) -> Iterator[Fault]:
    for name, values in truth.needs.items():
        rule, field = kind.field(name), record.field(name)
        said = f"`{claim.key.value}: {claim.text}`"
        if field is None or not field.text:
            if rule and rule.optional:
                message = f"{said} needs `{name}: {values[0]}`"
                yield Fault(claim.place, message, name, truth.because)
        elif rule and is_allowed(field, rule) and not matches(field.text, values):
            message = f"`{field.key.value}` is `{field.text}` beside {said}"
            yield Fault(field.place, message, name, truth.because)


def _item_truths(
    item: tuple[RecordField, ...], record: Record, tested: frozenset[str]
) -> Iterator[Fault]:
    alias, status, passed = (find(item, name) for name in ("alias", "http_status", "pass"))
    if not alias or not status or not passed:
        return
    if not matches(passed.text, PASSED):
        if matches(record.text("overall_pass"), PASSED):
            message = f"`{alias.text}` did not pass, and the log says that all did"
            yield Fault(passed.place, message, alias.text, "a log passes when each result does")
        return
    wanted = "2xx" if alias.text in tested else "4xx"
    if not matches(status.text, (wanted,)):
        what = "a tested alias answers 2xx" if alias.text in tested else "a bad alias gets a 4xx"
        message = f"`{alias.text}` passed with status `{status.text}`; expected `{wanted}`"
        yield Fault(status.place, message, alias.text, what)


def _uncovered(listed: RecordField, record: Record, tested: frozenset[str]) -> Iterator[Fault]:
    shown = {field.text for item in record.items if (field := find(item, "alias"))}
    for value in listed.values:
        if value.raw not in shown and value.span:
            yield Fault(value.span, f"`{value.raw}` was tested and has no result", value.raw)
    if shown and shown <= tested:
        message = "the log has no error path: no result of an alias that does not exist"
        yield Fault(listed.key.span, message, "error path")


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
