"""Work in other processes, with its results in order whatever happens to one of them.

Where this process has but one thread, the others are copies of it (`fork`): they start in 10 ms and
have everything imported. A copy of a process with several threads may inherit a lock that nobody
will ever release, and on macOS the system's own libraries have some, so there a server that has none
makes them (`forkserver`, 25 ms and the imports), and where neither is to be had they start afresh
(`spawn`, 90 ms and the imports).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import TypeVar

from msgspec import Struct

from agentlint.engine.signals import CAN_WAIT, held_back

T = TypeVar("T")
R = TypeVar("R")

_PARENT_IS_GONE = 1
_SAFE_PATH = "PYTHONSAFEPATH"


class Lost(Struct, frozen=True):
    """The result of work that raised (`reason` is the kind of error) or whose process was killed."""

    reason: str


def in_order(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R | Lost]:
    """What `work` makes of each item, in order, by `jobs` processes; both must be picklable.

    A killed process takes only its own item with it. Where no process can be started, this one does
    the work. Whoever stops asking, or is interrupted, leaves no process behind.
    """
    at = 0
    while at < len(items):
        try:
            for result in _until_broken(work, items[at:], jobs):
                yield result
                at += 1
        except (OSError, ImportError, NotImplementedError):  # no semaphores, no more processes
            yield from (_here(work, item) for item in items[at:])
            return
        # The item that broke the pool is among the first that are left: each of these goes alone.
        suspects = items[at : at + 2 * jobs]
        for item in suspects:
            yield alone(work, item)
        at += len(suspects)


def alone(work: Callable[[T], R], item: T) -> R | Lost:
    """What `work` makes of one item in a process of its own."""
    for result in _until_broken(work, [item], 1):
        return result
    return Lost("its process was killed")


def outcome(result: Callable[[], R]) -> R | Lost:
    """The result of a future; raises BrokenExecutor where that says nothing about this one."""
    try:
        return result()
    except BrokenExecutor:
        raise
    except Exception as error:
        return Lost(type(error).__name__)


def _until_broken(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R | Lost]:
    """The results up to that of the first item which a killed process may have had."""
    with _pool(min(jobs, len(items))) as executor:
        try:
            # A process that was only just made would answer Ctrl-C before it knows not to.
            with held_back([signal.SIGINT]):
                futures = deque(executor.submit(work, item) for item in items)
            while futures:  # each is let go, and its result with it
                yield outcome(futures.popleft().result)
        except BrokenExecutor:
            return


def _here(work: Callable[[T], R], item: T) -> R | Lost:
    return outcome(lambda: work(item))


@contextmanager
def _pool(jobs: int) -> Iterator[Executor]:
    others = set(multiprocessing.active_children())
    with _nothing_from_the_working_folder():
        executor = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_prepare)
        try:
            yield executor
        except BaseException:
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()
            executor.shutdown(cancel_futures=True)
            raise
        executor.shutdown(cancel_futures=True)


@contextmanager
def _nothing_from_the_working_folder() -> Iterator[None]:
    """A process that starts afresh would look for modules in the working folder, which may be the
    checked tree of a stranger."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def _context() -> BaseContext:
    methods = multiprocessing.get_all_start_methods()
    wanted = ["fork"] if threading.active_count() == 1 and sys.platform == "linux" else []
    wanted += ["forkserver", "spawn"]
    return multiprocessing.get_context(next(name for name in wanted if name in methods))


def _prepare() -> None:
    """Ctrl-C reaches every process of the terminal: the parent answers it, and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if CAN_WAIT:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(_PARENT_IS_GONE)
