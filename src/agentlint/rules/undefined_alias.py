from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.names import Names, NameUse, Use, unknown_uses
from agentlint.facts.project import Project
from agentlint.facts.route import Route
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("undefined-alias", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    everywhere = (*project.files, *project.context)
    names = Names.of(route for file in everywhere for route in file.of(Route))
    for use in unknown_uses(project.all(Route), names):
        yield _finding(use, names, ctx)


def _finding(use: NameUse, names: Names, ctx: Context) -> Finding:
    assert use.name.span is not None
    nearest = names.nearest(use.name.raw)
    return ctx.finding(
        use.route.path,
        use.name.span,
        _message(use),
        help=f"did you mean `{nearest}`?"
        if nearest
        else "define it in the route table, or take it out here",
        subject=f"{use.route.name}: {use.name.raw}",
    )


def _message(use: NameUse) -> str:
    name, route = use.name.raw, use.route.name
    match use.use:
        case Use.SUBJECT:
            return f"fallbacks are listed for `{name}`, a name that no route has"
        case Use.TARGET:
            return f"`{route}` leads to `{name}`, a name that no route has"
        case Use.FALLBACK:
            return f"route `{route}` falls back to `{name}`, a name that no route has"
