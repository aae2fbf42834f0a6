"""What a command costs: wall clock, processor time and peak memory, its children included."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import NamedTuple

_SAMPLE_SECONDS = 0.01
_HAS_PROC = os.path.isdir("/proc")
_KILOBYTE_OF_RUSAGE = 1 if sys.platform != "darwin" else 1 / 1024


class Cost(NamedTuple):
    """`wall` and `cpu` (user and system) in seconds, `memory` in MB: the most that all processes of
    the command held at one time, as far as samples show it, and at least the peak of the largest one.

    Where there is no /proc it is that of the largest one, as the system counts it after the end. That
    count is no stand-in for a sample on Linux, which adds what this process held when it started the
    command.
    """

    wall: float
    cpu: float
    memory: float


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder, silently, and tell what it cost.

    Raises RuntimeError for a command that ends with a signal or with 2 or more: linters say 1 where
    they find something.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        sampler = _Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.stop()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    peak = sampler.peak if _HAS_PROC else usage.ru_maxrss * _KILOBYTE_OF_RUSAGE
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak / 1024)


class _Sampler(Thread):
    """The peak of what the processes of a session hold together, in kB; 0 where /proc is not there.

    The first sample is taken at once, in the caller: a command of 10 ms would end before a second one.
    """

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._session = session
        self._done = Event()
        self._sample()

    def run(self) -> None:
        while not self._done.wait(_SAMPLE_SECONDS):
            self._sample()

    def stop(self) -> None:
        self._done.set()
        self.join()

    def _sample(self) -> None:
        processes = _processes(self._session)
        together = sum(_kilobytes(process, "smaps_rollup", "Pss:") for process in processes)
        alone = (_kilobytes(process, "status", "VmHWM:") for process in processes)
        self.peak = max(self.peak, together, *alone)


def _processes(session: int) -> list[str]:
    found = []
    for name in os.listdir("/proc") if _HAS_PROC else ():
        if name.isdecimal() and int(name) >= session:
            fields = _read(f"/proc/{name}/stat").rpartition(")")[2].split()
            if len(fields) > 3 and fields[3] == str(session):
                found.append(name)
    return found


def _kilobytes(process: str, file: str, name: str) -> int:
    """A line of what the system tells of a process: `Pss` is its share of memory, where what several
    share counts once, and `VmHWM` its own peak."""
    for line in _read(f"/proc/{process}/{file}").splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""


def in_turn(
    commands: Mapping[str, Sequence[str]], folder: Path, rounds: int, patience: float
) -> dict[str, list[Cost]]:
    """The costs of each command by name, run in turn (A B A B …), so that what else the machine does
    falls on all of them. One that takes longer than `patience` seconds is not run again."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if not costs[name] or costs[name][-1].wall < patience:
                costs[name].append(cost_of(command, folder))
    return costs


def medians(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(values) for values in zip(*costs, strict=True)))


class Ratio(NamedTuple):
    """The median of the ratios of runs that stood side by side, with the least and the greatest."""

    middle: float
    least: float
    greatest: float


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """How many times theirs ours is, pair by pair; runs without a partner are left out."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=False)]
    return Ratio(median(ratios), min(ratios), max(ratios))
