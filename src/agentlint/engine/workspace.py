"""A root that is checked again and again while its files are edited."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field

from agentlint.discovery import (
    Candidate,
    Discovered,
    FileKind,
    State,
    candidate_at,
    discover,
    state_of,
)
from agentlint.engine.collected import Collected, collected_from
from agentlint.engine.files import Files
from agentlint.engine.load import Loaded, load, load_bytes
from agentlint.engine.request import Run
from agentlint.engine.run import report_of
from agentlint.findings import Notice
from agentlint.reporters.report import Report

_Result: TypeAlias = Loaded | Notice | None
_State: TypeAlias = str | State | None


class Snapshot(Struct, frozen=True):
    """What the rules said of a root, and what they said it of."""

    report: Report
    collected: Collected


class Workspace(Struct):
    """The files of one root, each read again only when it has changed.

    `request` is the run over the whole root. Between two calls of `rescan` the disk counts as
    unchanged, so that a check after an edit costs what reading one file costs.
    """

    request: Run
    _walked: Discovered | None = None
    _known: dict[Candidate, tuple[_State, _Result]] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _held: dict[str, bool] = field(default_factory=dict)

    def rescan(self) -> None:
        """Look at the disk again with the next check."""
        self._walked = None
        self._names, self._held = {}, {}

    def check(self, unsaved: Mapping[str, str]) -> Snapshot:
        """The state of the root where `unsaved` texts, by path, stand in place of files."""
        walked, looks = self._walked, self._walked is None
        if walked is None:
            walked = discover(self.request.root, [self.request.root], self.request.settings.exclude)
        reader = _Reader(self, unsaved, looks)
        results = [reader.read(candidate) for candidate in self._candidates(walked, unsaved)]
        self._walked = walked
        loaded = [result for result in results if isinstance(result, Loaded)]
        unread = [result for result in results if isinstance(result, Notice)]
        notices = [*walked.notices, *unread]
        collected = collected_from(self.request, loaded, notices, reader)
        if looks:
            self._known = {candidate: self._known[candidate] for candidate in reader.seen}
        return Snapshot(report_of(self.request, collected), collected)

    def _candidates(self, walked: Discovered, unsaved: Mapping[str, str]) -> Iterator[Candidate]:
        """The files of a walk, with those that are only in memory, in order of their paths."""
        found = {candidate.path: candidate for candidate in walked.candidates}
        for path in unsaved.keys() - found.keys():
            candidate = candidate_at(self.request.root, path, self.request.settings.exclude)
            if candidate:
                found[path] = candidate
        yield from (found[path] for path in sorted(found))

    def result(self, candidate: Candidate, text: str | None, *, looks: bool) -> _Result:
        """What a file gives, from memory where neither it nor its unsaved text has changed."""
        before = self._known.get(candidate)
        if text is None and before and not looks and not isinstance(before[0], str):
            return before[1]
        state = state_of(candidate.file) if text is None else text
        if before and before[0] == state and state is not None:
            return before[1]
        result = load(candidate) if text is None else load_bytes(candidate, _encoded(text))
        self._known[candidate] = state, result
        return result

    def names_in(self, folder: str) -> list[str]:
        """What a folder held when the disk was looked at."""
        if folder not in self._names:
            self._names[folder] = Files(self.request).names_in(folder)
        return self._names[folder]

    def holds(self, path: str) -> bool:
        """Whether there was a file of the root when the disk was looked at."""
        if path not in self._held:
            self._held[path] = Files(self.request).holds(path)
        return self._held[path]


class _Reader(Struct):
    """The files of one check, unsaved texts in place of what the disk has."""

    workspace: Workspace
    unsaved: Mapping[str, str]
    looks: bool
    seen: list[Candidate] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.workspace.request.root

    def names_in(self, folder: str) -> set[str]:
        unsaved = (posixpath.split(path) for path in self.unsaved)
        return {*self.workspace.names_in(folder), *(name for at, name in unsaved if at == folder)}

    def holds(self, path: str) -> bool:
        return path in self.unsaved or self.workspace.holds(path)

    def below_root(self, kinds: Set[FileKind]) -> Discovered:
        return Files(self.workspace.request).below_root(kinds)

    def load(self, found: Discovered) -> Iterator[_Result]:
        return map(self.read, found.candidates)

    def read(self, candidate: Candidate) -> _Result:
        self.seen.append(candidate)
        text = self.unsaved.get(candidate.path)
        return self.workspace.result(candidate, text, looks=self.looks)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
