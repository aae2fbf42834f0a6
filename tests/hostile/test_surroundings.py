"""The same bytes wherever agentlint runs, and no network to ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Always use `gpt-5.4` for caf\u00e9 \U0001f600 reviews.\n"
SURROUNDINGS = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "0"},
    {"LC_ALL": "C", "PYTHONUTF8": "1", "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati"},
    {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "latin-1", "PYTHONHASHSEED": "1", "TZ": "UTC"},
    {"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "random", "COLUMNS": "20", "TERM": "dumb"},
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("AGENTS.md", "sub/CLAUDE.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.instructions.md")).write_text(
            TEXT, encoding="utf-8"
        )
    except OSError:
        pytest.skip("this file system takes no name that is not UTF-8")
    return tmp_path


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github", "junit"])
def test_neither_the_locale_nor_a_name_that_is_no_text_changes_a_byte(
    form: str, tree: Path, agentlint
) -> None:
    options = ("--output-format", form, "--as-of", "2026-11-20")
    results = [agentlint(tree, "check", ".", *options, **env) for env in SURROUNDINGS]
    assert {result.returncode for result in results} == {1}
    assert len({result.stdout for result in results}) == 1
    assert {result.stderr for result in results} == {""}
    assert "instructions.md" in results[0].stdout


@pytest.mark.parametrize("form", ["full", "json", "sarif"])
def test_names_in_other_letters_are_the_same_in_every_locale(
    form: str, tree: Path, agentlint
) -> None:
    """Also where they stand in an ignore file, the settings or the command line."""
    for name in (
        "\u0130/GEMINI.md",
        "\u0131gn/GEMINI.md",
        "\u00e9/GEMINI.md",
        "\U0001f600/GEMINI.md",
    ):
        (tree / name).parent.mkdir()
        (tree / name).write_text(TEXT, encoding="utf-8")
    (tree / ".gitignore").write_text("\u0131gn/\n", encoding="utf-8")
    (tree / "agentlint.toml").write_text('exclude = ["\u00e9/"]\n', encoding="utf-8")
    options = ("--output-format", form, "--as-of", "2026-11-20")
    for path in (".", "\u0130"):
        seen = {agentlint(tree, "check", path, *options, **env).stdout for env in SURROUNDINGS}
        assert len(seen) == 1
        (report,) = seen
        assert ("%C4%B0/GEMINI.md" if form == "sarif" else "\u0130/GEMINI.md") in report
        assert "gn/GEMINI" not in report
        assert "\u00e9/GEMINI" not in report


def test_it_runs_without_a_network(tree: Path) -> None:
    apart = [shutil.which("unshare") or "", "--net", "--map-root-user"]
    if (
        not apart[0]
        or subprocess.run([*apart, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("`unshare --net` does not work here")
    for command in (["check", "."], ["routes", "."], ["facts", "AGENTS.md"]):
        words = [sys.executable, "-P", "-B", "-m", "agentlint", *command]
        inside, outside = (
            subprocess.run(
                [*before, *words], cwd=tree, capture_output=True, check=False, timeout=120
            )
            for before in (apart, [])
        )
        assert inside.stdout == outside.stdout
        assert inside.returncode == outside.returncode < 2
