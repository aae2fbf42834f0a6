"""The facts of files that were read before, one file a root in the cache folder of the user.

It is the user's folder and not the repository's: whoever can write the repository could forge facts
there, and so hide findings. Nothing in it is code, nothing is trusted that does not have the form and
the checksum of what was written, and findings are never kept.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from msgspec import MsgspecError, Struct, field
from msgspec.msgpack import Decoder, encode

from agentlint.discovery import Candidate, FileError, read_bytes
from agentlint.engine.tool_version import tool_version
from agentlint.text.hashing import blake2b

MAX_BYTES = 64 << 20
"""Of the entries of one root; what is above is not kept."""
MAX_FOLDER_BYTES = 512 << 20
"""Of all roots together; the root that was checked longest ago goes first."""

_SUFFIX = ".facts"
_MAGIC = b"agentlint facts 1\n"
_CHECKSUM_BYTES = 32
_ENTRY_BYTES = 120
_OWN_FILES = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of agentlint.\n",
}

# Of the last change of content and of the file's own record in ns, size in bytes, number of the inode.
State: TypeAlias = tuple[int, int, int, int]


class Entry(Struct, frozen=True, array_like=True):
    """What a file gave: `facts` as stored, "" for a file of no interest.

    `state` is that of the file when it was read, None where it may have changed since without
    another state. `digest` is that of the content, and "" for a file of no interest: looking at it
    again costs no more.
    """

    state: State | None
    digest: bytes = b""
    facts: bytes = b""


class _Index(Struct, frozen=True, array_like=True):
    tool: bytes
    entries: dict[bytes, Entry]


class Cache(Struct, frozen=True):
    """The entries of one root by `key_of` their files; `file` is where they are kept."""

    file: Path
    entries: Mapping[bytes, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, root: Path) -> Cache | None:
        """The cache of a root; None where `folder` is not fit for one, whatever the reason."""
        try:
            if not _is_safe(folder, root):
                return None
            name = blake2b(os.fsencode(root), digest_size=16).hexdigest()
            file = folder / f"{name}{_SUFFIX}"
            return cls(file, _read(file))
        except OSError:
            return None

    def save(self, entries: Mapping[bytes, Entry], *, whole: bool) -> None:
        """Keep `entries`, and those of before unless this was a run over the `whole` root.

        Fails in silence: a run without a cache is as good, and a run beside this one may have won.
        """
        before = {} if whole else self.entries
        if entries == self.entries or (not whole and entries.items() <= self.entries.items()):
            return
        others = ((key, entry) for key, entry in before.items() if key not in entries)
        kept = dict(_bounded(chain(entries.items(), others)))
        try:
            body = encode(_Index(tool_version(), kept))
            _write(self.file, b"".join((_MAGIC, _checksum(body), body)))
            _make_room(self.file.parent)
        except OSError:
            return


def key_of(candidate: Candidate) -> bytes:
    """What facts are known by: the path and all else that discovery told. A name may hold a secret,
    so it is not kept as it stands."""
    told = f"{candidate.kind}\0{candidate.format}\0{candidate.asked_for}\0{candidate.path}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def clean(folder: Path) -> int:
    """Remove what is kept of every root, and tell how many there were; raises OSError."""
    files = [file for file in _files(folder) if file.name.endswith(_SUFFIX)]
    for file in _files(folder):
        os.unlink(file)
    return len(files)


def _is_safe(folder: Path, root: Path) -> bool:
    """Whether nobody else can write `folder`, least of all the author of the root."""
    real = Path(os.path.realpath(folder))
    if root in (real, *real.parents):
        return False
    os.makedirs(real, mode=0o700, exist_ok=True)
    status = os.lstat(real)
    if os.name != "posix":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _read(file: Path) -> Mapping[bytes, Entry]:
    """The entries of a file, none for one that is not as this very tool wrote it."""
    try:
        data = read_bytes(file, 2 * MAX_BYTES)
        body = memoryview(data)[len(_MAGIC) + _CHECKSUM_BYTES :]
        if data[: -len(body) or None] != _MAGIC + _checksum(body):
            return {}
        index = Decoder(_Index).decode(body)
    except (FileError, MsgspecError, UnicodeDecodeError):
        return {}
    return index.entries if index.tool == tool_version() else {}


def _checksum(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_CHECKSUM_BYTES).digest()


def _bounded(entries: Iterable[tuple[bytes, Entry]]) -> Iterator[tuple[bytes, Entry]]:
    size = 0
    for key, entry in entries:
        size += _ENTRY_BYTES + len(entry.facts)
        if size > MAX_BYTES:
            return
        yield key, entry


def _write(file: Path, data: bytes) -> None:
    """Put `data` in place of `file` in one step: who reads it sees the one or the other."""
    for name, text in _OWN_FILES.items():
        if not os.path.lexists(file.parent / name):
            _create(file.parent / name, text.encode())
    draft = file.with_name(f".{os.urandom(8).hex()}.draft")
    try:
        _create(draft, data)
        os.replace(draft, file)
    except OSError:
        if os.path.lexists(draft):
            os.unlink(draft)
        raise


def _create(file: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(file, flags, 0o600), "wb") as opened:
        opened.write(data)


def _make_room(folder: Path) -> None:
    """Remove what was written longest ago until the rest is within the limit."""
    left = MAX_FOLDER_BYTES
    for file in sorted(_files(folder), key=lambda file: -file.stat().st_mtime_ns):
        left -= file.stat().st_size
        if left < 0:
            os.unlink(file)


def _files(folder: Path) -> list[Path]:
    """The files of roots, and drafts that a killed process has left."""
    if not os.path.isdir(folder):
        return []
    return [file for file in folder.iterdir() if file.name.endswith((_SUFFIX, ".draft"))]
