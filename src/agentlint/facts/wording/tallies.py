"""Rows of prices, records of use, of answers and of scores: they tell what a model costs, how good it is or
which one answered, and call nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agentlint.facts.wording.brackets import BRACKET, closing_bracket, opening_bracket
from agentlint.facts.wording.code_lines import line_around
from agentlint.facts.wording.imports import module_of
from agentlint.text import Pattern

# How far before and behind a model the brackets may stand that hold its row.
_REACH = 600
_LONGEST_CALL = 120

_KEY = Pattern(
    r"(?:\A|[,\n])\s{0,40}[\"']?(?P<key>[A-Za-z_]\w{0,40})[\"']?[ \t]{0,4}"
    r"(?:[:=](?P<value>[^,\n]{0,80})|(?=,)|\s{0,40}\Z)"
)
_NUMBER = Pattern(r"[ \t]{0,8}[$€£]?[\d.]")
_WORD = Pattern(r"[A-Z]?[a-z]{1,40}")
# One of these is a word of what records: `costs.record(`, `logUsage(`, `UsageEntry(`.
_RECORDS = frozenset("record insert track log entry usage price pricing cost costs".split())
_DEFINES = ("def", "function", "func", "fn", "fun", "class")
_PRICES = ("price", "pricing", "permillion", "per1k", "per1m", "permtok", "costper")
_LIMITS = ("max", "min")
# In small letters without "_": OpenAI's `prompt_tokens`, and what programs call it in their own words.
_USAGE_KEYS = frozenset(
    """cost costs costusd costcents costeur costin costout inputcost outputcost totalcost promptcost
    completioncost estimatedcost tokens tokensin tokensout tokensused usedtokens tokencount inputtokens
    outputtokens prompttokens completiontokens totaltokens cachedtokens reasoningtokens choices
    finishreason stopreason scores timestamp evaluatedat latencyms elapsedms responsetimems""".split()
)
# Of these, the ones that only what was used can be.
_SPENT = frozenset(
    """costusd costcents costeur totalcost promptcost completioncost tokensin tokensout tokensused
    usedtokens inputtokens outputtokens prompttokens completiontokens totaltokens cachedtokens
    reasoningtokens""".split()
)
_CALLS = frozenset(
    """messages prompt input contents instructions system systemprompt tools temperature""".split()
)
# All words of the name of a call that only notes down a model are among these; one of the first tells it.
_NOTES = frozenset(
    """record records recorder log logs logging track tracks tracker tracking usage cost costs price prices
    pricing billing metric metrics""".split()
)
_BESIDE_NOTES = frozenset(
    """context scope span with for of by and model models llm ai token tokens event entry""".split()
)
# What a call is named for that hands such a note on, if the module says what it is for.
_NOTED = frozenset("context scope span with".split())
# What tells a tracer of a call that is made elsewhere, however much of the call it is given:
# https://langfuse.com/docs/observability/sdk/python/instrumentation, https://js.reference.langfuse.com/,
# https://opentelemetry.io/docs/languages/python/instrumentation/
_TRACES = Pattern(
    r"(?:(?<![a-z])(?:start_?as_?current|start_?active|update_?current|update_?active)"
    r"_?(?:generation|observation|span|trace)"
    r"|(?<![a-z])(?:start_?observation|set_?attributes)"
    r"|(?:trace|tracer|span|langfuse|langfuse_?client)\.(?:start_?)?(?:generation|span)"
    r"|(?:trace|span|generation|observation)\.(?:update|end))\Z",
    re.IGNORECASE,
)
# What tells a service that counts events of a product: a client of that name, or a call that captures one
# (`posthog.capture(`, `telemetryService.captureAnswerEvent(`, `trackEvent(`):
# https://posthog.com/docs/libraries/node, https://segment.com/docs/connections/spec/track/,
# https://docs.mixpanel.com/docs/tracking-methods/sdks/javascript
_COUNTS_EVENTS = Pattern(
    r"(?:(?<![A-Za-z])(?:posthog|mixpanel|amplitude|rudder_?stack|heap|statsig"
    r"|(?:\w{0,40}(?<![A-Za-z]))?(?:telemetry|analytics)\w{0,20})(?:\(\))?[?!]?\."
    r"(?:capture|track|record|report|log|send|emit|identify)\w{0,60}"
    r"|(?<![A-Za-z])(?:capture|track|report|record|log)_?\w{0,40}_?(?:event|telemetry|metrics?)(?:_with\w{0,20})?)\Z",
    re.IGNORECASE,
)
_MOST_OBJECTS = 2


def tells_of_use(text: str, key: int, at: int) -> bool:
    """Whether the model at `at`, given by the key at `key`, stands in an object, or in a call that
    records, beside a price, tokens that were used, what a model answered or its scores; what a call is
    made of (messages, a prompt) must not stand there."""
    opening = opening_bracket(text, key, _REACH)
    if opening < 0:
        return _is_in_record(text, key)
    match text[opening : opening + 1]:
        case "{":
            pass
        case "(" if _records(text[max(0, opening - _LONGEST_CALL) : opening]):
            pass
        case _:
            return False
    row = _without_nested(text[opening + 1 : closing_bracket(text, at, _REACH)])
    keys = dict(_keys(row))
    calls = any(name in _CALLS and not _NUMBER.match(value) for name, value in keys.items())
    return not calls and any(map(_is_usage_key, keys))


def only_notes(text: str, given: int, at: int) -> bool:
    """Whether the model at `at`, which is given to a call from `given` on, is only noted down by it, as its
    name or the module that it is imported from says (`usage_context(model=...)`), and the call is given
    nothing that a model answers to."""
    opening = opening_bracket(text, given, _REACH)
    if _is_traced(text, opening):
        return True
    if opening < 0 or text[opening] != "(":
        return False
    name = _called(text[max(0, opening - _LONGEST_CALL) : opening])
    words = _words(name)
    if not name[:1].islower() or len(words) < 2 or not words <= _NOTES | _BESIDE_NOTES:
        return False
    if words.isdisjoint(_NOTES) and (
        words.isdisjoint(_NOTED) or _words(module_of(text, name)).isdisjoint(_NOTES)
    ):
        return False
    row = _without_nested(text[opening + 1 : closing_bracket(text, at, _REACH)])
    return _CALLS.isdisjoint(key for key, _ in _keys(row))


def _is_traced(text: str, opening: int) -> bool:
    """Whether the bracket at `opening` holds what a tracer is told, or an object in brackets that does."""
    for _ in range(_MOST_OBJECTS):
        if text[opening : opening + 1] == "{":
            opening = opening_bracket(text, opening, _REACH)
    if opening < 0 or text[opening] != "(":
        return False
    first = max(0, opening - _LONGEST_CALL)
    if _TRACES.search(text, first, opening):
        return True
    return _COUNTS_EVENTS.search(text, first, opening) is not None


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(name))


def _records(before: str) -> bool:
    """Whether a text ends in the name of a call that records, which is not being defined there."""
    return not _RECORDS.isdisjoint(_words(_called(before)))


def _called(before: str) -> str:
    """The name of the call that a text ends in, "" where it is being defined there."""
    path = (before.split() or [""])[-1]
    if before.removesuffix(path).rstrip().endswith(_DEFINES):
        return ""
    return path[path.rfind("(") + 1 :].rpartition(".")[2]


def _is_in_record(text: str, key: int) -> bool:
    """Whether the line of YAML whose `key` names a model has one beside it, at the same level, that says
    how many tokens were used or what they cost."""
    start, end = line_around(text, key)
    level = text[start:key].replace("-", " ", 1)
    if level.strip(" \"'"):
        return False
    first = text[max(0, start - _REACH) : start].splitlines()
    rest = text[end : key + _REACH].splitlines()[1:]
    width = len(level.rstrip("\"'"))
    beside = (*_of_level(reversed(first), width, above=True), *_of_level(rest, width))
    keys = dict(pair for line in beside for pair in _keys(line))
    return _CALLS.isdisjoint(keys) and any(
        name in _SPENT and _NUMBER.match(value) for name, value in keys.items()
    )


def _of_level(lines: Iterable[str], width: int, *, above: bool = False) -> Iterator[str]:
    """What the lines that follow on one another say at a level, `width` columns in, as long as they
    belong to one mapping."""
    for line in lines:
        own = line.lstrip(" ")
        item = own.startswith("- ")
        indent = len(line) - len(own) + (2 if item else 0)
        if not own.strip() or own.startswith("---") or indent < width:
            return
        if indent == width and (above or not item):
            yield own.removeprefix("- ")
        if indent == width and item:
            return


def _is_usage_key(key: str) -> bool:
    if key in _USAGE_KEYS:
        return True
    return not key.startswith(_LIMITS) and any(part in key for part in _PRICES)


def _keys(row: str) -> Iterator[tuple[str, str]]:
    """The keys of a row, in small letters without "_", and how their values begin."""
    for match in _KEY.finditer(row):
        yield match["key"].replace("_", "").lower(), match["value"] or ""


def _without_nested(row: str) -> str:
    """A row without what its own brackets hold."""
    kept, depth, at = list[str](), 0, 0
    for bracket in BRACKET.finditer(row):
        if not depth:
            kept.append(row[at : bracket.start()])
        depth = max(0, depth + (1 if bracket[0] in "([{" else -1))
        at = bracket.end()
    return "".join((*kept, "" if depth else row[at:]))
