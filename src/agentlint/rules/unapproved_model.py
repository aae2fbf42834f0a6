from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.project import Project
from agentlint.findings import Finding, Location, Related
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.approvals import Approval, ListedModels, ModelUse, approvals, model_uses


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    listed, recorded = ctx.settings.models.approved, project.once(approvals)
    if not listed and not recorded.records:
        return
    approved = ListedModels.of(listed)
    for use in model_uses(project):
        last = recorded.last(use.model, use.alias)
        if use not in approved and not (last and last.passed):
            yield _finding(use, last, ctx, kept_as_records=bool(recorded.records))


def _finding(
    use: ModelUse, last: Approval | None, ctx: Context, *, kept_as_records: bool
) -> Finding:
    where = "record its approval" if kept_as_records else "add the model to `[models] approved`"
    return ctx.finding(
        use.path,
        use.span,
        f"the last approval of `{use.model}` did not pass"
        if last
        else f"`{use.model}` is not among the approved models",
        help=f"run the approval and {where}, or use an approved model",
        related=(Related(Location(last.path, last.place), "its last approval"),) if last else (),
        subject=use.model,
    )
