"""docs/architecture.md follows one finding through agentlint: the finding and the functions are real."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

PAGE = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.partition("## One finding")[2].partition("\n## ")[0]


def test_each_function_of_the_example_is_there() -> None:
    named = re.findall(r"`([a-z_]+(?:\.[a-z_]+)*)\.([a-z_]+)`", EXAMPLE)
    assert len(named) > 10
    for module, function in named:
        assert hasattr(import_module(f"agentlint.{module}"), function)


def test_the_example_prints_what_the_page_shows(tmp_path: Path) -> None:
    command = re.search(r"`(agentlint check [^`]+)`", EXAMPLE)
    line = re.search(r"``(Use .+?)``", EXAMPLE)
    shown = re.search(r"```\n(.+)\n```", EXAMPLE)
    assert command
    assert line
    assert shown
    (tmp_path / "AGENTS.md").write_text(f"# Agents\n\n{line[1]}\n")
    result = subprocess.run(
        [sys.executable, "-m", *shlex.split(command[1])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert shown[1] in result.stdout.splitlines()
