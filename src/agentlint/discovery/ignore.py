"""`.gitignore` files and the settings' `exclude`, as git reads them and without a git process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery.glob import MAX_LENGTH, Glob, read_glob
from agentlint.discovery.reading import FileError, decode, read_bytes
from agentlint.findings import NoticeKind
from agentlint.text.hashing import blake2b

IGNORE_FILE = ".gitignore"
MAX_PATTERNS = 2000
"""Patterns of one ignore file; the largest public collection of them has some 500."""
MAX_IN_FORCE = 4000
"""Patterns that hold for one folder, those of the settings and of the folders above among them."""
_MAX_IGNORE_BYTES = 128 * 1024
_DIGEST_BYTES = 16


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
    """The ignore files that hold for one folder, the nearest last.

    `unread` are (path, why) of those that were not read, or not to the end: what they ignore may be
    looked at, and what they take back may not. Rules with one `digest` ignore the same.
    """

    patterns: tuple[_Patterns, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    digest: bytes = b""

    def within(self, folder: str, base: str) -> IgnoreRules:
        """These rules together with the `.gitignore` of `folder`, if it has one."""
        names = (IGNORE_FILE,) if base else (".git/info/exclude", IGNORE_FILE)
        rules = self
        for name in names:
            lines, unread = _read_lines(os.path.join(folder, name))
            if rules.count + min(len(lines), MAX_PATTERNS) > MAX_IN_FORCE:
                lines, unread = (), [f"more than {MAX_IN_FORCE:,} patterns, with those above it"]
            rules = rules.plus(lines, base)
            all_unread = (*rules.unread, *((base + name, why) for why in unread))
            rules = replace(rules, unread=all_unread)
        return rules

    @property
    def count(self) -> int:
        """How many patterns hold."""
        return sum(len(patterns.globs) for patterns in self.patterns)

    def plus(self, lines: Iterable[str], base: str = "") -> IgnoreRules:
        """These rules and further patterns, told from `base`."""
        lines = tuple(lines)
        globs = tuple(glob for glob in map(read_glob, lines) if glob)[-MAX_PATTERNS:]
        if not globs:
            return self
        content = "\0".join((base, *lines)).encode("utf-8", "surrogatepass")
        return IgnoreRules(
            patterns=(*self.patterns, _Patterns(base, globs)),
            unread=self.unread,
            digest=blake2b(self.digest + content, digest_size=_DIGEST_BYTES).digest(),
        )

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


def _read_lines(file: str) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of an ignore file, and what of it is not read."""
    try:
        text, _ = decode(read_bytes(file, _MAX_IGNORE_BYTES))
    except FileError as error:
        # One that is not there is nothing to tell of; nor is a link, which git does not follow.
        is_notable = error.kind in (NoticeKind.TOO_LARGE, NoticeKind.NOT_TEXT)
        return (), (error.message,) if is_notable else ()
    lines = text.split("\n")
    patterns = [line for line in lines if line and not line.startswith("#")]
    unread = []
    if len(patterns) > MAX_PATTERNS:
        unread.append(f"only the last {MAX_PATTERNS:,} patterns are read")
    if any(len(pattern) > MAX_LENGTH for pattern in patterns):
        unread.append(f"a pattern longer than {MAX_LENGTH:,} characters is not read")
    return patterns, unread
