"""Taking a name out of a suppression comment, and with the last name the comment."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agentlint.findings import Edit, NoComment
from agentlint.fixes.syntax import FileSyntax
from agentlint.text import LINE_END, Pattern, Span

_BLANKS = " \t"
_OPENERS = {"#": "", "//": "", "<!--": "-->", "/*": "*/"}
_OPENER = Pattern(r"(?:(?:<!--|/\*)\s{0,40}|(?://|#)[ \t]{0,40})\Z")
# Pragmas that their tools find anywhere in a comment, behind no sign of its own:
# https://github.com/gitleaks/gitleaks#gitleaksallow, https://github.com/Yelp/detect-secrets#inline-allowlisting,
# https://docs.trufflesecurity.com/docs/scanning/ignoring-secrets/, https://semgrep.dev/docs/ignoring-files-folders-code,
# https://docs.sonarsource.com/sonarqube-server/latest/user-guide/issues/managing/,
# https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html,
# https://pylint.readthedocs.io/en/stable/user_guide/messages/message_control.html.
_PRAGMA = Pattern(
    r"\b(?:gitleaks:allow|trufflehog:ignore|pragma: ?(?:allow|white)list[ -]|nosemgrep|NOSONAR|noqa|nosec"
    r"|checkov:skip=|pylint: ?disable)",
    re.IGNORECASE,
)
# Lines of Markdown that no paragraph goes on behind, and those that go on none before them.
_ENDS_PARAGRAPH = Pattern(r"[ \t]{0,400}(?:#{1,6}[ \t]|<!--|\Z)")
# A comment below another that may go on with its reason. It may as well be code that is commented out:
# nobody can tell that by a few words.
_MAY_GO_ON = Pattern(
    r"(?:\r\n|\r|\n)(?P<indent>[ \t]{0,400})(?P<opener>#|//)[ \t]{0,40}(?!agentlint)(?:[(\"'`]|[^\W_A-Z])"
)
_BEGINS_BLOCK = Pattern(r"[ \t]{0,400}(?:(?:#{1,6}|[-*+]|[0-9]{1,9}[.)])[ \t]|<!--|\Z)")


def without_name(change: NoComment, syntax: FileSyntax) -> Iterable[Edit] | None:
    """The edit that takes the name out; None for a comment that says more than its suppression."""
    if len(change.names) > 1:
        return (Edit(_with_its_comma(change), ""),)
    if _PRAGMA.search(change.said.cut(syntax.text)):
        return None
    comment = _whole_comment(change.said, syntax.text)
    return None if comment is None else (Edit(_with_its_blanks(comment, syntax.text), ""),)


def _with_its_comma(change: NoComment) -> Span:
    """The name up to the next one, or the last name from the end of the one before it."""
    index = change.names.index(change.name)
    if index + 1 < len(change.names):
        return Span(change.name.start, change.names[index + 1].start)
    return Span(change.names[index - 1].end, change.name.end)


def _whole_comment(said: Span, text: str) -> Span | None:
    before = text[max(0, said.start - 48) : said.start]
    opener = _OPENER.search(before)
    if opener is None:
        return None
    start = said.start - len(opener[0])
    closer = _OPENERS[opener[0].rstrip()]
    after = text[said.end : said.end + 400]
    if not closer:
        line = LINE_END.split(after, maxsplit=1)[0]
        rest = line.lstrip(_BLANKS)
        # The comment of another tool stays, and so does the next suppression.
        is_all = not rest or rest.startswith(opener[0].rstrip())
        if not is_all or (not rest and _may_go_on(start, said.end + len(line), text)):
            return None
        return Span(start, said.end + len(line) - len(rest))
    if not after.lstrip().startswith(closer):
        return None
    return Span(start, said.end + after.index(closer) + len(closer))


def _may_go_on(start: int, line_end: int, text: str) -> bool:
    """Whether a comment that has its line for itself may go on with the one right below it."""
    below = _MAY_GO_ON.match(text, line_end)
    if below is None or not text.startswith(below["opener"], start):
        return False
    line = max(0, start - len(below["indent"]))
    is_alone = line == 0 or text[line - 1] in "\r\n"
    return is_alone and text.startswith(below["indent"], line)


def _with_its_blanks(comment: Span, text: str) -> Span:
    """The whole line of a comment that stands alone on it, else the blanks before it as well, or those
    behind it where it begins its line."""
    start = comment.start - (
        len(text[: comment.start]) - len(text[: comment.start].rstrip(_BLANKS))
    )
    line_end = LINE_END.match(text, comment.end + _blanks_at(text, comment.end))
    alone = start == 0 or text[start - 1] in "\r\n"
    if alone and line_end:
        joins = text.startswith("<!--", comment.start) and _is_between(start, line_end.end(), text)
        return Span(start, line_end.start() if joins else line_end.end())
    if alone and comment.end + _blanks_at(text, comment.end) == len(text):
        # The last line goes with the line end before it, so that a missing last one stays missing.
        before = text[:start].removesuffix("\n")
        return Span(len(before.removesuffix("\r")), len(text))
    if alone:
        return Span(comment.start, comment.end + _blanks_at(text, comment.end))
    ends_line = line_end or comment.end + _blanks_at(text, comment.end) == len(text)
    stands_apart = ends_line or _blanks_at(text, comment.end)
    return Span(start if stands_apart else comment.start, comment.end)


def _is_between(start: int, end: int, text: str) -> bool:
    """Whether the lines before and behind a comment would be one paragraph without it."""
    before = LINE_END.split(text[max(0, start - 400) : start])[-2:][0]
    behind = LINE_END.split(text[end : end + 400], maxsplit=1)[0]
    return not (_ENDS_PARAGRAPH.match(before) or _BEGINS_BLOCK.match(behind))


def _blanks_at(text: str, offset: int) -> int:
    rest = text[offset : offset + 400]
    return len(rest) - len(rest.lstrip(_BLANKS))
