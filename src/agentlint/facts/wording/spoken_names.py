"""What people say around a model's ID that belongs to it: "Claude Sonnet 4.6 (`claude-sonnet-4-6`)",
"`gpt-5.6-sol/high`"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from agentlint.knowledge.names import behind_slash, spoken_name
from agentlint.text import Pattern

# More than the longest name, with the words and marks between it and the ID, takes.
_REACH = 100
_ENDS = (" ", "\t", "\n", "(", "（", "[", "`", "*", "_", '"', "'", "“")
_SLASHES = ("/", " /")
_CLOSES = Pattern(r"[`*_\"'”’]{0,4}[ \t]?[)）\]]")


@lru_cache(maxsize=256)
def with_spoken_name(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` of an ID in `text`, together with the name that stands before it and the bracket
    that closes behind it, or with how hard the model is to think."""
    effort = _effort().match(text, end) if text.startswith(_SLASHES, end) else None
    end = effort.end() if effort else end
    if not text.startswith(_ENDS, start - 1, start) or start < 1:
        return start, end
    spoken = _spoken().search(text, max(0, start - _REACH), start)
    if spoken is None:
        return start, end
    closes = _CLOSES.match(text, end) if spoken["opens"] else None
    return spoken.start(), closes.end() if closes else end


@cache
def _spoken() -> Pattern:
    """A name, and what may stand between it and the ID `X`: "(`X`", "model — `X`", "with model ID `X`"."""
    return Pattern(
        rf"(?<![\w./@-]){spoken_name()}[*_\"'”’]{{0,3}}(?:[ \t]models?)?[*_\"'”’]{{0,3}}[ \t\n]?"
        r"(?:(?P<opens>[(（\[])|[—–-][ \t]|=[ \t]?)?"
        r"(?:(?:(?:with|by)[ \t](?:the[ \t])?)?(?:(?:model[ \t])?ID|model)(?::[ \t]?|[ \t]))?"
        r"[`*_\"'“]{0,4}\Z",
        re.IGNORECASE,
    )


@cache
def _effort() -> Pattern:
    return Pattern(rf" ?/ ?(?:{'|'.join(sorted(behind_slash()))})\b")
