"""Rows of prices, records of use, of answers and of scores: they tell what a model costs, how good it is or
which one answered, and call nobody."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.wording.brackets import closing_bracket, opening_bracket
from agentlint.text import Pattern

# How far before and behind a model the brackets may stand that hold its row.
_REACH = 600
_LONGEST_CALL = 120

_KEY = Pattern(
    r"(?:\A|[,\n])\s{0,40}[\"']?(?P<key>[A-Za-z_]\w{0,40})[\"']?[ \t]{0,4}"
    r"(?:[:=](?P<value>[^,\n]{0,80})|(?=,)|\s{0,40}\Z)"
)
_BRACKET = Pattern(r"[()\[\]{}]")
_NUMBER = Pattern(r"[ \t]{0,8}[$€£]?[\d.]")
_WORD = Pattern(r"[A-Z]?[a-z]{1,40}")
# One of these is a word of what records: `costs.record(`, `logUsage(`, `UsageEntry(`.
_RECORDS = frozenset("record insert track log entry usage price pricing cost costs".split())
_DEFINES = ("def", "function", "func", "fn", "fun", "class")
_PRICES = ("price", "pricing", "permillion", "per1k", "per1m", "permtok", "costper")
_LIMITS = ("max", "min")
# In small letters without "_": OpenAI's `prompt_tokens`, and what programs call it in their own words.
_TOLD = frozenset(
    """cost costs costusd costcents costeur costin costout inputcost outputcost totalcost promptcost
    completioncost estimatedcost tokens tokensin tokensout tokensused usedtokens tokencount inputtokens
    outputtokens prompttokens completiontokens totaltokens cachedtokens reasoningtokens choices
    finishreason stopreason scores timestamp evaluatedat""".split()
)
_CALLS = frozenset(
    """messages prompt input contents instructions system systemprompt tools temperature""".split()
)


def tells_of_use(text: str, key: int, at: int) -> bool:
    """Whether the model at `at`, given by the key at `key`, stands in an object, or in a call that
    records, beside a price, tokens that were used, what a model answered or its scores; what a call is
    made of (messages, a prompt) must not stand there."""
    opening = opening_bracket(text, key, _REACH)
    match text[opening : opening + 1] if opening >= 0 else "":
        case "{":
            pass
        case "(" if _records(text[max(0, opening - _LONGEST_CALL) : opening]):
            pass
        case _:
            return False
    row = _without_nested(text[opening + 1 : closing_bracket(text, at, _REACH)])
    keys = dict(_keys(row))
    calls = any(name in _CALLS and not _NUMBER.match(value) for name, value in keys.items())
    return not calls and any(map(_is_told, keys))


def _records(before: str) -> bool:
    """Whether a text ends in the name of a call that records, which is not being defined there."""
    path = (before.split() or [""])[-1]
    name = path[path.rfind("(") + 1 :].rpartition(".")[2]
    if before.removesuffix(path).rstrip().endswith(_DEFINES):
        return False
    return any(word[0].lower() in _RECORDS for word in _WORD.finditer(name))


def _is_told(key: str) -> bool:
    if key in _TOLD:
        return True
    return not key.startswith(_LIMITS) and any(part in key for part in _PRICES)


def _keys(row: str) -> Iterator[tuple[str, str]]:
    """The keys of a row, in small letters without "_", and how their values begin."""
    for match in _KEY.finditer(row):
        yield match["key"].replace("_", "").lower(), match["value"] or ""


def _without_nested(row: str) -> str:
    """A row without what its own brackets hold."""
    kept, depth, at = list[str](), 0, 0
    for bracket in _BRACKET.finditer(row):
        if not depth:
            kept.append(row[at : bracket.start()])
        depth = max(0, depth + (1 if bracket[0] in "([{" else -1))
        at = bracket.end()
    return "".join((*kept, "" if depth else row[at:]))
