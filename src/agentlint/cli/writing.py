"""Standard input, and writing a file that was asked for by name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from agentlint.cli.failure import failure
from agentlint.config import ConfigError, access_failure

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_DEVICES = "/dev/"
# https://docs.github.com/actions/reference/workflows-and-actions/variables
_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


def read_stdin(limit: int = -1) -> bytes:
    """What standard input holds, at most `limit` bytes of it if that is not negative; raises
    ConfigError."""
    if sys.stdin is None:
        raise ConfigError("standard input is closed")
    try:
        return sys.stdin.buffer.read(limit)
    except OSError as error:
        raise ConfigError(access_failure(error, "standard input")) from None


def is_step_summary(file: Path) -> bool:
    """Whether a file is the one that all commands of a step write their summaries to."""
    return str(file) == os.environ.get(_STEP_SUMMARY)


def is_device(file: Path) -> bool:
    return os.path.abspath(file).startswith(_DEVICES)


def create_text(file: Path, text: str) -> None:
    """Write `text` to a file that does not exist yet, and make its folders; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | _NO_LINKS
    with open(os.open(file, flags, 0o666), "wb") as opened:
        opened.write(text.encode("utf-8"))


def write_text(file: Path, text: str, option: str) -> None:
    """Write `text` to `file` as UTF-8, or end the command with an error that names `option`, "" for a file
    that no option named.

    A linked file is not written through: in a repository of strangers the link may lead anywhere. The
    summary of a step keeps what other commands have written to it.
    """
    beginning = os.O_APPEND if is_step_summary(file) else os.O_TRUNC
    flags = os.O_WRONLY | os.O_CREAT | beginning | getattr(os, "O_BINARY", 0)
    if not is_device(file):
        flags |= _NO_LINKS
    try:
        with open(os.open(file, flags, 0o666), "wb") as opened:
            opened.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = "is a link" if file.is_symlink() else error.strerror
        raise failure(f"{option}: {file}: {reason}" if option else f"{file}: {reason}") from None
