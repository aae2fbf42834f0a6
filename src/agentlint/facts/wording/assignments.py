"""What puts a model to work in a sample of code: a key, an option or a call before it on its line.

Much that looks so orders nothing: the type of a value, a line that a program printed, what a test feigns,
what a search looks for, the weights that a command works on.
"""

from __future__ import annotations

import re

from msgspec import Struct

from agentlint.documents import data_language
from agentlint.facts.detectors.model_ids import ModelMatch
from agentlint.facts.variables.prefixes import is_purpose
from agentlint.facts.wording import fences
from agentlint.facts.wording.choices import line_after_choice, line_before_choice, rows_around
from agentlint.facts.wording.code_lines import (
    LONGEST_COMMAND,
    Line,
    code_after,
    code_before,
    command_after,
    command_around,
    command_before,
    line_start,
)
from agentlint.facts.wording.command_options import own_option
from agentlint.facts.wording.fence_hosts import serves_models
from agentlint.facts.wording.lookups import (
    asks,
    asks_about,
    asks_by_key,
    counts_tokens,
    is_condition,
    is_criterion,
    is_of_list,
    notes_down,
    only_prints,
    searches,
)
from agentlint.facts.wording.meters import only_measures
from agentlint.facts.wording.samples import is_answered, is_feigned, is_logged, is_synopsis
from agentlint.facts.wording.span_attributes import is_span_attribute
from agentlint.facts.wording.tallies import only_notes, tells_of_use
from agentlint.facts.wording.weights import (
    bracketed,
    is_given_to_work,
    loads,
    loads_by_name,
    may_be_weights,
    may_work_on_weights,
    names_weights,
    works_on_weights,
)
from agentlint.text import Pattern

# Of two, either may be for a place of its own: "# Development", "# Production".
_FEWEST_UNDER_HEADINGS = 3
# So much of a file of settings is read to see what it is for.
_LONGEST_FILE = 2_000
# How far before an ID the key, the option or the call may begin that it is given to.
_REACH = 240
_ASSIGNED = Pattern(
    r"""(?:
        # `LLM_MODEL=`, `LLM_MODEL_FAST = "`, `"model": "`, `model_name: str = "`, `model = Field(default="`
        (?P<key>[\w.-]{0,60}?(?:model|MODEL|Model|engine|deployment_name)
            (?:_?[iI][dD]|_?[nN]ame|_NAME|_ID)?
          |\b(?:[A-Z][A-Z0-9_]{0,60}_)?MODEL_[A-Z0-9][A-Z0-9_]{0,30})["'\]]{0,2}\s{0,8}
        (?::\s{0,4}[\w.\[\]| ]{1,40}=|:|=|:=|=>)\s{0,8}
        (?:[\w.]{1,40}\(\s{0,40}(?:default\s{0,2}=\s{0,2}
              |process\.env\.\w{1,60}\s{1,4}(?:\|\||\?\?)\s{1,4})?
          # ` = model or "`, ` = process.env.MODEL ?? "`; an argument or a key may tell what was called
          |(?<=\x20=\x20)[\w.?]{1,60}\s{1,4}(?:or|\|\||\?\?)\s{1,4}
          |(?<=:\x20)process\.env\.\w{1,60}\s{1,4}(?:\|\||\?\?)\s{1,4}
          # not of a typed field: it describes the settings that a program has
          |(?<!str\x20=\x20)(?<!None\x20=\x20)(?<!\]\x20=\x20)[\w.]{0,40}(?:getenv|environ\.get)\(\s{0,4}["']\w{1,60}["']\s{0,4},\s{0,4}
        )?["'`]?
        # `--model `, `-m `
      | (?P<flag>--[\w-]{0,40}model(?:-name|-id)?|-m)(?:\s{1,4}|=)["']?
        # `ChatOpenAI("`, `create_sub_agent("`; the model comes first, or behind a context of Go:
        # https://docs.litellm.ai/docs/completion/input, https://pkg.go.dev/google.golang.org/genai
      | \b(?P<call>[\w.]{0,60}(?:Chat|LLM|Model|OpenAI|Anthropic|chat_model|model|Agent
              |(?:create|make|build|spawn|run|start|launch)_(?:\w{1,30}_)?agent
              |(?<![A-Za-z_])a?completion|\b[mM]odels\.[gG]enerateContent(?:Stream)?)
          # ` = openai("` of the AI SDK; behind another key it may be what an alias stands for:
          # https://ai-sdk.dev/docs/foundations/providers-and-models,
          # https://ai-sdk.dev/docs/ai-sdk-core/provider-management
          |(?:(?<=\s=\s)|(?<=\s=>\s)|(?<=\breturn\s))(?:\w{1,40}\.)?
            (?:openai|anthropic|google|xai|groq|mistral|deepseek|cohere|perplexity)
            (?:\.(?:chat|responses|messages|completion|languageModel|embedding|textEmbedding(?:Model)?
              |image))?
        )\((?:\s{0,40}(?:\#|//)[^\n]{0,200}\n)?\s{0,40}(?:ctx,\s{1,40}|process\.env\.\w{1,60}\s{1,4}(?:\|\||\?\?)\s{1,4})?["'`]
    )$""",
    re.VERBOSE,
)
# A key of YAML; `below` where all that it holds stands below it.
_CONFIG_KEY = Pattern(
    r"[ \t]{0,80}(?:-[ \t]{1,4}){0,2}[\"']?(?P<key>[A-Za-z][\w-]{0,60})[\"']?:"
    r"(?:(?P<below>[ \t]{0,4}(?:[|>][-+0-9]{0,3})?[ \t]{0,40}(?:#[^\n]{0,200})?\r?$)|[ \t])",
    re.MULTILINE,
)
_BLANK = Pattern(r"[ \t]{0,200}")
# Below these keys stands what is run: GitHub Actions, GitLab CI, Compose, Taskfile, pre-commit, Kubernetes.
_RUN_BY = frozenset(
    """run script before_script after_script command commands cmd cmds exec entry entrypoint args
    claude_args codex-args""".split()
)
_LONGEST_SCRIPT = 4_000
# What may stand before an ID on its line if it is the first argument of a call that opens above.
_FIRST_ARGUMENT = Pattern(r"[ \t]{0,40}[\"'`]\Z")
_OPENS_CALL = Pattern(r"\w\((?:[ \t]{0,40}(?:(?:#|//)[^\n]{0,200})?\r?\n){1,2}\Z")
# "Model: gpt-5.4 (OpenAI)": in a sample of no language that is a line of a report.
_LABELLED = Pattern(r"(?:[\w.-]{0,60}\W)?[A-Z][a-z]{1,20}:[ \t]")
# Where a shell waits for a command; what stands below the command is its answer.
_PROMPT = Pattern(r"^[ \t]{0,20}\$[ \t]", re.MULTILINE)
# `"a" | "b"` and `type Model = "a"` say which values there may be, and set none.
_OR_ANOTHER = Pattern(r"[\"'`]\s{0,20}\|\s{0,20}[\"'`]")
_TYPE = Pattern(r"\btype\s{1,4}\w{1,80}\s{0,4}=\s{0,8}[\"'`]?\Z")
# A line that does nothing but set one key, up to the value; what may follow the value there.
_SETTING_ALONE = Pattern(
    r"[ \t]{0,40}(?:(?:export|const|let|var|set)[ \t]{1,4})?[\"']?[\w.-]{1,80}[\"']?"
    r"[ \t]{0,8}[:=][ \t]{0,8}[\"'`]?"
)
_NOTHING_AFTER = Pattern(r"[\"'`]?[ \t]{0,8}[,;]?[ \t]{0,40}(?:(?:#|//).{0,400})?\r?\Z")


class Place(Struct, frozen=True):
    """Where a sample names a model: the text and the language of the sample, and the line."""

    text: str
    language: str
    line: Line
    model: ModelMatch


def assignment(place: Place) -> re.Match[str] | None:
    """What puts a model to work: a `key`, a `flag` or a `call` right before it."""
    start, line = place.model.start, place.line.start
    first = _line_of_call(place.text, line, start)
    first = max(first, start - _REACH)
    assigned = _ASSIGNED.search(place.text, first, start)
    if assigned is None:
        command = command_around(place.text, start, place.model.end)
        assigned = own_option(place.text, first, start, command)
    if assigned is None:
        return None
    if place.language in fences.CONFIGS and place.text[line] in " \t-":
        # Below the top level an ID stands in someone's route table, but for what is run there; of
        # weights a server is told as often as a client.
        is_served = may_be_weights(place.model.vendor, place.model.id)
        if is_served or not _is_option(_setting(assigned)) or not _is_run(place):
            return None
    if (
        _is_type(place)
        or not _is_choice(assigned["key"] or "")
        or _is_reported(place, assigned)
        or _is_of_other_command(place, assigned)
        or _only_asks(place, assigned)
        or _is_weights(place, assigned)
    ):
        return None
    return assigned


def _setting(assigned: re.Match[str]) -> str:
    """The key or the option that a model is given to, "" for a call; `--model=` is read as a key."""
    return assigned["flag"] or assigned["key"] or ""


def _is_choice(key: str) -> bool:
    """Whether what a key says behind `MODEL` is what the model is for, if it says anything there."""
    _, separator, purpose = key.rpartition("MODEL_")
    return not separator or is_purpose(purpose)


def _is_option(setting: str) -> bool:
    return setting.startswith("-")


def _is_run(place: Place) -> bool:
    """Whether the line of a config is run: what stands behind the key on it, or the script or the list of
    arguments below a key that it is a line of."""
    text, start = place.text, place.line.start
    own = _CONFIG_KEY.match(text, start, place.line.end)
    if own:
        return own["key"].lower() in _RUN_BY
    indent = _indent(text, start)
    above = text[max(0, start - _LONGEST_SCRIPT) : start].splitlines()
    for line in reversed(above):
        key = _CONFIG_KEY.match(line)
        if not line.strip() or (key is None and _indent(line, 0) >= indent):
            continue
        if key:
            return key["below"] is not None and key["key"].lower() in _RUN_BY
        indent = _indent(line, 0)
    return False


def _indent(text: str, start: int) -> int:
    blank = _BLANK.match(text, start)
    return blank.end() - start if blank else 0


def _line_of_call(text: str, line: int, start: int) -> int:
    """Where the line starts from which on a call, a key or an option may stand that the model at `start`
    is given to: the one above where that ends in an open call and the model comes first in it."""
    if not line or not _FIRST_ARGUMENT.fullmatch(text, line, start):
        return line
    opened = _OPENS_CALL.search(text, max(0, line - _REACH), line)
    return line_start(text, opened.start()) if opened else line


def _is_type(place: Place) -> bool:
    """Whether a model is one of the values that a type allows."""
    text, start = place.text, place.model.start
    several = _OR_ANOTHER.match(text, place.model.end) is not None
    return several or _TYPE.search(text, max(place.line.start, start - _REACH), start) is not None


def _is_reported(place: Place, assigned: re.Match[str]) -> bool:
    """Whether a line was printed or logged, or tells what a test works with."""
    text, start = place.text, place.model.start
    if _is_answer(place, assigned):
        return True
    is_log = place.language in fences.PLAIN_TEXT
    is_labelled = not place.language and _LABELLED.match(assigned[0]) is not None
    if assigned["key"] and (is_log or is_labelled) and not _sets_alone(place):
        return True
    if place.language in fences.UNTYPED and (
        is_logged(text, place.line.start, start) or is_answered(text, start)
    ):
        return True
    return is_feigned(text, assigned.start(assigned.lastgroup or 0), start)


def _is_answer(place: Place, assigned: re.Match[str]) -> bool:
    """Whether a line is what a program printed: it stands below a command behind a prompt, and is no
    more of that command or of what is written into a file by it."""
    text, language, line = place.text, place.language, place.line.start
    if language and language not in fences.COMMANDS and language not in fences.PLAIN_TEXT:
        return False
    reach = max(0, line - LONGEST_COMMAND)
    *_, prompt = (None, *_PROMPT.finditer(text, reach, assigned.start()))
    if prompt is None or "<<" in text[prompt.end() : line]:
        return False
    return prompt.end() + len(command_after(text, prompt.end())) <= line


def _is_of_other_command(place: Place, assigned: re.Match[str]) -> bool:
    """Whether the command that a model is given to calls none: it searches, writes a log, serves models,
    asks about them, or only shows which options there are."""
    text, model = place.text, place.model
    command = command_before(text, model.start)
    if place.language in fences.CONFIGS:
        own = _CONFIG_KEY.match(command)
        command = command[own.end() if own else 0 :].lstrip()
    if searches(command) or notes_down(command):
        return True
    option = _setting(assigned)
    if not _is_option(option):
        return False
    if is_of_list(option) or serves_models(command):
        return True
    if only_prints(command, text[model.end : place.line.end]):
        return True
    if asks_about(command_around(text, model.start, model.end)):
        return True
    shows_data = data_language(place.language) is not None
    return not shows_data and is_synopsis(command, text[model.end : place.line.end])


def _only_asks(place: Place, assigned: re.Match[str]) -> bool:
    """Whether what puts a model there looks for it, asks about it or tells of it, and calls nobody."""
    text, at = place.text, place.model.start
    key = assigned.start("key") if assigned["key"] else -1
    if key >= 0 and (
        is_span_attribute(text, key, assigned.end("key"))
        or is_criterion(text, key, at)
        or tells_of_use(text, key, at)
        or asks_by_key(text, key)
    ):
        return True
    if assigned["call"] and asks(assigned["call"]):
        return True
    given = key if key >= 0 else at
    if not assigned["flag"] and (only_notes(text, given, at) or only_measures(text, given)):
        return True
    return counts_tokens(text, at) or is_condition(text, at, place.language)


def _is_weights(place: Place, assigned: re.Match[str]) -> bool:
    """Whether a model is assigned as weights to work on: by what it is given to, or by what stands in
    the same command, brackets or file of settings."""
    text, model = place.text, place.model
    if not may_be_weights(model.vendor, model.id):
        return False
    key = assigned["key"] or ""
    if names_weights(_setting(assigned)) or loads(text, model.start):
        return True
    if loads_by_name(text, key, model.start):
        return True
    if assigned["flag"]:
        command = command_around(text, model.start, model.end)
        if is_given_to_work(command, model.id):
            return True
        return may_work_on_weights(text) and works_on_weights(command)
    if not may_work_on_weights(text):
        return False
    is_file = place.language in fences.CONFIGS
    return works_on_weights(text[:_LONGEST_FILE] if is_file else bracketed(text, model.start))


def is_one_form(place: Place, starts: dict[int, str]) -> bool:
    """Whether the line above or below sets the same key to another model, as a list of the forms that a
    value may have does, or a longer list of them does so under headings in comments; `starts` are where
    the models of the sample start."""
    if not _sets_alone(place):
        return False
    text, line, model = place.text, place.line, place.model
    setting = text[line.start : model.start]
    if any(
        text.startswith(setting, at) and starts.get(at + len(setting), model.id) != model.id
        for at in (line_before_choice(text, line.start), line_after_choice(text, line.end))
    ):
        return True
    rows = rows_around(text, line.start, setting)
    listed = {starts[at + len(setting)] for at in rows if at + len(setting) in starts}
    return len(listed) >= _FEWEST_UNDER_HEADINGS


def _sets_alone(place: Place) -> bool:
    """Whether a line does nothing but set one key to a model."""
    text, line, model = place.text, place.line, place.model
    setting = text[line.start : model.start]
    return (
        _SETTING_ALONE.fullmatch(setting) is not None
        and _NOTHING_AFTER.match(text, model.end, line.end) is not None
    )


def orders_nothing(text: str, model: ModelMatch) -> bool:
    """Whether the code span of a model serves, records or looks for models, or works on their weights."""
    before = code_before(text, model.start)
    after = code_after(text, model.end)
    command = before + after
    if serves_models(before) or searches(before) or notes_down(before) or asks_about(command):
        return True
    assigned = _ASSIGNED.search(before)
    setting = _setting(assigned) if assigned else ""
    if assigned and assigned["key"] and is_span_attribute(before, *assigned.span("key")):
        return True
    if is_synopsis(before, after) or is_of_list(setting):
        return True
    if not may_be_weights(model.vendor, model.id):
        return False
    if names_weights(setting) or works_on_weights(command):
        return True
    return _is_option(setting) and is_given_to_work(command, model.id)
