"""Whether code only looks for a model: in a query's condition, a search's pattern, a list of models, a
filter or a log; or counts its tokens, which nobody is asked for."""

from __future__ import annotations

import re

from agentlint.facts.wording import fences
from agentlint.facts.wording.brackets import opening_bracket
from agentlint.text import Pattern

# How far before a key the call may begin that it is an argument of.
_REACH = 240

_CLAUSE = Pattern(
    r"\b(?:(?P<condition>where|and|or|having|in|on|when)"
    r"|set|values|insert|into|update|select|create|alter|then|else|default)\b|;",
    re.IGNORECASE,
)
# In other languages a query is a string, which ends before the next one begins.
_QUOTED_CONDITION = Pattern(
    r"\b(?:WHERE|HAVING)\s(?:[^;\"`]{0,240}|(?:[^;\"'`\n\\]|\\\"){0,240}\"?)\Z"
)
_COMMAND_PART = Pattern(
    r"'[^']{0,1000}+(?:'|\Z)|\"(?:[^\"\\]|\\.){0,1000}+(?:\"|\Z)|(?P<end>[;&|(`])", re.DOTALL
)
_SEARCH = Pattern(
    r"\s{0,40}(?:[$>%]\s{1,4})?(?:(?:if|while|until|!|then|do|time|sudo)\s{1,4}){0,4}"
    r"(?:xargs(?:\s{1,4}-\S{1,20}){0,4}\s{1,4})?"
    r"(?:[ef]?grep|zgrep|rg|ag|ack|find|sed|g?awk"
    r"|git(?:\s{1,4}(?:--no-pager|-C\s{1,4}\S{1,200})){0,2}\s{1,4}(?:grep|log))\s"
)
_REPLACEMENT = Pattern(r"\bs([/|#,@~])(?:(?!\1).){0,1000}+\1(?:(?!\1).){0,1000}+\Z", re.DOTALL)
# A command that notes something down: `python3 scripts/log_event.py --meta '{"model": `.
_NOTES_DOWN = Pattern(
    r"\s{0,40}(?:[$>%]\s{1,4})?(?:[^\s\"'`-][^\s\"'`]{0,100}\s{1,4}){0,4}?(?:[^\s\"'`-][^\s\"'`]{0,200}/)?"
    r"(?:log|record|track)[-_](?:events?|usages?|costs?|metrics?|tokens?|latency)(?:\.[a-z]{1,4})?\s"
)
# `echo "ERROR: check the --model flag`; and what hands that on, but for the errors of a terminal.
_PRINTS = Pattern(
    r"\s{0,40}(?:[$>%]\s{1,4})?(?:(?:if|then|else|do|!)\s{1,4}){0,3}"
    r"(?:echo|printf|log|warn|die|fail|error|info|print|Write-(?:Host|Output|Error|Warning))"
    r"(?:\s{1,4}-\w{1,4}){0,2}\s{1,4}[\"'][^\n]{0,1000}\Z"
)
_HANDS_ON = Pattern(r"[\"'][^\n\"']{0,80}?(?:(?<![0-9&])>>?(?![&])(?!\s{0,2}/dev/)|\|(?!\|))")
# Options of commands that fetch what others publish of a model: its scores, its place in a list.
_CATALOGUE_OPTION = Pattern(r"(?<![\w-])--(?:creator-slug|leaderboard)(?![\w-])")
# A command that asks about models: `llm models info`, `gateway list-models`, `costs.py pricing`.
_CATALOGUE_COMMAND = Pattern(
    r"\s{0,40}(?:[$>%]\s{1,4})?(?:[^\s\"'`-][^\s\"'`]{0,100}\s{1,4}){1,4}?"
    r"(?:models?\s{1,4}(?:list|get|show|info|inspect|search|compare|prices?|pricing)"
    r"|(?:list|get|show|search|compare)-models?|model-(?:info|prices?)|prices?|pricing)\s"
)
# Options of commands that keep or search a list of models: `--add-model`, `--remove-mapped-model`.
_LIST_OPTION = Pattern(
    r"--?(?:add|register|remove|delete|rm|drop|list|show|describe|inspect|find|search|filter"
    r"|exclude|skip|ignore|disable|block|deny)[-_](?:\w{1,20}[-_]){0,2}model(?:[-_](?:name|id))?"
)
_LOOKING = Pattern(
    r"(?P<defined>\b(?:def|function|func|fn|fun)\s{1,4})?"
    r"\b(?:filter|filter_by|find|find_one|findOne|where|get|labels|info|debug|warning|error)\s?\(\Z"
    r"|(?<![A-Za-z])(?:console|log(?:ger|ging)?)\.\w{1,20}\s?\(\Z"
    r"|\b(?:where|filter)[\"']?\s{0,4}[:=]\s{0,4}\{\Z"
)

# https://github.com/openai/tiktoken, https://docs.litellm.ai/docs/count_tokens: both count on this machine.
_TOKENIZES = Pattern(
    r"\b(?:encoding_for_model|encodingForModel|token_counter)\s?\([^()\n]{0,200}\Z"
)
_DEFINES_COUNT = Pattern(r"\b(?:def|function)\s{1,4}\w{0,40}[tT]okens?\w{0,20}\([^()\n]{0,200}\Z")

_ASKS = Pattern(
    r"(?:\w{1,40}\.){0,4}(?:find|is|has|supports?|validate|check|look_?up|list|search|count|describe|estimate)"
    r"(?=[A-Z_])"
)
# What helpers tell of a model that they are given by its key, from their own tables:
# https://docs.litellm.ai/docs/completion/token_usage, https://docs.litellm.ai/docs/completion/input.
_TELLS = Pattern(
    r"\b(?:supports_?[a-z]\w{0,40}|get_?model_?info|get_?supported_?\w{1,40}|get_?max_?tokens"
    r"|get_?llm_?provider|cost_?per_?token|completion_?cost|validate_environment)\s?\(\Z",
    re.IGNORECASE,
)
# Helpers that count on this machine: `count_tokens_accurately`, `num_tokens_from_messages`. A client's own
# `messages.count_tokens` and `models.count_tokens` ask the provider, and what is defined may do so:
# https://docs.claude.com/en/docs/build-with-claude/token-counting, https://ai.google.dev/gemini-api/docs/tokens
_COUNTS = Pattern(
    r"(?P<other>\b(?:messages|models)\.|\b(?:def|function|func|fn)\s{1,4})?"
    r"\b(?:get_?)?(?:count|num)_?tokens?\w{0,40}\s?\(\Z",
    re.IGNORECASE,
)


def asks(call: str) -> bool:
    """Whether the name of a `call` says that it asks about the model that it is given:
    `findProvidersForModel`."""
    return _ASKS.match(call) is not None


def asks_by_key(text: str, key: int) -> bool:
    """Whether the call that a model is given to, by the key at `key`, only tells what the model can do or
    costs, or counts its tokens: `supports_vision(model=...)`."""
    opening = opening_bracket(text, key, _REACH)
    if text[opening : opening + 1] == "{":
        opening = opening_bracket(text, opening, _REACH)
    called = text[max(0, opening - _REACH) : opening + 1]
    counts = _COUNTS.search(called)
    return _TELLS.search(called) is not None or (counts is not None and counts["other"] is None)


def counts_tokens(text: str, at: int) -> bool:
    """Whether the model at `at` only tells how text is cut into tokens: it is given to tiktoken, or is
    the default of a function that counts with it."""
    first = max(0, at - _REACH)
    if _TOKENIZES.search(text, first, at):
        return True
    return "tiktoken" in text and _DEFINES_COUNT.search(text, first, at) is not None


def is_condition(text: str, at: int, language: str) -> bool:
    """Whether the model at `at` stands in a condition of a query; `language` is the sample's."""
    first = max(0, at - _REACH)
    if language not in fences.QUERIES:
        return _QUOTED_CONDITION.search(text, first, at) is not None
    clauses = [match["condition"] for match in _CLAUSE.finditer(text, first, at)]
    return bool(clauses and clauses[-1])


def is_criterion(text: str, key: int, at: int) -> bool:
    """Whether the model at `at` is given, by the key at `key`, to a call that filters or logs."""
    given = text[key:at]
    opening = -1 if ":" in given and "=" in given else opening_bracket(text, key, _REACH)
    if _looks_by(text, opening):
        return True
    is_mapping = text[opening : opening + 1] == "{"
    return is_mapping and _looks_by(text, opening_bracket(text, opening, _REACH))


def searches(command: str) -> bool:
    """Whether the `command` that a text breaks off in looks for what follows: `grep -rn model=`."""
    last = _last_part(command)
    return _SEARCH.match(last) is not None and _REPLACEMENT.search(last) is None


def notes_down(command: str) -> bool:
    """Whether the `command` that a text breaks off in writes what follows into a log: `log_event.py `."""
    return _NOTES_DOWN.match(_last_part(command)) is not None


def only_prints(before: str, after: str) -> bool:
    """Whether a command, up to and behind a model, only prints it in a message: what is written into a file
    or handed to another command goes on to be read."""
    said = _PRINTS.match(_last_part(before))
    return said is not None and _HANDS_ON.search(after) is None


def asks_about(command: str) -> bool:
    """Whether a `command` looks a model up in a list of models, for its price or its scores."""
    if _CATALOGUE_OPTION.search(command):
        return True
    return _CATALOGUE_COMMAND.match(command) is not None


def is_of_list(option: str) -> bool:
    """Whether an `option` of a command names a model of a list that the command keeps or searches: the
    model is its data, and nobody is called."""
    return _LIST_OPTION.fullmatch(option) is not None


def _last_part(command: str) -> str:
    """What stands behind the last mark, outside quotes, that ends a command."""
    ends = [part.end() for part in _COMMAND_PART.finditer(command) if part["end"]]
    return command[ends[-1] if ends else 0 :]


def _looks_by(text: str, opening: int) -> bool:
    """Whether the bracket at `opening` holds what a call, or an option of one, looks for or logs."""
    call = _LOOKING.search(text, max(0, opening - _REACH), opening + 1)
    return call is not None and call["defined"] is None
