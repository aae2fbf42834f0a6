"""What is not there is told in one form, with the path as it was given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.command import agentlint


@pytest.mark.parametrize(
    ("args", "before"),
    [
        ("check sub/x", ""),
        ("check . sub/x", ""),
        ("check --config sub/x", ""),
        ("check --baseline sub/x", "--baseline: "),
        ("check --repos sub/x", "--repos: "),
        ("baseline sub/x", ""),
        ("routes sub/x", ""),
        ("facts sub/x", ""),
        ("init sub/x", ""),
        ("record new gateway-run sub/x", ""),
        ("models --catalogue sub/x gpt-5.4", ""),
        ("models update --from sub/x", ""),
    ],
)
def test_a_path_that_is_not_there_is_told_in_one_form_by_every_command(
    tmp_path: Path, args: str, before: str
) -> None:
    result = agentlint(tmp_path, *args.split())
    message = f"Error: {before}no such file or folder: sub/x\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", message)


@pytest.mark.parametrize("key", ["baseline = 'x.json'\n", "[models]\ncatalogue = 'x.json'\n"])
def test_a_file_that_the_settings_name_is_told_with_its_key(tmp_path: Path, key: str) -> None:
    (tmp_path / "agentlint.toml").write_text(key)
    result = agentlint(tmp_path, "check")
    name = "baseline" if key.startswith("baseline") else "models.catalogue"
    said = f"Error: agentlint.toml: {name}: no such file or folder: x.json; `agentlint "
    assert result.stderr.startswith(said)
    assert result.returncode == 2


def test_settings_are_named_by_the_path_to_them(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "agentlint.toml").write_text("selct = []\n")
    said = "sub/agentlint.toml: unknown key `selct`; did you mean `select`?"
    assert agentlint(tmp_path / "sub", "check").stderr == f"Error: {said}\n"
    assert agentlint(tmp_path, "check", "--config", "sub/agentlint.toml").stderr == (
        f"Error: {said}\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed on Windows")
@pytest.mark.parametrize(
    "args", ["check", "routes", "baseline", "facts x", "init", "record new gateway-run"]
)
def test_a_current_folder_that_was_removed_is_told(tmp_path: Path, args: str) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"import os; os.rmdir({str(gone)!r}); from agentlint.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-P", "-c", script, *args.split()],
        cwd=gone,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = "no such file or folder: x" if "x" in args.split() else "the current folder is not there"
    assert result.returncode == 2
    assert result.stderr.startswith(f"Error: {said}")
    assert result.stderr.count("\n") == 1


_REFUSED = "import os; os.access = lambda *a, **k: False; from agentlint.cli import main; main()"


@pytest.mark.parametrize(
    "args", ["check AGENTS.md x.yaml", "baseline AGENTS.md", "routes x.yaml", "facts AGENTS.md"]
)
def test_what_may_be_read_is_found_out_by_reading_it(tmp_path: Path, args: str) -> None:
    """Not by asking beforehand, which stops the run for one file among many."""
    (tmp_path / "AGENTS.md").write_text("# Agents\n")
    (tmp_path / "x.yaml").write_text("routes: {a: {model: x, endpoint_family: responses}}\n")
    result = subprocess.run(
        [sys.executable, "-P", "-c", _REFUSED, *args.split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Usage" not in result.stderr
    assert result.returncode < 2


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads files of mode 0"
)
@pytest.mark.parametrize("option", ["--config", "--baseline"])
def test_a_file_of_an_option_that_may_not_be_read_is_one_line(tmp_path: Path, option: str) -> None:
    (tmp_path / "x").touch(mode=0)
    result = agentlint(tmp_path, "check", option, "x")
    assert (result.returncode, result.stderr) == (2, "Error: x: Permission denied\n")


@pytest.mark.parametrize("option", ["--config", "--baseline"])
def test_a_folder_in_place_of_a_file_is_one_line(tmp_path: Path, option: str) -> None:
    (tmp_path / "x").mkdir()
    result = agentlint(tmp_path, "check", option, "x")
    assert (result.returncode, result.stderr) == (2, "Error: x: Is a directory\n")
