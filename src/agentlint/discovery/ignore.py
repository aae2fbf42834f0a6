"""`.gitignore` files and the settings' `exclude`, as git reads them and without a git process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agentlint.discovery.reading import FileError, decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec

_MAX_IGNORE_BYTES = 128 * 1024


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one ignore file; `base` is its folder relative to the root ("" or "a/b/")."""

    base: str
    spec: GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The ignore files that hold for one folder, the nearest last."""

    patterns: tuple[_Patterns, ...] = ()

    def within(self, folder: Path, base: str) -> IgnoreRules:
        """These rules together with the `.gitignore` of `folder`, if it has one."""
        lines = _read_lines(folder / ".gitignore")
        if not base:
            lines = (*_read_lines(folder / ".git" / "info" / "exclude"), *lines)
        return self.plus(lines, base)

    def plus(self, lines: Iterable[str], base: str = "") -> IgnoreRules:
        """These rules and further patterns, told from `base`."""
        lines = tuple(lines)
        if not lines:
            return self
        from pathspec import GitIgnoreSpec

        return IgnoreRules((*self.patterns, _Patterns(base, GitIgnoreSpec.from_lines(lines))))

    def ignores(self, path: str) -> bool:
        """Whether a path relative to the root is ignored; a folder's path ends with a slash.

        The nearest file that has an opinion decides, as in git.
        """
        for patterns in reversed(self.patterns):
            verdict = patterns.spec.check_file(path[len(patterns.base) :]).include
            if verdict is not None:
                return verdict
        return False


def _read_lines(file: Path) -> tuple[str, ...]:
    try:
        text, _ = decode(read_bytes(file, _MAX_IGNORE_BYTES))
    except FileError:
        return ()
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
