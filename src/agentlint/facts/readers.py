"""Which tool reads two instruction files together, and what it does where they disagree.

Codex: https://github.com/openai/codex/blob/main/docs/agents_md.md; Claude Code:
https://code.claude.com/docs/en/memory; GitHub Copilot: https://docs.github.com/en/copilot/how-tos/
configure-custom-instructions/add-repository-instructions; Gemini CLI:
https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/gemini-md.md.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

_OVERRIDES = "agents.override.md"


class SharedReader(Struct, frozen=True):
    """`precedence` is a sentence for people; `settled` says that it tells which of the two wins."""

    precedence: str
    settled: bool


_COPILOT = SharedReader("GitHub Copilot reads both, and does not say which of two wins", False)
_CLAUDE = SharedReader("Claude Code reads both as one text, and neither overrides the other", False)
_GEMINI = SharedReader("Gemini CLI joins both into one text", False)
_CODEX = SharedReader(
    "Codex joins both from the root down, and the file closer to the work wins", True
)


def shared_reader(one: tuple[str, str], other: tuple[str, str]) -> SharedReader | None:
    """The tool that reads both of two (path, format) files for the same work, if one is documented.

    Formats are rows of `rules/data/files.toml`.
    """
    formats = {one[1], other[1]}
    folders = [posixpath.dirname(path) for path, _ in (one, other)]
    if formats == {"agents-md", "copilot-instructions"}:
        agents = folders[0] if one[1] == "agents-md" else folders[1]
        return _COPILOT if not agents else None
    if formats == {"claude-md", "claude-rules"} and _are_nested(*map(_owner, folders)):
        return _CLAUDE
    if len(formats) == 1 and _are_nested(*map(_owner, folders)):
        if formats == {"agents-md"}:
            return _codex(one[0], other[0])
        return {"claude-md": _CLAUDE, "gemini-md": _GEMINI}.get(one[1])
    return None


_TOGETHER = {
    "agents-md": ("agents-md", "copilot-instructions"),
    "claude-md": ("claude-md", "claude-rules"),
    "claude-rules": ("claude-md",),
    "copilot-instructions": ("agents-md",),
    "gemini-md": ("gemini-md",),
}
"""The formats that some tool reads beside each format, in the same folder or in those above it."""


def read_together(files: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
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
            for partner in _TOGETHER.get(format_id, ())
            for other in beside.get((folder, partner), ())
            if other != place
        }
    )


def _with_above(folder: str) -> Iterator[str]:
    yield folder
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


def _codex(one: str, other: str) -> SharedReader | None:
    """Codex reads one file a folder, so two of one folder are not read together."""
    if posixpath.dirname(one) == posixpath.dirname(other):
        return None
    names = {posixpath.basename(path).lower() for path in (one, other)}
    return _CODEX if names <= {"agents.md", _OVERRIDES} else None


def _owner(folder: str) -> str:
    """The folder that a tool's own folder speaks for."""
    head, mark, _ = f"{folder}/".partition(".claude/")
    return head.rstrip("/") if mark else folder


def _are_nested(one: str, other: str) -> bool:
    outer, inner = sorted((one, other), key=len)
    return not outer or f"{inner}/".startswith(f"{outer}/")
