"""A sign of life on a terminal, for runs that take long enough to wonder."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

_QUIET_SECONDS = 2.0
_EVERY_SECONDS = 0.1
_ERASE = "\r\x1b[K"


class Progress:
    """Counts files on standard error once a run has taken two seconds, and leaves no trace behind.

    Where standard error is no terminal it says nothing.
    """

    def __init__(self) -> None:
        self._next = monotonic() + _QUIET_SECONDS if _on_terminal() else float("inf")
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._shown:
            self._write(_ERASE)

    def show(self, files: int) -> None:
        """Say how many files were read, if it is time to say something."""
        if monotonic() >= self._next:
            self._write(f"{_ERASE}{files} files read")
            self._shown = True
            self._next = monotonic() + _EVERY_SECONDS

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def _on_terminal() -> bool:
    """Whether standard error is there, and is a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()
