"""Telling a page that is an instruction by its folder and the keys of its front matter: an agentic
workflow of GitHub, and the definition of an agent or a command in a folder that has the name of a tool and
no dot, as dotfiles and installers keep it."""

from codecs import BOM_UTF8
from functools import cache

from msgspec import Struct, convert

from agentlint.knowledge.data import rows
from agentlint.text import Pattern

_SUFFIX = ".md"
_MARK = b"---"
_LONGEST_HEAD = 65536
_KEY = Pattern(r"(?P<quote>[\"']?)(?P<key>[A-Za-z][\w-]{0,40})(?P=quote):(?:\s|\Z)")


class _Row(Struct, frozen=True, rename={"folders": "folder"}):
    id: str
    folders: tuple[str, ...]
    one_of_each: tuple[frozenset[str], ...]
    only_at_root: bool


def recognise_definition(path: str, data: bytes) -> str:
    """The row of an instruction file that a page at `path` is, "" for none."""
    lowered = f"/{path.lower()}"
    if not lowered.endswith(_SUFFIX):
        return ""
    near = [row for row in _rows() if _lies_below(lowered, row)]
    keys = _keys(data) if near else frozenset()
    return next((row.id for row in near if not any(map(keys.isdisjoint, row.one_of_each))), "")


def definition_below(path: str) -> str:
    """The row that looks for its files at the root of a checkout alone, in a folder that `path` lies below
    somewhere; "" for none."""
    lowered = f"/{path.lower()}"
    for row in _rows():
        if row.only_at_root and lowered.endswith(_SUFFIX) and _lies_below(lowered, row):
            return row.id
    return ""


def _lies_below(lowered: str, row: _Row) -> bool:
    # A walk asks of every page, and a generator would take longer than what it looks for.
    for folder in row.folders:  # noqa: SIM110
        if folder in lowered:
            return True
    return False


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
        convert({**row, "folder": [f"/{folder}/" for folder in row["folder"]]}, _Row)
        for row in rows("files", "definition")
    )
