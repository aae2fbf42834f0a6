from __future__ import annotations

from collections.abc import Iterator, Sequence

from agentlint.facts.project import Project
from agentlint.findings import Finding, Location, Related
from agentlint.rules.approvals import Approval, ModelUse, approvals, model_uses
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("unapproved-model", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    listed, recorded = ctx.settings.models.approved, approvals(project)
    if not listed and not recorded:
        return
    for use in model_uses(project):
        own = [approval for approval in recorded if approval.covers(use)]
        if not use.is_named(listed) and not (own and own[-1].passed):
            yield _finding(use, own, ctx, kept_as_records=bool(recorded))


def _finding(
    use: ModelUse, own: Sequence[Approval], ctx: Context, *, kept_as_records: bool
) -> Finding:
    where = "record its approval" if kept_as_records else "add the model to `[models] approved`"
    return ctx.finding(
        use.path,
        use.span,
        f"the last approval of `{use.model}` did not pass"
        if own
        else f"`{use.model}` is not among the approved models",
        help=f"run the approval and {where}, or use an approved model",
        related=tuple(
            Related(Location(last.path, last.place), "its last approval") for last in own[-1:]
        ),
        subject=use.model,
    )
