"""A long run shows that it lives, on a terminal and nowhere else."""

from __future__ import annotations

import io

import pytest

from agentlint.cli import progress
from agentlint.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def test_a_short_run_says_nothing(clock, monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with Progress() as shown:
        for number in range(1000):
            clock[0] = number / 1000
            shown.show(number)
    assert terminal.getvalue() == ""


def test_a_long_run_counts_files_and_leaves_nothing_behind(clock, monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with Progress() as shown:
        for number in range(1000):
            clock[0] = number / 100
            shown.show(number)
    lines = terminal.getvalue().split("\r\x1b[K")
    assert lines[1] == "200 files read"
    assert lines[-1] == ""
    assert len(lines) < 100


def test_a_pipe_is_told_nothing(clock, monkeypatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    with Progress() as shown:
        clock[0] = 60.0
        shown.show(1)
    assert pipe.getvalue() == ""
