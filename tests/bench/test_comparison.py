"""The benchmark measures the same bytes each time, and its ratios are those of runs side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bench.measure import Cost, Ratio, cost_of, in_turn, medians, ratio
from bench.monorepo import generate, generate_one
from bench.plot import Panel, svg

PASS = [sys.executable, "-c", "pass"]


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        generate(tmp_path / name, files=60, instructions=25, seed=seed)
    assert tree(tmp_path / "one") == tree(tmp_path / "again")
    assert tree(tmp_path / "one") != tree(tmp_path / "other")
    assert 40 <= len(tree(tmp_path / "one")) <= 60


def test_one_file_has_the_size_that_was_asked_for(tmp_path: Path) -> None:
    for size in (1_000, 100_000):
        generate_one(tmp_path / str(size), size, seed=3)
        generate_one(tmp_path / f"{size}-again", size, seed=3)
        (data,) = tree(tmp_path / str(size)).values()
        assert len(data) == size + 1
        assert tree(tmp_path / f"{size}-again") == {"AGENTS.md": data}


def test_a_ratio_is_the_median_of_the_pairs_and_not_the_ratio_of_medians() -> None:
    assert ratio([1.0, 4.0, 9.0], [2.0, 2.0, 3.0]) == Ratio(2.0, 0.5, 3.0)
    assert ratio([3.0, 5.0], [1.0]) == Ratio(3.0, 3.0, 3.0)
    costs = [Cost(1, 5, 9), Cost(3, 4, 8), Cost(2, 6, 7)]
    assert medians(costs) == Cost(2, 5, 8)


def test_tools_run_in_turn_and_a_slow_one_once(tmp_path: Path) -> None:
    note = "import sys, time; open('log', 'a').write(sys.argv[1]); time.sleep(float(sys.argv[2]))"
    commands = {
        name: [sys.executable, "-c", note, name, seconds]
        for name, seconds in (("a", "0"), ("b", "0"), ("s", "0.5"))
    }
    costs = in_turn(commands, tmp_path, rounds=3, patience=0.5)
    assert (tmp_path / "log").read_text() == "absabab"
    assert [len(costs[name]) for name in "abs"] == [3, 3, 1]


def test_a_command_that_ends_at_once_is_not_charged_with_what_its_starter_holds(
    tmp_path: Path,
) -> None:
    """Now and then a busy machine lets it end before the first sample, which then shows nothing."""
    held = bytearray(b"x" * 60_000_000)
    memory = max(cost_of(PASS, tmp_path).memory for _ in range(5))
    assert 0 < memory < len(held) / 1_000_000


def test_children_count_and_a_tool_that_fails_is_an_error(tmp_path: Path) -> None:
    held = "data = b'x' * 40_000_000; import time; time.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"
    alone = cost_of(PASS, tmp_path).memory
    assert cost_of([sys.executable, "-c", parent], tmp_path).memory > alone + 30
    with pytest.raises(RuntimeError, match="ended with 3"):
        cost_of([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_a_plot_is_valid_and_shows_every_point() -> None:
    curves = {"a<b": [(1_000, 0.5), (10_000, 5.0)], "c": [(1_000, 1.0), (10_000, 1.0)]}
    root = ElementTree.fromstring(svg([Panel("Time", "files", "seconds", curves)] * 3))
    circles = [element for element in root.iter() if element.tag.endswith("circle")]
    assert len(circles) == 12
