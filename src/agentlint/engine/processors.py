"""How many processors this process may use."""

from __future__ import annotations

import os

_MOST = 60
"""Windows waits for no more processes than that."""


def usable_processors() -> int:
    """Those that the system lets this process use, at least 1."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        count = os.process_cpu_count()
    elif hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    else:
        count = os.cpu_count()
    return max(1, min(count or 1, _MOST))
