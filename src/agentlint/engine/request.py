"""What to check, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from agentlint.config import Settings
from agentlint.discovery import Candidate
from agentlint.engine.load import Loaded
from agentlint.findings import BaselineEntry, Notice

if TYPE_CHECKING:
    from agentlint.knowledge.catalogue import Catalogue


class Stdin(Struct, frozen=True):
    """Text from standard input, to be judged as the file `path` (relative to the root)."""

    path: str
    data: bytes


class Run(Struct, frozen=True):
    """What to check and how. `today` judges dates; `stdin` is checked instead of any path.

    `baseline` holds what was found before, None for no baseline; with `diff_base`, the name of a
    commit, only findings on lines that changed since are reported. `honour_comments` lets comments
    and `[secrets] allow` suppress findings. `on_file` is told the number of files that were read so
    far. `edited` holds texts, by path, that stand in for those of the files; `loaded` is filled with
    what was read of all others, and spares the next run reading them again.

    `jobs` is the number of processes that read the files, 0 for as many as pay; `cache` is the folder
    where the facts of many files are kept for the next run, None for no cache. Neither changes the
    report.
    """

    root: Path
    paths: tuple[Path, ...]
    settings: Settings
    today: date
    force_exclude: bool = False
    stdin: Stdin | None = None
    catalogue: Catalogue | None = None
    baseline: tuple[BaselineEntry, ...] | None = None
    diff_base: str | None = None
    honour_comments: bool = True
    on_file: Callable[[int], None] | None = None
    edited: Mapping[str, bytes] = field(default_factory=dict)
    loaded: dict[Candidate, Loaded | Notice | None] | None = None
    jobs: int = 1
    cache: Path | None = None

    def covers(self, path: str) -> bool:
        """Whether the run looks at `path`, told from the root, if it is there."""
        file = self.root / path
        return self.stdin is None and any(p == file or p in file.parents for p in self.paths)
