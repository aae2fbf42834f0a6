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
    "routes --output-format json",
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


@pytest.mark.parametrize("args", [*_COMMANDS, "check --help", "--version", "config schema"])
def test_a_reader_that_goes_away_changes_no_exit_code(folder: Path, args: str) -> None:
    code = 1 if args.startswith("check") and "help" not in args else 0
    assert unread(folder, args) == (code, "")


def test_a_command_whose_reader_goes_away_does_the_rest(folder: Path) -> None:
    assert unread(folder, "init --baseline") == (0, "")
    assert (folder / "agentlint-baseline.jsonl").exists()
    assert unread(folder, "check --isolated -o json=a.json --exit-zero") == (0, "")
    assert (folder / "a.json").read_text().startswith("{")


def unread(folder: Path, args: str) -> tuple[int, str]:
    """The exit code of a command whose output nobody reads, and what it says on standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "-m", "agentlint", *shlex.split(args)],
        cwd=folder,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(writer)
    return result.returncode, result.stderr


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
