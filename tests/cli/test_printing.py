"""Standard streams that take or give nothing end a command with 2 and one line, and are no bug of ours."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

_FULL = Path("/dev/full")
_COMMANDS = (
    "check",
    "check --output-format json",
    "check --statistics",
    "baseline -o -",
    "facts AGENTS.md",
    "routes --format json",
    "explain literal-secret",
    "rules",
    "--help",
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a shell")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "AGENTS.md").write_text("# Agents\n\nAlways use `gpt-5.4`.\n")
    return tmp_path


def shell(folder: Path, args: str, redirections: str) -> tuple[int, str]:
    """The exit code of a command with redirections, and what it says on standard error."""
    command = f"{shlex.quote(sys.executable)} -m agentlint {args} {redirections}"
    result = subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    return result.returncode, result.stderr


@pytest.mark.skipif(not _FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", _COMMANDS)
def test_a_full_disk_is_told_in_one_line(folder: Path, args: str) -> None:
    said = "Error: standard output: No space left on device\n"
    assert shell(folder, args, "> /dev/full") == (2, said)


@pytest.mark.parametrize("args", _COMMANDS)
def test_a_closed_output_is_told_in_one_line(folder: Path, args: str) -> None:
    assert shell(folder, args, ">&-") == (2, "Error: standard output: Bad file descriptor\n")


def test_reports_in_files_are_written_all_the_same(folder: Path) -> None:
    assert shell(folder, "check -o json=a.json", ">&-")[0] == 2
    assert (folder / "a.json").read_text().startswith("{")


@pytest.mark.skipif(not _FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", ["check nope", "check --nope", "nope", "routes"])
def test_errors_that_cannot_be_told_are_no_findings(folder: Path, args: str) -> None:
    assert shell(folder, args, "2> /dev/full")[0] not in (0, 1)


def test_a_closed_error_output_changes_nothing(folder: Path) -> None:
    assert shell(folder, "check", "2>&-") == (1, "")
    assert shell(folder, "check nope", "2>&-") == (2, "")


@pytest.mark.parametrize("args", ["check - --stdin-filename AGENTS.md", "check --repos -"])
def test_a_closed_input_is_told_in_one_line(folder: Path, args: str) -> None:
    assert shell(folder, args, "<&-") == (2, "Error: standard input is closed\n")
