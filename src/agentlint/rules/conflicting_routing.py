from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from agentlint.facts.project import Project
from agentlint.facts.readers import SharedReader, shared_reader
from agentlint.facts.routing_order import EVERYTHING, RoutingOrder, TargetKind
from agentlint.findings import Finding, Location, Related, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

MAX_CONFLICTS = 100
"""Findings for one task and two files: more of them say nothing new."""


@rule("conflicting-routing", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    by_task: defaultdict[tuple[TargetKind, str], dict[str, list[RoutingOrder]]]
    by_task = defaultdict(lambda: defaultdict(list))
    for order in project.all(RoutingOrder):
        for task in order.tasks:
            by_task[order.kind, task][order.path].append(order)
    for (_, task), files in by_task.items():
        for first, second in combinations(files.values(), 2):
            yield from islice(_conflicts(task, first, second, ctx), MAX_CONFLICTS)


def _conflicts(
    task: str, first: Sequence[RoutingOrder], second: Sequence[RoutingOrder], ctx: Context
) -> Iterator[Finding]:
    """What two files say of one task, where one reader has both."""
    reader = shared_reader((first[0].path, first[0].format), (second[0].path, second[0].format))
    if reader is None:
        return
    targets = {order.target.value.lower(): order for order in reversed(first)}
    for other in second:
        for target, one in targets.items():
            if target != other.target.value.lower():
                yield _finding(task, one, other, reader, ctx)


def _finding(
    task: str, one: RoutingOrder, other: RoutingOrder, reader: SharedReader, ctx: Context
) -> Finding:
    work = "all work" if task == EVERYTHING else f"“{task}”"
    target, elsewhere = other.target.value, one.target.value
    return ctx.finding(
        other.path,
        other.target.span,
        f"{work} goes to `{target}` here, and to `{elsewhere}` in {one.path}",
        severity=Severity.INFO if reader.settled else None,
        help=f"say it in one of the two files: {reader.precedence}",
        related=(Related(Location(one.path, one.target.span), f"here it goes to `{elsewhere}`"),),
        # Not the work: its words are prose, and rewording them mends nothing.
        subject=f"{other.kind}: {target}, and {elsewhere} in {one.path}",
    )
