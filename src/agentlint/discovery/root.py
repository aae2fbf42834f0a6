"""The root that every path is told from, and beyond which nothing is read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def find_root(paths: Iterable[Path], settings_names: Iterable[str]) -> Path:
    """The nearest folder above all `paths` that holds `.git`, else one of `settings_names`.

    Where neither is found the root is the folder that the paths share. The working directory plays
    no part, so the same arguments tell the same paths from anywhere.
    """
    folders = [path if os.path.isdir(path) else path.parent for path in map(_absolute, paths)]
    shared = Path(os.path.commonpath(folders))
    above = (shared, *shared.parents)
    for names in ((".git",), tuple(settings_names)):
        for folder in above:
            if any(os.path.exists(folder / name) for name in names):
                return folder
    return shared


def _absolute(path: Path) -> Path:
    return Path(os.path.realpath(path))
