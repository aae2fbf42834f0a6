"""What cannot be used of settings, options and the paths that they name, and the words for it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from agentlint.text import one_line


class ConfigError(Exception):
    """A settings file or option that cannot be used; the message is one line that names the key.

    `file` is the settings file at fault, None where it is none.
    """

    def __init__(self, message: str, file: Path | None = None) -> None:
        super().__init__(message)
        self.file = file


def not_found(path: object) -> str:
    """How every command says that a file is not there, with the path as it was given."""
    return f"no such file or folder: {one_line(str(path))}"


def access_failure(error: OSError, path: object) -> str:
    """Why a file that was named cannot be read or written, with the path as it was given."""
    if isinstance(error, FileNotFoundError):
        return not_found(path)
    reason = os.strerror(error.errno) if error.errno else "cannot be read"
    return f"{one_line(str(path))}: {reason}"


def did_you_mean(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The end of a message about a name that nobody knows: the nearest of those that are known, whatever
    the case of its letters, "" for none that is as near as `likeness` (0 to 1)."""
    from difflib import get_close_matches

    lowered = {one.lower(): one for one in known}
    close = get_close_matches(name.lower(), lowered, n=1, cutoff=likeness)
    return f"; did you mean `{lowered[close[0]]}`?" if close else ""
