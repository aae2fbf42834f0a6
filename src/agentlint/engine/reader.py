"""Who finds and reads the files of a root that others call for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Protocol

from agentlint.discovery import Candidate, Discovered, FileKind
from agentlint.engine.files import Result
from agentlint.engine.load import Loaded
from agentlint.findings import Notice


class Reader(Protocol):
    """The files of a root, as `Files` has them: on the disk, or in an editor."""

    @property
    def root(self) -> Path: ...
    def names_in(self, folder: str) -> Iterable[str]: ...
    def holds(self, path: str) -> bool: ...
    def below_root(self, kinds: Set[FileKind]) -> Discovered: ...
    def load(self, found: Discovered) -> Iterator[Result]: ...
    def read(self, candidate: Candidate) -> Loaded | Notice | None: ...
