"""Whether the body of a Markdown text can hold a fact, told from its bare text in a fraction of the
time that parsing it takes.

Everything here errs on one side: a text that is passed over has no model ID, no order about routes,
no move of model calls or way back from one, no command that calls a model, no sample of a config, no
import of a file, no comment for agentlint and none that accepts a credential. What is found in any
text, such as credentials, is looked for all the same. The sections and links of a text that is passed
over are not listed: they serve only to judge a move, and the file that moves something is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agentlint.documents import data_language
from agentlint.documents.limits import (
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_MARKDOWN_NESTING,
    MAX_QUOTE_LOOKAHEAD,
)
from agentlint.facts.detectors.model_ids import may_hold_model_id
from agentlint.facts.instruction_import import may_name_files
from agentlint.text import Pattern, has_letters_beyond_ascii

# Beside routes, fenced samples tell of moves and the way back, of records and of instructions.
_SAMPLE_WORDS = (
    *("previous_", "rollback", "migration", "cutover"),
    *("secrets_in_prompt", "candidate_model_id", "smoke_test_run_id", "aliases_tested"),
    *("model_requested", "review_status", "instruction_source", "agent_must_", "_available"),
)

# Characters that patterns without regard to case take for `i`, `s` and `k`.
_ODD_LETTERS = Pattern(r"[\u0130\u0131\u017f\u212a]")
_FENCE = Pattern(r"(?P<marks>`{3,262144}|~{3,262144})(?P<info>.{0,1000})")
_MAX_SAMPLES = 50
_CONTAINER_MARKS = " \t>*+-.)0123456789"
_MARK, _BREAK = b"\0", b"\n"
_OUTLINE = bytes.maketrans(
    _CONTAINER_MARKS.encode() + b"\r", _MARK * len(_CONTAINER_MARKS) + _BREAK
)
_FEWEST_MARKS = MAX_MARKDOWN_NESTING // 2 // 4
"""Of a line that could open half the levels that are read: a tab takes four columns at most."""


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Each word with what may stand between it and the next."""
    return (f"{word}{joint}" for word in words for joint in " -")


_WORDS = (
    "agentlint",
    # Marks of tools that look for credentials, as `credentials.marks` reads them.
    *(
        "leaks:allow",
        "kingfisher:",
        "trufflehog:ignore",
        "ggignore",
        "secretlint-disable",
        "pragma",
    ),
    "curl",
    # The way back, but for what has the word "back".
    *("revert", "reversib", "restor", "undo"),
)
# Words that tell only behind one of others.
_BEHIND = (
    ("alias", tuple(_joined(("route", "model", "gateway")))),
    *((noun, ("messages ", "completions ", "responses ")) for noun in ("endpoint", "api")),
)
_BACK = Pattern(
    r"back(?:(?<![a-z]....)s?(?![a-z])|(?<=rolls....)|(?<=rolled....)|(?<=rolling....)"
    r"|(?<=roll.back)|(?<=rollback)|(?<=way.back)|(?<=wayback)|out|ing[ -]?out)"
)
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
_THINGS = ("proxy", "provider", "rout", "endpoint", "backend", "api")
# What is moved: words that tell only behind one of others, and a word of each other expression beside it.
_MOVED_BEHIND = tuple((thing, tuple(_joined(_NAMED))) for thing in _THINGS)
_MOVED = (
    ("gateway", Pattern("gateway")),
    ("url", Pattern("base[ _-]?url")),
    ("api_base", Pattern("api_base")),
    ("https://api.", Pattern(r"https://api\.(?:openai|anthropic)\.com")),
    ("famil", Pattern("endpoint[ _-]famil")),
    # From one endpoint to another; the end of an arrow is a blank here.
    *(
        (word, Pattern(rf"{word}[a-z ]{{0,40}}(?:→|⇒|[-=]| (?:to|onto|with|by) )"))
        for word in ("completions", "completion", "assistants", "responses")
    ),
    *(
        (vendor, Pattern(rf"{vendor}(?![a-z0-9_])[\w ./-]{{0,41}}(?<![a-z0-9_])to(?![a-z0-9_])"))
        for vendor in _VENDORS
    ),
)


def sample_may_tell(text: str) -> bool:
    """Whether a fenced sample of a config holds what every one that is read holds somewhere."""
    if any(word in text for word in _SAMPLE_WORDS):
        return True
    from agentlint.facts.adapters import may_hold_routes

    return may_hold_routes(text)


def body_may_tell(text: str) -> bool:
    """Whether a Markdown text has to be parsed beyond its front matter."""
    if len(text) > MAX_CHARACTERS or _has_odd_letters(text) or _may_reach_a_limit(text):
        return True
    # Line breaks and the marks of quotes may stand between any two words of a paragraph.
    words = " ".join(text.lower().replace(">", " ").split())
    return (
        any(word in words for word in _WORDS)
        or any(True for _ in _behind(words, _BEHIND))
        or ("back" in words and _BACK.search(words) is not None)
        or _tells_translated_way_back(words)
        or _may_move(words)
        or may_hold_model_id(text)
        or may_name_files(text)
        or _may_show_config(text)
    )


def _has_odd_letters(text: str) -> bool:
    """Whether `text` has a character that parsers or patterns take for another one."""
    return "\0" in text or (not text.isascii() and _ODD_LETTERS.search(text) is not None)


def _tells_translated_way_back(words: str) -> bool:
    if not has_letters_beyond_ascii(words):
        return False
    from agentlint.facts.wording.orders_vocabulary import ways_back

    return any(word in words for word in ways_back())


def _behind(words: str, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """Where a word stands right behind one of its others, both taken together."""
    for word, others in pairs:
        at = words.find(word)
        while at >= 0:
            if words.endswith(others, 0, at):
                yield at, at + len(word)
            at = words.find(word, at + 1)


def _may_move(words: str) -> bool:
    return any(
        _MOVE.search(words, max(0, start - _REACH), end + _REACH) for start, end in _moved(words)
    )


def _moved(words: str) -> Iterator[tuple[int, int]]:
    """Where something stands that a migration of model calls may move."""
    yield from _behind(words, _MOVED_BEHIND)
    for anchor, pattern in _MOVED:
        if anchor in words:
            yield from (match.span() for match in pattern.finditer(words))


def _may_show_config(text: str) -> bool:
    """Whether a hint of routes stands in what may be a fenced sample of a data language."""
    if "```" not in text and "~~~" not in text:
        return False
    lines = _lines(text)
    samples = [(at, fence) for at, line in enumerate(lines) if (fence := _data_fence(line))]
    if not samples or not sample_may_tell(text):
        return False
    return len(samples) > _MAX_SAMPLES or any(
        sample_may_tell("\n".join(lines[at + 1 : _end_of_sample(lines, at, fence)]))
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
    breaks, quotes = text.count("\n") + text.count("\r"), text.count(">")
    if breaks >= MAX_LINES:
        return True
    if (
        quotes * (breaks + 1) > MAX_QUOTE_LOOKAHEAD
        and quotes * _longest_run(_lines(text)) > MAX_QUOTE_LOOKAHEAD
    ):
        return True
    outline = _BREAK + text.encode("latin-1", "replace").translate(_OUTLINE)
    return _BREAK + _MARK * _FEWEST_MARKS in outline and any(map(_may_be_deep, _lines(text)))


def _may_be_deep(line: str) -> bool:
    """Whether what stands before the text of a line could open half the levels that are read."""
    marks = len(line) - len(line.lstrip(_CONTAINER_MARKS))
    return marks >= _FEWEST_MARKS and (len(line[:marks].expandtabs(4)) >= MAX_MARKDOWN_NESTING // 2)


def _longest_run(lines: list[str]) -> int:
    """The most lines between two blank ones."""
    longest = run = 0
    for line in lines:
        run = run + 1 if line.strip() else 0
        longest = max(longest, run)
    return longest
