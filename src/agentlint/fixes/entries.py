"""Entries of a mapping: one more of them, one less, or one under another key.

A new entry stands on a line of its own where its neighbour has one, else beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.documents import Scalar
from agentlint.findings import Edit
from agentlint.fixes.scalars import quote_of, written
from agentlint.fixes.syntax import FileSyntax, Holder
from agentlint.text import LINE_END, Pattern, Span

# Between the neighbour's value and the end of its line: a comma, a comment, and nothing else.
_REST_OF_LINE = Pattern(
    r"[ \t]{0,400}+(?P<comma>,?+)[ \t]{0,400}+"
    r"(?:(?:#|//)[^\r\n]{0,400}+|/\*[^*\r\n]{0,400}+\*/[ \t]{0,40}+)?+(?=[\r\n]|\Z)"
)
_INDENT = Pattern(r"[ \t]{0,400}")
# The first key of a list item stands behind its mark.
_ITEM_INDENT = Pattern(r" {0,400}+(?:- {1,40}+){1,8}+")
_MARKS = {"yaml": ": ", "json": ": ", "toml": " = "}


def new_entry(holder: Holder, key: str, value: str, syntax: FileSyntax) -> tuple[Edit, ...] | None:
    """The edits that write `key` behind the entry of `holder`; None where its syntax has no room."""
    neighbour, text = holder.entry.value, syntax.text
    if not isinstance(neighbour, Scalar) or holder.language not in _MARKS:
        return None
    entry = _entry(holder, neighbour, key, value, text)
    if entry is None:
        return None
    end = neighbour.outer.end
    rest = _REST_OF_LINE.match(text, end)
    indent = _indent(holder, text)
    bracketed = _is_bracketed(holder, text)
    if rest is None or indent is None:
        return (Edit(Span(end, end), f", {entry}"),) if bracketed else None
    return tuple(_on_its_own_line(entry, indent, end, rest, bracketed=bracketed))


def new_key(holder: Holder, key: str, syntax: FileSyntax) -> tuple[Edit, ...] | None:
    """The edit that renames the entry of `holder`; None where its mapping has the key already."""
    quote = quote_of(holder.entry.key, syntax.text)
    if quote is None or key in holder.mapping:
        return None
    return (Edit(holder.entry.key.outer, f"{quote}{key}{quote}"),)


def without_entry(holder: Holder, syntax: FileSyntax) -> tuple[Edit, ...] | None:
    """The edit that takes out the line of an entry; None for one that shares its line or has several,
    or that is all that its mapping holds."""
    value, text = holder.entry.value, syntax.text
    if not isinstance(value, Scalar) or quote_of(value, text) is None:
        return None
    if len(holder.mapping.entries) == 1 or _is_bracketed(holder, text):
        return None
    start = _line_start(holder, text)
    rest = _REST_OF_LINE.match(text, value.outer.end)
    if rest is None or not _INDENT.fullmatch(text, start, holder.entry.key.outer.start):
        return None
    end = LINE_END.match(text, rest.end())
    if end is None:  # the last line goes with the line end before it
        before = text[:start].removesuffix("\n").removesuffix("\r")
        return (Edit(Span(len(before), rest.end()), ""),)
    return (Edit(Span(start, end.end()), ""),)


def line_end_near(text: str, offset: int) -> str:
    """The line end that follows `offset`, else the file's last, else a line feed."""
    after = LINE_END.search(text, offset)
    if after:
        return after[0]
    before = [match[0] for match in LINE_END.finditer(text, max(0, offset - 4000), offset)]
    return before[-1] if before else "\n"


def _entry(holder: Holder, neighbour: Scalar, key: str, value: str, text: str) -> str | None:
    quote, key_quote = quote_of(neighbour, text), quote_of(holder.entry.key, text)
    if quote is None or key_quote is None:
        return None
    bracketed = _is_bracketed(holder, text)
    shown = written(value, holder.language, quote, bracketed=bracketed)
    return f"{key_quote}{key}{key_quote}{_MARKS[holder.language]}{shown}" if shown else None


def _is_bracketed(holder: Holder, text: str) -> bool:
    return text[holder.mapping.span.start] == "{"


def _indent(holder: Holder, text: str) -> str | None:
    """What stands before a key on a line of its own; None where the neighbour shares its line."""
    before = text[_line_start(holder, text) : holder.entry.key.outer.start]
    if _INDENT.fullmatch(before):
        return before
    if holder.language == "yaml" and _ITEM_INDENT.fullmatch(before):
        return " " * len(before)
    return None


def _line_start(holder: Holder, text: str) -> int:
    start = holder.entry.key.outer.start
    return max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1


def _on_its_own_line(
    entry: str, indent: str, after: int, rest: re.Match[str], *, bracketed: bool
) -> Iterator[Edit]:
    """The entry behind the rest of the line of its neighbour, which ends at `after`; within brackets
    each of the two has a comma where it needs one."""
    line = f"{line_end_near(rest.string, rest.end())}{indent}{entry}"
    missing = bracketed and not rest["comma"]
    if missing and rest.end() == after:
        yield Edit(Span(after, after), f",{line}")
        return
    if missing:
        yield Edit(Span(after, after), ",")
    comma = "," if bracketed and not missing else ""
    yield Edit(Span(rest.end(), rest.end()), f"{line}{comma}")
