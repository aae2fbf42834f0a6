"""Files that are judged as instructions because an instruction file or the config of a tool pulls them
into the context of an agent.

What is pulled in is a fact of the file that says so. Only files that the run was asked for are read here:
a hook is to report on the files that it was given.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.discovery import (
    Candidate,
    FileKind,
    is_pruned,
    read_glob,
    readable,
)
from agentlint.engine.load import Loaded
from agentlint.engine.request import Run
from agentlint.engine.texts import Unopened
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.instruction_import import (
    IMPORTED,
    LISTED,
    InstructionImport,
    is_instruction,
    is_text,
)
from agentlint.findings import Finding, Location, Notice, NoticeKind, Related
from agentlint.knowledge.data import word_set

MAX_HOPS = 5
"""From one file to the next, as in Claude Code."""
MAX_TARGETS = 1000
"""Names that are looked up in one run."""
MAX_LISTED = 200_000
"""Files and folders that are listed for what stars stand for in one run."""

L = TypeVar("L", Loaded, Loaded | Unopened)
_TOO_MANY = f"more than {MAX_TARGETS:,} files are pulled in as instructions: no more are looked up"
_TOO_WIDE = f"stars lead through more than {MAX_LISTED:,} files: no more are looked into"


def with_imports(
    request: Run, loaded: Sequence[L], read: Callable[[Candidate], Loaded | Notice | None]
) -> tuple[list[L | Loaded], list[Notice], Mapping[str, InstructionImport]]:
    """What was loaded together with what it pulls in, in order of the paths; what of that was not read;
    and what it was that pulled each in. A page that was loaded as one is replaced where it is pulled in."""
    if request.stdin:
        return list(loaded), [], {}
    imports = _Imports(request, read, {item.facts.path: item.facts for item in loaded})
    imports.follow()
    if not imports.pulled:
        return list(loaded), imports.notices, {}
    pulled = imports.pulled
    both: list[L | Loaded] = [item for item in loaded if item.facts.path not in pulled]
    both += pulled.values()
    return sorted(both, key=lambda item: item.facts.path), imports.notices, imports.reasons


def with_reasons(
    findings: Iterable[Finding], reasons: Mapping[str, InstructionImport]
) -> Iterator[Finding]:
    """The findings, those of a file that was pulled in with what did it: nothing else tells a reader why
    a page is judged."""
    for finding in findings:
        reason = reasons.get(finding.path)
        if reason is None:
            yield finding
            continue
        place = Related(Location(reason.path, reason.span), "read as instructions because of this")
        yield replace(finding, related=(*finding.related, place))


class _Imports(Struct):
    request: Run
    read: Callable[[Candidate], Loaded | Notice | None]
    files: dict[str, FileFacts]
    pulled: dict[str, Loaded] = field(default_factory=dict)
    reasons: dict[str, InstructionImport] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    listed_left: int = field(default_factory=lambda: MAX_LISTED)

    def follow(self) -> None:
        """Read what the files import, hop by hop, and then what configs list."""
        found = [fact for file in self.files.values() for fact in file.of(InstructionImport)]
        level = [fact for fact in found if not fact.listed]
        for _ in range(MAX_HOPS):
            new = list(self._read_all(level, IMPORTED)) if level else []
            level = [fact for file in new for fact in file.of(InstructionImport)]
        for _ in self._read_all([fact for fact in found if fact.listed], LISTED):
            pass

    def _read_all(
        self, imports: Iterable[InstructionImport], format_id: str
    ) -> Iterator[FileFacts]:
        there = {path: fact for fact in imports for path in self._there(fact)}
        request = self.request
        for path in readable(request.root, there, request.settings.exclude):
            kind = FileKind.DOCUMENT if _is_for_people(path) else FileKind.INSTRUCTION
            before = self.files.get(path)
            if before and kind in (before.kind, FileKind.DOCUMENT):
                continue
            result = self.read(Candidate(path, str(request.root), kind, format_id))
            if isinstance(result, Loaded):
                self.pulled[path] = result
                if kind is FileKind.INSTRUCTION:
                    self.reasons[path] = there[path]
                yield result.facts
            elif result:
                self.notices.append(result)

    def _there(self, fact: InstructionImport) -> Iterator[str]:
        """The real paths of the files that a name stands for, those of a run that it was asked for."""
        for target in self._targets(fact):
            if target in self.seen or not is_text(target):
                continue
            if len(self.seen) >= MAX_TARGETS:
                self._limit(fact, _TOO_MANY)
                return
            self.seen.add(target)
            path = _inside(self.request.root, target)
            if path and self._is_wanted(path):
                yield path

    def _is_wanted(self, path: str) -> bool:
        """Whether a file is a text that the run is to report on, and has not read as instructions."""
        if is_instruction(path) or not is_text(path) or not self.request.covers(path):
            return False
        return os.path.isfile(self.request.root / path)

    def _targets(self, fact: InstructionImport) -> Iterator[str]:
        stars = [number for number, part in enumerate(fact.target.split("/")) if _has_stars(part)]
        if not fact.listed or not stars:
            yield fact.target
            return
        glob = read_glob(f"/{fact.target}")
        if glob is None:
            return
        # A hook names a few files, and no folder has to be listed for those.
        named = self.request.paths
        paths: Iterable[str] = (_inside(self.request.root, str(path)) or "" for path in named)
        if any(map(os.path.isdir, named)):
            paths = self._files_below(fact, stars[0])
        for path in paths:
            if glob.matches(path, posixpath.basename(path), is_folder=False):
                yield path

    def _files_below(self, fact: InstructionImport, first: int) -> Iterator[str]:
        """The files that a name with stars may stand for; part number `first` has the first of them."""
        parts = fact.target.split("/")
        deepest = None if "**" in parts else len(parts)
        folders = ["/".join(parts[:first])]
        if _inside(self.request.root, folders[0]) is None:
            return
        while folders:
            folder = folders.pop()
            below, entries = [], _entries(self.request.root / folder)
            self.listed_left -= 1 + len(entries)
            if self.listed_left < 0:
                self._limit(fact, _TOO_WIDE)
                return
            for name, is_folder in entries:
                path = posixpath.join(folder, name)
                if not is_folder:
                    yield path
                elif not is_pruned(name) and (deepest is None or path.count("/") + 1 < deepest):
                    below.append(path)
            folders += reversed(below)

    def _limit(self, fact: InstructionImport, message: str) -> None:
        notice = Notice(fact.path, 0, NoticeKind.LIMIT, message)
        if notice not in self.notices:
            self.notices.append(notice)


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """The names in a folder in order, and whether each is a folder of its own."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError:
        return []


def _inside(root: Path, target: str) -> str | None:
    """The real path, from the root on, of what is there at `target`; None where nothing is, or where that
    is not below the root."""
    try:
        real = Path(os.path.realpath(root / target, strict=True))
    except (OSError, ValueError):
        return None
    if real == root:
        return ""
    return real.relative_to(root).as_posix() if root in real.parents else None


def _has_stars(part: str) -> bool:
    return any(sign in part for sign in "*?[")


def _is_for_people(path: str) -> bool:
    name = posixpath.basename(path).lower()
    return name.partition(".")[0] in word_set("files", "imports", "for_people")
