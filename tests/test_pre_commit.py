"""The hooks as pre-commit runs them, from this checkout, on a faulty and on a clean repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.known_names import known_paths

from agentlint.discovery import classify

ROOT = Path(__file__).parents[1]
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
HOOK_IDS = {"agentlint", "agentlint-fix", "agentlint-repo"}
FAULTY = {"docs/AGENTS.md": "Always use `gpt-5.4` for reviews.\n", "README.md": "# x\n"}
CLEAN = {"docs/AGENTS.md": "Always use the alias `review-deep`.\n", "README.md": "# x\n"}


def git(folder: Path, *args: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *args],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a git checkout of agentlint")
@pytest.mark.parametrize(("files", "expected"), [(FAULTY, 1), (CLEAN, 0)])
def test_the_hooks_fail_on_a_fault_and_pass_without_one(
    tmp_path: Path, files: dict[str, str], expected: int
) -> None:
    """All hooks in one run: installing their environment is what takes the time."""
    checkout = tmp_path / "checkout"
    for name, text in files.items():
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(checkout, "init", "-q")
    git(checkout, "add", "-A")
    command = shutil.which("pre-commit") or str(Path(sys.executable).parent / "pre-commit")
    result = subprocess.run(
        [command, "try-repo", str(ROOT), "--all-files", "--verbose", "--color=never"],
        cwd=checkout,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")},
    )
    assert result.returncode == expected, result.stdout + result.stderr
    _, *told = result.stdout.split("- hook id: ")
    assert {one.partition("\n")[0] for one in told} == HOOK_IDS
    for one in told:
        assert ("- exit code: 1\n" in one) == bool(expected), one
        assert ("hardcoded-model-id" in one) == bool(expected), one
        assert "(no files to check)" not in one


def pattern() -> re.Pattern[str]:
    return re.compile(re.search(r"^  files: &files (.*)$", HOOKS, re.MULTILINE)[1])


def test_the_hook_is_given_every_file_that_its_name_tells() -> None:
    """Whatever rules/data/files.toml knows by name passes the hook's pattern, in any folder."""
    files = pattern()
    for known in known_paths():
        assert classify(known), known
        folder, _, name = known.rpartition("/")
        for path in (known, f"deep/er/{folder}/{name.upper()}"):
            assert files.search(path), path


def test_ordinary_files_are_not_passed_to_the_hook() -> None:
    for path in ("src/main.c", "README.md", "docs/index.md", "image.png", "Makefile"):
        assert not pattern().search(path), path
