from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.section import Link, MigrationBlock, Section, WayBackKey
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_HELP = (
    "add a rollback section, a `rollback` or `previous_*` key, or a link to the note that tells "
    "how to go back"
)


@rule("missing-rollback-note", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for file in project.files:
        if not _tells_way_back(file) and not _beside(file, project):
            yield from _findings(file, ctx)


def _findings(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    reported: set[int] = set()
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
            "a migration of model calls with no rollback note beside it",
            help=_HELP,
            subject=section.title,
        )
    for block in file.of(MigrationBlock):
        yield ctx.finding(
            file.path,
            block.span,
            f"`{block.key}` moves model calls with no rollback note beside it",
            help=_HELP,
            subject=block.key,
        )


def _tells_way_back(file: FileFacts) -> bool:
    return bool(file.of(WayBackKey)) or any(section.way_back for section in file.of(Section))


def _beside(file: FileFacts, project: Project) -> bool:
    """Whether a link of the file, what it links to, or a neighbour that says so tells the way back."""
    for link in file.of(Link):
        target = project.file(link.target)
        if link.says_rollback or (target and _tells_way_back(target)):
            return True
    return any(_is_rollback_note(neighbour) for neighbour in project.folder(file.path))


def _is_rollback_note(file: FileFacts) -> bool:
    """Whether a file's own name, or one of its headings, says rollback."""
    name = file.path.rpartition("/")[2].lower()
    if "rollback" in name or "roll-back" in name or "roll_back" in name:
        return True
    return any(section.way_back and "roll" in section.title.lower() for section in file.of(Section))
