from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from agentlint.facts.names import table_aliases
from agentlint.facts.project import Project
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.findings import Finding
from agentlint.knowledge.records import RecordKind, record_kind, truth_value
from agentlint.rules.approvals import day_of
from agentlint.rules.context import Context
from agentlint.rules.record_faults import Fault, contradictions, gaps, item_faults, odd_values
from agentlint.rules.rule import rule
from agentlint.rules.way_back import dangling_notes, has_note


@rule("incomplete-record", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    records = [record for record in project.all(Record) if record.proves]
    newest = _newest_logs(project) if records else frozenset()
    roles = frozenset(route.role.raw for route in project.everywhere(Route) if route.role.literal)
    for record in records:
        kind = record_kind(record.kind)
        faults = [
            *gaps(record, kind, roles),
            *odd_values(record.fields, kind.fields),
            *contradictions(record, kind),
            *item_faults(record, kind),
            *_promised_note(record, kind, project),
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


def _promised_note(record: Record, kind: RecordKind, project: Project) -> Iterator[Fault]:
    """A record that says that the way back is ready, where nobody can find it."""
    promise, file = record.field(kind.note), project.file(record.path)
    if promise is None or file is None or truth_value(promise.text) is not True:
        return
    inside = [link for link in dangling_notes(file, project) if record.span.contains(link.span)]
    if inside:
        yield Fault(
            inside[0].span, f"the rollback note `{inside[0].target}` does not exist", "note"
        )
    elif not has_note(file, project):
        message = f"`{promise.key.value}: {promise.text}`, and no rollback note in the repository"
        yield Fault(promise.place, message, promise.name, "write down the way back, and link to it")


def _untested(record: Record, kind: RecordKind, project: Project) -> Iterator[Fault]:
    """Aliases of the route tables that the newest log leaves out."""
    listed = record.field(kind.aliases)
    tested = {value.raw for value in listed.values} if listed else set()
    left = sorted(table_aliases(project.everywhere(Route)) - tested)
    if listed and left:
        named = ", ".join(f"`{alias}`" for alias in left)
        yield Fault(listed.key.span, f"the newest log leaves out {named}", ",".join(left))


def _newest_logs(project: Project) -> frozenset[Record]:
    """The last smoke test of every kind that lists aliases."""
    newest: dict[str, tuple[date, Record]] = {}
    for record in project.everywhere(Record):
        if record.proves and record_kind(record.kind).aliases:
            day = day_of(record.text("tested_at")) or date.min
            if record.kind not in newest or day >= newest[record.kind][0]:
                newest[record.kind] = (day, record)
    return frozenset(record for _, record in newest.values())
