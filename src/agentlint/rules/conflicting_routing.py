from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from agentlint.facts.project import Project
from agentlint.facts.routing_order import EVERYTHING, RoutingOrder, TargetKind
from agentlint.facts.tools.shared_readers import SharedReader, read_together, shared_reader
from agentlint.findings import Finding, Location, Related, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

MAX_CONFLICTS = 10
"""Findings for one task and one place: more of them say nothing new. Whatever the number, each place
that contradicts another is told of, as the place of a finding or beside one."""


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    by_task: defaultdict[tuple[TargetKind, str], dict[str, list[RoutingOrder]]]
    by_task = defaultdict(lambda: defaultdict(list))
    for order in project.all(RoutingOrder):
        for task in order.tasks:
            by_task[order.kind, task][order.path].append(order)
    for (_, task), found in by_task.items():
        files, said = list(found.values()), Counter[tuple[str, Span]]()
        pairs = read_together([(orders[0].path, orders[0].format) for orders in files])
        for first, second in pairs:
            yield from _conflicts(task, files[first], files[second], said, ctx)


def _conflicts(
    task: str,
    first: Sequence[RoutingOrder],
    second: Sequence[RoutingOrder],
    said: Counter[tuple[str, Span]],
    ctx: Context,
) -> Iterator[Finding]:
    """What two files say of one task, where one reader has both; `said` counts what was said."""
    reader = shared_reader((first[0].path, first[0].format), (second[0].path, second[0].format))
    if reader is None:
        return
    targets = {_target(order): order for order in reversed(first)}.values()
    pairs = {
        (_place(one), _place(other)): (one, other)
        for one, other in (
            *((one, other) for other in second for one in _against(other, targets, said)),
            *((one, other) for one in targets for other in _against(one, second, said)),
        )
    }
    for one, other in pairs.values():
        said.update((_place(one), _place(other)))
        yield _finding(task, one, other, reader, ctx)


def _against(
    order: RoutingOrder, others: Iterable[RoutingOrder], said: Counter[tuple[str, Span]]
) -> Iterator[RoutingOrder]:
    """The orders that name another target, as far as there is more to say of the place."""
    room = MAX_CONFLICTS - said[_place(order)]
    if room > 0:
        yield from islice((o for o in others if _target(o) != _target(order)), room)


def _target(order: RoutingOrder) -> str:
    return order.target.value.lower()


def _place(order: RoutingOrder) -> tuple[str, Span]:
    return order.path, order.target.span


def _finding(
    task: str, one: RoutingOrder, other: RoutingOrder, reader: SharedReader, ctx: Context
) -> Finding:
    work = "all work" if task == EVERYTHING else f"“{task}”"
    target, elsewhere = other.target.value, one.target.value
    return ctx.finding(
        other.path,
        other.target.span,
        f"{work} goes to `{target}` here, and to `{elsewhere}` in {one.path}",
        severity=Severity.INFO if reader.has_winner else None,
        help=f"say it in one of the two files: {reader.precedence}",
        related=(Related(Location(one.path, one.target.span), f"here it goes to `{elsewhere}`"),),
        # Not the work: its words are prose, and rewording them mends nothing.
        subject=f"{other.kind}: {target}, and {elsewhere} in {one.path}",
    )
