"""Signals that ask the process to end, made to wait for what must not be cut in two."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

CAN_WAIT = hasattr(signal, "pthread_sigmask")
ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextmanager
def held_back(signals: Iterable[signal.Signals] = ENDINGS) -> Iterator[None]:
    """Let `signals` wait until the end of the block, where the system can do that."""
    if not CAN_WAIT:
        yield
        return
    # Asked for by itself: a call that blocks may raise what it met.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, signals)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
