"""Finding model IDs in text: an anchor, the whole token around it, and a full match of that token.

Nothing is ever matched inside a word: a path, a file name, a URL or a package that contains an ID
is a longer token, and longer tokens do not match. How IDs are spelled is data; see
`knowledge.names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from agentlint.knowledge.names import MAX_ID, anchors, recognise, without_effort
from agentlint.text import Pattern, compile_pattern

# ASCII only: text in other scripts, and full-width punctuation, ends a token as a blank does.
_LEFT = Pattern(r"[A-Za-z0-9_./:@-]{0,200}")
_RIGHT = Pattern(r"[A-Za-z0-9_./:@-]{0,200}(?:\[1m\])?")
_URL_TO_HERE = Pattern(r"[^\s\"'`<>(),;|]{0,400}")
_PLACEHOLDER_BEFORE = "<$~\\#}%{"
_PLACEHOLDER_AFTER = "{$%*<"
# Where bold or italic text begins, and what may not stand behind its end: `gpt-4*-mini` is a wildcard.
_OPENS_STARRED = Pattern(r"(?<![\w*\\/.-])\*{1,3}(?=[\w\"'“`(\[])")
_OPENS_UNDERSCORED = Pattern(r"(?<!\w)_{1,3}(?=[^\W_]|[\"'“`(\[])")
_CLOSES_UNDERSCORED = Pattern(r"(?<=[^\s_])_{1,3}(?!\w)")
_LONGEST_EMPHASIS = 400
_AFTER_STARS = Pattern(r"(?P<stars>\*{1,3})(?![\w*/-])")
_NO_START = (".", "/", "-", ":", "@")


class ModelMatch(Struct, frozen=True):
    """One model ID in a text: `text[start:end]`, in code points, with its provider prefix.

    `id` is the ID without that prefix; `provider_prefix` is empty where there is none.
    """

    start: int
    end: int
    id: str
    vendor: str
    provider_prefix: str


def find_model_ids(text: str) -> Iterator[ModelMatch]:
    """Every token of `text` that is a model ID, in order; names that are IDs only in a `model` key,
    such as `o1` and `sonnet`, are not among them."""
    searched = 0
    for at in _anchored(text):
        if at < searched:
            continue
        start, end = _token(text, at)
        searched = end
        match = _read(text, start, end)
        if match is not None:
            yield match


def may_hold_model_id(text: str) -> bool:
    """Whether some token of `text` could be an ID, told in one pass."""
    patterns, words = _searchers()
    return any(word in text for word in words) or any(p.search(text) for p in patterns)


def _anchored(text: str) -> list[int]:
    """Offsets inside every token that could be an ID, ascending."""
    patterns, words = _searchers()
    found = [match.start() for pattern in patterns for match in pattern.finditer(text)]
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found)


@cache
def _searchers() -> tuple[tuple[re.Pattern[str], ...], tuple[str, ...]]:
    """A pattern for each mark (`-`, `/` ...) that anchors end or begin with, and the other anchors.

    Looking for a rare mark and then at what stands around it costs a tenth of trying every anchor
    at every letter.
    """
    marked: dict[str, list[str]] = {}
    words: list[str] = []
    for anchor in anchors():
        if not anchor[-1].isalnum():
            marked.setdefault(anchor[-1], []).append(f"(?<={re.escape(anchor)})")
        elif not anchor[0].isalnum():
            marked.setdefault(anchor[0], []).append(f"(?={re.escape(anchor[1:])})")
        else:
            words.append(anchor)
    return tuple(_around(mark, sides) for mark, sides in sorted(marked.items())), tuple(words)


def _around(mark: str, sides: list[str]) -> re.Pattern[str]:
    around = "|".join(sides)
    return compile_pattern(
        rf"{re.escape(mark)}(?<=[0-9a-z].)(?=[0-9a-z])(?:{around})", re.IGNORECASE | re.ASCII
    )


def _token(text: str, at: int) -> tuple[int, int]:
    left = _LEFT.match(text[max(0, at - MAX_ID) : at][::-1])
    right = _RIGHT.match(text, at)
    start = at - (left.end() if left else 0)
    return start, right.end() if right else at


def _read(text: str, start: int, end: int) -> ModelMatch | None:
    start, end = _unmarked(text, start, start + len(text[start:end].rstrip(".:")))
    token = text[start:end]
    if token.startswith(_NO_START) and not token.startswith("@cf/"):
        return None
    if _in_template(text, start, end) or _in_url(text, start) or text.startswith("](", end):
        return None
    named = token if recognise(token) else without_effort(token)
    name = recognise(named)
    if name is None or name.vendor is None:
        return None
    prefix = named[: len(named) - len(name.id)]
    return ModelMatch(start, start + len(named), name.id, name.vendor, prefix.rstrip("/:"))


def _in_template(text: str, start: int, end: int) -> bool:
    """True for a part of a placeholder, template or wildcard: `<gpt-4>`, `${X}gpt-4o`, `gpt-4*`."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if before and before in _PLACEHOLDER_BEFORE:
        return True
    if not after or after not in _PLACEHOLDER_AFTER:
        return False
    emphasis = after == "*" and (before == "*" or _ends_emphasis(text, start, end))
    closing_tag = text.startswith(("</", "<br"), end)
    return not emphasis and not closing_tag


def _ends_emphasis(text: str, start: int, end: int) -> bool:
    """Whether bold or italic text that began before `[start, end)` ends right behind it:
    `**Use gpt-4o**`."""
    after = _AFTER_STARS.match(text, end)
    if after is None:
        return False
    before = _paragraph_up_to(text, start)
    *_, opening = (None, *_OPENS_STARRED.finditer(before))
    if opening is None:
        return False
    # What was closed since is another one: `*Note* on gpt-4*`.
    return opening[0] == after["stars"] and after["stars"] not in before[opening.end() :]


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` without the underscores with which italic or bold text begins or ends there:
    `_Use gpt-4o_`."""
    token = text[start:end]
    if "_" not in (token[:1], token[-1:]):
        return start, end
    if opening := len(token) - len(token.lstrip("_")):
        last = min(len(text), end + _LONGEST_EMPHASIS)
        closing = _CLOSES_UNDERSCORED.search(text, start + opening, last)
        if closing is None or len(closing[0]) != opening:
            return start, end
        return start + opening, min(end, closing.start())
    marks = token[len(token.rstrip("_")) :]
    before = _paragraph_up_to(text, start)
    *_, begun = (None, *_OPENS_UNDERSCORED.finditer(before))
    if begun is None or begun[0] != marks or _CLOSES_UNDERSCORED.search(before, begun.end()):
        return start, end
    return start, end - len(marks)


def _paragraph_up_to(text: str, start: int) -> str:
    """What stands before `start` since the last blank line, as far as emphasis reaches."""
    first = max(0, start - _LONGEST_EMPHASIS)
    return text[max(first, text.rfind("\n\n", first, start)) : start]


def _in_url(text: str, start: int) -> bool:
    run = _URL_TO_HERE.match(text[max(0, start - 400) : start][::-1])
    return run is not None and "//:" in run[0]
