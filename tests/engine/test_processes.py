"""Work in several processes: the same answer for any number, and nothing is left when it ends early."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentlint.config import Settings
from agentlint.engine import Run, bulk, processes, run
from agentlint.engine.processes import Lost, alone, in_order
from agentlint.findings import NoticeKind
from agentlint.reporters import render

TODAY = date(2026, 11, 20)
FILES = {
    "AGENTS.md": "# Agents\n\nAlways use `gpt-5.4`.\n",
    "CLAUDE.md": "# Claude\n\nKeep it short. <!-- agentlint: ignore[hardcoded-model-id] none -->\n",
    "litellm.yaml": "model_list:\n- {model_name: a, litellm_params: {model: o/x, api_key: os.environ/K}}\n",
    "gateway-routes.yaml": "routes:\n- {alias: writer, model: gpt-5.4}\n",
    "broken.instructions.md": b"caf\xe9\n",
    "package.json": "{}\n",
    "app.py": "import openai\nopenai.OpenAI().responses.create(model='gpt-5.4', input='x')\n",
}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="patches what a copy inherits")


def double(number: int) -> int:
    if number == -1:
        raise ValueError("no")
    if number == -2:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def in_two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "usable_processors", lambda: 4)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_are_in_order_and_a_lost_one_takes_no_other_with_it(jobs: int) -> None:
    items = [*range(8), -1, *range(3), -2, *range(12), -2, 1]
    killed, raised = Lost("its process was killed"), Lost("ValueError")
    expected = [{-1: raised, -2: killed}.get(item, 2 * item) for item in items]
    assert list(in_order(double, items, jobs)) == expected
    assert alone(double, -2) == killed


def test_where_no_process_can_start_this_one_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pool(*args: object, **kwargs: object) -> None:
        raise OSError("no semaphores")

    monkeypatch.setattr(processes, "ProcessPoolExecutor", no_pool)
    assert list(in_order(double, [1, -1, 3], 2)) == [2, Lost("ValueError"), 6]


def test_a_program_with_several_threads_is_not_forked() -> None:
    assert processes._context().get_start_method() == "fork"
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert processes._context().get_start_method() != "fork"
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_no_process_imports_anything_of_the_checked_tree(method: str, tmp_path: Path) -> None:
    for name in ("multiprocessing", "signal", "threading", "msgspec", "agentlint"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("open('PWNED', 'w')\n")
    for number in range(6):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    script = (
        "import sys; del sys.path[0]\n"
        "from multiprocessing import get_context\n"
        "from agentlint.engine import bulk, processes\n"
        f"processes._context = lambda: get_context({method!r})\n"
        "bulk.usable_processors = lambda: 2\n"
        "from agentlint.cli import main\n"
        "sys.argv = ['agentlint', 'check', '.', '--jobs', '2', '--statistics']\n"
        "main()\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "6" in ran.stdout
    assert not (tmp_path / "PWNED").exists()


def test_who_stops_asking_leaves_no_process_behind() -> None:
    import multiprocessing

    results = in_order(time.sleep, [0.0, 0.0, 60.0, 60.0], 2)
    assert next(results) is None
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 20
    assert multiprocessing.active_children() == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.tuples(st.sampled_from(sorted(FILES)), st.integers(0, 3)), max_size=12),
    jobs=st.integers(0, 4),
)
def test_the_number_of_processes_changes_no_byte(
    chosen: list[tuple[str, int]], jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_two_processors(monkeypatch)
    root = tmp_path / "root"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for name, folder in chosen:
        (root / str(folder)).mkdir(exist_ok=True)
        data = FILES[name]
        (root / str(folder) / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    alone_run, several = (
        render("json", run(Run(root, (root,), Settings(), TODAY, jobs=number)))
        for number in (1, jobs)
    )
    assert several == alone_run


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "its process was killed"),
        (lambda: (_ for _ in ()).throw(MemoryError()), "MemoryError"),
    ],
)
def test_a_file_that_ends_its_process_is_a_notice(
    how: Callable[[], object], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_two_processors(monkeypatch)
    for number in range(12):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    load = bulk.load_bytes

    def deadly(candidate, data):  # type: ignore[no-untyped-def]
        if candidate.path == "7/AGENTS.md":
            how()
        return load(candidate, data)

    monkeypatch.setattr(bulk, "load_bytes", deadly)
    report = run(Run(tmp_path, (tmp_path,), Settings(), TODAY, jobs=2))
    [notice] = report.notices
    assert (notice.path, notice.kind) == ("7/AGENTS.md", NoticeKind.INTERNAL)
    assert told in notice.message
    assert len(report.findings) == 11
    assert report.failed


def _running(group: int) -> list[str]:
    listed = subprocess.run(
        ["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True
    )
    rows = (line.split() for line in listed.stdout.splitlines())
    return [state for pgid, state in rows if int(pgid) == group and not state.startswith("Z")]


# What a shell starts behind `&` is born deaf to SIGINT, and so is all that it starts: a pytest, and this.
_SLOW = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from agentlint.engine import bulk
load = bulk.load_bytes
def slow(candidate, data):
    print("reading", flush=True)
    time.sleep(1)
    return load(candidate, data)
bulk.load_bytes = slow
bulk.usable_processors = lambda: 2
from agentlint.cli import main
import sys
sys.argv = ["agentlint", "check", "--jobs", "2", "."]
main()
"""


@pytest.mark.skipif(shutil.which("ps") is None, reason="needs `ps`")
@pytest.mark.parametrize(
    ("sent", "to_group", "code"),
    [
        (signal.SIGINT, True, 130),
        (signal.SIGINT, False, 130),
        (signal.SIGTERM, False, -signal.SIGTERM),
        (signal.SIGKILL, False, -signal.SIGKILL),
    ],
)
def test_an_interrupted_run_is_quiet_and_leaves_no_process(
    sent: signal.Signals, to_group: bool, code: int, tmp_path: Path
) -> None:
    for number in range(40):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "AGENTS.md").write_text("x\n")
    command = [sys.executable, "-P", "-c", _SLOW]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("reading")
        (os.killpg if to_group else os.kill)(process.pid, sent)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == code
        assert errors.strip() == ""
        waits = time.monotonic() + 20
        while _running(process.pid) and time.monotonic() < waits:
            time.sleep(0.05)
        assert _running(process.pid) == []


def test_the_command_line_takes_a_number_of_processes(tmp_path: Path) -> None:
    (tmp_path / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    outputs = []
    for jobs in ("0", "1", "3"):
        words = ["check", ".", "--jobs", jobs, "--output-format", "json"]
        command = [sys.executable, "-P", "-m", "agentlint", *words]
        outputs.append(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False))
    assert {output.returncode for output in outputs} == {1}
    assert len({output.stdout for output in outputs}) == 1
    assert len(json.loads(outputs[0].stdout)["findings"]) == 1
