"""A walk that knows what the last one saw finds what a walk that knows nothing does."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentlint.discovery import Discovered, discover, listing

FOLDERS = ("a", "a/b", "a/b/c", "tools", "node_modules", ".github", "a/link", "b")
NAMES = ("AGENTS.md", "x.yaml", "x.txt", "pyvenv.cfg", ".gitignore", ".git")
IGNORED = ("", "b/\n", "*.yaml\n", "AGENTS.md\n!/a/AGENTS.md\n", "/a/*\n!/a/b/\n")
_TICK = 0.02
"""Longer than the clock of a Linux file system takes from one time to the next, in seconds."""


@pytest.fixture
def old_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the state of a folder tell at once whether it has changed."""
    monkeypatch.setattr(listing, "RACY_NS", -1_000_000_000)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    root.mkdir()
    return root


def walked(root: Path, before: Discovered | None, exclude: tuple[str, ...] = ()) -> Discovered:
    return discover(root, [root], exclude, listings=before.listings if before else {})


def found(discovered: Discovered) -> object:
    return discovered.candidates, discovered.notices


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that are listed from now on, by their names."""
    seen: list[str] = []
    scandir: Callable[[str], object] = os.scandir

    def counted(folder: str) -> object:
        seen.append(Path(folder).name)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", counted)
    return seen


def write(path: Path, text: str = "# x\n") -> None:
    if path.parent.is_dir() and not path.is_dir():
        path.unlink(missing_ok=True)
        path.write_text(text)


def make_folder(path: Path, _: str) -> None:
    path.mkdir(parents=True, exist_ok=True)


def remove(path: Path, _: str) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def make_link(path: Path, target: str) -> None:
    if path.parent.is_dir() and not path.is_dir():
        path.unlink(missing_ok=True)
        path.symlink_to(path.parent / target)


def move(path: Path, name: str) -> None:
    new = path.parent / Path(name).name
    if path.is_dir() and not new.exists():
        path.rename(new)


_ANYWHERE = st.sampled_from([folder + name for folder in ("", "a/", "a/b/") for name in NAMES])
_FOLDER = st.sampled_from(FOLDERS)
_EDIT = st.one_of(
    st.tuples(st.just(make_folder), _FOLDER, st.just("")),
    st.tuples(st.just(remove), _FOLDER | _ANYWHERE, st.just("")),
    st.tuples(st.just(write), _ANYWHERE, st.sampled_from(IGNORED)),
    st.tuples(st.just(make_link), _ANYWHERE, _ANYWHERE | _FOLDER),
    st.tuples(st.just(move), _FOLDER, _FOLDER),
)
_EXCLUDE = st.sampled_from(((), ("a/b",), ("*.yaml",)))


@pytest.mark.usefixtures("old_enough")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.tuples(st.lists(_EDIT, max_size=6), _EXCLUDE), min_size=2, max_size=4))
def test_what_was_seen_before_changes_no_walk(
    rounds: list[tuple[list[tuple[Callable[[Path, str], None], str, str]], tuple[str, ...]]],
    root: Path,
) -> None:
    shutil.rmtree(root)
    (root / "a/b").mkdir(parents=True)
    before = None
    for edits, exclude in rounds:
        for edit, path, what in edits:
            edit(root / path, what)
        before = walked(root, before, exclude)
        assert found(before) == found(discover(root, [root], exclude))
        time.sleep(_TICK)


@pytest.mark.usefixtures("old_enough")
def test_a_folder_that_is_as_it_was_is_not_listed_again(root: Path, listed: list[str]) -> None:
    for folder in ("a", "b", "tools"):
        (root / folder).mkdir()
        write(root / folder / "AGENTS.md")
    write(root / "tools/pyvenv.cfg")
    before = walked(root, None)
    assert sorted(listed) == ["a", "b", "root", "tools"]
    time.sleep(_TICK)
    write(root / "b/CLAUDE.md")
    listed.clear()
    assert [one.path for one in walked(root, before).candidates] == [
        "a/AGENTS.md",
        "b/AGENTS.md",
        "b/CLAUDE.md",
    ]
    assert listed == ["b"]


@pytest.mark.usefixtures("old_enough")
def test_other_ignore_rules_list_what_they_hold_for(root: Path, listed: list[str]) -> None:
    for folder in ("a/b", "c"):
        (root / folder).mkdir(parents=True)
        write(root / folder / "AGENTS.md")
    write(root / "a/.gitignore", "nothing\n")
    before = walked(root, None)
    listed.clear()
    assert found(walked(root, before)) == found(before)
    assert listed == []
    (root / "a/.gitignore").write_text("AGENTS.md\n")
    assert [one.path for one in walked(root, before).candidates] == ["c/AGENTS.md"]
    assert sorted(listed) == ["a", "b"]


def test_a_folder_that_was_just_changed_is_listed_again(root: Path, listed: list[str]) -> None:
    write(root / "AGENTS.md")
    before = walked(root, None)
    assert before.listings == {}
    listed.clear()
    walked(root, before)
    assert listed == ["root"]


@pytest.mark.usefixtures("old_enough")
def test_what_there_is_to_tell_of_a_folder_is_told_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agentlint.discovery.walk.MAX_DEPTH", 1)
    (root / "a/b").mkdir(parents=True)
    write(root / ".gitignore", "x" * 2_000)
    first = walked(root, None)
    assert len(first.notices) == 2
    assert found(walked(root, first)) == found(first)


@pytest.mark.usefixtures("old_enough")
def test_no_listings_are_made_unless_they_are_asked_for(root: Path) -> None:
    assert discover(root, [root]).listings == {}
