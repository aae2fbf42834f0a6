"""Loading many files: what the cache knows is not read, and the rest by several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from time import time_ns
from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.discovery import (
    Candidate,
    FileError,
    Listing,
    State,
    classify_or_guess,
    is_plain,
    trusted_state_of,
    with_plain,
)
from agentlint.engine.cache import Cache, Entry, key_of
from agentlint.engine.load import Loaded, bytes_of, load_bytes, unread
from agentlint.engine.processors import usable_processors
from agentlint.engine.texts import Unopened, digest_of
from agentlint.facts.file_facts import FileFacts
from agentlint.findings import Notice, NoticeKind

if TYPE_CHECKING:
    from agentlint.engine.processes import Lost

PAYS = 128
"""Files that are certainly parsed, from which on the start of processes is paid back."""
_GUESSED = 32
"""How many files that only their content can tell take as long as one that is parsed."""
_CHUNK = 16 * _GUESSED
_SHARES = 8
"""Chunks for each process, so that one with long files keeps nobody waiting."""
_SAMPLES = (
    ("AGENTS.md", "# Team\n\nAlways use `gpt-5.4`, see [how](a.md).\n"),
    ("litellm.yaml", "model_list:\n- model_name: a\n  litellm_params: {model: openai/gpt-5.4}\n"),
    ("routes.yaml", "routes:\n- name: a\n  model: gpt-5.4\n  endpoint_family: responses\n"),
    (".github/workflows/a.yml", "jobs: {a: {steps: [{run: agentlint check}]}}\n"),
)


class _Looked(Struct, frozen=True, gc=False):
    """A candidate, its state on the disk, and what the cache has of it: `known` is the `entry` that was
    made in this very state."""

    candidate: Candidate
    key: bytes = b""
    state: State | None = None
    entry: Entry | None = None
    known: Entry | None = None


class _Task(Struct, frozen=True):
    """A file to read; where its content still has `digest`, nothing has changed."""

    candidate: Candidate
    digest: bytes


class _Read(Struct, frozen=True):
    """What reading a file gave; `stored` are facts as bytes, which then stand in for `outcome`."""

    digest: bytes = b""
    outcome: FileFacts | Notice | None = None
    stored: bytes = b""
    unchanged: bool = False


_NOTHING = _Read()
"""What most files give: no more than that they are of no interest."""


def load_many(
    candidates: Sequence[Candidate],
    jobs: int,
    cache: Cache | None,
    listings: Mapping[str, Listing],
    *,
    whole: bool,
) -> Iterator[Unopened | Notice | None]:
    """As `load` for each candidate, in order; `jobs` is the number of processes, 0 for what pays.

    `whole` says that the root has no other files of interest, and `listings` are of the walk that found the
    candidates.
    """
    looked = _look(candidates, cache) if cache else [_Looked(one) for one in candidates]
    tasks = [
        _Task(item.candidate, item.entry.digest if item.entry else b"")
        for item in looked
        if not item.known
    ]
    reads = _read_all(tasks, jobs, keeps=cache is not None)
    seen: list[tuple[_Looked, Entry | None]] = []
    for item in looked:
        if item.known:
            entry: Entry | None = item.known
            result = _of_entry(item.candidate, item.known)
        else:
            read = next(reads)
            entry = _entry(item, read)
            result = _of_read(item, read)
        seen.append((item, entry))
        yield result
    if cache:
        listings = with_plain(listings, map(_plain_state, seen))
        entries = {
            item.key: entry
            for item, entry in seen
            if entry and not is_plain(listings, item.candidate.path)
        }
        cache.save(entries, listings, whole=whole)


def _look(candidates: Iterable[Candidate], cache: Cache) -> list[_Looked]:
    now = time_ns()
    looked = []
    for candidate in candidates:
        key, state = key_of(candidate), trusted_state_of(candidate.file, now)
        entry = cache.entries.get(key)
        known = entry if entry and state and entry.state == state else None
        looked.append(_Looked(candidate, key, state, entry, known))
    return looked


def _plain_state(seen: tuple[_Looked, Entry | None]) -> tuple[str, State | None]:
    """The path of a file, with its state where nothing about it is of interest."""
    item, entry = seen
    plain = entry and not entry.facts and not item.candidate.known
    return item.candidate.path, item.state if plain else None


def _entry(item: _Looked, read: _Read) -> Entry | None:
    """What the cache is to hold of a file that was read; None for what it may not, or need not."""
    if read.unchanged and item.entry:
        return Entry(item.state, item.entry.digest, item.entry.facts)
    if read.stored:
        return Entry(item.state, read.digest, read.stored)
    return Entry(item.state) if read.outcome is None and item.state else None


def _of_read(item: _Looked, read: _Read) -> Unopened | Notice | None:
    if read.unchanged and item.entry:
        return _of_entry(item.candidate, item.entry)
    if read.stored:
        return _of_entry(item.candidate, Entry(None, read.digest, read.stored))
    if isinstance(read.outcome, FileFacts):
        return Unopened(read.outcome, item.candidate.file, read.digest)
    return read.outcome


def _of_entry(candidate: Candidate, entry: Entry) -> Unopened | Notice | None:
    if not entry.facts:
        return None
    from agentlint.facts.files.serialization import restored

    facts = restored(entry.facts)
    if facts:
        return Unopened(facts, candidate.file, entry.digest)
    read = _read(_Task(candidate, b""))
    return _of_read(_Looked(candidate), read)


def _read_all(tasks: Sequence[_Task], jobs: int, *, keeps: bool) -> Iterator[_Read]:
    work = partial(_read_chunk, keeps=keeps)
    weight = sum(map(_weight, tasks))
    wanted = jobs or (usable_processors() if weight >= PAYS * _GUESSED else 1)
    wanted = min(wanted, usable_processors(), len(tasks))
    limit = min(_CHUNK, weight // (_SHARES * wanted)) if wanted else 0
    if wanted < 2:
        for chunk in _chunks(tasks, limit):
            yield from work(chunk)
        return
    _warm_up(tasks)
    yield from _read_elsewhere(work, list(_chunks(tasks, limit)), wanted)


def _weight(task: _Task) -> int:
    return _GUESSED if task.candidate.known else 1


def _warm_up(tasks: Iterable[_Task]) -> None:
    """Load what reading such files takes, so that copies of this process need not, each for itself."""
    suffixes = {task.candidate.path[-3:] for task in tasks}
    for path, text in _SAMPLES:
        if path[-3:] in suffixes:
            kind, format_id = classify_or_guess(path)
            load_bytes(Candidate(path, "", kind, format_id), text.encode())


def _read_elsewhere(
    work: Callable[[Sequence[_Task]], list[_Read]], chunks: list[tuple[_Task, ...]], jobs: int
) -> Iterator[_Read]:
    from agentlint.engine.processes import Lost, alone, in_order

    for chunk, result in zip(chunks, in_order(work, chunks, jobs), strict=True):
        if isinstance(result, Lost):
            for task in chunk:
                again = alone(work, (task,)) if len(chunk) > 1 else result
                yield from [_lost(task, again)] if isinstance(again, Lost) else again
        else:
            yield from result


def _chunks(tasks: Sequence[_Task], limit: int) -> Iterator[tuple[_Task, ...]]:
    """The tasks in order, cut where the weights of a chunk come to `limit`."""
    start = weight = 0
    for number, task in enumerate(tasks, 1):
        weight += _weight(task)
        if weight >= limit or number == len(tasks):
            yield tuple(tasks[start:number])
            start, weight = number, 0


def _lost(task: _Task, why: Lost) -> _Read:
    message = f"agentlint failed on this file: {why.reason}"
    return _Read(outcome=Notice(task.candidate.path, 0, NoticeKind.INTERNAL, message))


def _read_chunk(tasks: Sequence[_Task], *, keeps: bool) -> list[_Read]:
    """What each file gives, with the facts as bytes where they may be kept."""
    reads = [_read(task) for task in tasks]
    if not keeps:
        return reads
    from agentlint.facts.files.serialization import stored

    files = {
        number: read.outcome
        for number, read in enumerate(reads)
        if isinstance(read.outcome, FileFacts)
    }
    for number, data in zip(files, stored(list(files.values())), strict=True):
        if data:
            reads[number] = _Read(reads[number].digest, stored=data)
    return reads


def _read(task: _Task) -> _Read:
    try:
        data = bytes_of(task.candidate)
    except FileError as error:
        return _Read(outcome=unread(task.candidate, error))
    if task.digest and digest_of(data) == task.digest:
        return _Read(task.digest, unchanged=True)
    result = load_bytes(task.candidate, data)
    outcome = result.facts if isinstance(result, Loaded) else result
    return _Read(digest_of(data), outcome) if outcome else _NOTHING
