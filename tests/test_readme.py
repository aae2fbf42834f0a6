"""What the README tells people to type works."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("#")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("agentlint ")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("AGENTS.md", "draft.md"):
        (tmp_path / name).write_text("# Agents\n\nRun the tests.\n")
    line, _, draft = command.partition(" < ")
    words = shlex.split(line)
    stdin = (tmp_path / draft).read_text() if draft else ""
    result = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=tmp_path,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_hooks_it_names_exist() -> None:
    named = re.findall(r"- id: (agentlint\S*)", README)
    offered = re.findall(
        r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE
    )
    assert named
    assert set(named) <= set(offered)


def test_the_rules_it_names_exist() -> None:
    named = re.findall(r"^\| `([a-z-]+)` \|", README, re.MULTILINE)
    assert named
    assert all((ROOT / "rules" / f"{rule}.md").exists() for rule in named)


def test_the_links_it_makes_lead_to_files() -> None:
    """Anchors are checked where the site is built, which makes addresses of links out of docs/."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
