"""Where agentlint itself failed, for a bug report: places in its own code, and nothing of any file."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator

_MOST_FRAMES = 30
_MOST_CAUSES = 5


def crash_trace(error: BaseException) -> str:
    """The innermost calls of an exception and of what led to it, in the order of a traceback.

    Messages are left out: they quote values, and a value may be a credential of a checked file in a
    form that no pattern knows.
    """
    traces = "\nWhile this was handled:\n\n".join(map(_trace, reversed(list(_chain(error)))))
    return f"{traces}\n"


def crash_kind(error: BaseException) -> str:
    """The kind of an exception, with the system's reason where it has one."""
    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno:
        return f"{kind} ({os.strerror(error.errno)})"
    return kind


def _trace(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__, limit=-_MOST_FRAMES)
    calls = "".join(traceback.format_list(frames))
    return f"Traceback (most recent call last):\n{calls}{crash_kind(error)}\n"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, and one after the other what was being handled when it was raised."""
    for _ in range(_MOST_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
