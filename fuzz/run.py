"""`python fuzz/run.py [--seconds 60] [--seed 0] [--thorough-each 10]`: try mutants until time is up.

Prints each mutant that breaks a promise, by its number, and exits with 1 if there was one. The number
gives the mutant back: `python fuzz/run.py --show NUMBER`.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from agentlint.discovery import Candidate, classify_or_guess
from agentlint.engine.load import load_bytes
from fuzz.invariants import broken
from fuzz.mutator import mutant, stretched

SLOW = 1.0
"""Seconds of processor time that no mutant may take."""
SLOW_STRETCHED = 3.0
"""Seconds that reading a stretched file may take, which is seven times as long."""


def complaints(seed: int, *, thorough: bool) -> Iterator[str]:
    """What is wrong with the run over one mutant."""
    path, text, canary = mutant(seed)
    started = time.process_time()
    try:
        yield from broken(path, text, canary if canary in text else "", thorough=thorough)
    except Exception:  # whatever it is, it is the finding
        yield traceback.format_exc(limit=-4)
    taken = time.process_time() - started
    if taken > SLOW * (4 if thorough else 1):
        yield f"took {taken:.1f} s"


def delays(seed: int) -> Iterator[str]:
    """What is wrong with the time that a stretched file takes."""
    path, text = stretched(seed)
    candidate = Candidate(path, "", *classify_or_guess(path), asked_for=True)
    started = time.process_time()
    load_bytes(candidate, text.encode())
    taken = time.process_time() - started
    if taken > SLOW_STRETCHED:
        yield f"{path} took {taken:.1f} s stretched"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--thorough-each", type=int, default=10)
    options.add_argument("--show", type=int)
    given = options.parse_args()
    if given.show is not None:
        print(*mutant(given.show)[:2], sep="\n")
        return
    deadline = time.monotonic() + given.seconds
    seed, bad = given.seed, 0
    while time.monotonic() < deadline:
        for complaint in complaints(seed, thorough=seed % given.thorough_each == 0):
            bad += 1
            print(f"{seed}: {mutant(seed).path}: {complaint}", flush=True)
        for complaint in delays(seed):
            bad += 1
            print(f"{seed}: {complaint}", flush=True)
        seed += 1
    print(f"{seed - given.seed} mutants, {bad} complaints")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
