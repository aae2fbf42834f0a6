"""Patterns are compiled once for many runs, which changes the time that these take and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from agentlint.engine import patterns
from agentlint.engine.patterns import kept_patterns
from agentlint.text import Pattern

TREE = {
    "AGENTS.md": "# Zebrafinch\n\nAlways use `gpt-4-0314` for zebrafinch, never `gpt-5.4`.\n",
    "zebrafinch/routes.yaml": "routes:\n  zebrafinch:\n    model: gpt-5.4\n    path: /v1/responses\n",
    "zebrafinch.env": "ZEBRAFINCH_API_KEY=zebrafinch\nOPENAI_BASE_URL=https://zebrafinch.example/v1\n",
    "agentlint.toml": 'exclude = ["zebrafinch-[0-9]*"]\n',
}
BEFORE = 4
"""Patterns at most that reading the settings takes; only they tell whether the cache may be used."""
COUNTING = """
import re, sys
from agentlint.cli import main
compile_really, count = re._compiler.compile, 0
def compile_and_count(pattern, flags=0):
    global count
    count += sys._getframe(3).f_globals["__name__"].startswith("agentlint.text")
    return compile_really(pattern, flags)
re._compiler.compile = compile_and_count
try:
    main()
except SystemExit:
    print(count, file=sys.stderr)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in TREE.items():
        file = tmp_path / "root" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "root"


def checked(root: Path, *options: str) -> tuple[str, int]:
    """What a check in a process of its own prints, and how many patterns it had `re` compile."""
    command = [sys.executable, "-c", COUNTING, "check", *options, "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout, int(done.stderr)


def kept(folder: Path) -> list[Path]:
    return [*folder.glob("*.patterns")]


def test_a_second_run_compiles_nothing_and_says_the_same(root: Path, own_cache: Path) -> None:
    plain, compiled = checked(root, "--no-cache")
    assert "retired-model" in plain
    assert compiled > 50
    assert not kept(own_cache)
    assert checked(root)[0] == plain
    (file,) = kept(own_cache)
    before = file.stat().st_mtime_ns, file.read_bytes()
    again, compiled_again = checked(root)
    assert again == plain
    assert compiled_again <= BEFORE
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before
    assert checked(root, "--no-cache")[1] == compiled


def test_nothing_of_a_repository_is_kept(root: Path, own_cache: Path) -> None:
    checked(root)
    (file,) = kept(own_cache)
    assert b"zebrafinch" not in file.read_bytes().lower()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", [b"", b"\x00" * 90, b"agentlint patterns 1\n" + b"x" * 60])
def test_a_damaged_file_is_made_anew(damage: bytes, root: Path, own_cache: Path) -> None:
    plain = checked(root)[0]
    (file,) = kept(own_cache)
    file.write_bytes(damage)
    assert checked(root)[0] == plain
    assert file.read_bytes() != damage
    assert checked(root)[1] <= BEFORE


def test_a_file_that_somebody_changed_is_not_believed(root: Path, own_cache: Path) -> None:
    plain = checked(root)[0]
    (file,) = kept(own_cache)
    file.write_bytes(file.read_bytes().replace(b"model", b"mobel"))
    assert checked(root)[0] == plain


def test_a_folder_within_the_checked_tree_is_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "caches"))
    checked(root)
    assert not (root / "caches").exists()


@pytest.mark.skipif(os.name != "posix", reason="the permissions of POSIX")
def test_a_folder_that_others_can_write_is_not_used(root: Path, own_cache: Path) -> None:
    own_cache.mkdir()
    own_cache.chmod(0o777)
    checked(root)
    assert not kept(own_cache)


def test_the_file_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "MAX_BYTES", 5_000)
    for number in range(40):
        with kept_patterns(tmp_path / "cache", tmp_path / "root"):
            assert Pattern(f"word{number}(?:a|b|c)").search(f"word{number}b")
    (file,) = kept(tmp_path / "cache")
    assert file.stat().st_size < 6_000
    words = re.findall(rb"word(\d+)", file.read_bytes())
    assert 5 < len(words) < 40
    assert words[0] == b"39"


def test_a_pattern_that_is_no_text_costs_nobody_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    for word in ("first", "second"):
        with kept_patterns(folder, tmp_path / "root"):
            Pattern("[\ud800]").search("")
            Pattern(word).search("")
    with kept_patterns(folder, tmp_path / "root"):
        Pattern("[\ud800]").search("")
    (file,) = kept(folder)
    assert all(word in file.read_bytes() for word in (b"first", b"second"))
