"""Writing a file that was asked for by name."""

from __future__ import annotations

import os
from pathlib import Path

from agentlint.cli.failure import failure

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_DEVICES = "/dev/"


def create_text(file: Path, text: str) -> None:
    """Write `text` to a file that does not exist yet, and make its folders; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | _NO_LINKS
    with open(os.open(file, flags, 0o666), "wb") as opened:
        opened.write(text.encode("utf-8"))


def write_text(file: Path, text: str, option: str) -> None:
    """Write `text` to `file` as UTF-8, or end the command with an error that names `option`.

    A linked file is not written through: in a repository of strangers the link may lead anywhere.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    if not os.path.abspath(file).startswith(_DEVICES):
        flags |= _NO_LINKS
    try:
        with open(os.open(file, flags, 0o666), "wb") as opened:
            opened.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = "is a link" if file.is_symlink() else error.strerror
        raise failure(f"{option}: {file}: {reason}") from None
