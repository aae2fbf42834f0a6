"""Replacing a file by its repaired text: whole or not at all, and only if it is what was read.

The new text is written to a file beside the old one, flushed to the disk and moved over it, so that
whoever reads meanwhile, or a process that is killed, finds the old text or the new one.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from agentlint.discovery import FileError, read_bytes


class NotWrittenError(Exception):
    """Why a file was left as it is, in our own words."""


def why_not_replaced(root: Path, path: str) -> str:
    """Why `replace_text` would leave a file as it is, whatever is in it; "" for nothing that is known."""
    try:
        _replaceable(root, root / path)
    except NotWrittenError as error:
        return str(error)
    return ""


def replace_text(root: Path, path: str, old: bytes, new: bytes) -> None:
    """Write `new` to the file `path` below `root`, which must still hold `old`.

    Mode, owner and extended attributes stay. Raises NotWrittenError, with the file as it was, for a
    link, a file with several names, one outside the root, one that may not be written, and one that
    is not what was read.
    """
    import tempfile  # as slow to import as all of this package, and most runs write nothing

    file = root / path
    before = _checked(root, file, old)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    except OSError as error:
        raise NotWrittenError(_said(error)) from None
    temporary = Path(name)
    try:
        _fill(handle, file, before, new)
        if _state(file.lstat()) != _state(before):
            raise NotWrittenError("it changed while it was repaired")
        os.replace(temporary, file)
    except OSError as error:
        raise NotWrittenError(_said(error)) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _flush_folder(file.parent)


def _checked(root: Path, file: Path, old: bytes) -> os.stat_result:
    """What the system says of the file, if it may be replaced and is what was read."""
    before = _replaceable(root, file)
    try:
        if read_bytes(file) != old:
            raise NotWrittenError("it changed after it was read")
    except FileError as error:
        raise NotWrittenError(error.message) from None
    return before


def _replaceable(root: Path, file: Path) -> os.stat_result:
    """What the system says of the file, if it is one that may be replaced."""
    real = Path(os.path.realpath(file))
    if root not in real.parents:
        raise NotWrittenError("it leads out of the root")
    if real != file:
        raise NotWrittenError("it is reached by a link")
    try:
        before = file.lstat()
        if not stat.S_ISREG(before.st_mode):
            raise NotWrittenError("it is not a regular file")
        if before.st_nlink > 1:
            raise NotWrittenError("it has several names (hard links)")
        if not os.access(file, os.W_OK):
            raise NotWrittenError("it may not be written")
        if not os.access(file.parent, os.W_OK | os.X_OK):
            raise NotWrittenError("its folder may not be written")
    except OSError as error:
        raise NotWrittenError(_said(error)) from None
    return before


def _fill(handle: int, file: Path, before: os.stat_result, new: bytes) -> None:
    with open(handle, "wb") as temporary:
        _take_over(temporary.fileno(), file, before)
        temporary.write(new)
        temporary.flush()
        os.fsync(temporary.fileno())


def _take_over(handle: int, file: Path, before: os.stat_result) -> None:
    """Give the new file the owner, mode and attributes of the old one."""
    made = os.fstat(handle)
    if hasattr(os, "fchown") and (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
        os.fchown(handle, before.st_uid, before.st_gid)
    if hasattr(os, "listxattr"):
        for attribute in os.listxattr(file):
            os.setxattr(handle, attribute, os.getxattr(file, attribute))
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(before.st_mode))


def _state(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_ino, status.st_dev, status.st_size, status.st_mtime_ns, status.st_mode)


def _flush_folder(folder: Path) -> None:
    """Let the new name last through a power cut, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _said(error: OSError) -> str:
    return (os.strerror(error.errno) if error.errno else "it cannot be written").lower()
