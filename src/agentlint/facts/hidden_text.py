"""Characters that an agent reads and a reviewer does not see.

What has an honest use stays silent: joiners and variation selectors of emoji, the tags of a flag,
joiners of the scripts that are written with them, direction marks beside right-to-left letters.
Sources: Unicode 17 chapter 23.2, UTS 51 (emoji), UTR 36 and CVE-2021-42574 (bidirectional controls).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import FileKind
from agentlint.facts.source import Source
from agentlint.text import Pattern, SourceFile, Span

# A control character outside bidi and zero width is listed too: a terminal obeys it.
_CONTROL = r"\x01-\x08\x0b\x0e-\x1f\x7f"
_HIDDEN_IN_ASCII = Pattern(f"[{_CONTROL}]")
_HIDDEN = Pattern(
    f"[{_CONTROL}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u2bff\u3030\u303d\u3297\u3299"
    "\ufe0f\U0001f000-\U0001faff"
)
_OF_EMOJI = "\ufe0f"
_EMOJI_AROUND = Pattern(f"[{_EMOJI}]")
_FLAG = Pattern("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
_IDEOGRAPH = Pattern("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WRITTEN_WITH_JOINERS = Pattern(
    "[\u0590-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff]"
)
_RIGHT_TO_LEFT = Pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_MOSTLY = 0.1
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_EDGES = ("", "|")
# So many single zero-width characters could spell something out between them.
_FEW = 8


class Hiding(StrEnum):
    """How a character hides text: as the `tag` twin of a visible one or as a `variation` of nothing,
    by its `direction`, by having no `width`, or as a `control` of the terminal."""

    TAG = "tag"
    VARIATION = "variation"
    DIRECTION = "direction"
    WIDTH = "width"
    CONTROL = "control"


class HiddenText(Struct, frozen=True):
    """Hidden characters of one kind on one line; `code_points` are their numbers in order.

    What `carries_nothing` is one zero-width character at the edge of a word, and one of few in its file,
    as pages leave them in what is copied from there: it splits no word and spells nothing out.
    """

    path: str
    hiding: Hiding
    code_points: tuple[int, ...]
    span: Span
    carries_nothing: bool = False


def hidden_text(file: SourceFile, kind: FileKind, source: Source) -> Iterator[HiddenText]:
    """One fact for each kind of hiding on each line of a file that agents obey or are set up by."""
    obeyed = kind is FileKind.INSTRUCTION or (kind is FileKind.CONFIG and source.format)
    if not obeyed or source.in_test:
        return
    found = list(_on_lines(file))
    edges = [hidden for hidden in found if _is_at_edge(file.text, hidden)]
    empty = edges if kind is FileKind.INSTRUCTION and len(edges) < _FEW else []
    for hidden in found:
        yield replace(hidden, carries_nothing=hidden in empty)


def _on_lines(file: SourceFile) -> Iterator[HiddenText]:
    found = sorted(
        (file.position(at).line, hiding, at) for at, hiding in _hidden_characters(file.text)
    )
    for (_, hiding), group in groupby(found, key=lambda item: item[:2]):
        places = [at for _, _, at in group]
        if _is_left_over(file.text, places):
            continue
        numbers = tuple(ord(file.text[at]) for at in places)
        yield HiddenText(file.path, hiding, numbers, Span(places[0], places[-1] + 1))


def _is_at_edge(text: str, hidden: HiddenText) -> bool:
    """Whether one zero-width character stands alone on its line, with a blank, the bar of a table or
    the line's end on a side: the value of a config ends there as well, and is another one then."""
    at = hidden.span.start
    sides = (text[at - 1 : at], text[at + 1 : at + 2])
    alone = len(hidden.code_points) == 1 and text[at] in _ZERO_WIDTH
    return alone and any(side in _EDGES or side.isspace() for side in sides)


def _hidden_characters(text: str) -> Iterator[tuple[int, Hiding]]:
    hidden = _HIDDEN_IN_ASCII if text.isascii() else _HIDDEN
    if hidden.search(text) is None:
        return
    honest = {at for flag in _FLAG.finditer(text) for at in range(*flag.span())}
    right_to_left = _is_right_to_left(text)
    for match in _HIDDEN.finditer(text):
        at = match.start()
        hiding = _hiding(ord(match.group()))
        if at not in honest and not _is_honest(text, at, hiding, right_to_left=right_to_left):
            yield at, hiding


def _hiding(code: int) -> Hiding:
    if code < 0x20 or code == 0x7F:
        return Hiding.CONTROL
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F:
        return Hiding.VARIATION
    if code >= 0xE0000:
        return Hiding.TAG
    if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return Hiding.DIRECTION
    return Hiding.WIDTH


def _is_honest(text: str, at: int, hiding: Hiding, *, right_to_left: bool) -> bool:
    """Whether the characters around give this one a use."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    match hiding:
        case Hiding.VARIATION:
            is_twice = sign == before == _OF_EMOJI  # as some keyboards write it
            return _varies(sign, text[at - 2 : at - 1] if is_twice else before)
        case Hiding.DIRECTION:
            return right_to_left and sign not in "\u202d\u202e"
        case Hiding.WIDTH if sign in "\u200e\u200f\u061c":
            return right_to_left or any(map(_RIGHT_TO_LEFT.match, (before, after)))
        case Hiding.WIDTH if sign == "\u200d" and _EMOJI_AROUND.match(before):
            return bool(_EMOJI_AROUND.match(after))
        case Hiding.WIDTH if sign in "\u200b\u200c\u200d":
            return any(map(_WRITTEN_WITH_JOINERS.match, (before, after)))
        case Hiding.WIDTH if sign == "\u00ad":
            return before.isalpha() and after.isalpha()
    return False


def _varies(selector: str, before: str) -> bool:
    """Whether a variation selector has something visible before it that it can vary."""
    if selector >= "\U000e0100":
        return bool(_IDEOGRAPH.match(before))
    return bool(before) and not before.isspace() and not _HIDDEN.match(before)


def _is_left_over(text: str, places: list[int]) -> bool:
    """Whether the only selector out of place on a line, with none beside it, is what an emoji left
    when it was taken out: to hide text takes several."""
    at = places[0]
    beside = text[at - 1 : at] + text[at + 1 : at + 2]
    return len(places) == 1 and text[at] == _OF_EMOJI and _HIDDEN.search(beside) is None


def _is_right_to_left(text: str) -> bool:
    """Whether a good part of the letters is of scripts that run from right to left."""
    letters = sum(map(str.isalpha, text))
    return len(_RIGHT_TO_LEFT.findall(text)) > letters * _MOSTLY
