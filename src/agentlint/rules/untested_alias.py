from __future__ import annotations

from collections.abc import Iterator, Mapping

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.smoke_test import SmokeTest
from agentlint.findings import Finding, Location, Related
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_WORKFLOWS = ".github/workflows/"


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    tested = _tested(project)
    if not tested:
        return
    for file in project.files:
        aliases = _aliases(file)
        covered = [name for name in aliases if name in tested]
        for name, route in aliases.items():
            if not covered or name in tested or route.alias.span is None:
                continue
            yield ctx.finding(
                file.path,
                route.alias.span,
                f"no smoke test calls `{name}`, though `{covered[0]}` has one",
                help="send one request to every alias of the table",
                related=(Related(tested[covered[0]], f"`{covered[0]}` is tested here"),),
                subject=name,
            )


def _tested(project: Project) -> Mapping[str, Location]:
    """Each name that a smoke test or a workflow's curl may call, and where."""
    found: dict[str, Location] = {}
    for test in project.all(SmokeTest):
        for word in test.words:
            found.setdefault(word, Location(test.path, test.span))
    for call in project.all(Route):
        if call.kind is RouteKind.CALL and call.path.startswith(_WORKFLOWS) and call.model.literal:
            found.setdefault(call.model.literal, Location(call.path, call.place))
    return found


def _aliases(file: FileFacts) -> Mapping[str, Route]:
    """The names of a file's route table, each with the first route that has it."""
    found: dict[str, Route] = {}
    for route in file.of(Route):
        name = route.alias.literal
        if route.in_table and name and "*" not in name:
            found.setdefault(name, route)
    return found
