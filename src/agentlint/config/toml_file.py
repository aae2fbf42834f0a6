"""A settings file as tables of TOML, and whether a pyproject.toml has any of ours at all."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from agentlint.text import Pattern, one_line

MAX_BYTES = 256 * 1024
MAX_KEY_DOTS = 100
"""Dots in one key: tomllib takes minutes and gigabytes for keys of 100,000 parts."""
_MAX_LOOK_BYTES = 16 * MAX_BYTES
_SECTION = ("tool", "agentlint")
_MENTION = Pattern(r"agentlint[\"']?[ \t]{0,40}[\].=]")
# Each string and comment matches to its end, or to where an unfinished one must end: no character
# is looked at twice.
_STRING_OR_COMMENT = Pattern(
    r'(?P<string>"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]++|\\[^\n])*+"?'
    r"|'[^'\n]*+'?)"
    r"|#[^\n]*+",
    re.DOTALL,  # for a backslash at the end of a line
)
_DOTTED = Pattern(r"[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++)*+")
_HEADER = Pattern(r"[ \t]{0,40}\[\[?(?P<key>[^\[\]=#\n]{1,200})\]")
_ENTRY = Pattern(r"[ \t]{0,40}(?P<key>[^\[\]{},=#\n]{1,200})=")


class TomlError(Exception):
    """Why a file is not read as TOML, on one line."""


def tables_of(data: bytes) -> dict[str, Any]:
    """What TOML says, with or without a byte order mark; the answer is not to be changed.

    Raises TomlError.
    """
    if len(data) > MAX_BYTES:
        raise TomlError(f"larger than {MAX_BYTES // 1024} KiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TomlError("not UTF-8 text") from None
    if any(line.count(".") > MAX_KEY_DOTS for line in text.split("\n")) and _has_long_key(text):
        raise TomlError(f"a key with more than {MAX_KEY_DOTS} dots")
    return _parsed(text)


@lru_cache(maxsize=2)
def _parsed(text: str) -> dict[str, Any]:
    """A file is asked first whether it has a table of ours, and then for the table."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = str(error.args[0]) if error.args else "a mistake"
    except RecursionError:
        reason = "nested too deeply"
    except ValueError:  # Python reads no number of so many digits
        reason = "a number with too many digits"
    raise TomlError(f"not valid TOML: {one_line(reason)}")


def has_section(file: Path) -> bool:
    """Whether a pyproject.toml, which most often is of other tools alone, holds settings of ours.

    Of a file that cannot be read as TOML it is enough that a line begins them: whoever wrote that
    line is to learn of the mistake, and nobody else.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(_MAX_LOOK_BYTES)
    except OSError:
        return False
    if b"agentlint" not in data:
        return False
    text = data.decode("utf-8-sig", "replace")
    if not _MENTION.search(text):
        return False
    try:
        tool = tables_of(data).get(_SECTION[0])
    except TomlError:
        return _begins_section(text)
    return isinstance(tool, dict) and _SECTION[1] in tool


def _begins_section(text: str) -> bool:
    table: tuple[str, ...] = ()
    for line in text.splitlines():
        header, entry = _HEADER.match(line), _ENTRY.match(line)
        if header:
            table = _parts(header["key"])
        key = _parts(entry["key"]) if entry and not header else ()
        if (*table, *key)[: len(_SECTION)] == _SECTION:
            return True
    return False


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in key.split("."))


def _has_long_key(text: str) -> bool:
    bare = _STRING_OR_COMMENT.sub(lambda match: "s" if match["string"] else "", text)
    return any(match[0].count(".") > MAX_KEY_DOTS for match in _DOTTED.finditer(bare))
