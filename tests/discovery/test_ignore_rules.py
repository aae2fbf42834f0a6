"""Ignore files are read as git reads them, and none of them can make the run slow."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agentlint.discovery import IgnoreRules, pattern_from_root

PATHS = (
    "a",
    "b.md",
    "a.md",
    "ab.md",
    "a-b",
    "dir/a.md",
    "dir/b",
    "dir/sub/a.md",
    "dir/sub/deep/ab.md",
    "sub/dir/sub/b.md",
    "other/dir/a",
    "[a]",
    "a b",
    "a!",
)
PIECES = st.sampled_from(
    [
        "a",
        "b",
        "*",
        "?",
        "**",
        "/",
        "dir",
        "sub",
        ".md",
        "[ab]",
        "[!a]",
        "[a-c]",
        "\\*",
        "[",
        "]",
        "!",
        "#",
        " ",
        "deep",
        "**/",
        "/**",
        "[[:alpha:]]",
        "\\",
        "-",
    ]
)
# git cuts the plain start of a pattern off before it looks, so that `a**/b` means more than it says.
_QUIRK = re.compile(r"[^/!]\*\*|\*\*[^/]")
LINES = (
    st.lists(PIECES, min_size=1, max_size=6)
    .map("".join)
    .filter(lambda line: not _QUIRK.search(line))
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("git") is None:
        pytest.skip("git is not installed, so there is nothing to compare with")
    root = tmp_path_factory.mktemp("ignored")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    for path in PATHS:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_dir():
            file.write_text("")
    return root


def as_git_says(root: Path, lines: list[str]) -> set[str]:
    (root / ".gitignore").write_text("\n".join(lines))
    told = subprocess.run(
        [
            "git",
            "-c",
            "core.fsmonitor=false",
            "-C",
            str(root),
            "-c",
            "core.excludesFile=/dev/null",
            "check-ignore",
            "-z",
            "--no-index",
            "--stdin",
        ],
        input="\0".join(PATHS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode in (0, 1), told.stderr
    return {path for path in told.stdout.split("\0") if path}


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(LINES, min_size=1, max_size=4))
@example(lines=["[/[ab]"])  # a slash in a set parts nothing
@example(lines=["dir\\/sub"])
@example(lines=["/*a"])  # of the folder itself alone
def test_the_same_paths_are_ignored_as_by_git(repository: Path, lines: list[str]) -> None:
    rules = IgnoreRules().plus(lines)
    assert {path for path in PATHS if rules.covers(path)} == as_git_says(repository, lines)


@pytest.mark.parametrize(
    "pattern",
    [
        "*a" * 60 + "b",
        "**/" * 200 + "*a*a*a*a*a*a*b",
        "**/a*/" * 60 + "b",
        "a*" * 120 + "?" * 60 + "b",
        "*[!b]" * 60 + "b",
        "[!" * 400,
        "*" * 900 + "b",
        "/".join(["**", "*a*a"] * 40),
    ],
)
def test_no_pattern_is_slow(pattern: str) -> None:
    path = "/".join(["a" * 240] * 15)
    started = time.process_time()
    IgnoreRules().plus([pattern]).covers(path)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("folder", ["a", "a/b", "[x]/*y", "a\\b"])
@pytest.mark.parametrize(
    "pattern",
    [
        "c",
        "/c",
        "c/",
        "c/d",
        "c/**",
        "**/d",
        "*.md",
        "!c",
        "!/c",
        "\\!c",
        "#c",
        "",
        "/",
        "c\\ ",
        "**",
    ],
)
def test_a_pattern_told_from_the_root_is_that_of_its_folder(pattern: str, folder: str) -> None:
    before = IgnoreRules().plus(["*"]) if pattern.startswith("!") else IgnoreRules()
    there = before.plus([pattern], f"{folder}/")
    told = before.plus([pattern_from_root(pattern, folder)])
    for name in ("c", "c/", "!c", "#c", "c ", "c/d", "x/c/d", "x/d", "n.md", "x/n.md"):
        path = f"{folder}/{name}"
        assert told.ignores(path) == there.ignores(path), name
