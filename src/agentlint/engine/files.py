"""Finding and reading the files of a run, with what an earlier run has left in the cache."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import (
    Candidate,
    Discovered,
    FileKind,
    Listing,
    discover,
    is_excluded,
    is_repository,
    named_candidate,
)
from agentlint.engine.cache_folder import facts_file
from agentlint.engine.load import Loaded, load, load_bytes
from agentlint.engine.request import Run, Stdin
from agentlint.engine.texts import Unopened
from agentlint.findings import Notice, NoticeKind

if TYPE_CHECKING:
    from agentlint.engine.cache import Cache

MANY = 50
"""Files from which on looking into the cache costs less than reading the files."""

MAX_NAMES, MAX_BESIDE = 5_000, 200
"""How many names in folders, and how many files, are looked at for what a finding hangs on, where the root
is no git repository."""

_NOT_ALL = (
    "this is no git repository: for routes that make a name an alias only the nearest files are looked"
    " through; name the folder to check all of it"
)

Result: TypeAlias = Loaded | Unopened | Notice | None
"""What a file gives: None for one of no interest."""


class Files(Struct, frozen=True, dict=True):
    """The files of one run; the cache is opened when it can first serve, and once."""

    request: Run

    @property
    def root(self) -> Path:
        return self.request.root

    def asked_for(self) -> Generator[Result, None, None]:
        """What each file that the run was asked for gives, in order, after the notices of the walk.

        Raises FileNotFoundError for a path that does not exist.
        """
        request = self.request
        if request.stdin:
            yield from self._of_stdin(request.stdin)
            return
        found = discover(
            request.root,
            request.paths,
            request.settings.exclude,
            force_exclude=request.force_exclude,
            listings=self._listings if request.paths == (request.root,) else None,
        )
        yield from found.notices
        yield from self._load(found, whole=request.root in request.paths)

    def names_in(self, folder: str) -> list[str]:
        """What a folder of the root holds, by name; nothing where it cannot be listed."""
        try:
            return os.listdir(self.root / folder)
        except OSError:
            return []

    def holds(self, path: str) -> bool:
        """Whether a path leads to a file of the root."""
        file = f"{self.root}/{path}"
        # Most files that are asked for are not there, and to follow links takes a look at each folder.
        if not os.path.lexists(file):
            return False
        real = Path(os.path.realpath(file))
        return self.root in real.parents and os.path.isfile(real)

    def below_root(self, kinds: Set[FileKind]) -> Discovered:
        """The files of these kinds that a run over the root would look at.

        Outside of a git repository nobody says that what lies below belongs together: the root may be the
        home folder of a user. There they are the nearest ones, at most MAX_BESIDE of them, and a notice
        tells where there are more.
        """
        exclude, bound = self.request.settings.exclude, not is_repository(self.root)
        if bound:
            found = discover(self.root, [self.root], exclude, most=MAX_NAMES)
        else:
            found = discover(self.root, [self.root], exclude, listings=self._listings)
        candidates = [candidate for candidate in found.candidates if candidate.kind in kinds]
        if not bound or not (found.is_cut or len(candidates) > MAX_BESIDE):
            return replace(found, candidates=tuple(candidates), notices=())
        nearest = sorted(candidates, key=_distance)[:MAX_BESIDE]
        return replace(
            found,
            candidates=tuple(sorted(nearest, key=lambda candidate: candidate.path)),
            notices=(Notice(".", 0, NoticeKind.LIMIT, _NOT_ALL),),
            is_cut=True,
        )

    def load(self, found: Discovered) -> Iterator[Result]:
        """What each of some files gives, in order."""
        return self._load(found, whole=False)

    def read(self, candidate: Candidate) -> Loaded | Notice | None:
        """What one file gives, past the cache."""
        return self._loaded(candidate)

    def _load(self, found: Discovered, *, whole: bool) -> Iterator[Result]:
        """As `load`; `whole` says that these are all files of the root."""
        candidates = found.candidates
        files = len(candidates) + found.passed_over
        if not self._is_bulk(files):
            yield from map(self._loaded, candidates)
            return
        from agentlint.engine.bulk import load_many

        cache = self._cache if self._keeps and files >= MANY else None
        yield from load_many(candidates, self.request.jobs, cache, found.listings, whole=whole)

    def _is_bulk(self, files: int) -> bool:
        """Whether the files are so many that a cache or further processes may pay."""
        if self._has_texts:
            return False
        return self.request.jobs > 1 or (files >= MANY and (self.request.jobs == 0 or self._keeps))

    @property
    def _has_texts(self) -> bool:
        return bool(self.request.edited) or self.request.loaded is not None

    @property
    def _keeps(self) -> bool:
        return self.request.cache is not None and not self._has_texts

    @property
    def _listings(self) -> Mapping[str, Listing] | None:
        """Those of the last walk over the root; None where none are kept."""
        if not self.request.cache or not self._keeps:
            return None
        # A small repository has no such file, and is not to pay for opening it.
        if not os.path.exists(facts_file(self.request.cache, self.root)):
            return {}
        return self._cache.listings if self._cache else None

    @cached_property
    def _cache(self) -> Cache | None:
        from agentlint.engine.cache import Cache

        return Cache.of(self.request.cache, self.root) if self.request.cache else None

    def _loaded(self, candidate: Candidate) -> Loaded | Notice | None:
        edited, loaded = self.request.edited, self.request.loaded
        if candidate.path in edited:
            return load_bytes(candidate, edited[candidate.path])
        if loaded is None:
            return load(candidate)
        if candidate not in loaded:
            loaded[candidate] = load(candidate)
        return loaded[candidate]

    def _of_stdin(self, stdin: Stdin) -> Iterator[Result]:
        path = self.root / stdin.path
        if self.request.force_exclude and is_excluded(
            self.root, path, self.request.settings.exclude
        ):
            return
        candidate = named_candidate(self.root, stdin.path)
        yield load_bytes(replace(candidate, named=not self.request.force_exclude), stdin.data)


def _distance(candidate: Candidate) -> tuple[int, str]:
    return candidate.path.count("/"), candidate.path
