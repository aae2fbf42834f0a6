from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import FileKind
from agentlint.facts.contract import REPORT, SOURCE, STOP, InstructionContract
from agentlint.facts.project import Project, Reach
from agentlint.facts.route import Route
from agentlint.facts.tables.route_tables import FORMAT as HAND_WRITTEN
from agentlint.facts.values.value import Value
from agentlint.findings import Finding
from agentlint.knowledge.records import truth_value
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

_DUTIES = {REPORT: "say which instructions it followed", STOP: "stop where they conflict"}
_MAIN_FILES = ("AGENTS.md", "CLAUDE.md")
_HELP = f"write `{SOURCE}: AGENTS.md` with `{REPORT}: true` and `{STOP}: true`"


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    contracts = [found for found in project.everywhere(InstructionContract) if not found.in_test]
    judged = {file.path for file in project.files}
    for contract in contracts:
        if contract.path in judged:
            yield from _broken(contract, project, ctx)
    is_named = any(contract.source.given for contract in contracts)
    if project.reach is Reach.WHOLE and not is_named:
        yield from _unnamed(project, ctx)


def _unnamed(project: Project, ctx: Context) -> Iterator[Finding]:
    """A route table beside instructions of which none is named as the one to follow."""
    table = next((r for r in project.everywhere(Route) if _is_table(r)), None)
    files = [file for file in project.files if file.kind == FileKind.INSTRUCTION]
    if table is None:
        return
    if files:
        path, span = min((file.path for file in files), key=_rank), Span(0, 0)
    elif table.format == HAND_WRITTEN and table in project.all(Route):
        path, span = table.path, table.place
    else:
        return
    message = "calls are routed here, and no file names the instruction source"
    yield ctx.finding(path, span, message, help=_HELP, subject=SOURCE)


def _rank(path: str) -> tuple[int, bool, str]:
    """The file that agents are most likely to read first has the lowest."""
    return path.count("/"), path.rpartition("/")[2] not in _MAIN_FILES, path


def _broken(contract: InstructionContract, project: Project, ctx: Context) -> Iterator[Finding]:
    """What a contract leaves out, turns off, or names though it does not exist."""
    for key, value in ((REPORT, contract.report), (STOP, contract.stop)):
        if truth_value(value.raw) is False and value.span:
            message = f"`{key}` is off: the agent need not {_DUTIES[key]}"
            yield ctx.finding(contract.path, value.span, message, help=_HELP, subject=key)
        elif not value.given and contract.source.given:
            message = f"the instruction contract is missing `{key}`"
            yield ctx.finding(contract.path, contract.place, message, help=_HELP, subject=key)
    named = contract.source
    if contract.source_exists or project.reach is Reach.CUT:
        return
    names_file = named.literal and _looks_like_file(named)
    if names_file and named.span and not _exists(named, project):
        message = f"the instruction source `{named.raw}` does not exist"
        yield ctx.finding(contract.path, named.span, message, subject=SOURCE)


def _is_table(route: Route) -> bool:
    """Whether a route is known by a name that instructions could use."""
    return route.in_table and route.alias.literal is not None and route.effective


def _looks_like_file(value: Value) -> bool:
    return value.raw.endswith((".md", ".mdc"))


def _exists(value: Value, project: Project) -> bool:
    """Whether a file of that name was read, in whatever folder: a scope may be a part of the tree."""
    return value.raw.removeprefix("./") in project.once(_known_names)


def _known_names(project: Project) -> frozenset[str]:
    """Every path that was read, told from the root and from each folder on the way to it."""
    paths = [file.path.split("/") for file in (*project.files, *project.context)]
    return frozenset("/".join(parts[start:]) for parts in paths for start in range(len(parts)))
