from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from agentlint.facts.joins.names import table_aliases
from agentlint.facts.project import Project
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.section import Link
from agentlint.findings import Finding
from agentlint.knowledge.records import RecordKind, record_kind, truth_value
from agentlint.rules.context import Context
from agentlint.rules.incomplete_record.faults import (
    Fault,
    contradictions,
    gaps,
    item_faults,
    odd_values,
)
from agentlint.rules.rule import rule
from agentlint.rules.shared.approvals import day_of
from agentlint.rules.shared.way_back import dangling_notes, has_note


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    records = [record for record in project.all(Record) if record.proves]
    newest = _newest_logs(project) if records else frozenset()
    roles = frozenset(route.role.raw for route in project.everywhere(Route) if route.role.literal)
    notes = _Notes(project)
    for record in records:
        kind = record_kind(record.kind)
        faults = [
            *gaps(record, kind, roles),
            *odd_values(record.fields, kind.fields),
            *contradictions(record, kind),
            *item_faults(record, kind),
            *_promised_note(record, kind, notes),
        ]
        if record in newest:
            faults += _untested(record, kind, project)
        yield from (_finding(fault, record, kind, ctx) for fault in faults)


def _finding(fault: Fault, record: Record, kind: RecordKind, ctx: Context) -> Finding:
    return ctx.finding(
        record.path,
        fault.span,
        fault.message,
        help=fault.help or f"the fields of a {kind.title} are those of {kind.source}",
        subject=f"{record.kind}: {fault.subject}",
    )


def _promised_note(record: Record, kind: RecordKind, notes: _Notes) -> Iterator[Fault]:
    """A record that says that the way back is ready, where nobody can find it."""
    promise = record.field(kind.note)
    if promise is None or truth_value(promise.text) is not True:
        return
    links = notes.dangling(record.path)
    inside = links[bisect_left(links, record.span.start, key=lambda link: link.span.start) :][:1]
    if inside and record.span.contains(inside[0].span):
        yield Fault(
            inside[0].span, f"the rollback note `{inside[0].target}` does not exist", "note"
        )
    elif not notes.exist(record.path):
        message = f"`{promise.key.value}: {promise.text}`, and no rollback note in the repository"
        yield Fault(promise.place, message, promise.name, "write down the way back, and link to it")


class _Notes:
    """The rollback notes of a repository, asked for once a file."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.dangling = cache(self._dangling)
        self.exist = cache(self._exist)

    def _dangling(self, path: str) -> Sequence[Link]:
        file = self._project.file(path)
        return dangling_notes(file, self._project) if file else ()

    def _exist(self, path: str) -> bool:
        file = self._project.file(path)
        return file is not None and has_note(file, self._project)


def _untested(record: Record, kind: RecordKind, project: Project) -> Iterator[Fault]:
    """Aliases of the route tables that the newest log leaves out."""
    listed = record.field(kind.aliases)
    tested = {value.raw for value in listed.values} if listed else set()
    left = sorted(table_aliases(project.everywhere(Route)) - tested)
    if listed and left:
        named = ", ".join(f"`{alias}`" for alias in left)
        yield Fault(listed.key.span, f"the newest log is missing {named}", ",".join(left))


def _newest_logs(project: Project) -> frozenset[Record]:
    """The last smoke test of every kind that lists aliases."""
    newest: dict[str, tuple[date, Record]] = {}
    for record in project.everywhere(Record):
        if record.proves and record_kind(record.kind).aliases:
            day = day_of(record.text("tested_at")) or date.min
            if record.kind not in newest or day >= newest[record.kind][0]:
                newest[record.kind] = (day, record)
    return frozenset(record for _, record in newest.values())
