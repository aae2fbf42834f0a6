"""Calls that measure by a table of their own: what a model costs, what of it may be spent, how much of a
text fits into it. The model that they are given answers nothing."""

from __future__ import annotations

from functools import lru_cache

from agentlint.facts.wording.brackets import opening_bracket
from agentlint.facts.wording.imports import module_of
from agentlint.text import Pattern

# How far before a model the brackets may open that it is given in.
_REACH = 600
_LONGEST_NAME = 120

_CALLED = Pattern(
    r"(?:\b(?P<defined>def|function|func|fn|fun)[ \t]{1,4})?(?<![\w.])(?P<name>[A-Za-z_][\w.]{0,100})\s?\Z"
)
_WORD = Pattern(r"[A-Z]{1,40}(?![a-z])|[A-Z]?[a-z]{1,40}")
_ASKS_A_MODEL = Pattern(
    r"\.(?:create|parse|invoke|ainvoke|stream|complete|generate|generate_content|generateContent|run|send)\("
    r"|(?<![A-Za-z_])(?:a?completion|generateText|streamText|fetch)\(|\.post\("
)
# One of these is a word of what measures.
_MEASURES = frozenset(
    """cost costs price prices pricing budget budgets quota quotas meter metering tariff tariffs billing
    tokenize tokenizer tokenizers usage limit limits""".split()
)
# Or two of them, each of another set: `token_count`, `context_window`, `rate_limiter`.
_MEASURED = frozenset("token tokens context rate".split())
# What is defined by such a name may well be around a call.
_OF_CALLS = frozenset("token tokens context usage".split())
_MEASURING = frozenset(
    """count counts counter estimate estimated estimator calculate calculator measure window windows length
    size max limiter ratio num encode""".split()
)
# All others are among these: whatever a call does by a further word may be to ask the model.
_BESIDE = frozenset(
    """a acquire an add afford ai allow allowed and api calc can char chars charge check completion
    compute consume convert decode describe ensure enforce exceeded exceeds fetch fits for forecast
    format from get has in input is left llm load lookup manager message messages min model models
    monthly daily of one output over per predict print project prompt record remaining report
    request requests reserve reset service set show spend spent sum text the to total track tracker
    under update usd validate verify wait within""".split()
)
_KNOWN = _MEASURES | _MEASURED | _MEASURING | _BESIDE
# What is called for these is one, or gives one.
_MODELS = frozenset("model models llm ai api".split())
_OWN = frozenset({"self", "this", "cls"})
# What asks a provider to count: https://docs.claude.com/en/docs/build-with-claude/token-counting
_OF_PROVIDERS = frozenset("client messages models api responses chat completions".split())


def only_measures(text: str, given: int) -> bool:
    """Whether the call that a model is given to, from `given` on, only measures with it, as its name, what
    it is called on or the module that it is imported from says: `estimate_cost(prompt, model=...)`. A
    function that is defined so may still ask the model."""
    opening = opening_bracket(text, given, _REACH)
    if text[opening : opening + 1] == "{":
        opening = opening_bracket(text, opening, _REACH)
    if opening < 0 or text[opening] != "(":
        return False
    called = _CALLED.search(text, max(0, opening - _LONGEST_NAME), opening)
    if called is None or (called["defined"] and _may_ask(text, called["name"])):
        return False
    return _measures(called["name"], module_of(text, called["name"]))


def _may_ask(text: str, defined: str) -> bool:
    return not _OF_CALLS.isdisjoint(_words(defined)) or _asks_a_model(text)


@lru_cache(8)
def _asks_a_model(text: str) -> bool:
    return _ASKS_A_MODEL.search(text) is not None


@lru_cache(256)
def _measures(called: str, module: str) -> bool:
    *receivers, name = called.split(".")
    receiver = receivers[-1] if receivers and receivers[-1] not in _OWN else ""
    words, beside = _words(name), _words(receiver)
    if not words or not set(words) <= _KNOWN or not _OF_PROVIDERS.isdisjoint(beside):
        return False
    gives_model = words[-1] in _MODELS
    if _tell_measure(words):
        return not (gives_model and name[0].isupper())
    if gives_model:
        return False
    return _tell_measure(_words(module)) or (set(beside) <= _KNOWN and _tell_measure(beside))


def _tell_measure(words: tuple[str, ...]) -> bool:
    if not _MEASURES.isdisjoint(words):
        return True
    return not _MEASURED.isdisjoint(words) and not _MEASURING.isdisjoint(words)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))
