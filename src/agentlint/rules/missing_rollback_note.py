from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cache

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.section import MigrationBlock, RouteMove, Section
from agentlint.findings import Applicability, Finding, NewSection, Repair
from agentlint.knowledge.records import record_kind, truth_value
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.way_back import dangling_notes, has_way_back
from agentlint.text import Pattern

# A path that needs no escapes as the target of a link.
_PATH = Pattern(r"[\w./-]{1,300}")
_HELP = (
    "add a rollback section, a `rollback` or `previous_*` key, or a link to the note that tells "
    "how to go back"
)


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for file in project.files:
        found = [*_moves(file, project, ctx)] or [*_unready(file, ctx)]
        if found and not has_way_back(file, project):
            yield from found


def _moves(file: FileFacts, project: Project, ctx: Context) -> Iterator[Finding]:
    reported: set[int] = set()
    dangling = cache(lambda: _dangling(file, project))
    for section in file.of(Section):
        if section.migration is None:
            continue
        if section.parent in reported:
            reported.add(section.index)
            continue
        reported.add(section.index)
        yield ctx.finding(
            file.path,
            section.migration.span,
            f"a migration of model calls with no rollback note beside it{dangling()}",
            help=_HELP,
            subject=section.title,
            repair=_template(section, project) if len(reported) == 1 else None,
        )
    for block in file.of(MigrationBlock):
        yield ctx.finding(
            file.path,
            block.span,
            f"`{block.key}` moves model calls with no rollback note beside it{dangling()}",
            help=_HELP,
            subject=block.key,
        )
    for move in file.of(RouteMove):
        yield ctx.finding(
            file.path,
            move.span,
            f"this change moves {_routes(move)} from `{move.before}` to `{move.after}` with no "
            f"rollback note beside it{dangling()}",
            help=_HELP,
            subject=f"{move.names[0]}: {move.before}, {move.after}",
        )


def _routes(move: RouteMove) -> str:
    more = len(move.names) - 1
    others = f" and {more} other route{'s' if more > 1 else ''}" if more else ""
    return f"`{move.names[0]}`{others}"


def _template(section: Section, project: Project) -> Repair | None:
    """A rollback section to fill in, for a repository with one route table to go back to; one such
    section does for every migration of a file."""
    tables = project.once(_tables)
    if len(tables) != 1 or not _PATH.fullmatch(table := tables[0]):
        return None
    target = posixpath.relpath(table, posixpath.dirname(section.path) or ".")
    link = f"[{posixpath.basename(table)}]({target})"
    body = (
        f"To go back, restore in {link} what each route had before, then run the smoke test again.",
        "Roll back when: TODO. Owner: TODO.",
    )
    level = max(2, section.level)
    change = NewSection(section.span, level, "Rollback", body)
    return Repair("add a rollback section to fill in", Applicability.UNSAFE, (change,))


def _tables(project: Project) -> tuple[str, ...]:
    return tuple({route.path: None for route in project.everywhere(Route) if route.in_table})


def _dangling(file: FileFacts, project: Project) -> str:
    links = dangling_notes(file, project)
    return f"; `{links[0].target}` does not exist" if links else ""


def _unready(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    """Migration checks that say themselves that there is no way back."""
    for record in file.of(Record):
        promise = record.field(record_kind(record.kind).note)
        if record.proves and promise and truth_value(promise.text) is False:
            yield ctx.finding(
                file.path,
                promise.place,
                f"the migration was checked with `{promise.key.value}: {promise.text}` "
                "and no rollback note beside it",
                help=_HELP,
                subject=f"{record.kind}: {promise.key.value}",
            )
