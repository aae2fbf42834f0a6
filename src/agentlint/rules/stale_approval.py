from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.project import Project
from agentlint.findings import Finding, Location, Related
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.approvals import (
    Approval,
    Approvals,
    ListedModels,
    ModelUse,
    approvals,
    model_uses,
)


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    passed = Approvals.of(record for record in project.once(approvals).records if record.passed)
    approved = ListedModels.of(ctx.settings.models.approved)
    reported = {file.path for file in project.files}
    judged: set[Approval] = set()
    for use in model_uses(project) if passed.records else ():
        last = passed.last(use.model, use.alias)
        if last and last.path in reported and last not in judged and use not in approved:
            judged.add(last)
            yield from _finding(last, use, ctx)


def _finding(approval: Approval, use: ModelUse, ctx: Context) -> Iterator[Finding]:
    allowed = ctx.settings.models.approval_days
    is_stale = approval.day is not None and (ctx.today - approval.day).days > allowed
    if is_stale:
        yield ctx.finding(
            approval.path,
            approval.place,
            f"`{approval.model}` was approved on {approval.day}, more than {allowed} days ago",
            help="run the approval again, or set `[models] approval-days`",
            related=(Related(Location(use.path, use.span), "the model is in use here"),),
            subject=approval.model,
        )
