"""One pattern of an ignore file, matched as git does and in time that no pattern can blow up.

Patterns are a stranger's, so none may make the matcher try again: every part between two stars is
taken at the first place that it fits, in an atomic group. That loses no match, since what follows a
star has a fixed length, as what follows `**` has a fixed number of folders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from agentlint.text import Pattern

MAX_LENGTH = 1000
_WILD = Pattern(r"[*?\[\\]")
_LETTER_ESCAPED = Pattern(r"\\(?:[^\W_]|\Z)")
# Templates of folders are named `{{name}}`, and a backslash says that braces are meant as such.
_CHOICE = Pattern(r"(?<![\\{])\{[^{},]{0,1000},[^{}]{0,1000}\}(?!\})")
_NO_NAMES = ("", ".", "..")
_ANY_FOLDERS = "(?:[^/]+/)*"
_NEVER = "(?!)"
_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "space": r"\s",
    "punct": r"!-/:-@\[-`{-~",
    "xdigit": "0-9a-fA-F",
}


class Glob(Struct, frozen=True):
    """`excludes` is False for a pattern that takes back (`!`); `by_name` ones look at the last part of
    a path only, wherever it lies."""

    excludes: bool
    folders_only: bool
    by_name: bool
    fits: Callable[[str], object]

    def matches(self, path: str, name: str, *, is_folder: bool) -> bool:
        """Whether this pattern speaks of a path without a slash at its end; `name` is its last part."""
        if self.folders_only and not is_folder:
            return False
        return bool(self.fits(name if self.by_name else path))


def read_glob(line: str) -> Glob | None:
    """The pattern on a line of an ignore file; None for a comment, a blank and what cannot match."""
    text = _without_trailing_blanks(line)
    if not text or text.startswith("#") or len(text) > MAX_LENGTH:
        return None
    excludes = not text.startswith("!")
    text = text if excludes else text[1:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text:
        return None
    by_name = "/" not in text
    return Glob(excludes, folders_only, by_name, _matcher(text.removeprefix("/")))


def pattern_from_root(line: str, folder: str) -> str:
    """A pattern on a line of a file in `folder` ("a/b") as the root would have it."""
    text = _without_trailing_blanks(line)
    sign = "!" if text.startswith("!") else ""
    body = text.removeprefix("!")
    if text.startswith("#") or not body.strip("/"):
        return line
    anywhere = "" if "/" in body.removesuffix("/") else "**/"
    above = "".join(f"\\{letter}" if _WILD.match(letter) else letter for letter in folder)
    return f"{sign}/{above}/{anywhere}{body.removeprefix('/')}"


def why_never(line: str) -> str:
    """Why the pattern on a line can match no path, or none that its writer can have meant; "" where it
    may match one. A `\\` in front of a letter and braces around commas are taken for what they are to
    other tools, as nobody names folders so."""
    text = _without_trailing_blanks(line)
    body = text.removeprefix("!").removesuffix("/").removeprefix("/")
    if not body or text.startswith("#"):
        return "a comment" if text.startswith("#") else "it names no path"
    if len(text) > MAX_LENGTH:
        return f"longer than {MAX_LENGTH:,} characters"
    if body[:1].isalpha() and body[1:3] in (":/", ":\\"):
        return "a pattern is relative to a folder, not to a drive"
    if "\\" in body and _LETTER_ESCAPED.search(body):
        return "a `\\` escapes what follows it, and folders are parted by `/`"
    if "{" in body and _CHOICE.search(body):
        return "braces are no choice in a gitignore pattern; write one pattern for each"
    odd = next((part for part in _parts(body) if part in _NO_NAMES), None)
    if odd is not None:
        return f"no path has a `{odd}` in it" if odd else "no path has two slashes in a row"
    if _WILD.search(body) and _NEVER in _regex(body):
        return "a `[` that is never closed, or a set that no character is in"
    return ""


def _without_trailing_blanks(line: str) -> str:
    text = line.rstrip("\r\n")
    bare = text.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if backslashes % 2 and len(bare) < len(text) else bare


def _matcher(pattern: str) -> Callable[[str], object]:
    if not _WILD.search(pattern):
        return pattern.__eq__
    if pattern.startswith("*") and not _WILD.search(pattern[1:]) and "/" not in pattern:
        suffix = pattern[1:]
        return lambda path: path.endswith(suffix) and "/" not in path
    return re.compile(_regex(pattern), re.DOTALL).fullmatch


def _regex(pattern: str) -> str:
    groups: list[list[str]] = [[]]
    for part in _parts(pattern):
        if part == "**":
            groups.append([])
        else:
            groups[-1].append(_part(part))
    first, *rest = groups
    if not rest:
        return "/".join(first)
    *middle, last = rest
    between = (f"(?>{_ANY_FOLDERS}?{_folders(group)})" for group in middle if group)
    end = _ANY_FOLDERS + "/".join(last) if last else ".+"
    return "".join((_folders(first), *between, end))


def _parts(pattern: str) -> Iterator[str]:
    """What stands between the slashes of a pattern, which may be escaped; one in a set parts nothing."""
    start = at = 0
    while at < len(pattern):
        width = 2 if pattern[at] == "\\" else 1
        if pattern[at : at + width] in ("/", "\\/"):
            yield pattern[start:at]
            start = at + width
        at = _bracket(pattern, at + 1)[1] if pattern[at] == "[" else at + width
    yield pattern[start:]


def _folders(parts: list[str]) -> str:
    return "".join(f"{part}/" for part in parts)


def _part(text: str) -> str:
    """One part of a path, in which a star takes anything but a slash."""
    pieces = [""]
    for piece in _pieces(text):
        if piece != "*":
            pieces[-1] += piece
        elif pieces[-1] or len(pieces) == 1:
            pieces.append("")
    first, *rest = pieces
    if not rest:
        return first
    *middle, last = rest
    return first + "".join(f"(?>[^/]*?{piece})" for piece in middle) + f"[^/]*{last}"


def _pieces(text: str) -> Iterator[str]:
    """A regular expression for each sign of the pattern, all one character long but for `*`."""
    at = 0
    while at < len(text):
        sign = text[at]
        at += 1
        if sign == "*":
            yield "*"
        elif sign == "?":
            yield "[^/]"
        elif sign == "[":
            expression, at = _bracket(text, at)
            yield expression
        elif sign == "\\":
            yield re.escape(text[at]) if at < len(text) else _NEVER
            at += 1
        else:
            yield re.escape(sign)


def _bracket(text: str, at: int) -> tuple[str, int]:
    """The set that opens before `at`, and where it ends; one that never closes matches nothing."""
    negated = text[at : at + 1] in ("!", "^")
    at += negated
    start, members = at, ""
    while at < len(text) and (text[at] != "]" or at == start):
        member, at = _member(text, at)
        members += member
    if at >= len(text):
        return _NEVER, at
    if not members:
        return ("[^/]" if negated else _NEVER), at + 1
    return f"(?!/)[{'^' if negated else ''}{members}]", at + 1


def _member(text: str, at: int) -> tuple[str, int]:
    """One member of a set: a class, a range or a character."""
    if text.startswith("[:", at):
        end = text.find(":]", at + 2, at + 12)
        if end > 0:
            return _CLASSES.get(text[at + 2 : end], ""), end + 2
    low, at = _character(text, at)
    if text[at : at + 1] == "-" and text[at + 1 : at + 2] not in ("", "]"):
        high, at = _character(text, at + 1)
        return (f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""), at
    return re.escape(low), at


def _character(text: str, at: int) -> tuple[str, int]:
    if text[at] == "\\" and at + 1 < len(text):
        return text[at + 1], at + 2
    return text[at], at + 1
