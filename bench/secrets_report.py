"""Labelled secret cases against agentlint's detectors and whatever peers are installed, in one table.

    python bench/secrets_report.py GENERATOR [--seeds 1 2 3]

GENERATOR is a program that is given a seed and prints `{"cases": [{"id", "filename", "content",
"verdict": "flag" or "clean", "lines"}]}`. A case is right if a secret's own line is reported, or if
nothing is reported in a clean file. Peers are looked up on PATH and run offline, with validation calls
switched off; those that are missing are named. They come from the package indexes:

    pip install detect-secrets credsweeper kingfisher-bin
    npm install secretlint @secretlint/secretlint-rule-preset-recommend
    apt install gitleaks

Every tool runs in a process of its own. `start` is the median time of one that does nothing, `files/s`
the speed over the cases without it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

PATIENCE = 900
STARTS = 5
OWN_IMPORT = "from agentlint.facts.detectors.secrets import find_secrets"
OWN_SCAN = f"""
import json, pathlib
{OWN_IMPORT}
for path in sorted(p for p in pathlib.Path().rglob("*") if p.is_file()):
    text = path.read_bytes().decode("utf-8", "replace")
    lines = sorted({{text.count("\\n", 0, match.start) + 1 for match in find_secrets(text)}})
    print(json.dumps([str(path), lines]))
"""
SECRETLINT_RULES = {"rules": [{"id": "@secretlint/secretlint-rule-preset-recommend"}]}


class Hit(NamedTuple):
    """A reported line, 1-based; `path` is relative to the folder that was scanned."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    path: str
    content: str
    lines: frozenset[int]
    to_flag: bool


@dataclass(frozen=True, slots=True)
class Score:
    right: int = 0
    missed: int = 0
    alarms: int = 0
    files: int = 0
    seconds: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.missed + other.missed,
            self.alarms + other.alarms,
            self.files + other.files,
            self.seconds + other.seconds,
        )

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.alarms)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.alarms)


@dataclass(frozen=True, slots=True)
class Peer:
    """A scanner: its program, its command in the folder to scan, and how to read what it says.

    `command` is given the file to write to; `output_file` is False where the report is printed.
    `start` makes it start and do nothing. `program` is what has to be on PATH.
    """

    name: str
    program: str
    command: Callable[[str], list[str]]
    hits: Callable[[str], Iterator[tuple[str, int]]]
    start: list[str]
    output_file: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path, metavar="GENERATOR")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    arguments = parser.parse_args()
    if not arguments.cases.is_file():
        sys.exit(f"no generator of cases at {arguments.cases}")

    totals: dict[str, Score] = {}
    for seed in arguments.seeds:
        listed = read_cases(arguments.cases, seed)
        for name, score in scores(listed):
            totals[name] = totals.get(name, Score()) + score
    starts = {peer.name: start_up(peer) for peer in PEERS if peer.name in totals}
    print_table(totals, starts, len(arguments.seeds))
    missing = [peer.name for peer in PEERS if peer.name not in totals]
    if missing:
        print(f"\nnot installed, left out: {', '.join(missing)}")


def read_cases(generator: Path, seed: int) -> list[Case]:
    command = [sys.executable, str(generator), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    return [
        Case(
            path=f"{case['id']}/{case['filename']}",
            content=case["content"],
            lines=frozenset(case["lines"]),
            to_flag=case["verdict"] == "flag",
        )
        for case in json.loads(done.stdout)["cases"]
    ]


def scores(cases: list[Case]) -> Iterator[tuple[str, Score]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "cases")
        for case in cases:
            path = root / case.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(case.content, encoding="utf-8", newline="")
        for peer in PEERS:
            if shutil.which(peer.program):
                start = time.perf_counter()
                hits = run(peer, root, Path(folder, f"{peer.name}.json"))
                yield peer.name, score(cases, hits, time.perf_counter() - start)


def start_up(peer: Peer) -> float:
    """Seconds that the peer takes to do nothing, the median of several."""
    taken = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run(peer.start, capture_output=True, check=False, timeout=PATIENCE)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def run(peer: Peer, root: Path, output: Path) -> set[Hit]:
    """Everything the peer reports below `root`; its own failure is told, not hidden."""
    done = subprocess.run(
        peer.command(str(output)),
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    said = (
        output.read_text(encoding="utf-8") if peer.output_file and output.exists() else done.stdout
    )
    if not said.strip():
        print(f"{peer.name} said nothing (exit {done.returncode})", file=sys.stderr)
        return set()
    hits = peer.hits(said)
    return {Hit(os.path.relpath(root / path, root), line) for path, line in hits}


def score(cases: list[Case], hits: set[Hit], seconds: float) -> Score:
    lines: dict[str, set[int]] = {}
    for hit in hits:
        lines.setdefault(hit.path, set()).add(hit.line)
    right = missed = alarms = 0
    for case in cases:
        found = lines.get(case.path, set())
        if not case.to_flag:
            alarms += bool(found)
        elif found & case.lines if case.lines else found:
            right += 1
        else:
            missed += 1
    return Score(right, missed, alarms, len(cases), seconds)


def print_table(totals: dict[str, Score], starts: dict[str, float], runs: int) -> None:
    titles = ("right", "missed", "alarms", "precision", "recall", "F1", "start ms", "files/s")
    print(f"{'tool':<16}" + "".join(f"{title:>11}" for title in titles))
    for name, total in sorted(totals.items(), key=lambda item: -item[1].f1):
        scanning = max(1e-3, total.seconds - runs * starts[name])
        print(
            f"{name:<16}{total.right:>11}{total.missed:>11}{total.alarms:>11}"
            f"{total.precision:>11.3f}{total.recall:>11.3f}{total.f1:>11.3f}"
            f"{1000 * starts[name]:>11.0f}{total.files / scanning:>11.0f}"
        )


def own_hits(said: str) -> Iterator[tuple[str, int]]:
    for row in said.splitlines():
        path, lines = json.loads(row)
        yield from ((path, line) for line in lines)


def detect_secrets_hits(said: str) -> Iterator[tuple[str, int]]:
    for path, found in json.loads(said)["results"].items():
        yield from ((path, hit["line_number"]) for hit in found)


def credsweeper_hits(said: str) -> Iterator[tuple[str, int]]:
    for candidate in json.loads(said):
        yield from ((line["path"], line["line_num"]) for line in candidate["line_data_list"])


def gitleaks_hits(said: str) -> Iterator[tuple[str, int]]:
    for hit in json.loads(said):
        for line in range(hit["StartLine"], hit["EndLine"] + 1):
            yield hit["File"], line


def kingfisher_hits(said: str) -> Iterator[tuple[str, int]]:
    """The report is one object; what follows it on the next line is a summary."""
    report: dict[str, Any] = json.JSONDecoder().raw_decode(said.lstrip())[0]
    for hit in report.get("findings", ()):
        yield hit["finding"]["path"], hit["finding"]["line"]


def secretlint_hits(said: str) -> Iterator[tuple[str, int]]:
    for file in json.loads(said):
        yield from ((file["filePath"], hit["loc"]["start"]["line"]) for hit in file["messages"])


def secretlint_command(output: str) -> list[str]:
    """secretlint finds its rules beside itself, and has to be told which to use."""
    config = Path(output).with_suffix(".rc.json")
    config.write_text(json.dumps(SECRETLINT_RULES), encoding="utf-8")
    return [
        "secretlint",
        "--secretlintrc",
        str(config),
        *f"--format json --output {output} **/*".split(),
    ]


PEERS = (
    Peer(
        "agentlint",
        sys.executable,
        lambda _: [sys.executable, "-c", OWN_SCAN],
        own_hits,
        [sys.executable, "-c", OWN_IMPORT],
        output_file=False,
    ),
    Peer(
        "detect-secrets",
        "detect-secrets",
        lambda _: ["detect-secrets", "scan", "--all-files", "-n", "."],
        detect_secrets_hits,
        ["detect-secrets", "--version"],
        output_file=False,
    ),
    Peer(
        "credsweeper",
        "credsweeper",
        lambda output: f"credsweeper --path . --save-json {output} --severity medium".split(),
        credsweeper_hits,
        ["credsweeper", "--version"],
    ),
    Peer(
        "gitleaks",
        "gitleaks",
        lambda output: f"gitleaks dir . --no-banner --exit-code 0 -f json -r {output}".split(),
        gitleaks_hits,
        ["gitleaks", "version"],
    ),
    Peer(
        "kingfisher",
        "kingfisher",
        lambda output: f"kingfisher scan . -n --format json --output {output}".split(),
        kingfisher_hits,
        ["kingfisher", "--version"],
    ),
    Peer(
        "secretlint",
        "secretlint",
        secretlint_command,
        secretlint_hits,
        ["secretlint", "--version"],
    ),
)


if __name__ == "__main__":
    main()
