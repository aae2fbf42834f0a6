"""The line, the command and the code span around a place of a text."""

from __future__ import annotations

from msgspec import Struct

from agentlint.text import Pattern

COMMENT = Pattern(r"(?:^|\s)(?:#|//|--\s|;|%|<!--|/\*|\*\s)")
"""Where a comment begins on a line of a sample, in whatever language."""
SHELL_COMMENT = Pattern(r"(?:^|\s)#|^[ \t]{0,40}(?://|/\*|<!--)")
"""The same in a sample of a shell, where ` -- ` ends the options and `;` a command."""
LONGEST_COMMAND = 1_000
"""So many code points before and behind a place its command is looked for."""
LONGEST_LINE = 2_000
"""So many code points before and behind a place its line is read: a long one may hold many models."""
_NEXT_COMMAND = Pattern(r"&&|\|\||;\s|\s\|\s")


class Line(Struct, frozen=True):
    """A line of a code sample, or the part of a long one around a place: where it starts and ends, and from
    where on it is a comment."""

    start: int = 0
    end: int = 0
    comment: int = 0

    @classmethod
    def at(cls, text: str, offset: int, comments: Pattern = COMMENT) -> Line:
        start, end = line_around(text, offset)
        comment = comments.search(text[start:end])
        return cls(start, end, start + comment.end() if comment else end)


def line_around(text: str, at: int) -> tuple[int, int]:
    """Where the line starts and ends that holds what stands at `at`; of a long one the part around that."""
    start, end = max(0, at - LONGEST_LINE), min(len(text), at + LONGEST_LINE)
    feed = text.find("\n", at, end)
    return max(start, text.rfind("\n", start, at) + 1), end if feed < 0 else feed


def line_start(text: str, at: int) -> int:
    """Where the line starts that holds what stands before `at`."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line ends that holds what stands at `at`."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def command_before(text: str, end: int) -> str:
    """What stands before `end` on its line, and on lines before it that are continued on the next."""
    first = max(0, end - LONGEST_COMMAND)
    start = text.rfind("\n", first, end) + 1
    while start > first and text.endswith(("\\\n", "\\\r\n"), first, start):
        start = text.rfind("\n", first, start - 1) + 1
    return text[max(start, first) : end]


def command_after(text: str, start: int) -> str:
    """What stands after `start` on its line, and on lines after it that continue the command."""
    last = min(len(text), start + LONGEST_COMMAND)
    end = start
    while (found := text.find("\n", end, last)) >= 0:
        end = found + 1
        if not text.endswith(("\\\n", "\\\r\n"), start, end):
            return text[start:end]
    return text[start:last]


def command_around(text: str, start: int, end: int) -> str:
    """The command that `[start, end)` stands in, without what is run before and after it."""
    *_, before = _NEXT_COMMAND.split(command_before(text, start))
    after, *_ = _NEXT_COMMAND.split(command_after(text, end))
    return before + after


def code_before(text: str, end: int) -> str:
    """What stands before `end` in the same code span."""
    first = max(0, end - LONGEST_COMMAND)
    return text[max(text.rfind("`", first, end) + 1, first) : end]


def code_after(text: str, start: int) -> str:
    """What stands after `start` in the same code span."""
    last = text.find("`", start, start + LONGEST_COMMAND)
    return text[start : last if last >= 0 else start + LONGEST_COMMAND]
