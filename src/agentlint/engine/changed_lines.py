"""Which lines changed since a commit, as git tells it.

git is asked without running anything that the repository names: no external diff or text conversion,
no clean filter, no file system monitor, no hook, no look into submodules and no fetch of what a
partial clone lacks. Attributes that would hide a file from the diff have no effect.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Timer
from typing import IO

from msgspec import Struct

from agentlint.config import ConfigError
from agentlint.discovery import most_bytes
from agentlint.findings import Finding, Location
from agentlint.text import SourceFile

TIMEOUT_SECONDS = 60
_NO_GIT = "--diff-base needs git, which cannot be run here"
MAX_REF = 250
_SHALLOW = (
    ", which is a shallow clone: fetch the whole history (in actions/checkout, `fetch-depth: 0`)"
)
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
)
_DIFF = (
    *("diff", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--text", "--no-color"),
    *("-U0", "-M", "--relative", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/"),
    "-O/dev/null",
)
_HUNK = re.compile(
    rb"@@ -\d{1,10}(?:,(?P<old>\d{1,10}))? \+(?P<start>\d{1,10})(?:,(?P<new>\d{1,10}))? @@"
)
_FILTER = re.compile(r"filter\.(?P<name>.{1,200})\.[a-zA-Z]{1,40}", re.DOTALL)
_PLAIN_NAME = re.compile(r"[\w.-]{1,200}")
_QUOTED = re.compile(rb"\\([0-7]{3}|.)")
_LETTERS = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13}
_MAX_LINE = 64 * 1024
_NO_FILE = "/dev/null"  # on Windows as well


class ChangedLines(Struct, frozen=True):
    """`lines` holds the ranges of lines that are new or changed, by path; a line ends at each `\\n`.

    A file that is not `tracked` is new from its first line to its last, also where it was moved there.
    `base` is the commit that was compared with, and `old_paths` where changed files stood in it that
    have been renamed since.
    """

    lines: Mapping[str, tuple[range, ...]]
    tracked: frozenset[str]
    base: str = ""
    old_paths: Mapping[str, str] = {}

    def touch(self, finding: Finding, sources: Mapping[str, SourceFile]) -> bool:
        """Whether the finding, or a place that belongs to it, stands on a changed line."""
        repeats = (Location(finding.path, span) for span in finding.repeats)
        related = (one.location for one in finding.related)
        places = (finding.location, *repeats, *related)
        return any(self._changed(place, sources.get(place.path)) for place in places)

    def _changed(self, place: Location, source: SourceFile | None) -> bool:
        if source is None:
            return False
        if place.path not in self.tracked:
            return True
        first = source.text.count("\n", 0, place.span.start) + 1
        last = first + source.text.count("\n", place.span.start, place.span.end)
        return any(r.start <= last and first < r.stop for r in self.lines.get(place.path, ()))


def changed_lines(root: Path, ref: str) -> ChangedLines:
    """What changed in the working tree below `root` since it left `ref`.

    The comparison is with the last commit that the checkout and `ref` share; with `ref` itself where
    a shallow clone does not hold that commit. Raises ConfigError without git, outside a repository,
    and for a `ref` that names no commit.
    """
    if not ref or ref.startswith("-") or len(ref) > MAX_REF or not ref.isprintable():
        raise ConfigError(f"--diff-base: `{ref[:MAX_REF]}` is not the name of a commit")
    git = _Git(root)
    commit = git.output("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    if commit is None:
        git.require_repository()
        unknown = f"--diff-base: `{ref}` names no commit of this repository"
        raise ConfigError(f"{unknown}{_SHALLOW if git.is_shallow() else ''}")
    known = commit.decode("ascii").strip()
    base = git.output("merge-base", known, "HEAD")
    start = base.decode("ascii").split()[0] if base else known
    hunks = git.read_hunks(*_DIFF, start, "--")
    tracked = git.output("ls-files", "-z", "--cached")
    if hunks is None or tracked is None:
        raise ConfigError(f"--diff-base: git could not compare the checkout with `{ref}`")
    paths = frozenset(map(os.fsdecode, tracked.split(b"\0")))
    return ChangedLines(hunks.lines, paths, start, hunks.old_paths)


def files_before(
    root: Path, changes: ChangedLines, paths: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    """(path, what the file held before the changes), without those that were not there or are larger
    than is read."""
    git: _Git | None = None
    for path in paths:
        git = git or _Git(root)
        name = f"{changes.base}:./{changes.old_paths.get(path, path)}"
        size = git.output("cat-file", "-s", name)
        is_read = size and int(size) <= most_bytes(path)
        data = git.output("cat-file", "blob", name) if is_read else None
        if data is not None:
            yield path, data


class _Git:
    """git in one folder, with nothing of the environment or the repository that runs a program."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._command = [_program(), "--no-pager", "--no-optional-locks", "--literal-pathspecs"]
        self._command += [word for setting in _SETTINGS for word in ("-c", setting)]
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_")
        }
        self._environment |= {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
        self._command += [word for name in self._filters() for word in _without_filter(name)]

    def output(self, *arguments: str) -> bytes | None:
        """What a command prints, None where it fails; raises ConfigError without git or time."""
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program; no argument can be an option
                [*self._command, *arguments],
                cwd=self._root,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_slow() from None
        except OSError:
            raise ConfigError(_NO_GIT) from None
        return done.stdout if done.returncode == 0 else None

    def require_repository(self) -> None:
        """Raise ConfigError where git sees no repository, or one that belongs to someone else."""
        if self.output("rev-parse", "--git-dir") is None:
            raise ConfigError("--diff-base: git finds no repository here that it trusts")

    def is_shallow(self) -> bool:
        """Whether a part of the history was not fetched."""
        return self.output("rev-parse", "--is-shallow-repository") == b"true\n"

    def read_hunks(self, *arguments: str) -> Hunks | None:
        """The changed lines that a diff command prints, read as they come; None where it fails."""
        with subprocess.Popen(  # noqa: S603 - as above
            [*self._command, *arguments],
            cwd=self._root,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            watch = Timer(TIMEOUT_SECONDS, process.kill)
            watch.start()
            try:
                assert process.stdout is not None
                found = read_hunks(_line_heads(process.stdout))
            finally:
                expired = not watch.is_alive()
                watch.cancel()
        if expired:
            raise _too_slow()
        return found if process.returncode == 0 else None

    def _filters(self) -> list[str]:
        """The names of the configured filter drivers."""
        keys = self.output("config", "--null", "--name-only", "--get-regexp", r"^filter\.") or b""
        matches = map(_FILTER.fullmatch, os.fsdecode(keys).split("\0"))
        names = {match["name"] for match in matches if match}
        if not all(map(_PLAIN_NAME.fullmatch, names)):
            raise ConfigError("--diff-base: git's settings name a filter that cannot be turned off")
        return sorted(names)


def _program() -> str:
    """git in a folder that the search path names whole; raises ConfigError where none has it.

    Windows looks in the working folder first, and so does a `.` in the path of any system: there may lie
    what the author of the checkout calls git.
    """
    name = "git.exe" if os.name == "nt" else "git"
    folders = filter(os.path.isabs, os.get_exec_path())
    found = next(filter(shutil.which, (os.path.join(folder, name) for folder in folders)), None)
    if found is None:
        raise ConfigError(_NO_GIT)
    return found


def _without_filter(name: str) -> Iterator[str]:
    for setting in ("clean=", "smudge=", "process=", "required=false"):
        yield from ("-c", f"filter.{name}.{setting}")


def _too_slow() -> ConfigError:
    return ConfigError(f"--diff-base: git took longer than {TIMEOUT_SECONDS} seconds")


class Hunks(Struct, frozen=True):
    """What a diff says: the new lines of each file, and the old path of each that was renamed."""

    lines: Mapping[str, tuple[range, ...]]
    old_paths: Mapping[str, str]


def read_hunks(lines: Iterable[bytes]) -> Hunks:
    """The new lines of each file in a diff without context.

    Text of a file may look like a header, so the lines of a hunk are counted and passed over.
    """
    changed: defaultdict[str, list[range]] = defaultdict(list)
    old_paths: dict[str, str] = {}
    old_path, path, body = "", "", 0
    for line in lines:
        if body:
            body -= not line.startswith(b"\\")
        elif line.startswith(b"--- "):
            old_path = _path(line, b"a/")
        elif line.startswith(b"+++ "):
            path = _path(line, b"b/")
            if old_path not in (path, _NO_FILE):
                old_paths[path] = old_path
        elif hunk := _HUNK.match(line):
            old, new = (int(hunk[side] or 1) for side in ("old", "new"))
            start = int(hunk["start"])
            body = old + new
            if new:
                changed[path].append(range(start, start + new))
    return Hunks({path: tuple(ranges) for path, ranges in changed.items()}, old_paths)


def _path(header: bytes, prefix: bytes) -> str:
    """The path of a `--- a/…` or `+++ b/…` line, which git quotes as C does where it holds odd
    characters."""
    name = header[4:].rstrip(b"\r\n").removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _QUOTED.sub(_unquoted, name[1:-1])
    return os.fsdecode(name.removeprefix(prefix))


def _unquoted(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    if len(escape) > 1:
        return bytes([int(escape, 8) & 0xFF])
    return bytes([_LETTERS[escape]]) if escape in _LETTERS else escape


def _line_heads(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream, none longer than is needed to tell what it is."""
    at_start = True
    while piece := stream.readline(_MAX_LINE):
        if at_start:
            yield piece
        at_start = piece.endswith(b"\n")
