"""What git tracks, read from its index without a git process.

An ignore rule does not hold for a file that git tracks. The format is told in git's own
`gitformat-index` page. An index that is not as it should be tracks nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from agentlint.discovery.reading import FileError, read_bytes

MAX_INDEX_BYTES = 128 << 20
_MAX_NAME_BYTES = 4096
_MAX_FOLDERS = 128
"""Above a file; no walk goes as deep."""
_SIGNATURE = b"DIRC"
_COMPRESSED = 4
_VERSIONS = (2, 3, _COMPRESSED)
_HASH_BYTES = (20, 32)
_MODE_AT, _HASH_AT, _FLAGS = 24, 40, 2
_REGULAR_FILE = 0b1000
_EXTENDED = 0x4000
_LENGTH = 0x0FFF
_MAX_LINK_BYTES = 4096
_FEW = 64


def tracked(root: Path, hidden: Iterable[str]) -> Iterator[str]:
    """The regular files that the index of `root` has among `hidden` paths: files, and whatever lies
    below a folder ("a/b/", "" for all). In order of their names' bytes."""
    paths = {os.fsencode(path) for path in hidden}
    data = _read_index(root) if paths else b""
    if not data or not _may_hold_one(data, paths):
        return
    known = {b"": b"" in paths}
    for name in _names(data):
        if name.count(b"/") <= _MAX_FOLDERS and (name in paths or _is_below(name, paths, known)):
            yield os.fsdecode(name)


def _may_hold_one(data: bytes, paths: set[bytes]) -> bool:
    """Whether one of a few paths stands in an index at all: its entries are many."""
    if data[7] == _COMPRESSED or len(paths) > _FEW or b"" in paths:
        return True
    return any((path if path.endswith(b"/") else path + b"\0") in data for path in paths)


def _is_below(name: bytes, folders: set[bytes], known: dict[bytes, bool]) -> bool:
    """Whether a file lies in one of `folders`; what is `known` of a folder holds for all files in it."""
    folder = name[: name.rfind(b"/") + 1]
    if folder not in known:
        known[folder] = folder in folders or _is_below(folder[:-1], folders, known)
    return known[folder]


def _read_index(root: Path) -> bytes:
    try:
        data = read_bytes(_index(root), MAX_INDEX_BYTES)
    except FileError:
        return b""
    is_index = data[:4] == _SIGNATURE and int.from_bytes(data[4:8], "big") in _VERSIONS
    return data if is_index else b""


def _names(data: bytes) -> Iterator[bytes]:
    for hash_bytes in _HASH_BYTES:
        try:
            names = list(_entries(data, hash_bytes))
        except (IndexError, ValueError):
            continue
        yield from names
        return


def _index(root: Path) -> Path:
    """The index of a checkout; that of a further worktree lies with the repository that it names, which
    must name the worktree as well."""
    git = root / ".git"
    try:
        link = os.fsdecode(read_bytes(git, _MAX_LINK_BYTES)).removeprefix("gitdir: ").strip()
        own = root / link
        back = os.fsdecode(read_bytes(own / "gitdir", _MAX_LINK_BYTES)).strip()
    except FileError:
        return git / "index"
    return own / "index" if own / back == git else git / "index"


def _entries(data: bytes, hash_bytes: int) -> Iterator[bytes]:
    """The names of regular files; raises ValueError or IndexError where the bytes are no index."""
    compressed = data[7] == _COMPRESSED
    fixed = _HASH_AT + hash_bytes + _FLAGS
    at, name = 12, b""
    for _ in range(int.from_bytes(data[8:12], "big")):
        flags = int.from_bytes(data[at + fixed - _FLAGS : at + fixed], "big")
        start = at + fixed + (_FLAGS if flags & _EXTENDED else 0)
        kept = b""
        if compressed:
            cut, start = _number(data, start)
            if cut > len(name):
                raise ValueError("more is cut off a name than it has")
            kept = name[: len(name) - cut]
        end = data.index(b"\0", start, start + _MAX_NAME_BYTES)
        name = kept + data[start:end]
        if min(len(name), _LENGTH) != flags & _LENGTH or not 0 < len(name) < _MAX_NAME_BYTES:
            raise ValueError("a name is not as long as it is said to be")
        if data[at + _MODE_AT + 2] >> 4 == _REGULAR_FILE:
            yield name
        # One to eight NULs make the length of an entry a multiple of eight, but for the compressed.
        at = end + 1 if compressed else at + ((end - at + 8) & ~7)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, each but the last with the eighth set, and where it ends."""
    byte = data[at]
    number = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = data[at]
        number = ((number + 1) << 7) + (byte & 0x7F)
        if number > _MAX_NAME_BYTES:
            raise ValueError("more is cut off a name than one can have")
    return number, at + 1
