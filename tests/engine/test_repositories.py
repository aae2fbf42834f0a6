"""Many repositories: each is checked as if it were alone, and none stops the others."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from agentlint.config import Profile, Settings
from agentlint.engine import Run, repositories, run
from agentlint.engine.repositories import Plan, check_repositories, check_repository, merged
from agentlint.engine.run_settings import Overrides
from agentlint.findings import Notice, NoticeKind
from agentlint.reporters import FORMATS, Report, render

PLAN = Plan(date(2026, 11, 20))
NAMES = ("one", "two", "gone", "broken", "./three", "file")


@pytest.fixture(autouse=True)
def checkouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # the folder around the checkouts is one itself
    (tmp_path / "agentlint.toml").write_text("ignore = ['ALL']\n")
    for name in ("one", "two", "three", "broken"):
        (tmp_path / name / "docs").mkdir(parents=True)
        (tmp_path / name / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
        (tmp_path / name / "docs" / "AGENTS.md").write_bytes(b"caf\xe9\0\0\n")
    (tmp_path / "two" / "agentlint.toml").write_text("ignore = ['hardcoded-model-id']\n")
    (tmp_path / "broken" / "agentlint.toml").write_text("colour = 'red'\n")
    (tmp_path / "file").write_text("x\n")
    return tmp_path


def said(report: Report) -> tuple[list[str], list[tuple[str, str]]]:
    notices = [(notice.path, notice.kind.value) for notice in report.notices]
    return [finding.path for finding in report.findings], notices


EXPECTED = (
    ["one/AGENTS.md", "three/AGENTS.md"],
    [
        ("one/docs/AGENTS.md", "not-text"),
        ("two/docs/AGENTS.md", "not-text"),
        ("gone", "no-checkout"),
        ("broken", "settings"),
        ("three/docs/AGENTS.md", "not-text"),
        ("file", "no-checkout"),
    ],
)


def test_each_has_its_own_root_and_settings_and_the_report_is_in_order_of_the_list() -> None:
    report = merged(check_repositories(NAMES, PLAN, jobs=1))
    assert said(report) == EXPECTED
    assert report.failed
    assert (report.files_read, report.files_skipped) == (3, 3)
    assert set(report.sources) == {"one/AGENTS.md", "three/AGENTS.md"}
    assert merged(check_repositories(["one", "gone"], PLAN)).failed


def test_a_checkout_is_judged_as_if_it_were_alone(checkouts: Path) -> None:
    alone = run(Run(checkouts / "one", (checkouts / "one",), Settings(), PLAN.today))
    [finding] = check_repository("one", PLAN).findings
    [expected] = alone.findings
    assert finding.fingerprint == expected.fingerprint
    assert replace(finding, location=expected.location) == expected


@pytest.mark.parametrize("jobs", [0, 1, 2, 5])
def test_the_number_of_processes_changes_no_byte(
    jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repositories, "usable_processors", lambda: 3)
    one, several = (merged(check_repositories(NAMES, PLAN, jobs=number)) for number in (1, jobs))
    for form in FORMATS:
        assert render(form, one) == render(form, several)


def test_what_the_command_line_says_holds_for_each() -> None:
    plan = replace(PLAN, overrides=Overrides(ignore=("hardcoded-model-id",), exclude=("docs",)))
    assert said(merged(check_repositories(("one", "three"), plan))) == ([], [])
    isolated = replace(PLAN, overrides=Overrides(isolated=True, profile=Profile.STRICT))
    assert len(merged(check_repositories(("two", "broken"), isolated)).findings) == 2


def test_an_absolute_path_and_the_folder_itself_are_named_as_they_are_written(
    checkouts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkouts / "one")
    for name, path in {
        ".": "AGENTS.md",
        "../one/": "../one/AGENTS.md",
        str(checkouts / "one"): f"{checkouts.as_posix()}/one/AGENTS.md",
    }.items():
        assert said(check_repository(name, PLAN))[0] == [path]


def test_the_baseline_and_the_suppressions_of_a_checkout_count_in_it(checkouts: Path) -> None:
    from agentlint.engine.baseline import entries_of, write_baseline

    known = check_repository("one", PLAN)
    alone = run(Run(checkouts / "one", (checkouts / "one",), Settings(), PLAN.today))
    (checkouts / "one" / "known.jsonl").write_text(write_baseline(entries_of(alone)))
    (checkouts / "one" / "agentlint.toml").write_text("baseline = 'known.jsonl'\n")
    assert known.findings
    (checkouts / "three" / "AGENTS.md").write_text(
        "Always use `gpt-5.4`. <!-- agentlint: ignore[hardcoded-model-id] pinned -->\n"
    )
    report = merged(check_repositories(("one", "three"), PLAN))
    assert report.findings == ()
    assert report.baseline
    assert (report.baseline.hidden, report.suppressed_count) == (1, 1)
    assert report.suppressed[0].finding.path == "three/AGENTS.md"
    (checkouts / "one" / "AGENTS.md").write_text("x\n")
    stale = merged(check_repositories(("one", "three"), PLAN)).baseline
    assert stale
    assert [entry.path for entry in stale.stale] == ["one/AGENTS.md"]


def test_tasks_and_their_results_are_plain_data() -> None:
    plan = pickle.loads(pickle.dumps(PLAN))
    for name in NAMES:
        report = check_repository(name, plan)
        assert pickle.loads(pickle.dumps(report)) == report


def in_threads(names: Iterable[str], plan: Plan) -> Report:
    with ThreadPoolExecutor(3) as executor:
        return merged(check_repositories(names, plan, executor=executor))


def test_any_executor_will_do() -> None:
    assert said(in_threads(NAMES, PLAN)) == EXPECTED


def test_a_task_that_raises_is_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(checkout: str, plan: Plan) -> Report:
        if checkout == "two":
            raise ValueError("no")
        return check_repository(checkout, plan)

    monkeypatch.setattr(repositories, "check_repository", failing)
    report = in_threads(("one", "two", "three"), PLAN)
    assert ("two", NoticeKind.INTERNAL) in [(n.path, n.kind) for n in report.notices]
    assert "ValueError" in report.notices[1].message
    assert len(report.findings) == 2


def test_a_notice_of_a_whole_run_has_the_name_of_the_checkout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice = Notice("", 0, NoticeKind.INTERNAL, "a rule failed")
    closed = Notice("closed/", 0, NoticeKind.UNREADABLE, "Permission denied")
    monkeypatch.setattr(repositories, "run", lambda request: Report(notices=(notice, closed)))
    told = check_repository("one/docs", PLAN).notices
    assert [one.path for one in told] == ["one/docs", "one/docs/closed/"]


def deadly(checkout: str, plan: Plan) -> Report:
    if checkout == "two":
        os.kill(os.getpid(), signal.SIGKILL)
    return check_repository(checkout, plan)


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_killed_process_is_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repositories, "check_repository", deadly)
    monkeypatch.setattr(repositories, "usable_processors", lambda: 2)
    report = merged(check_repositories(("one", "two", "three"), PLAN))
    assert ("two", NoticeKind.INTERNAL) in [(n.path, n.kind) for n in report.notices]
    assert len(report.findings) == 2


def test_a_cluster_of_dask_gives_the_same_report() -> None:
    """Needs `pip install distributed`; a task and its result go over the wire."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None)
    with cluster, distributed.Client(cluster) as client:
        executor: Executor = client.get_executor()
        report = merged(check_repositories(map(os.path.abspath, NAMES), PLAN, executor=executor))
    expected = merged(check_repositories(map(os.path.abspath, NAMES), PLAN, jobs=1))
    assert render("json", report) == render("json", expected)
    assert len(report.findings) == 2
