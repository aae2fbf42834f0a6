"""Which tool reads two instruction files together, and what it does where they disagree.

Codex: https://github.com/openai/codex/blob/main/docs/agents_md.md; Claude Code:
https://code.claude.com/docs/en/memory; GitHub Copilot: https://docs.github.com/en/copilot/how-tos/
configure-custom-instructions/add-repository-instructions; Gemini CLI:
https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/gemini-md.md.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from msgspec import Struct

_File: TypeAlias = tuple[str, str]
"""Its path and its format."""

_OVERRIDES = "agents.override.md"


class SharedReader(Struct, frozen=True):
    """`precedence` is a sentence for people; `has_winner` says that it tells which of the two wins."""

    precedence: str
    has_winner: bool


_COPILOT = SharedReader("GitHub Copilot reads both, and does not say which of two wins", False)
_CLAUDE = SharedReader("Claude Code reads both as one text, and neither overrides the other", False)
_GEMINI = SharedReader("Gemini CLI joins both into one text", False)
_CODEX = SharedReader(
    "Codex joins both from the root down, and the file closer to the work wins", True
)


class _Shared(Struct, frozen=True):
    """`reader` reads two files of these `formats`, of which one may be meant twice, where `together` holds
    for the two."""

    formats: frozenset[str]
    reader: SharedReader
    together: Callable[[_File, _File], bool]

    def beside(self, format_id: str) -> frozenset[str]:
        """The formats of what is read beside a file of this one."""
        return self.formats - {format_id} or self.formats


def shared_reader(one: _File, other: _File) -> SharedReader | None:
    """The tool that reads both of two (path, format) files for the same work, if one is documented.

    Formats are rows of `rules/data/files.toml`.
    """
    formats = {one[1], other[1]}
    row = next((row for row in _SHARED if row.formats == formats), None)
    return row.reader if row and row.together(one, other) else None


def read_together(files: Sequence[_File]) -> list[tuple[int, int]]:
    """The places in `files`, (path, format) each, of every two that may have a shared reader."""
    owners = [_owner(posixpath.dirname(path)) for path, _ in files]
    beside: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (_, format_id) in enumerate(files):
        beside[owners[place], format_id].append(place)
    return sorted(
        {
            (min(place, other), max(place, other))
            for place, (_, format_id) in enumerate(files)
            for folder in _with_above(owners[place])
            for partner in _partners(format_id)
            for other in beside.get((folder, partner), ())
            if other != place
        }
    )


def _with_above(folder: str) -> Iterator[str]:
    yield folder
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


@cache
def _partners(format_id: str) -> frozenset[str]:
    """The formats that some tool reads beside one, in the same folder or in those above it."""
    return frozenset().union(
        *(row.beside(format_id) for row in _SHARED if format_id in row.formats)
    )


def _are_nested(one: _File, other: _File) -> bool:
    outer, inner = sorted((_owner(posixpath.dirname(path)) for path, _ in (one, other)), key=len)
    return not outer or f"{inner}/".startswith(f"{outer}/")


def _is_at_root(one: _File, other: _File) -> bool:
    """Whether the one AGENTS.md of two files lies at the root."""
    agents = one if one[1] == "agents-md" else other
    return not posixpath.dirname(agents[0])


def _is_in_another_folder(one: _File, other: _File) -> bool:
    """Whether two nested files lie in two folders: of each Codex reads one."""
    if not _are_nested(one, other) or posixpath.dirname(one[0]) == posixpath.dirname(other[0]):
        return False
    names = {posixpath.basename(path).lower() for path, _ in (one, other)}
    return names <= {"agents.md", _OVERRIDES}


def _owner(folder: str) -> str:
    """The folder that a tool's own folder speaks for."""
    head, mark, _ = f"{folder}/".partition(".claude/")
    return head.rstrip("/") if mark else folder


_SHARED = (
    _Shared(frozenset({"agents-md", "copilot-instructions"}), _COPILOT, _is_at_root),
    _Shared(frozenset({"agents-md"}), _CODEX, _is_in_another_folder),
    _Shared(frozenset({"claude-md", "claude-rules"}), _CLAUDE, _are_nested),
    _Shared(frozenset({"claude-md"}), _CLAUDE, _are_nested),
    _Shared(frozenset({"gemini-md"}), _GEMINI, _are_nested),
)
