"""A repository of a few files, and a run over it or over some of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.reporters.report import Report

TODAY = date(2026, 11, 20)


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def checked(
    root: Path,
    *names: str,
    settings: Settings | None = None,
    jobs: int = 1,
    cache: Path | None = None,
) -> Report:
    """The report of a run over the files that are named, or over all of the root."""
    paths = tuple(root / name for name in names) or (root,)
    return run(Run(root, paths, settings or Settings(), TODAY, jobs=jobs, cache=cache))
