"""From what a rule means to edits of the text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from agentlint.documents import BlockKind, MarkdownDocument
from agentlint.findings import (
    Change,
    Edit,
    Fix,
    FromEnvironment,
    NewEntry,
    NewKey,
    NewSection,
    NewValue,
    NewWord,
    NoComment,
    NoEntry,
    Repair,
)
from agentlint.fixes.comments import without_name
from agentlint.fixes.entries import line_end_near, new_entry, new_key, without_entry
from agentlint.fixes.scalars import quote_of, written
from agentlint.fixes.syntax import PYTHON, FileSyntax
from agentlint.text import Span

# An empty value that none of them follows needs no quotes to be seen.
_BLANKS = (" ", "\t")


def spelled(repair: Repair, syntax: FileSyntax) -> Fix | None:
    """`repair` as edits of the file; None where one of its changes has no room in the syntax, or nothing is
    to be changed."""
    edits: set[Edit] = set()
    for change in repair.changes:
        written_out = _edits(change, syntax)
        if written_out is None:
            return None
        edits.update(written_out)
    ordered = tuple(sorted(edits, key=lambda edit: (edit.span, edit.text)))
    if not ordered or any(_meet(one.span, other.span) for one, other in pairwise(ordered)):
        return None
    return Fix(repair.title, repair.applicability, ordered)


def _meet(one: Span, other: Span) -> bool:
    return one.overlaps(other) or one.start == other.start


def _edits(change: Change, syntax: FileSyntax) -> Iterable[Edit] | None:
    match change:
        case Edit():
            return (change,)
        case NewValue():
            return _new_value(change, syntax)
        case NewEntry():
            holder = syntax.holder(change.mapping, change.beside)
            return new_entry(holder, change.key, change.text, syntax) if holder else None
        case NewKey():
            holder = syntax.holder_of(change.value)
            return new_key(holder, change.text, syntax) if holder else None
        case NoEntry():
            holder = syntax.holder_of(change.value)
            return without_entry(holder, syntax) if holder else None
        case NewWord():
            return _new_word(change, syntax)
        case FromEnvironment():
            return _from_environment(change, syntax)
        case NoComment():
            return without_name(change, syntax)
        case NewSection():
            return _new_section(change, syntax)


def _new_value(change: NewValue, syntax: FileSyntax) -> Iterable[Edit] | None:
    if syntax.language == PYTHON:
        from agentlint.fixes.programs import new_text

        return new_text(change, syntax)
    found = syntax.value(change.span)
    if found is None:
        return None
    scalar, language = found
    quote = quote_of(scalar, syntax.text)
    if quote is None:
        return None
    if not change.text and syntax.text[scalar.outer.end : scalar.outer.end + 1] in _BLANKS:
        quote = quote or '"'
    text = written(change.text, language, quote, bracketed=_may_be_bracketed(scalar.outer, syntax))
    return None if text is None else (Edit(scalar.outer, text),)


def _new_word(change: NewWord, syntax: FileSyntax) -> Iterable[Edit] | None:
    around = syntax.block(change.span)
    if around is None or _says(around.region.text, change.text):
        return None
    return (Edit(change.span, change.text),)


def _says(text: str, word: str) -> bool:
    """Whether a word stands in a text, and no part of a longer one (`review` in `reviews`)."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not any(map(_is_of_word, (text[at - 1 : at], text[end : end + 1]))):
            return True
        at = text.find(word, end)
    return False


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign in ("-", "_")


def _may_be_bracketed(outer: Span, syntax: FileSyntax) -> bool:
    """Whether a bracket on the scalar's line, or one that is still open, could be a collection's."""
    line = syntax.source.line_span(syntax.source.position(outer.start).line)
    around = syntax.text[line.start : outer.start] + syntax.text[outer.end : line.end]
    return any(mark in around for mark in "{}[],")


def _from_environment(change: FromEnvironment, syntax: FileSyntax) -> Iterable[Edit] | None:
    if syntax.language != PYTHON:
        return None
    from agentlint.fixes.programs import from_environment

    return from_environment(change, syntax)


def _new_section(change: NewSection, syntax: FileSyntax) -> Iterable[Edit] | None:
    if not isinstance(syntax.document, MarkdownDocument):
        return None
    # A section ends at the title of the next one, before which stand the marks of that heading.
    last = change.behind.end
    for block in syntax.document.blocks:
        if block.kind is BlockKind.HEADING and block.span.start < last < block.span.end:
            last = block.span.start
    at = len(syntax.text[:last].rstrip())
    end = line_end_near(syntax.text, at)
    paragraphs = (f"{'#' * change.level} {change.title}", *change.body)
    return (Edit(Span(at, at), "".join(f"{end}{end}{paragraph}" for paragraph in paragraphs)),)
