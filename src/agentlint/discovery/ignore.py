"""`.gitignore` files and the settings' `exclude`, as git reads them and without a git process."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import accumulate

from msgspec import Struct

from agentlint.discovery.glob import Glob, read_glob
from agentlint.discovery.reading import FileError, decode, read_bytes

IGNORE_FILE = ".gitignore"
MAX_PATTERNS = 2000
"""Patterns of one ignore file; the largest public collection of them has some 500."""
_MAX_IGNORE_BYTES = 128 * 1024


class _Patterns(Struct, frozen=True):
    """The patterns of one ignore file; `base` is its folder relative to the root ("" or "a/b/")."""

    base: str
    globs: tuple[Glob, ...]

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """What the last pattern that speaks of a path below `base` says; None where none does."""
        below = path[len(self.base) :]
        name = below[below.rfind("/") + 1 :]
        for glob in reversed(self.globs):
            if glob.matches(below, name, is_folder=is_folder):
                return glob.excludes
        return None


class IgnoreRules(Struct, frozen=True):
    """The ignore files that hold for one folder, the nearest last."""

    patterns: tuple[_Patterns, ...] = ()

    def within(self, folder: str, base: str) -> IgnoreRules:
        """These rules together with the `.gitignore` of `folder`, if it has one."""
        lines = _read_lines(os.path.join(folder, IGNORE_FILE))
        if not base:
            lines = (*_read_lines(os.path.join(folder, ".git", "info", "exclude")), *lines)
        return self.plus(lines, base)

    def plus(self, lines: Iterable[str], base: str = "") -> IgnoreRules:
        """These rules and further patterns, told from `base`."""
        globs = tuple(glob for glob in map(read_glob, lines) if glob)[-MAX_PATTERNS:]
        return IgnoreRules((*self.patterns, _Patterns(base, globs))) if globs else self

    def ignores(self, path: str) -> bool:
        """Whether a path relative to the root is itself ignored; a folder's path ends with a slash.

        The nearest file that has an opinion decides, as in git. Whoever walks down has asked about
        the folders above before; `covers` asks about them too.
        """
        bare = path.removesuffix("/")
        for patterns in reversed(self.patterns):
            verdict = patterns.verdict(bare, is_folder=path != bare)
            if verdict is not None:
                return verdict
        return False

    def covers(self, path: str) -> bool:
        """Whether a path or a folder above it is ignored."""
        *folders, name = path.split("/")
        above = accumulate(f"{folder}/" for folder in folders)
        return any(map(self.ignores, above)) or (bool(name) and self.ignores(path))


def _read_lines(file: str) -> tuple[str, ...]:
    try:
        text, _ = decode(read_bytes(file, _MAX_IGNORE_BYTES))
    except FileError:
        return ()
    return tuple(text.split("\n"))
