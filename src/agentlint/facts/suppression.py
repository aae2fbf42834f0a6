"""`agentlint: ignore[...]` comments, read by form alone: whether they work is the engine's to say."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from agentlint.facts.values import Located
from agentlint.text import Pattern, Region, Span

_MARK = Pattern(r"agentlint\s?:", re.IGNORECASE)
_FORM = Pattern(
    r"agentlint:\s{0,4}(?P<verb>ignore-file|ignore)\s{0,4}\[(?P<rules>[^\]\n]{0,400})\]"
    r"(?P<rest>[^\n]{0,400})"
)
_SAID = Pattern(r"agentlint\s?:(?:(?!-->)[^\r\n]){0,900}+", re.IGNORECASE)
_NAME = Pattern(r"[^\s,]{1,400}")
_UNTIL = Pattern(r"\buntil\s{0,2}=\s{0,2}(?P<date>\S{1,40})")
_OWNER = Pattern(r"\bowner\s{0,2}=\s{0,2}(?P<owner>\S{1,80})")
_CLOSERS = Pattern(r"\s{0,8}(?:--?>|\*/)\s{0,8}$")


class Suppression(Struct, frozen=True):
    """One comment. `fault` says why it can have no effect, and is "" for a well-formed one.

    `line` is the 1-based line of the comment and `alone` says that nothing else stands on it, so that
    it is meant for the line below. `until` is the last day on which it counts. `in_unread` says that
    not all of its file could be read, so that nobody knows what it would suppress there.
    """

    path: str
    span: Span
    line: int
    alone: bool
    whole_file: bool = False
    rules: tuple[Located[str], ...] = ()
    reason: str = ""
    owner: str = ""
    until: date | None = None
    fault: str = ""
    in_unread: bool = False


def read_suppression(path: str, comment: Region, line: int, *, alone: bool) -> Suppression | None:
    """The suppression in a comment, or None for a comment that is about something else."""
    mark = _MARK.search(comment.text)
    if not mark:
        return None
    form = _FORM.match(comment.text, mark.start())
    if not form:
        return Suppression(
            path,
            comment.span(mark.start(), mark.end()),
            line,
            alone,
            fault="write `agentlint: ignore[rule] reason` or `agentlint: ignore-file[rule] reason`",
        )
    rest = _CLOSERS.sub("", form["rest"])
    until, fault = _until(rest)
    rules = tuple(
        Located(name.group(), comment.span(name.start(), name.end()))
        for name in _NAME.finditer(comment.text, form.start("rules"), form.end("rules"))
    )
    owner = _OWNER.search(rest)
    return Suppression(
        path,
        comment.span(form.start(), form.start("rest") + len(rest.rstrip())),
        line,
        alone,
        whole_file=form["verb"] == "ignore-file",
        rules=rules,
        reason=_OWNER.sub("", _UNTIL.sub("", rest)).strip(" \t:-"),
        owner=owner["owner"] if owner else "",
        until=until,
        fault=fault or ("" if rules else "it names no rule"),
    )


def without_suppressions(text: str) -> str:
    """The text with blanks for what it says to agentlint: the words of a rule's name or of a reason
    forbid nothing and tell no way back."""
    return _SAID.sub(lambda said: " " * len(said[0]), text) if "agentlint" in text.lower() else text


def _until(text: str) -> tuple[date | None, str]:
    written = _UNTIL.search(text)
    if not written:
        return None, ""
    try:
        return date.fromisoformat(written["date"]), ""
    except ValueError:
        return None, "its `until` is not a date of the form YYYY-MM-DD"
