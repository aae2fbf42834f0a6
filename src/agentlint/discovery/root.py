"""The root that every path is told from, and beyond which nothing is read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from agentlint.config import PYPROJECT, SETTINGS_FILE
from agentlint.discovery.places import home_at_root, tool_folders

_REPOSITORY = ".git"
ROOT_MARKS = (_REPOSITORY, SETTINGS_FILE, PYPROJECT)
"""What a folder holds that is the root of something."""


def find_root(paths: Iterable[Path]) -> Path:
    """The nearest folder above all `paths` that holds `.git`, else an `agentlint.toml` or the
    `pyproject.toml` of a project, whether that has settings or not.

    Where none is found the root is the folder that the paths share, or the one above it that holds
    the tool folder (`.github`, `.claude`) in which they lie. The working directory plays no part, so the
    same arguments tell the same paths from anywhere.
    """
    named = map(_absolute, paths)
    folders = [
        path if os.path.isdir(path) and not os.path.islink(path) else path.parent for path in named
    ]
    shared = Path(os.path.commonpath(folders))
    above = (shared, *shared.parents)
    for is_root in (_has_git, _is_project):
        for folder in above:
            if is_root(folder):
                return folder
    return next(filter(may_be_project, _above_tool_folders(above)), shared)


def _has_git(folder: Path) -> bool:
    return os.path.exists(folder / _REPOSITORY)


def _is_project(folder: Path) -> bool:
    if os.path.exists(folder / SETTINGS_FILE):
        return True
    return os.path.exists(folder / PYPROJECT) and may_be_project(folder)


def is_repository(root: Path) -> bool:
    """Whether a root is the checkout of a git repository."""
    return os.path.lexists(root / _REPOSITORY)


def is_out_of_place(root: Path, path: str, format_id: str) -> bool:
    """Whether a file that its tool looks for at the root of a checkout alone lies elsewhere in one.

    Where no folder above it holds `.git`, `root` counts as the root of a checkout if it holds settings or
    the tool's own folder; else it may be one that several were laid in.
    """
    found = home_at_root(path, format_id)
    if found is None:
        return False
    home, folder = found
    if not home or os.path.lexists(root / home / _REPOSITORY):
        return False
    marks = (*ROOT_MARKS, folder.partition("/")[0])
    if any(os.path.lexists(root / mark) for mark in marks):
        return True
    between = (root / above for above in PurePosixPath(home).parents)
    return any(os.path.lexists(above / _REPOSITORY) for above in between)


def _above_tool_folders(folders: Iterable[Path]) -> Iterator[Path]:
    return (folder.parent for folder in folders if folder.name in tool_folders())


def may_be_project(folder: Path) -> bool:
    """Whether what lies below may be looked through: people keep folders and files of tools at home too."""
    return folder not in (Path(folder.anchor), Path(os.path.expanduser("~")))


def _absolute(path: Path) -> Path:
    """The real path, but for what a repository may have laid there as a link: a file, and a folder
    that leads out of the repository that the link stands in. Those stay where they were named."""
    real = Path(os.path.realpath(path))
    if not os.path.islink(path):
        return real
    named = Path(os.path.realpath(path.parent), path.name)
    repository = next((up for up in named.parents if os.path.exists(up / _REPOSITORY)), None)
    leads_out = repository is not None and repository not in (real, *real.parents)
    return named if leads_out or not os.path.isdir(real) else real
