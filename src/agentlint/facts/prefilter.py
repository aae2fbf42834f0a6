"""Whether the body of a Markdown text can hold a fact, told from its bare text in a fraction of the
time that parsing it takes.

Everything here errs on one side: a text that is passed over has no model ID, no order about routes,
no move of model calls or way back from one, no command that calls a model, no sample of a config
and no comment for agentlint. What is found in any text, such as credentials, is looked for all the
same. The sections and links of a text that is passed over are not listed: they serve only to judge
a move, and the file that moves something is parsed.
"""

from __future__ import annotations

import re

from agentlint.documents import data_language
from agentlint.documents.limits import (
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_MARKDOWN_NESTING,
    MAX_QUOTE_LOOKAHEAD,
)
from agentlint.facts.detectors.model_ids import may_hold_model_id
from agentlint.text import Pattern

ROUTE_HINT = Pattern(
    r"endpoint_family|litellm_params|routes|rollback|previous_|migration|cutover"
    r"|model_provider|wire_api|opencode\.ai/config|@ai-sdk/|apiBase|api_base_url|charm\.land/crush"
    r"|override_?[pP]arams"
    r"|migration_check_id|secrets_in_prompt|candidate_model_id|smoke_test_run_id|aliases_tested"
    r"|model_requested|review_status|instruction_source|agent_must_|_available"
)
"""What a fenced sample of a config holds somewhere, if it is read."""

# Characters that patterns without regard to case take for `i`, `s` and `k`, and one that Markdown replaces.
_ODD_LETTERS = Pattern(r"[\u0130\u0131\u017f\u212a\0]")
_FENCE = Pattern(r"(?P<marks>`{3,262144}|~{3,262144})(?P<info>.{0,1000})")
_MAX_SAMPLES = 50
_CONTAINER_MARKS = " \t>*+-.)0123456789"

_WORDS = (
    "agentlint",
    "curl",
    *(f"{thing}{joint}alias" for thing in ("route", "model", "gateway") for joint in " -"),
    *(
        f"{family} {noun}"
        for family in ("messages", "completions", "responses")
        for noun in ("endpoint", "api")
    ),
    # The way back, but for the word "back" alone.
    *("revert", "restor", "undo", "reversib", "rollback", "backout", "wayback"),
    *("回滚", "回滾", "ロールバック", "롤백", "откат"),
)
_BACK = Pattern(r"(?<![a-z])backs?(?![a-z])|roll(?:s|ed|ing)backs?")
# A move and what it moves stand no further apart than this, in either order.
_REACH = 260
_MOVE = Pattern(
    r"migrat|cut(?:ting)?[ -]?over|switch|mov(?:e|ing)|re-?point|point|re-?rout|transition|swap"
    r"|replac|roll(?:ing)?[ -]?out|chang(?:e|ing)"
)
_NAMED = ("model", "llm", "ai", "inference", "agent", "compatible", "litellm")
_VENDORS = (
    *("openai", "anthropic", "openrouter", "litellm", "cometapi"),
    *("bedrock", "vertex", "claude", "gemini"),
)
_THINGS = ("proxy", "provider", "route", "routing", "endpoint", "backend", "api")
# Words of which one stands in what is moved, and the expression for the whole: most texts lack them.
_MOVED = (
    (("gateway",), Pattern("gateway")),
    (("url",), Pattern("base[ _-]?url")),
    (("api_base",), Pattern("api_base")),
    (("famil",), Pattern("endpoint[ _-]famil")),
    (
        _THINGS,
        Pattern(rf"[ -](?={'|'.join(_THINGS)})(?:{'|'.join(f'(?<={word}.)' for word in _NAMED)})"),
    ),
    *(
        ((vendor,), Pattern(rf"{vendor}(?![a-z0-9_])[\w ./-]{{0,41}}(?<![a-z0-9_])to(?![a-z0-9_])"))
        for vendor in _VENDORS
    ),
)


def body_may_tell(text: str) -> bool:
    """Whether a Markdown text has to be parsed beyond its front matter."""
    if len(text) > MAX_CHARACTERS or _ODD_LETTERS.search(text) or _may_reach_a_limit(text):
        return True
    # Line breaks and the marks of quotes may stand between any two words of a paragraph.
    words = " ".join(text.lower().replace(">", " ").split())
    return (
        any(word in words for word in _WORDS)
        or ("back" in words and _BACK.search(words) is not None)
        or _may_move(words)
        or may_hold_model_id(text)
        or _may_show_config(text)
    )


def _may_move(words: str) -> bool:
    return any(
        _MOVE.search(words, max(0, moved.start() - _REACH), moved.end() + _REACH)
        for anchors, pattern in _MOVED
        if any(anchor in words for anchor in anchors)
        for moved in pattern.finditer(words)
    )


def _may_show_config(text: str) -> bool:
    """Whether a hint of routes stands in what may be a fenced sample of a data language."""
    if not ROUTE_HINT.search(text):
        return False
    lines = _lines(text)
    samples = [(at, fence) for at, line in enumerate(lines) if (fence := _data_fence(line))]
    if len(samples) > _MAX_SAMPLES:
        return True
    return any(
        ROUTE_HINT.search("\n".join(lines[at + 1 : _end_of_sample(lines, at, fence)]))
        for at, fence in samples
    )


def _data_fence(line: str) -> re.Match[str] | None:
    """The marks on a line that may open a sample of a data language, with what stands after them."""
    fence = _FENCE.search(line) if "```" in line or "~~~" in line else None
    words = fence["info"].split(None, 1) if fence else []
    return fence if words and data_language(words[0].strip("{}.")) else None


def _end_of_sample(lines: list[str], opening: int, fence: re.Match[str]) -> int:
    """The first line that ends a sample for sure: nothing but marks, no further in than the first."""
    marks = fence["marks"]
    column = len(lines[opening][: fence.start()].expandtabs(4))
    for at in range(opening + 1, len(lines)):
        before, found, after = lines[at].partition(marks)
        alone = found and not before.strip(" \t>") and not after.strip(marks[0] + " \t")
        if alone and len(before.expandtabs(4)) <= column:
            return at
    return len(lines)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _may_reach_a_limit(text: str) -> bool:
    """Whether the parser may stop before the end: at too many lines or levels, or at quotes that
    look ahead too often."""
    lines = _lines(text)
    if len(lines) > MAX_LINES:
        return True
    quotes = text.count(">")
    if (
        quotes * len(lines) > MAX_QUOTE_LOOKAHEAD
        and quotes * _longest_run(lines) > MAX_QUOTE_LOOKAHEAD
    ):
        return True
    return any(_may_be_deep(line) for line in lines)


def _may_be_deep(line: str) -> bool:
    """Whether what stands before the text of a line could open half the levels that are read.

    Each level takes a column, and a tab takes four at most.
    """
    marks = len(line) - len(line.lstrip(_CONTAINER_MARKS))
    return marks * 4 >= MAX_MARKDOWN_NESTING // 2 and (
        len(line[:marks].expandtabs(4)) >= MAX_MARKDOWN_NESTING // 2
    )


def _longest_run(lines: list[str]) -> int:
    """The most lines between two blank ones."""
    longest = run = 0
    for line in lines:
        run = run + 1 if line.strip() else 0
        longest = max(longest, run)
    return longest
