"""What git tracks, read from its index without a git process.

An ignore rule does not hold for a file that git tracks. The format is told in git's own
`gitformat-index` page. Where there is an index that cannot be understood, nobody can say what is tracked:
that is told, and never taken for nothing.
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
_MAX_CONFIG_BYTES = 256 * 1024
_CONFIGS = ("config", "config.worktree")
_SPLIT, _TREE = b"link", b"TREE"
_FEW = 64
_IS_DAMAGED = "its index is damaged, or in a form that is not known"
_IS_SPLIT = "its index is split (`core.splitIndex`)"


class UnknownIndexError(Exception):
    """Why it cannot be told what git tracks, to follow "since"."""


def tracked(root: Path, hidden: Iterable[str]) -> Iterator[str]:
    """The regular files that the index of `root` has among `hidden` paths: files, and whatever lies
    below a folder ("a/b/", "" for all). In order of their names' bytes.

    Raises UnknownIndexError where git has an index that cannot be read or understood.
    """
    paths = {os.fsencode(path) for path in hidden}
    data = _read_index(root) if paths else b""
    if not data or not _may_hold_one(data, paths):
        return
    known = {b"": b"" in paths}
    for name in _names(data):
        if name.count(b"/") <= _MAX_FOLDERS and (name in paths or _is_below(name, paths, known)):
            yield os.fsdecode(name)


def _may_hold_one(data: bytes, paths: set[bytes]) -> bool:
    """Whether one of a few paths stands in an index at all, if it is whole: its entries are many."""
    if data[7] == _COMPRESSED or len(paths) > _FEW or b"" in paths:
        return True
    # Behind the name of an extension stands its size; few files end in that name.
    if _SPLIT + b"\0" in data or not _has_its_end(data):
        return True
    return any((path if path.endswith(b"/") else path + b"\0") in data for path in paths)


def _has_its_end(data: bytes) -> bool:
    """Whether there is the extension that git writes behind the entries of all but a new repository, and
    whatever follows it, to the hash that ends an index."""
    at = data.rfind(_TREE)
    ends = [len(data) - size for size in _HASH_BYTES]
    while 0 <= at < max(ends):
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    return at in ends


def _is_below(name: bytes, folders: set[bytes], known: dict[bytes, bool]) -> bool:
    """Whether a file lies in one of `folders`; what is `known` of a folder holds for all files in it."""
    folder = name[: name.rfind(b"/") + 1]
    if folder not in known:
        known[folder] = folder in folders or _is_below(folder[:-1], folders, known)
    return known[folder]


def _read_index(root: Path) -> bytes:
    """The bytes of an index, none where git has none."""
    file = _index(root)
    try:
        data = read_bytes(file, MAX_INDEX_BYTES)
    except FileError as error:
        if not _may_be_there(file):
            return b""
        raise UnknownIndexError(f"its index was not read ({error.message})") from None
    is_index = data[:4] == _SIGNATURE and int.from_bytes(data[4:8], "big") in _VERSIONS
    if not is_index:
        raise UnknownIndexError(_IS_DAMAGED)
    return data


def _may_be_there(file: Path) -> bool:
    try:
        os.lstat(file)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def _names(data: bytes) -> Iterator[bytes]:
    for hash_bytes in _HASH_BYTES:
        try:
            names = list(_entries(data, hash_bytes))
        except (IndexError, ValueError):
            continue
        yield from names
        return
    raise UnknownIndexError(_IS_SPLIT if _SPLIT in data else _IS_DAMAGED)


def _index(root: Path) -> Path:
    """The index of a checkout, also of one whose `.git` is a file that names a folder elsewhere."""
    git = root / ".git"
    try:
        link = os.fsdecode(read_bytes(git, _MAX_LINK_BYTES)).removeprefix("gitdir: ").strip()
        own = Path(os.path.realpath(root / link))
    except (FileError, ValueError):
        return git / "index"
    index = own / "index"
    if _may_be_there(index) and not _is_of(own, root):
        raise UnknownIndexError("its folder is another one, which does not name this checkout")
    return index


def _is_of(own: Path, root: Path) -> bool:
    """Whether a folder of git that `root` names is that of `root`: a repository may name any.

    That of a further worktree names it in turn, and so does that of a submodule, which else lies in
    the folder of the repository around it.
    """
    if any(up / ".git" / "modules" in own.parents for up in root.parents):
        return True
    named = (*_backward_links(own), *(f"{tree}/.git" for tree in _work_trees(own)))
    return any(_leads_to(own, link, root / ".git") for link in named)


def _leads_to(own: Path, link: str, git: Path) -> bool:
    try:
        return Path(os.path.realpath(own / link)) == git
    except ValueError:
        return False


def _backward_links(own: Path) -> Iterator[str]:
    try:
        yield os.fsdecode(read_bytes(own / "gitdir", _MAX_LINK_BYTES)).strip()
    except FileError:
        return


def _work_trees(own: Path) -> Iterator[str]:
    """What the configuration of a repository says of where its files lie (`core.worktree`)."""
    for name in _CONFIGS:
        try:
            text = os.fsdecode(read_bytes(own / name, _MAX_CONFIG_BYTES))
        except FileError:
            continue
        section = ""
        for line in map(str.strip, text.split("\n")):
            if line.startswith("["):
                section = line[1:].partition("]")[0].strip().lower()
            key, _, value = line.partition("=")
            if section == "core" and key.strip().lower() == "worktree":
                yield value.strip().strip('"')


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
    _refuse_split(data, at, hash_bytes)


def _refuse_split(data: bytes, at: int, hash_bytes: int) -> None:
    """Raise UnknownIndexError for an index that leaves most of it to another file, which the extension
    behind its entries names."""
    while at + 8 <= len(data) - hash_bytes:
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == _SPLIT and any(data[at + 8 : at + 8 + hash_bytes]):
            raise UnknownIndexError(_IS_SPLIT)
        at += 8 + size


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
