from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from agentlint.facts.project import Project
from agentlint.facts.readers import SharedReader, shared_reader
from agentlint.facts.routing_order import EVERYTHING, RoutingOrder, TargetKind
from agentlint.findings import Finding, Location, Related, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("conflicting-routing", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    by_task: defaultdict[tuple[TargetKind, str], list[RoutingOrder]] = defaultdict(list)
    for order in project.all(RoutingOrder):
        for task in order.tasks:
            by_task[order.kind, task].append(order)
    for (_, task), orders in by_task.items():
        for one, other in combinations(orders, 2):
            if one.path == other.path or _are_alike(one, other):
                continue
            reader = shared_reader((one.path, one.format), (other.path, other.format))
            if reader:
                yield _finding(task, one, other, reader, ctx)


def _are_alike(one: RoutingOrder, other: RoutingOrder) -> bool:
    return one.target.value.lower() == other.target.value.lower()


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
