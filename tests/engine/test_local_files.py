"""One person's own file is told with what keeps it in the repository, and what would take it out."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.findings import Finding

NAME = ".claude/settings.local.json"
BELOW = f"packages/web/{NAME}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with the file at two depths, whose ignore file names the upper one."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in (NAME, BELOW):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("{}\n")
    (tmp_path / ".gitignore").write_text(f"{NAME}\n")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def found(root: Path, *names: str) -> dict[str, Finding]:
    paths = tuple(root / name for name in names) or (root,)
    findings = run(Run(root, paths, Settings(), date(2026, 11, 20))).findings
    return {finding.path: finding for finding in findings}


@pytest.mark.parametrize("names", [(), (NAME, BELOW)])
def test_a_file_that_is_tracked_although_it_is_ignored_is_taken_out_of_the_index(
    root: Path, names: tuple[str, ...]
) -> None:
    subprocess.run(["git", "-C", str(root), "add", "-f", "."], check=True)
    finding = found(root, *names)[NAME]
    assert finding.message.endswith("git tracks it although an ignore file names it")
    assert "git rm --cached" in finding.help
    assert ".gitignore" not in finding.help


@pytest.mark.parametrize("names", [(), (NAME, BELOW)])
def test_a_file_that_is_ignored_and_not_tracked_is_no_finding(
    root: Path, names: tuple[str, ...]
) -> None:
    assert NAME not in found(root, *names)


@pytest.mark.parametrize("names", [(), (NAME, BELOW)])
def test_a_pattern_that_holds_further_down_begins_with_stars(
    root: Path, names: tuple[str, ...]
) -> None:
    finding = found(root, *names)[BELOW]
    assert finding.message.endswith("nothing keeps it out of the repository")
    assert f"add `**/{NAME}` to .gitignore" in finding.help
    (root / ".gitignore").write_text(f"**/{NAME}\n")
    assert not found(root, *names)


def test_a_pattern_of_one_name_holds_at_every_depth(root: Path) -> None:
    (root / "packages/web/CLAUDE.local.md").write_text("Mine.\n")
    assert "add `CLAUDE.local.md` to" in found(root)["packages/web/CLAUDE.local.md"].help
