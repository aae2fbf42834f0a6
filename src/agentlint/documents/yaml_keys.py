"""YAML read key by key, where a text that stands behind one of its keys is no strict YAML.

`description: Reviews code. Use when: code changed` stands in the front matter of many agents, and
loaders that read such a line by itself take it as it is meant
(https://github.com/anthropics/claude-plugins-official/issues/6261).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentlint.documents import yaml
from agentlint.documents.nodes import (
    DataDocument,
    DuplicateKey,
    Entry,
    Mapping,
    ProblemKind,
    Scalar,
    ScalarKind,
)
from agentlint.documents.yaml_blocks import ANY
from agentlint.text import Pattern, Span

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from agentlint.text import Region

MAX_PARTS = 200
"""Keys, comments and empty lines; front matter has a dozen, and each key is a document to a parser."""

_REST = rf"[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]{ANY}+"
_BLANKS = r"[ \t]{1,99}+"
_END = r"(?:\r\n|\r|\n|\Z)"
_BLOCK = r"[|>][-+0-9]{0,2}+(?:[ \t\r\n]|\Z)"
_BELOW = rf"(?:(?:[ \t\#]|-(?=[ \t\r\n]|\Z)){_REST}{_END}|\r\n|\r|\n)"
_PART = Pattern(
    rf"""(?x) (?P<key>[A-Za-z0-9_-]{{1,80}}+):
        (?: {_BLANKS} (?P<text>(?![ \t\#\r\n]|{_BLOCK}) {_REST}) {_END}
          | (?:{_BLANKS} (?:\#{_REST})?+)?+ {_END} {_BELOW}{ANY}+ )
      | (?:{_BLANKS})?+ (?P<comment>\#{_REST})?+ {_END}"""
)
_COMMENT = Pattern(r"(?<=[ \t])#")
_CLOSING = {'"': '"', "'": "'", "[": "]", "{": "}"}


def read(region: Region) -> DataDocument | None:
    """One mapping: what YAML says of each key by itself, or the rest of its line where that is none.

    None where a line is neither a key at the margin nor belongs to one that has no text of its own.
    """
    parts: list[DataDocument] = []
    at = 0
    while at < len(region.text):
        line = _PART.match(region.text, at)
        part = _read_part(region, line) if line and len(parts) < MAX_PARTS else None
        if line is None or part is None:
            return None
        parts.append(part)
        at = line.end()
    return _joined(region, parts)


def _read_part(region: Region, part: re.Match[str]) -> DataDocument | None:
    if part["key"] is None:
        return DataDocument("yaml", region, comments=_comments(region, *part.span("comment")))
    strict = yaml.parse(region.cut(*part.span()))
    if not strict.problems:
        return strict
    is_syntax = all(problem.kind is ProblemKind.SYNTAX for problem in strict.problems)
    return _as_text(region, part) if is_syntax and _ends_here(part["text"]) else None


def _ends_here(text: str | None) -> bool:
    """Whether there is a text, and no quote or bracket that opens it waits for a later line."""
    return text is not None and _CLOSING.get(text[0], "") in text[1:]


def _as_text(region: Region, part: re.Match[str]) -> DataDocument:
    start, end = part.span("text")
    mark = _COMMENT.search(region.text, start, end)
    said = region.text[start : mark.start() if mark else end].rstrip(" \t")
    key, value = region.cut(*part.span("key")), region.cut(start, start + len(said))
    entry = Entry(_string(key), _string(value))
    root = Mapping((entry,), Span(key.span().start, value.span().end))
    comments = _comments(region, mark.start(), end) if mark else ()
    return DataDocument("yaml", region, roots=(root,), comments=comments)


def _string(text: Region) -> Scalar:
    return Scalar(ScalarKind.STRING, text, text.span())


def _comments(region: Region, start: int, end: int) -> tuple[Region, ...]:
    return (region.cut(start, end),) if start < end else ()


def _joined(region: Region, parts: Sequence[DataDocument]) -> DataDocument | None:
    roots = [root for part in parts for root in part.roots if isinstance(root, Mapping)]
    if not roots:
        return None
    entries = tuple(entry for root in roots for entry in root.entries)
    within = (repeated for part in parts for repeated in part.duplicate_keys)
    return DataDocument(
        "yaml",
        region,
        roots=(Mapping(entries, Span(roots[0].span.start, roots[-1].span.end)),),
        comments=tuple(comment for part in parts for comment in part.comments),
        duplicate_keys=(*within, *_repeated(entries)),
    )


def _repeated(entries: Iterable[Entry]) -> Iterator[DuplicateKey]:
    seen: dict[str, Scalar] = {}
    for entry in entries:
        first = seen.setdefault(entry.key.text, entry.key)
        if first is not entry.key:
            yield DuplicateKey(first, entry.key)
