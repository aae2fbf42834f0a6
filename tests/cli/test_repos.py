"""`check --repos`: one report of the checkouts that a list names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agentlint.reporters import FORMATS

Ran = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def check(tmp_path: Path) -> Ran:
    for name in ("a", "b", "clean"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    (tmp_path / "clean" / "AGENTS.md").write_text("x\n")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "all").write_text("# ours\n\nb\n a/ \r\nb\n")

    def ran(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "agentlint", "check", *words],
            cwd=tmp_path,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return ran


def paths(ran: subprocess.CompletedProcess[str]) -> list[str]:
    return [finding["path"] for finding in json.loads(ran.stdout)["findings"]]


def test_a_list_is_read_from_the_working_folder(check: Ran) -> None:
    listed = check("--repos", "lists/all", "--output-format", "json")
    assert (listed.returncode, listed.stderr) == (1, "")
    assert paths(listed) == ["b/AGENTS.md", "a/AGENTS.md"]
    piped = check("--repos", "-", "--output-format", "json", text="b\na/\n")
    assert piped.stdout == listed.stdout


def test_the_exit_code_is_the_worst_of_all_checkouts(check: Ran, tmp_path: Path) -> None:
    assert check("--repos", "-", text="clean\n").returncode == 0
    for gone in ("gone", "lists/all"):
        one_gone = check("--repos", "-", text=f"a\n{gone}\n")
        assert one_gone.returncode == 2
        assert f"{gone}: notice[no-checkout] " in one_gone.stdout
        assert "hardcoded-model-id" in one_gone.stdout
    assert check("--repos", "-", "--exit-zero", text="a\n").returncode == 0
    (tmp_path / "b" / "agentlint.toml").write_text("colour = 'red'\n")
    broken = check("--repos", "-", "--exit-zero", text="b\na\n")
    assert broken.returncode == 2
    assert "a/AGENTS.md:1:13" in broken.stdout
    assert "b: notice[settings] agentlint.toml: unknown key `colour`" in broken.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_every_finding(form: str, check: Ran, tmp_path: Path) -> None:
    absolute = str(tmp_path / "a")
    ran = check("--repos", "-", "--output-format", form, text=f"a\nb\ngone\n{absolute}\n")
    assert (ran.returncode, ran.stderr) == (2, "")
    for path in ("a/AGENTS.md", "b/AGENTS.md", f"{absolute}/AGENTS.md", "gone"):
        assert path in ran.stdout
    if form == "gitlab":
        assert len({issue["fingerprint"] for issue in json.loads(ran.stdout)}) == 4


def test_counts_and_further_reports(check: Ran, tmp_path: Path) -> None:
    ran = check("--repos", "lists/all", "--statistics", "-o", "sarif=out.sarif")
    assert "2" in ran.stdout
    assert len(json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a"], "paths"),
        (["-"], "paths"),
        (["--stdin-filename", "x"], "--stdin-filename"),
        (["--baseline", "x"], "--baseline"),
        (["--diff-base", "main"], "--diff-base"),
        (["--fix"], "--fix"),
        (["--fix-only"], "--fix-only"),
        (["--diff"], "--diff"),
        (["--unsafe-fixes"], "--unsafe-fixes"),
        (["--show-fixes"], "--show-fixes"),
    ],
)
def test_what_is_about_one_checkout_is_refused(words: list[str], said: str, check: Ran) -> None:
    refused = check("--repos", "lists/all", *words)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == f"Error: --repos cannot be given together with {said}\n"


def test_a_rule_that_is_none_is_told_once(check: Ran) -> None:
    refused = check("--repos", "lists/all", "--select", "literal-secrets")
    said = "Error: --select: unknown rule `literal-secrets`; did you mean `literal-secret`?\n"
    assert (refused.returncode, refused.stdout, refused.stderr) == (2, "", said)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("gone", "--repos: no such file or folder: gone"),
        ("lists", "--repos: lists: Is a directory"),
        (os.devnull, f"--repos: {os.devnull} names no checkout"),
    ],
)
def test_a_list_that_is_none_is_refused(listed: str, said: str, check: Ran) -> None:
    refused = check("--repos", listed)
    assert (refused.returncode, refused.stderr) == (2, f"Error: {said}\n")
