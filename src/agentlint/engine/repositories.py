"""Checking many repositories, each as if it were alone, by whatever runs tasks.

from distributed import Client
from agentlint.engine.repositories import Plan, check_repositories, merged

with Client(...) as client:
    plan = Plan(today=date.today())
    report = merged(check_repositories(checkouts, plan, executor=client.get_executor()))
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from agentlint.config import ConfigError
from agentlint.engine.processes import Lost, in_order, outcome
from agentlint.engine.processors import usable_processors
from agentlint.engine.request import Run
from agentlint.engine.run import run
from agentlint.engine.run_settings import Overrides, run_over, with_baseline
from agentlint.findings import Comparison, Finding, Location, Notice, NoticeKind
from agentlint.reporters.report import Report


class Plan(Struct, frozen=True):
    """How each repository is checked; the fields mean what they mean in `Run`.

    It is picklable, as reports are: a task takes a plan and the name of a folder, and gives a report.
    """

    today: date
    overrides: Overrides = Overrides()
    force_exclude: bool = False
    honour_comments: bool = True
    cache: Path | None = None


def check_repositories(
    checkouts: Iterable[str], plan: Plan, *, executor: Executor | None = None, jobs: int = 0
) -> Iterator[Report]:
    """The report of each folder, in order, as `check_repository` gives it.

    `executor` runs one task a folder: any `concurrent.futures.Executor` will do, such as those of
    Dask and Ray, whose workers must see the folders. Without one, `jobs` processes of this machine
    do it, as many as it has processors for 0. A task that raises, or whose process is killed, is a
    notice in the report of its folder.
    """
    names = list(checkouts)
    work = partial(check_repository, plan=plan)
    results = _by(executor, work, names) if executor else _by_processes(work, names, jobs)
    for name, result in zip(names, results, strict=True):
        if isinstance(result, Lost):
            message = f"agentlint failed on this checkout: {result.reason}"
            yield _unchecked(name, NoticeKind.INTERNAL, message)
        else:
            yield result


def check_repository(checkout: str, plan: Plan) -> Report:
    """The report of a folder that is its own root, with its own settings; its paths begin with
    `checkout` as written, but for a leading `./`.

    A folder that is not there is a notice, and so are settings that cannot be used: both make the
    report one of a run that failed. Never raises for what the folder holds.
    """
    root = Path(os.path.realpath(checkout))
    if not os.path.isdir(root):
        what = "not a folder" if os.path.lexists(root) else "no such folder"
        return _unchecked(checkout, NoticeKind.NO_CHECKOUT, what)
    try:
        return _with_prefix(run(_request(root, plan)), _prefix(checkout))
    except ConfigError as error:
        return _unchecked(checkout, NoticeKind.SETTINGS, str(error))
    except FileNotFoundError:
        return _unchecked(checkout, NoticeKind.NO_CHECKOUT, "no such folder")


def merged(reports: Iterable[Report]) -> Report:
    """One report of all, in the order in which they come."""
    parts = list(reports)
    compared = [part.baseline for part in parts if part.baseline]
    return Report(
        findings=tuple(finding for part in parts for finding in part.findings),
        notices=tuple(notice for part in parts for notice in part.notices),
        suppressed=tuple(item for part in parts for item in part.suppressed),
        suppressed_count=sum(part.suppressed_count for part in parts),
        baseline=Comparison(
            sum(one.hidden for one in compared),
            tuple(entry for one in compared for entry in one.stale),
        )
        if compared
        else None,
        files_read=sum(part.files_read for part in parts),
        files_skipped=sum(part.files_skipped for part in parts),
        sources={path: source for part in parts for path, source in part.sources.items()},
        secrets={path: secrets for part in parts for path, secrets in part.secrets.items()},
        unwritable=frozenset(path for part in parts for path in part.unwritable),
    )


def _by(
    executor: Executor, work: Callable[[str], Report], names: Sequence[str]
) -> Iterator[Report | Lost]:
    futures = [executor.submit(work, name) for name in names]
    try:
        for future in futures:
            try:
                yield outcome(future.result)
            except BrokenExecutor as error:  # each of its futures says so
                yield Lost(type(error).__name__)
    finally:
        for future in futures:
            future.cancel()


def _by_processes(
    work: Callable[[str], Report], names: Sequence[str], jobs: int
) -> Iterator[Report | Lost]:
    processes = min(jobs or usable_processors(), usable_processors(), len(names))
    return in_order(work, names, processes) if processes > 1 else map(work, names)


def _request(root: Path, plan: Plan) -> Run:
    return replace(
        with_baseline(run_over(root, root, plan.today, plan.overrides)),
        force_exclude=plan.force_exclude,
        honour_comments=plan.honour_comments,
        cache=plan.cache,
    )


def _unchecked(checkout: str, kind: NoticeKind, message: str) -> Report:
    return Report(notices=(Notice(checkout, 0, kind, message),), sources={}, secrets={})


def _prefix(checkout: str) -> str:
    """What paths of a checkout begin with, so that they lead there from where it was named."""
    name = checkout.replace(os.sep, "/").removeprefix("./")
    return "" if name in ("", ".") else f"{name.rstrip('/')}/"


def _with_prefix(report: Report, prefix: str) -> Report:
    baseline = report.baseline
    return replace(
        report,
        findings=tuple(_moved(finding, prefix) for finding in report.findings),
        notices=tuple(
            replace(notice, path=prefix + notice.path if notice.path else prefix.rstrip("/"))
            for notice in report.notices
        ),
        suppressed=tuple(
            replace(
                item,
                finding=_moved(item.finding, prefix),
                comment=item.comment and _place(item.comment, prefix),
            )
            for item in report.suppressed
        ),
        baseline=baseline
        and replace(
            baseline,
            stale=tuple(replace(entry, path=prefix + entry.path) for entry in baseline.stale),
        ),
        sources={
            prefix + path: replace(source, path=prefix + path)
            for path, source in report.sources.items()
        },
        secrets={prefix + path: secrets for path, secrets in report.secrets.items()},
        unwritable=frozenset(prefix + path for path in report.unwritable),
    )


def _moved(finding: Finding, prefix: str) -> Finding:
    return replace(
        finding,
        location=_place(finding.location, prefix),
        related=tuple(
            replace(related, location=_place(related.location, prefix))
            for related in finding.related
        ),
    )


def _place(location: Location, prefix: str) -> Location:
    return replace(location, path=prefix + location.path)
