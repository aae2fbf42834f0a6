"""The files of the cache folder: each is put in its place whole, and is read only as it was written.

It is the user's folder and not the repository's: whoever can write the repository could forge there
what hides a finding.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from agentlint.discovery import FileError, read_bytes
from agentlint.engine.cache_folder import SUFFIXES
from agentlint.text.hashing import blake2b

MAX_FOLDER_BYTES = 512 << 20
"""Of all files together; what was written longest ago goes first."""

K = TypeVar("K")
V = TypeVar("V")

_DRAFT = ".draft"
_CHECKSUM_BYTES = 32
_OWN_FILES = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of agentlint.\n",
}


def is_safe(folder: Path, root: Path) -> bool:
    """Whether nobody else can write `folder`, which is made, least of all the author of the root."""
    real = Path(os.path.realpath(folder))
    if root in (real, *real.parents):
        return False
    os.makedirs(real, mode=0o700, exist_ok=True)
    status = os.lstat(real)
    if os.name != "posix":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def read(file: Path, magic: bytes, limit: int) -> memoryview | None:
    """What `write` put into a file under this `magic`; None for any other file, or one of more than
    `limit` bytes."""
    try:
        data = read_bytes(file, limit)
    except FileError:
        return None
    body = memoryview(data)[len(magic) + _CHECKSUM_BYTES :]
    return body if data[: -len(body) or None] == magic + _checksum(body) else None


def write(file: Path, magic: bytes, body: bytes) -> None:
    """Put `body` in place of a file in one step: who reads it sees the one or the other.

    Raises OSError.
    """
    for name, text in _OWN_FILES.items():
        if not os.path.lexists(file.parent / name):
            _create(file.parent / name, text.encode())
    draft = file.with_name(f".{os.urandom(8).hex()}{_DRAFT}")
    try:
        _create(draft, b"".join((magic, _checksum(body), body)))
        os.replace(draft, file)
    except OSError:
        if os.path.lexists(draft):
            os.unlink(draft)
        raise
    _make_room(file.parent)


def files(folder: Path) -> list[Path]:
    """What is kept, and drafts that a killed process has left; raises OSError."""
    if not os.path.isdir(folder):
        return []
    return [file for file in folder.iterdir() if file.name.endswith((*SUFFIXES, _DRAFT))]


def bounded(items: Iterable[tuple[K, V]], size_of: Callable[[K, V], int], limit: int) -> dict[K, V]:
    """The first items that together take no more than `limit` bytes."""
    kept: dict[K, V] = {}
    left = limit
    for key, value in items:
        left -= size_of(key, value)
        if left < 0:
            break
        kept[key] = value
    return kept


def _checksum(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_CHECKSUM_BYTES).digest()


def _create(file: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(file, flags, 0o600), "wb") as opened:
        opened.write(data)


def _make_room(folder: Path) -> None:
    left = MAX_FOLDER_BYTES
    for file in sorted(files(folder), key=lambda file: -file.stat().st_mtime_ns):
        left -= file.stat().st_size
        if left < 0:
            os.unlink(file)
