"""What a code sample shows and asks nobody to write: code that is wrong, what a server answered or a
program logged, what a test feigns, a form to fill in.
"""

from __future__ import annotations

import re

from agentlint.facts.detectors.secrets import is_placeholder as is_unfilled_secret
from agentlint.facts.values.references import is_placeholder
from agentlint.facts.values.unfilled import is_unfilled_url
from agentlint.facts.wording.brackets import opening_bracket
from agentlint.facts.wording.code_lines import COMMENT
from agentlint.facts.wording.lead_ins import bare_label
from agentlint.facts.wording.signs import CROSSES, TICKS
from agentlint.facts.wording.translated_labels import forbids_in_translation
from agentlint.knowledge.names import recognise
from agentlint.text import Pattern, Span, Spans

_MOST_LINES = 100
_LONGEST_BAN = 80
# "[--model X]", but no list of a config: "args: [--model=X]".
_LEFT_OUT = Pattern(
    r"(?<![:=,(])(?<![:=,(][ \t])\[[ \t]?(?:-\w,?[ \t]\|?[ \t]?|-\w[|/,])?--?[\w-]{1,40}(?:[ \t]|=)[\"']?\Z"
)
_LEFT_OUT_UP_TO = Pattern(r"[^\[\]\n]{0,200}\]")
_CHOICE = Pattern(r"[\"']?[ \t]{0,2}\|[ \t]{0,2}[\"']?(?P<other>[\w./:@-]{2,80})(?P<end>[|\]})>])?")
# How far before a model the brackets may open that stand around it, and how many of them are looked at.
_REACH = 400
_MOST_BRACKETS = 4
# How far above a model the line may stand that tells an answer from what was sent.
_LONGEST_ANSWER = 4_000

_MARKED_WRONG = Pattern(
    rf"(?:^|\s)(?:#|//|/\*|<!--|--(?=\s))[\s#/*<>!←↑⬅–—-]{{0,12}}(?:[{CROSSES}]"
    r"|(?:(?:bad|wrong|incorrect|anti-?patterns?|forbidden|not ok(?:ay)?)"
    r"(?: (?:way|examples?|practices?|code|patterns?|usage|here)){0,2}"
    r"|(?:don['’]?t|do not|never|avoid)"
    r"(?: (?:ever|do|doing|use|using|write|writing|hard-?cod(?:e|ing)|pin(?:ning)?|call|copy|like"
    r"|this|that|these|it|ids?|models?|the|a|an|any|in|code|here|directly|literals?)){0,8})"
    r"[ \t]{0,4}(?:[:.!,;(—–]|-(?:\s|->)|\*/|\r?\Z))",
    re.IGNORECASE,
)
_MARKED_RIGHT = Pattern(f"[{TICKS}]")
_CROSS_AT_END = Pattern(rf"[{CROSSES}]\ufe0f?[ \t]{{0,8}}\r?\Z")
_STATUS_OR_REQUEST = Pattern(
    r"^(?:[<>*][ \t]{1,2})?(?:(?P<status>HTTP/\d(?:\.\d)?[ \t]{1,3}\d{3}\b)"
    r"|(?:GET|POST|PUT|PATCH|DELETE)[ \t]|(?:[$%>][ \t]{1,3})?(?:curl|http|xh|wget)[ \t]|\$[ \t])",
    re.MULTILINE,
)
_LOGGED = Pattern(
    r"[ \t]{0,20}(?:[\[(]?\d{4}-\d\d-\d\d(?:[T \t]{1,2}\d\d:\d\d|[\])])|[\[(]?\d\d:\d\d:\d\d"
    r"|[\[(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)[\])]?:?[ \t])"
    r"|[^\n]{0,200}[│┃║]"
    # "Agent started: provider=a, model="
    r"|[ \t]{0,20}[A-Z][\w ./()-]{2,80}: (?:[\w.]{1,40}=[^\s,]{1,80}, ){1,10}"
)
_FEIGNED_KEY = Pattern(
    r"(?:mock|stub)(?=[._A-Z])|(?:[\w.-]{0,60}\.)?(?:return_value|side_effect)\."
)
_FEIGNS = Pattern(
    r"(?:\b(?:[A-Za-z]{0,20}Mock|mock\w{0,40}|assert_[a-z_]{1,40}|objectContaining)\s?\("
    r"|\.(?:thenReturn|thenResolve|returns|resolves|reply|toEqual|toStrictEqual|toMatchObject"
    r"|toHaveBeen\w{1,30})\s?\("
    # Chai, Sinon and the assertions of Node
    r"|\.to(?:\.\w{1,12}){0,3}\.(?:equals?|eql|includes?|contains?|match|propert(?:y|ies)|members)\s?\("
    r"|\bassert\.\w{1,30}\s?\("
    r"|\b(?:return_value|side_effect)\s?=\s?[\w.]{0,60}[\[({])\Z"
)
# Where a test begins: pytest and unittest, Jest and its kin, Go, Rust.
_TEST = Pattern(
    r"^[ \t]{0,40}(?:@pytest\.fixture\b|(?:async[ \t]{1,4})?def[ \t]{1,4}test_\w"
    r"|func[ \t]{1,4}Test[A-Z]\w{0,80}\(|#\[(?:tokio::)?test\]"
    r"|(?:describe|it|test)(?:\.(?:each|only|skip|concurrent))?\([ \t]{0,4}[\"'`])",
    re.MULTILINE,
)
_ASSERTION = Pattern(
    r"\b(?:assert\b|assert_?[A-Za-z]{1,30}!?\(|expect(?:\.\w{1,20})?\(|t\.(?:Fatal|Error)f?\(|require\.[A-Z])"
)
_EXPECTED = Pattern(
    r"(?:\bassert\b[^\n]{1,200}(?:==|\bis)[ \t]{0,2}|\bassert[._]?[A-Za-z]{1,30}!?\([^\n]{1,200},[ \t]{0,4}"
    r"|\bexpect\([^\n]{1,200}\)\.to(?:Be|Equal|StrictEqual)\([ \t]{0,4})[\"'`]\Z"
)
# How far before a model its assertion may begin.
_LONGEST_ASSERTION = 240
# What a shell is told to set for the commands after it, with none of them on the same line.
_EXPORTED = Pattern(
    r"(?:(?:export|set)[ \t]{1,4}|\$env:)(?P<key>\w{1,80})[ \t]{0,4}=[ \t]{0,4}"
    r"(?P<value>[^;&|]{0,400})",
    re.IGNORECASE,
)
_JSON_BEGINS = Pattern(
    r"\s{0,40}(?:<[\w:.-]{1,60}>\s{0,40}){0,6}(?:\{\s{0,40}[\"}]|\[\s{0,40}[\[{\"])"
)
_JSON_ENDS = Pattern(r"[}\]]\s{0,40}(?:</[\w:.-]{1,60}>\s{0,40}){0,6}\Z")
_REQUEST = Pattern(r"\"(?:messages|prompt|input|contents|custom_id)\"\s{0,8}:")
_BLANK_LINE = Pattern(r"\n[ \t\r]{0,40}(?=\n)")
# "your-project", "<region>": what begins so is to be replaced, whatever it is of.
_TO_FILL_IN = ("your-", "your_", "<")
_TO_BE_KEPT = Pattern(r"\b(?:use|must|should|always|exactly|put|copy|paste)\b", re.IGNORECASE)
# Behind a value, what says that another one belongs there: "or any other model", "replace with your model".
_TO_BE_CHOSEN = Pattern(
    r"[\"'`]?[)\]},; \t]{0,8}[ \t](?:#|//)[ \t]{0,4}(?:[←<]-{0,2}[ \t]{0,4})?"
    r"(?:or (?:use )?(?:any |some |the |your |a )?(?:other|another|own|configured|preferred)"
    r"|(?:please )?(?:replace|change|swap)(?: this| it)? (?:with|for|to|by) (?:your own|your|any|another)"
    r"|(?:use )?your(?: own| provider['’]?s)?)"
    r" (?:(?:llm|ai|chat|openai|azure|litellm) )?(?:models?|deployments?)(?: deployment)?"
    r"(?: (?:ids?|names?))?(?: here)?"
    r"[ \t]{0,4}(?:[.,;:!(].{0,200})?\r?",
    re.IGNORECASE,
)


def bans_in_comment(line: str) -> bool:
    """Whether all that the comment of a line says, in a language other than English, is that something is
    forbidden."""
    comment = COMMENT.search(line)
    said = line[comment.end() :].strip().removesuffix("*/").removesuffix("-->") if comment else ""
    return 0 < len(said) <= _LONGEST_BAN and forbids_in_translation(said) is True


def is_marked_wrong(text: str, start: int, end: int) -> bool:
    """Whether a comment calls the line of a model wrong: behind the model, which ends at `start`, up to the
    end of the line at `end`, or behind the line on which the call begins that the model is given to."""
    if _calls_wrong(text, start, end):
        return True
    opening = opening_bracket(text, start, _REACH)
    opened = text.find("\n", opening, start) if opening >= 0 else -1
    return opened >= 0 and _calls_wrong(text, opening + 1, opened)


def is_to_be_chosen(text: str, start: int, end: int) -> bool:
    """Whether the comment behind the model that ends at `start`, up to the end of its line at `end`, says
    that another model may or shall stand there."""
    return _TO_BE_CHOSEN.fullmatch(text[start:end]) is not None


def is_answered(text: str, at: int) -> bool:
    """Whether the last line above the model at `at` that begins an answer of a server or sends a request
    does the former."""
    reach = max(0, at - _LONGEST_ANSWER)
    *_, last = (None, *_STATUS_OR_REQUEST.finditer(text, reach, at))
    return last is not None and last["status"] is not None


def is_logged(text: str, line: int, at: int) -> bool:
    """Whether the line that starts at `line` is one of a log, or of a drawing, up to the model at `at`."""
    return _LOGGED.match(text, line, at) is not None


def is_feigned(text: str, key: int, at: int) -> bool:
    """Whether the model at `at`, given by the key at `key`, is what a test has a stand-in answer with,
    or expects."""
    if _FEIGNED_KEY.match(text, key, at):
        return True
    opening = key
    for _ in range(_MOST_BRACKETS):
        opening = opening_bracket(text, opening, _REACH)
        if opening < 0:
            return False
        if _FEIGNS.search(text, max(0, opening - _REACH), opening + 1):
            return True
    return False


def first_test(text: str) -> int:
    """Where the first test of a sample that asserts something begins, or its fixture; behind the end of
    the text where there is none."""
    test = _TEST.search(text)
    return test.start() if test and _ASSERTION.search(text, test.start()) else len(text)


def is_expected(text: str, at: int) -> bool:
    """Whether the model at `at` is what an assertion says that something is equal to."""
    return _EXPECTED.search(text, max(0, at - _LONGEST_ASSERTION), at) is not None


def shows_json(text: str) -> bool:
    """Whether all of a sample is one object or list of JSON, or several, and tags around it at most."""
    begins = _JSON_BEGINS.match(text)
    return (
        begins is not None
        and _JSON_ENDS.search(text, max(begins.end(), len(text) - _REACH)) is not None
    )


def is_of_rows(text: str) -> bool:
    """Whether the lines of a sample of JSON are objects, two at least, none of which is a request."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (
        len(lines) > 1
        and all(line.startswith("{") and line.endswith("}") for line in lines)
        and not has_request(text)
    )


def has_request(text: str) -> bool:
    """Whether a sample of JSON has what a model is asked with."""
    return _REQUEST.search(text) is not None


def is_form(text: str, lead_in: str) -> bool:
    """Whether a sample is a list of settings to fill in, `KEY=value` or `export KEY=value` line by line
    with a placeholder among them, and what leads to it does not order to take it as it stands."""
    lines = [line for line in text.splitlines() if line.strip() and not _goes_on(line)]
    settings = [_setting(line) for line in map(str.strip, lines) if not line.startswith("#")]
    if len(settings) > _MOST_LINES or not all(key.isidentifier() for key, _ in settings):
        return False
    unfilled = any(_is_unfilled(key, value.partition(" #")[0]) for key, value in settings)
    return unfilled and not _TO_BE_KEPT.search(bare_label(lead_in))


def forms_in(text: str, lead_in: str) -> Spans:
    """The parts of a sample, between its blank lines, that are such lists."""
    blanks = [blank.span() for blank in _BLANK_LINE.finditer(text)]
    starts = (0, *(end for _, end in blanks))
    ends = (*(start for start, _ in blanks), len(text))
    parts = (Span(start, end) for start, end in zip(starts, ends, strict=True))
    return Spans(part for part in parts if is_form(part.cut(text), lead_in))


def is_synopsis(before: str, after: str) -> bool:
    """Whether the model between two parts of a command is one of the values that an option may have, or
    the option may be left out: "--model X|Y", "[--model X]"; nobody pipes into a model."""
    if before.rstrip(" \t\"'").endswith("|"):
        return True
    other = _CHOICE.match(after)
    if other and (other["end"] or recognise(other["other"])):
        return True
    return _LEFT_OUT.search(before) is not None and _LEFT_OUT_UP_TO.match(after) is not None


def _goes_on(line: str) -> bool:
    """Whether a line goes on with the value of the line above: another address it may be."""
    return line[0] in " \t" and "=" not in line and len(line.partition(" #")[0].split()) == 1


def _setting(line: str) -> tuple[str, str]:
    """The key and the value that a line sets; what is no identifier for a key, where it does more."""
    exported = _EXPORTED.fullmatch(line)
    if exported:
        return exported["key"], exported["value"]
    key, _, value = line.partition("=")
    return key, value


def _is_unfilled(key: str, value: str) -> bool:
    """Whether a setting is still to be given its value: a credential that has none, too; a name of a
    variable is one."""
    value = value.strip().strip("\"'")
    secret = key.upper().endswith(("KEY", "TOKEN", "SECRET", "PASSWORD"))
    if not value or "$" in value:
        return secret and not value
    if value.lower().startswith(_TO_FILL_IN) or is_placeholder(value) or is_unfilled_url(value):
        return True
    return secret and is_unfilled_secret(value)


def _calls_wrong(text: str, start: int, end: int) -> bool:
    behind = text[start:end]
    wrong = _MARKED_WRONG.search(behind) or _CROSS_AT_END.search(behind)
    return bool(wrong or bans_in_comment(behind)) and not _MARKED_RIGHT.search(text, start, end)
