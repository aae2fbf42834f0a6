"""Forms one below another in a sample, of which a reader takes one: a setting, "# or", the same setting
once more; a variable that is given one client and, below "# Switch to OpenAI", another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from agentlint.facts.wording.brackets import closing_bracket, opening_bracket
from agentlint.facts.wording.code_lines import COMMENT, line_end, line_start
from agentlint.text import Pattern

# So many lines may part two forms; so far apart a call may begin and end, or the other form stand.
_MOST_LINES = 4
# So far up and down a list of forms is looked at.
_MOST_ROWS = 40
_REACH = 600

_OR = Pattern(
    r"[ \t]{0,40}(?:#|//|--|;)[ \t#/-]{0,8}"
    r"(?:(?:or|oder|ou|o|oppure|или|alternatively|switch(?:ing)? to)\b|または|もしくは|或|또는)"
    r".{0,80}\r?\Z",
    re.IGNORECASE,
)
_COMMENT_ALONE = Pattern(r"[ \t]{0,40}(?:#|//|--[ \t]|;)")
# `.env.production`, services/api, config.yaml; no version such as `4.6`.
_NAMES_FILE = Pattern(r"\.[A-Za-z]{2,10}\b|\w/\w")
_CLIENT = Pattern(
    r"(?P<name>[ \t]{0,40}(?:(?:const|let|var)[ \t]{1,4})?[\w.]{1,60}[ \t]{0,4}=)"
    r"[ \t]{0,4}(?:(?:new|await)[ \t]{1,4}){0,2}[\w.]{1,80}\("
)
# Not the key of an argument.
_NAME = Pattern(r"[A-Za-z_][\w.]{0,80}+(?![ \t]{0,4}(?::|=(?!=)))")


def line_before_choice(text: str, start: int) -> int:
    """Where the line starts that stands above the one at `start`; blank lines and such as "# or" between
    them are passed over."""
    at = start
    for _ in range(_MOST_LINES):
        if not at:
            return 0
        at = line_start(text, at - 1)
        if not _parts(text, at):
            return at
    return at


def line_after_choice(text: str, end: int) -> int:
    """Where the line starts that stands below the one that ends at `end`, likewise."""
    at = min(end + 1, len(text))
    for _ in range(_MOST_LINES):
        if at >= len(text) or not _parts(text, at):
            return at
        at = line_end(text, at) + 1
    return at


def rows_around(text: str, start: int, setting: str) -> Iterator[int]:
    """Where the lines start, that at `start` among them, which begin with `setting` and which nothing but
    blank lines and comments part; a comment that names a file begins another one."""
    yield start
    for lines in (_lines_above(text, start), _lines_below(text, start)):
        for at in islice(lines, _MOST_ROWS):
            if text.startswith(setting, at):
                yield at
            elif not _is_heading(text, at):
                break


def _lines_above(text: str, start: int) -> Iterator[int]:
    while start:
        start = line_start(text, start - 1)
        yield start


def _lines_below(text: str, start: int) -> Iterator[int]:
    while (start := line_end(text, start) + 1) < len(text):
        yield start


def is_one_client(text: str, at: int) -> bool:
    """Whether the call that the model at `at` is given to makes one of several clients for the same
    variable, with "# or" or "# Switch to ..." between them, or on so many lines as no program would."""
    opening = opening_bracket(text, at, _REACH)
    if text[opening : opening + 1] == "{":
        opening = opening_bracket(text, opening, _REACH)
    start = line_start(text, max(0, opening))
    client = _CLIENT.match(text, start)
    if client is None or client.end() != opening + 1:
        return False
    if _is_in_menu(text, start, client["name"]):
        return True
    closing = closing_bracket(text, opening + 1, _REACH)
    below = line_end(text, closing) + 1
    other = line_after_choice(text, below - 1)
    if _says_or(text[below:other]) and text.startswith(client["name"], other):
        return True
    above = line_before_choice(text, start)
    if not _says_or(text[line_end(text, above) + 1 : start]):
        return False
    first = max(0, start - _REACH)
    return f"\n{client['name']}" in f"\n{text[first:start]}"


def _is_in_menu(text: str, start: int, name: str) -> bool:
    """Whether the line at `start` is one of three or more running, or of two with a comment behind each,
    that give the variable `name` a client and leave the one before unread."""
    above = reversed(text[max(0, start - _REACH) : start].splitlines())
    below = text[start : start + _REACH].splitlines()
    lines = [
        *takewhile(lambda line: _makes_client(line, name), above),
        *takewhile(lambda line: _makes_client(line, name), below),
    ]
    return len(lines) > 2 or (len(lines) == 2 and all(map(COMMENT.search, lines)))


def _makes_client(line: str, name: str) -> bool:
    """Whether a line does nothing but give the variable `name` a client, made of nothing that it held."""
    if not line.startswith(name) or _CLIENT.match(line) is None:
        return False
    comment = COMMENT.search(line)
    call = line[len(name) : comment.start() if comment else len(line)]
    held = name.rstrip("= \t").rpartition(" ")[2]
    return call.rstrip(" \t\r;").endswith(")") and all(
        word != held and not word.startswith(f"{held}.") for word in _NAME.findall(call)
    )


def _parts(text: str, start: int) -> bool:
    """Whether the line at `start` only parts two forms."""
    line = text[start : line_end(text, start)]
    return not line.strip() or _OR.match(line) is not None


def _is_heading(text: str, start: int) -> bool:
    """Whether the line at `start` is blank, or a comment on what stands below it in the same file."""
    line = text[start : min(line_end(text, start), start + _REACH)]
    return not line.strip() or (
        _COMMENT_ALONE.match(line) is not None and _NAMES_FILE.search(line) is None
    )


def _says_or(lines: str) -> bool:
    return any(_OR.match(line) for line in lines.splitlines())
