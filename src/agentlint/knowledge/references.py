"""The spellings by which a config refers to a value elsewhere, from `rules/data/references.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from agentlint.knowledge.data import Row, rows
from agentlint.text import Pattern

_LONGEST = 8_200
AUTH_SCHEME = (
    r"(?:(?i:bearer|basic|token|bot|apikey|api-key|key|jwt|ssws|geniekey)(?:[ \t]|%20|\+){1,8})"
)
"""What may stand before a credential in a header, with the blank after it."""
_SCHEME = Pattern(AUTH_SCHEME, re.ASCII)
_INSIDE = Pattern(
    r"\$\{\w|\{\{|\$\(\w|<%[=\s\w]|%\(\w{1,40}\)[a-z]|#\{\w|\$[A-Z][A-Z0-9_]{3}", re.ASCII
)


class Reference(Struct, frozen=True):
    """A text that points elsewhere.

    `dialect` is who reads the spelling, `target` what it points at: env, secret, file, command,
    template, code or ciphertext. `name` is the variable, path or text inside, `default` what stands
    in where there is none. A `vague` spelling is one only where a credential is expected: elsewhere
    it may be any text.
    """

    dialect: str
    target: str
    name: str
    default: str | None = None
    vague: bool = False


def references(text: str) -> Iterator[Reference]:
    """What the whole of `text` may refer to, the likeliest first; nothing for a literal.

    An auth scheme before a reference (`Bearer ${TOKEN}`) does not count. A text with a reference
    somewhere inside is a template.
    """
    text = text.strip()[:_LONGEST]
    scheme = _SCHEME.match(text)
    if scheme:
        text = text[scheme.end() :]
    if not text:
        return
    for row, shape in (*_by_first_character().get(text[0], ()), *_unanchored()):
        match = text.startswith(tuple(row["begins"]) or "") and shape.fullmatch(text)
        if match:
            groups = match.groupdict()
            name = (groups.get("name") or text).strip()
            yield Reference(
                row["dialect"], row["target"], name, groups.get("default"), row["vague"]
            )
    if _INSIDE.search(text):
        yield Reference("actions" if "${{" in text else "template", "template", text)


@cache
def _entries() -> tuple[tuple[Row, Pattern], ...]:
    return tuple((row, Pattern(row["shape"], re.ASCII)) for row in rows("references", "reference"))


@cache
def _by_first_character() -> dict[str, tuple[tuple[Row, Pattern], ...]]:
    index: dict[str, tuple[tuple[Row, Pattern], ...]] = {}
    for row, shape in _entries():
        for first in sorted({text[0] for text in row["begins"]}):
            index[first] = (*index.get(first, ()), (row, shape))
    return index


@cache
def _unanchored() -> tuple[tuple[Row, Pattern], ...]:
    return tuple(entry for entry in _entries() if not entry[0]["begins"])
