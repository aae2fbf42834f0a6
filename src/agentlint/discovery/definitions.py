"""Telling the definition of an agent or a command by the keys of its front matter, in a folder that has the
name of a tool and no dot, as dotfiles and installers keep it."""

from __future__ import annotations

from codecs import BOM_UTF8
from functools import cache

from msgspec import Struct

from agentlint.knowledge.data import table
from agentlint.text import Pattern

_SUFFIX = ".md"
_MARK = b"---"
_LONGEST_HEAD = 8192
_KEY = Pattern(r"(?P<key>[A-Za-z][\w-]{0,40}):(?:\s|\Z)")


class _Row(Struct, frozen=True):
    id: str
    folders: tuple[str, ...]
    one_of_each: tuple[frozenset[str], ...]


def recognise_definition(path: str, data: bytes) -> str:
    """The row of an instruction file that a page at `path` is a copy of, "" for none."""
    lowered = f"/{path.lower()}"
    if not lowered.endswith(_SUFFIX):
        return ""
    rows = [row for row in _rows() if any(folder in lowered for folder in row.folders)]
    keys = _keys(data) if rows else frozenset()
    return next((row.id for row in rows if not any(map(keys.isdisjoint, row.one_of_each))), "")


def _keys(data: bytes) -> frozenset[str]:
    """The keys at the top level of the front matter; none of one that has no end."""
    opening, *lines = data.removeprefix(BOM_UTF8)[:_LONGEST_HEAD].splitlines() or [b""]
    marks = [index for index, line in enumerate(lines) if line.rstrip() == _MARK]
    if opening.rstrip() != _MARK or not marks:
        return frozenset()
    found = (_KEY.match(line.decode("utf-8", "replace")) for line in lines[: marks[0]])
    return frozenset(key["key"] for key in found if key)


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            id=row["id"],
            folders=tuple(f"/{folder}/" for folder in row["folder"]),
            one_of_each=tuple(map(frozenset, row["one_of_each"])),
        )
        for row in table("files")["copied_definition"]
    )
