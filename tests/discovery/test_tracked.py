"""An ignore rule hides no file that git tracks: git itself would not leave it out either."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentlint.discovery import discover, is_excluded, listing
from agentlint.discovery.tracked import UnknownIndexError, _has_its_end, tracked
from agentlint.findings import NoticeKind

Git = Callable[..., bytes]
NAMES = (
    "AGENTS.md",
    "build/AGENTS.md",
    "build/deep/er/CLAUDE.md",
    "build/notes.txt",
    "builds/AGENTS.md",
    "own/CLAUDE.local.md",
    "ünder/größe.md",
    "x" * 200 + ".md",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return (tmp_path / "root").resolve()


@pytest.fixture
def git(root: Path) -> Git:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    root.mkdir()

    def run(*arguments: str) -> bytes:
        config = ("-c", "user.name=a", "-c", "user.email=a@example.invalid")
        command = ["git", "-C", str(root), *config, *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout

    return run


def write(root: Path, *names: str, text: str = "# x\n") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def found(root: Path, *exclude: str) -> list[str]:
    return [one.path for one in discover(root, [root], exclude).candidates]


def checkout(git: Git, root: Path) -> None:
    """A repository with two tracked files that its ignore file names, and an untracked one."""
    git("init", "-q")
    write(root, "build/AGENTS.md", "own/CLAUDE.local.md")
    git("add", "-A")
    write(root, ".gitignore", text="build/\nCLAUDE.local.md\n")
    write(root, "build/CLAUDE.md")


def test_what_is_tracked_is_read_although_it_is_ignored(git: Git, root: Path) -> None:
    checkout(git, root)
    assert found(root) == ["build/AGENTS.md", "own/CLAUDE.local.md"]
    git("rm", "-q", "--cached", "build/AGENTS.md")
    assert found(root) == ["own/CLAUDE.local.md"]


def test_what_the_settings_exclude_is_not(git: Git, root: Path) -> None:
    checkout(git, root)
    assert found(root, "build/") == ["own/CLAUDE.local.md"]
    assert found(root, "*.md") == []


def test_a_hook_and_a_run_agree(git: Git, root: Path) -> None:
    checkout(git, root)
    assert not is_excluded(root, root / "build/AGENTS.md", [])
    assert is_excluded(root, root / "build/AGENTS.md", ["build"])
    assert is_excluded(root, root / "build/CLAUDE.md", [])


def test_it_is_found_by_a_walk_that_lists_nothing_again(
    git: Git, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "RACY_NS", -1_000_000_000)
    checkout(git, root)
    first = discover(root, [root], listings={})
    again = discover(root, [root], listings=first.listings)
    assert again.listings == first.listings
    assert again.candidates == first.candidates != ()


def test_vendored_folders_links_and_what_is_gone_are_left_out(git: Git, root: Path) -> None:
    git("init", "-q")
    write(root, "node_modules/AGENTS.md", "a/AGENTS.md", "a/GEMINI.md", "b/AGENTS.md")
    (root / "a/CLAUDE.md").symlink_to("AGENTS.md")
    git("add", "-A")
    write(root, ".gitignore", text="a/\nb/\nnode_modules/\n")
    (root / "a/GEMINI.md").unlink()
    shutil.rmtree(root / "b")
    (root / "b").symlink_to("a")
    assert found(root) == ["a/AGENTS.md"]


def test_a_further_worktree_has_an_index_of_its_own(git: Git, root: Path) -> None:
    checkout(git, root)
    git("commit", "-qm", "x")
    git("worktree", "add", "-q", "../more")
    more = root.parent / "more"
    write(more, ".gitignore", text="build/\n")
    assert found(more) == ["build/AGENTS.md", "own/CLAUDE.local.md"]


def test_a_link_to_the_repository_of_somebody_else_is_not_followed(git: Git, root: Path) -> None:
    checkout(git, root)
    stranger = root.parent / "stranger"
    write(stranger, "build/AGENTS.md")
    write(stranger, ".gitignore", text="build/\n")
    write(stranger, ".git", text=f"gitdir: {root / '.git'}\n")
    assert found(stranger) == []
    assert told(stranger) == ["its folder is another one, which does not name this checkout"]


def told(root: Path) -> list[str]:
    """Why the notices of a walk say that it is not known what git tracks."""
    notices = discover(root, [root]).notices
    assert {(notice.path, notice.kind) for notice in notices} <= {(".git", NoticeKind.LIMIT)}
    return [notice.message.partition("since ")[2].partition(": ")[0] for notice in notices]


def test_a_submodule_has_its_index_in_the_folder_of_the_repository_around_it(
    git: Git, root: Path
) -> None:
    checkout(git, root)
    git("add", "-f", "-A")
    git("commit", "-qm", "x")
    outer = root.parent / "outer"
    local = ("-c", "protocol.file.allow=always")
    git("init", "-q", str(outer))
    git("-C", str(outer), *local, "submodule", "--quiet", "add", str(root), "lib")
    tracked_names = ["build/AGENTS.md", "build/CLAUDE.md", "own/CLAUDE.local.md"]
    assert found(outer / "lib") == tracked_names
    # In a further worktree it lies elsewhere, and its configuration names the files.
    git("-C", str(outer), "commit", "-qm", "x")
    git("-C", str(outer), "worktree", "add", "-q", "../more")
    git("-C", str(root.parent / "more"), *local, "submodule", "--quiet", "update", "--init")
    assert found(root.parent / "more/lib") == tracked_names
    assert told(outer / "lib") == told(root.parent / "more/lib") == []


def test_a_submodule_that_was_copied_out_of_its_repository_has_no_index(root: Path) -> None:
    write(root, "build/AGENTS.md")
    write(root, ".gitignore", text="build/\n")
    for link in ("gitdir: ../outer/.git/modules/lib\n", "gitdir: \0\n", "", "gitdir: .\n"):
        write(root, ".git", text=link)
        assert (found(root), told(root)) == ([], [])


@pytest.mark.parametrize("size", [0, 3, 70, -60])
def test_an_index_that_is_cut_off_is_told(git: Git, root: Path, size: int) -> None:
    checkout(git, root)
    index = root / ".git/index"
    index.write_bytes(index.read_bytes()[:size])
    assert found(root) == []
    assert told(root) == ["its index is damaged, or in a form that is not known"]
    for hidden in (["build/"], ["CLAUDE.md"]):
        with pytest.raises(UnknownIndexError):
            list(tracked(root, hidden))


def test_an_index_that_is_split_is_told(git: Git, root: Path) -> None:
    checkout(git, root)
    git("update-index", "--split-index")
    write(root, "more.md")
    git("add", "more.md")
    assert told(root) == ["its index is split (`core.splitIndex`)"]
    assert is_excluded(root, root / "build/AGENTS.md", [])
    notices = discover(root, [root / "build/AGENTS.md"], force_exclude=True).notices
    assert [notice.path for notice in notices] == [".git"]
    git("update-index", "--no-split-index")
    assert (found(root, "more.md"), told(root)) == (["build/AGENTS.md", "own/CLAUDE.local.md"], [])


def test_what_no_index_can_be_asked_of_is_not_told(git: Git, root: Path) -> None:
    git("init", "-q")
    write(root, ".gitignore", text="build/\n")
    write(root, "build/AGENTS.md")
    assert told(root) == []
    (root / ".git/index").write_bytes(b"garbage")
    assert len(told(root)) == 1
    (root / ".gitignore").unlink()
    assert told(root) == []


def test_an_index_without_a_path_is_told_from_one_that_is_cut_off(git: Git, root: Path) -> None:
    """With and without what git writes behind the entries once there is a commit."""
    checkout(git, root)
    assert list(tracked(root, ["none.md"])) == []
    git("commit", "-qm", "x")
    git("read-tree", "HEAD")
    data = (root / ".git/index").read_bytes()
    assert b"TREE" in data
    assert _has_its_end(data)
    assert not _has_its_end(data[:-30])
    assert list(tracked(root, ["none.md"])) == []


@pytest.mark.parametrize("version", ["2", "4"])
@pytest.mark.parametrize("objects", ["sha1", "sha256"])
def test_every_form_of_an_index_is_read(git: Git, root: Path, objects: str, version: str) -> None:
    git("init", "-q", f"--object-format={objects}")
    write(root, *NAMES)
    git("add", *NAMES[:-1])
    git("add", "--intent-to-add", NAMES[-1])
    git("update-index", "--index-version", version)
    names = [os.fsdecode(name) for name in git("ls-files", "-z").split(b"\0") if name]
    assert list(tracked(root, [""])) == names == sorted(NAMES, key=os.fsencode)
    assert list(tracked(root, ["build/", "AGENTS.md"])) == [
        name for name in names if name.startswith("build/") or name == "AGENTS.md"
    ]
    assert list(tracked(root, [])) == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), version=st.sampled_from([2, 4]))
def test_a_damaged_index_is_no_harm(seed: int, version: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = bytearray(_index(version, [f"a/{'b/' * number}c.md" for number in range(20)]))
    for _ in range(chance.randrange(1, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    del data[chance.randrange(len(data)) :]
    (tmp_path / ".git").mkdir(exist_ok=True)
    (tmp_path / ".git/index").write_bytes(data)
    with contextlib.suppress(UnknownIndexError):
        for name in tracked(tmp_path, ["", "a/"]):
            assert 0 < len(name) < 4096
    with contextlib.suppress(UnknownIndexError):
        assert list(tracked(tmp_path, ["none"])) == []


def test_an_index_made_to_be_slow_is_not(tmp_path: Path) -> None:
    deep = [f"{'a/' * number}{number}" for number in range(1, 2_000, 20)]
    (tmp_path / ".git").mkdir()
    for version in (2, 4):
        (tmp_path / ".git/index").write_bytes(_index(version, deep))
        assert len(list(tracked(tmp_path, [""]))) == 7


def _index(version: int, names: list[str]) -> bytes:
    """An index of regular files as git would write it, with hashes of zeros."""
    parts = [b"DIRC", version.to_bytes(4, "big"), len(names).to_bytes(4, "big")]
    before = b""
    for name in (name.encode() for name in names):
        head = bytes(24) + 0o100644.to_bytes(4, "big") + bytes(12 + 20)
        head += min(len(name), 0xFFF).to_bytes(2, "big")
        if version == 4:
            parts += [head, _cut(len(before)), name, b"\0"]
        else:
            parts += [head, name, bytes(8 - (len(head) + len(name)) % 8)]
        before = name
    return b"".join(parts)


def _cut(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        number -= 1
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))
