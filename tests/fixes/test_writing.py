"""A file is replaced whole or left alone, and only if it is the one that was read."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agentlint.fixes import NotWrittenError, replace_text

OLD, NEW = b"old\r\n", b"new\r\n"

ENDLESS = """
import sys
from pathlib import Path
from agentlint.fixes import replace_text

root, texts = Path(sys.argv[1]), (b"old" * 100_000, b"new" * 100_000)
print("ready", flush=True)
while True:
    for name in ("a.yaml", "b.yaml"):
        now = (root / name).read_bytes()
        replace_text(root, name, now, texts[now == texts[0]])
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_bytes(OLD)
    return tmp_path.resolve()


def left_alone(root: Path, path: str, why: str, old: bytes = OLD) -> None:
    """Writing is refused with a reason, and every file below the root is as it was."""
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    with pytest.raises(NotWrittenError, match=why):
        replace_text(root, path, old, NEW)
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


def test_bytes_and_mode_are_kept(root: Path) -> None:
    (root / "a.yaml").chmod(0o751)
    replace_text(root, "a.yaml", OLD, NEW)
    assert (root / "a.yaml").read_bytes() == NEW
    assert stat.S_IMODE((root / "a.yaml").stat().st_mode) == 0o751
    assert os.listdir(root) == ["a.yaml"]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs extended attributes")
def test_extended_attributes_are_kept(root: Path) -> None:
    try:
        os.setxattr(root / "a.yaml", "user.note", b"mine")
    except OSError:
        pytest.skip("this file system keeps no extended attributes")
    replace_text(root, "a.yaml", OLD, NEW)
    assert os.getxattr(root / "a.yaml", "user.note") == b"mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to be root")
def test_the_owner_is_kept(root: Path) -> None:
    os.chown(root / "a.yaml", 12345, 23456)
    replace_text(root, "a.yaml", OLD, NEW)
    status = (root / "a.yaml").stat()
    assert (status.st_uid, status.st_gid) == (12345, 23456)


def test_a_link_is_left_alone(root: Path) -> None:
    (root / "link.yaml").symlink_to("a.yaml")
    left_alone(root, "link.yaml", "link")


def test_a_file_in_a_linked_folder_is_left_alone(root: Path) -> None:
    (root / "folder").mkdir()
    (root / "folder" / "b.yaml").write_bytes(OLD)
    (root / "linked").symlink_to("folder")
    left_alone(root, "linked/b.yaml", "link")


def test_a_file_with_two_names_is_left_alone(root: Path) -> None:
    os.link(root / "a.yaml", root / "b.yaml")
    left_alone(root, "a.yaml", "several names")


@pytest.mark.parametrize("path", ["../a.yaml", "/etc/hostname", "folder/../../a.yaml"])
def test_nothing_outside_of_the_root_is_written(root: Path, path: str) -> None:
    (root / "inside").mkdir()
    left_alone(root / "inside", path, "root")
    assert (root / "a.yaml").read_bytes() == OLD


def test_a_link_out_of_the_root_is_left_alone(root: Path) -> None:
    (root / "inside").mkdir()
    (root / "inside" / "a.yaml").symlink_to(root / "a.yaml")
    left_alone(root / "inside", "a.yaml", "root")
    assert (root / "a.yaml").read_bytes() == OLD


def test_a_file_that_changed_after_it_was_read_is_left_alone(root: Path) -> None:
    left_alone(root, "a.yaml", "changed", old=b"something else")


def test_a_file_that_changes_while_it_is_repaired_is_left_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(handle: int) -> None:
        (root / "a.yaml").write_bytes(b"meanwhile")

    monkeypatch.setattr(os, "fsync", meddle)
    with pytest.raises(NotWrittenError, match="changed while"):
        replace_text(root, "a.yaml", OLD, NEW)
    assert (root / "a.yaml").read_bytes() == b"meanwhile"
    assert os.listdir(root) == ["a.yaml"]


def test_a_full_disk_leaves_the_file_and_no_other(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    left_alone(root, "a.yaml", "no space left")
    assert os.listdir(root) == ["a.yaml"]


def test_an_interrupt_leaves_the_file_and_no_other(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_text(root, "a.yaml", OLD, NEW)
    assert (root / "a.yaml").read_bytes() == OLD
    assert os.listdir(root) == ["a.yaml"]


def test_a_missing_file_and_a_folder_are_told(root: Path) -> None:
    (root / "folder").mkdir()
    left_alone(root, "b.yaml", "no such file")
    left_alone(root, "folder", "not a regular file")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_run_leaves_each_file_whole(root: Path) -> None:
    texts = (b"old" * 100_000, b"new" * 100_000)
    moments = random.Random(7)
    for name in ("a.yaml", "b.yaml"):
        (root / name).write_bytes(texts[0])
    seen = set()
    for _ in range(15):
        process = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(root)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.05))
        process.kill()
        process.wait()
        process.stdout.close()
        found = [(root / name).read_bytes() for name in ("a.yaml", "b.yaml")]
        assert all(text in texts for text in found)
        seen.update(found)
    assert len(seen) == 2
