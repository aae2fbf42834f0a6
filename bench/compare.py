"""agentlint beside whatever peers are installed: time, memory, and how both grow.

    python bench/compare.py NAME [--rounds 5] [--bin FOLDER ...] [--note TEXT] [--growth]

Generates a small repository and a monorepo (and with `--growth` trees of 1k, 10k and 100k files and
single files of 1 kB to 1 MB), runs every tool over them in turn, A B A B, and writes
`bench/results/NAME.md`, with `--growth` also `bench/results/NAME.svg`. Peers are looked for on the path
and in the folders of `--bin`: agnix, gitleaks, kingfisher, and semgrep with five rules of our own.

The peers do other work than agentlint. A ratio says how long people wait, and not who is better.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from measure import Cost, in_turn, medians, ratio
from monorepo import SIZES, generate, generate_one
from plot import Panel, svg

_RESULTS = Path(__file__).parent / "results"
_RULES = Path(__file__).parent / "semgrep-rules.yaml"
_PEERS = {
    "agnix": ["agnix", "."],
    "gitleaks": ["gitleaks", "dir", ".", "--no-banner", "--exit-code", "1"],
    "kingfisher": ["kingfisher", "scan", ".", "--no-validate", "--no-update-check", "--quiet"],
    "semgrep, 5 rules": [
        *("semgrep", "scan", "--config", str(_RULES), "--metrics", "off", "--quiet"),
        *("--disable-version-check", "--no-git-ignore", "--error", "."),
    ],
}
_OURS = "agentlint"
_WARM = "agentlint, warm"
# The cache does not trust what was changed less than so many seconds before it was read.
_RACY = 2.5
_TREES = (1_000, 10_000, 100_000)
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_LIMIT = (
    "agentlint parses no document of more than 262,144 characters: of a file of 1 MB it reads the text for "
    "credentials and says so in a notice, so the last row is not on the line of the others.\n"
)
# What takes longer than this is run once; three runs of a minute tell no more than one.
_PATIENCE = 20.0
# Peers that take minutes for a tree are measured on the monorepo alone.
_GROWING = ("agnix", "gitleaks", "kingfisher")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bin", type=Path, action="append", default=[])
    parser.add_argument("--note", default="")
    parser.add_argument("--growth", action="store_true")
    arguments = parser.parse_args()
    tools = installed(arguments.bin)
    parts = [_head(tools, arguments.rounds, arguments.note)]
    with tempfile.TemporaryDirectory(prefix="agentlint-bench-") as folder:
        for size in ("small", "monorepo"):
            files, instructions = SIZES[size]
            root = Path(folder) / size
            generate(root, files, instructions, seed=1)
            costs = _measured(tools, root, arguments.rounds)
            title = f"{size}: {files:,} files, {instructions:,} of them instructions and configs"
            parts.append(table(title, costs))
        if arguments.growth:
            panels = _growth(Path(folder), tools, arguments.rounds)
            parts += [_curves(panel) for panel in panels]
            parts.append(_LIMIT)
            parts.append(f"![the curves]({arguments.name}.svg)\n")
            _RESULTS.mkdir(exist_ok=True)
            (_RESULTS / f"{arguments.name}.svg").write_text(svg(panels), encoding="utf-8")
    _RESULTS.mkdir(exist_ok=True)
    (_RESULTS / f"{arguments.name}.md").write_text("\n".join(parts), encoding="utf-8")
    print("\n".join(parts))


def installed(folders: Sequence[Path]) -> dict[str, list[str]]:
    """The command line of every tool by name, ours first: without the cache, and with it."""
    path = os.pathsep.join([str(Path(sys.executable).parent), *map(str, folders), os.defpath])
    ours = shutil.which("agentlint", path=path)
    if ours is None:
        raise SystemExit("agentlint is not installed beside this interpreter")
    check = [ours, "check", "--isolated", "."]
    tools = {f"{_OURS}, cold": [*check, "--no-cache"], _WARM: check}
    for name, (program, *rest) in _PEERS.items():
        found = shutil.which(program, path=path)
        if found:
            tools[name] = [found, *rest]
    return tools


def table(title: str, costs: Mapping[str, Sequence[Cost]]) -> str:
    """Medians of each tool, and how many times the wall time and the memory of each peer ours are."""
    ours = [name for name in costs if name.startswith(_OURS)]
    peers = [name for name in costs if name not in ours]
    lines = [f"## {title}\n", "| tool | runs | wall s | cpu s | peak MB |", "|---|--:|--:|--:|--:|"]
    for name, runs in costs.items():
        middle = medians(runs)
        lines.append(
            f"| {name} | {len(runs)} | {middle.wall:.2f} | {middle.cpu:.2f} | {middle.memory:.0f} |"
        )
    if peers:
        lines += ["", "| ours / peer | wall, pair by pair | least to greatest | memory |"]
        lines += ["|---|--:|--:|--:|"]
    lines += [_compared(one, peer, costs) for one in ours for peer in peers]
    return "\n".join([*lines, ""])


def _compared(one: str, peer: str, costs: Mapping[str, Sequence[Cost]]) -> str:
    wall = ratio([cost.wall for cost in costs[one]], [cost.wall for cost in costs[peer]])
    memory = ratio([cost.memory for cost in costs[one]], [cost.memory for cost in costs[peer]])
    return (
        f"| {one} / {peer} | {wall.middle:.2f} | {wall.least:.2f} to {wall.greatest:.2f} "
        f"| {memory.middle:.2f} |"
    )


def _growth(folder: Path, tools: Mapping[str, list[str]], rounds: int) -> list[Panel]:
    """Time and memory over the number of files, and over the size of one."""
    growing = {name: tools[name] for name in tools if name.startswith(_OURS) or name in _GROWING}
    by_files = {}
    for files in _TREES:
        root = folder / f"tree-{files}"
        generate(root, files, files // 20, seed=2)
        by_files[files] = _medians(growing, root, max(1, rounds // 2))
        shutil.rmtree(root)
    by_size = {}
    for size in _SIZES:
        root = folder / f"file-{size}"
        generate_one(root, size, seed=3)
        by_size[size] = _medians(growing, root, rounds)
    return [*_panels("files", by_files), *_panels("characters in one file", by_size)]


def _medians(tools: Mapping[str, list[str]], root: Path, rounds: int) -> dict[str, Cost]:
    return {name: medians(runs) for name, runs in _measured(tools, root, rounds).items()}


def _measured(
    tools: Mapping[str, list[str]], root: Path, rounds: int
) -> Mapping[str, Sequence[Cost]]:
    """The costs of every tool in a folder, after a run that fills our cache and is not counted."""
    time.sleep(_RACY)
    subprocess.run(tools[_WARM], cwd=root, capture_output=True, check=False)
    return in_turn(tools, root, rounds, _PATIENCE)


def _panels(across: str, found: Mapping[int, Mapping[str, Cost]]) -> Iterator[Panel]:
    names = next(iter(found.values()))
    for title, up, part in (("Time", "seconds, wall", 0), ("Memory", "MB, peak", 2)):
        curves = {name: [(x, costs[name][part]) for x, costs in found.items()] for name in names}
        yield Panel(f"{title} over {across}", across, up, curves)


def _curves(panel: Panel) -> str:
    names = list(panel.curves)
    lines = [f"## {panel.title}\n", f"| {panel.across} | " + " | ".join(names) + " |"]
    lines.append("|--:|" + "--:|" * len(names))
    for points in zip(*panel.curves.values(), strict=True):
        values = " | ".join(f"{value:.2f}" for _, value in points)
        lines.append(f"| {points[0][0]:,} | {values} |")
    return "\n".join([*lines, f"\n({panel.up})\n"])


def _head(tools: Mapping[str, list[str]], rounds: int, note: str) -> str:
    versions = ", ".join(sorted({_version(command[0]) for command in tools.values()} - {""}))
    machine = (
        f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    return (
        f"# Time and memory\n\n{machine}; {versions}. {note}\n\n"
        f"Medians of up to {rounds} runs in turn; what takes longer than {_PATIENCE:.0f} s is run once. "
        "Written by `python bench/compare.py`, which also says what the peers are asked to do.\n"
    )


def _version(program: str) -> str:
    words = (_said(program, "--version") or _said(program, "version")).split()
    number = next((word for word in words if word[:1].isdigit()), "")
    return f"{Path(program).name} {number}" if number else ""


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout


if __name__ == "__main__":
    main()
