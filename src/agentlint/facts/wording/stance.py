"""What a clause does with a model that it names: orders it, forbids it, or only speaks of it.

A clause is read by its cues, nearest before the name first: "Never use X; use Y" forbids X and orders
Y. An order counts only where the model is what is ordered: "Use the client that wraps X" orders a
client. Permission ("you can use"), habit ("we use", "defaults to") and examples order nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from msgspec import Struct

from agentlint.facts.mention import Stance
from agentlint.facts.wording import stance_english as english
from agentlint.facts.wording.code_lines import line_around, line_start
from agentlint.facts.wording.command_options import ends_in_option
from agentlint.facts.wording.signs import TICKS
from agentlint.facts.wording.spoken_names import with_spoken_name
from agentlint.facts.wording.translated_orders import obligation_in_translation, translated_stance

# A tick alone is as often a report ("✅ X works") as an order; beside a cross ("❌ Y → ✅ X") it orders.
_SIGNS = frozenset(TICKS)
_QUESTION_MARKS = ("?", "？")
_SIGN_MARKS = " \t\n`*_:\ufe0f\0"
_LONGEST_ASKED = 40
# More than the words right before an order take that say whose it is.
_REACH = 24
_LONGEST_LABEL = 120
_LONGEST_TRAILER = 90
# A lock may be a sentence or two behind what it locks.
_LONGEST_LOCK = 240
_DASHES = frozenset("—–")


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause of `text` that holds `[start, end)`; list marks are left out."""
    starts, ends = _clause_ends(text)
    passed = bisect_right(ends, start)
    coming = bisect_left(starts, end)
    low = ends[passed - 1] if passed else 0
    if passed and text[starts[passed - 1] : low].strip() in _DASHES:
        before = ends[passed - 2] if passed > 1 else 0
        low = before if english.LABEL.fullmatch(text, before, starts[passed - 1]) else low
    high = starts[coming] if coming < len(starts) else len(text)
    marks = english.MARKUP.match(text, low, start)
    return (marks.end() if marks else low), high


@lru_cache(maxsize=8)
def _clause_ends(text: str) -> tuple[list[int], list[int]]:
    """Where the boundaries between the clauses of a text start, and where they end."""
    boundaries = [
        match.span()
        for match in english.CLAUSE_END.finditer(text)
        if match[0] != ";" or not _is_in_parentheses(text, match.start())
    ]
    return [start for start, _ in boundaries], [end for _, end in boundaries]


def _is_in_parentheses(text: str, at: int) -> bool:
    """Whether a parenthesis that stands open at `at` closes: "(X for plans; Y for drafts)"."""
    low, high = max(0, at - _LONGEST_LABEL), at + _LONGEST_LABEL
    if text.rfind("(", low, at) <= text.rfind(")", low, at):
        return False
    closes, opens = text.find(")", at, high), text.find("(", at, high)
    return closes >= 0 and not 0 <= opens < closes


def stance_of(text: str, start: int, end: int, others: list[tuple[int, int]]) -> Stance:
    """What `text` does with the model named at `[start, end)`; `others` are all names in it."""
    stance = stance_in_english(text, start, end, others)
    if stance is not None:
        return stance
    start, end = with_spoken_name(text, start, end)
    low, high = clause_around(text, start, end)
    return translated_stance(text, low, start, end, high)


def stance_in_cell(text: str, start: int, end: int) -> Stance:
    """The same in a cell of a table, where other languages take a "must" for an order."""
    place = with_spoken_name(text, start, end)
    stance = stance_in_english(text, start, end, [(start, end)])
    return _obligation(text, *place) if stance is None else stance


def obliges(text: str, start: int, end: int, others: list[tuple[int, int]]) -> bool:
    """Whether a heading says that the model named at `[start, end)` must be used."""
    stance = stance_in_english(text, start, end, others)
    if stance is None:
        return _obligation(text, *with_spoken_name(text, start, end)) is Stance.DIRECTIVE
    return stance is Stance.DIRECTIVE and english.OBLIGES.match(text) is not None


def _obligation(text: str, start: int, end: int) -> Stance:
    low, high = clause_around(text, start, end)
    return obligation_in_translation(text, low, start, end, high)


def stance_in_english(
    text: str, start: int, end: int, others: list[tuple[int, int]]
) -> Stance | None:
    """The same by English words alone; None where none of them says anything of the model."""
    start, end = with_spoken_name(text, start, end)
    others = [with_spoken_name(text, *place) for place in others]
    low, high = clause_around(text, start, end)
    if english.AFTER_FORBIDS.match(text, end, high) or _is_struck(text, start, end):
        return Stance.PROHIBITED
    cues = _cues(text[low:start])
    if _has_to_act(text, low, start, end) or _is_locked(text, low, start, end):
        return Stance.NEUTRAL if text[high : high + 1] in _QUESTION_MARKS else Stance.DIRECTIVE
    if not cues:
        return None
    cue = cues[-1]
    if cue["prohibited"] or cue["wrong"] or _is_example_of_wrong(cues):
        return Stance.PROHIBITED
    if cue["directive"] is None and cue["only"] is None:
        return Stance.NEUTRAL
    if _is_called_wrong(cues, text[low:start], [(at - low, to - low) for at, to in others]):
        return Stance.PROHIBITED
    between = english.LISTED.sub("", _without(text, low + cue.end(), start, others))
    if "\0" in between and english.FOR.match(text, end, high):
        between = english.ANOTHER_FOR.sub("", between)
    if not _is_object(cue[0], between) or _is_report(cue[0], text, start):
        return None
    if any(map(_is_optional, cues)) or english.FEATURE.fullmatch(between):
        return Stance.NEUTRAL
    place = _Order(low, low + cue.start(), start, end, high)
    return Stance.NEUTRAL if _is_for_others(text, place, cue[0]) else Stance.DIRECTIVE


def _cues(clause: str) -> list[re.Match[str]]:
    """The cues of a clause up to a name; what its parenthesis forbids ends at a semicolon: "(taken if not
    set; else: X)"."""
    last = clause.rfind(";")
    cues = english.CUES.finditer(clause)
    return [cue for cue in cues if cue.end() > last or not cue["prohibited"]]


class _Order(Struct, frozen=True):
    """Where an order stands in its clause `[low, high)`, and the name `[start, end)` that it is about."""

    low: int
    at: int
    start: int
    end: int
    high: int


def _is_for_others(text: str, order: _Order, words: str) -> bool:
    """Whether the reader is not told to use the name: it is only asked or told about, goes into a route
    table, has to be allowed first, is only written down, is spelled out, is not to be supposed, is left to
    users, is put off, stands in a log, or somebody else says the `words` of the order."""
    return (
        _is_asked(text, order)
        or _is_about_it(text, order)
        or _is_by_leave(text, order, words)
        or _is_spelled(text, order)
        or _is_written_only(text, order)
        or english.SUPPOSES.search(text, order.low, order.at) is not None
        or english.LEAVES.match(text, order.low, order.start) is not None
        or english.PUTS_OFF.match(text, order.low, order.start) is not None
        or english.DATED.match(text, order.low, order.start) is not None
        or english.SPEAKER.match(text, order.low, order.start) is not None
        or english.SAYS.search(text, max(order.low, order.at - _REACH), order.at) is not None
        or _is_quoted(text, order.at, order.start)
    )


def _is_asked(text: str, order: _Order) -> bool:
    """Whether a clause is a question: "Use X? No." """
    asked = text[order.high : order.high + 1]
    return asked in _QUESTION_MARKS and text.find("(", order.end, order.high) < 0


def _is_about_it(text: str, order: _Order) -> bool:
    """Whether a clause says something of what goes by the name, or tells a route table to hold it."""
    if english.MODIFIES.match(text, order.end, order.high):
        return True
    if english.ROUTE_TABLE.fullmatch(text, order.low, order.at):
        return True
    relative = english.RELATIVE.search(text, max(order.low, order.at - _REACH), order.at)
    return relative is not None and english.SAYS_ON.match(text, order.end, order.high) is not None


def _is_by_leave(text: str, order: _Order, words: str) -> bool:
    """Whether an order holds only where somebody allows it: "Only use X if a human approves it"."""
    if english.ASKS_FIRST.match(text, order.low, order.start):
        return True
    leave = english.BY_LEAVE.match(text, order.end, order.high)
    return leave is not None and bool(leave["only"] or english.ONLY.search(words))


def _is_written_only(text: str, order: _Order) -> bool:
    """Whether a name stands in the trailer of a commit, or for a model that nobody calls."""
    trailer = english.TRAILER.search(
        text, max(order.at, order.start - _LONGEST_TRAILER), order.start
    )
    return trailer is not None or english.STANDS_IN.match(text, order.end, order.high) is not None


def _is_spelled(text: str, order: _Order) -> bool:
    """Whether a name is told from the same letters and digits in another spelling, or from the same name
    without its provider's prefix or with one."""
    found = english.NOT_SPELLED.match(text, order.end)
    if found is None:
        return False
    name, other = text[order.start : order.end], found["other"]
    if english.PREFIXED.match(name) and english.BARE_NAME.match(other):
        return True
    # Two prefixes are two hosts, of which one is ordered.
    return (
        _letters(name) == _letters(other)
        or _letters(english.PREFIXED.sub("", name, 1)) == _letters(other)
        or _letters(name) == _letters(english.PREFIXED.sub("", other, 1))
    )


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def _is_object(order: str, between: str) -> bool:
    """Whether what stands between the words of an order and a name makes the name what is ordered."""
    if order in _SIGNS:
        return not between.strip(_SIGN_MARKS)
    return english.OBJECT.fullmatch(between) is not None or _leads(between)


def _is_report(order: str, text: str, start: int) -> bool:
    """Whether an order is a tick alone, with no cross on its line: a list of what works, or is done."""
    if order not in _SIGNS:
        return False
    return english.CROSS.search(text, *line_around(text, start)) is None


def _has_to_act(text: str, low: int, start: int, end: int) -> bool:
    """Whether a clause begins with the name and says that it has to be used, or with an order to have
    it do something: "X must be used for plans", "Ask X for a second opinion", "Keep X for plans"."""
    asked = english.ASKED.fullmatch(text, low, start) if start - low <= _LONGEST_ASKED else None
    if asked is None:
        return False
    if not asked["verb"]:
        return english.MUST_BE_USED.match(text, end) is not None
    acts = {"ask": english.FOR_OR_TO, "keep": english.FOR_WORK}.get(
        asked["verb"].lower(), english.ACTS
    )
    return acts.match(text, end) is not None


def _is_locked(text: str, low: int, start: int, end: int) -> bool:
    """Whether the model that a label or "is the default" calls that is to stay as it is: "Default model: X
    (not Y)", "X is our default model. Do not change it."""
    line = max(low, line_start(text, start))
    labelled = english.LABELLED.match(text, line, start) if start - line <= _LONGEST_LABEL else None
    if labelled is None and english.IS_DEFAULT.match(text, end) is None:
        return False
    if labelled and english.LOCKED_LABEL.search(labelled[0]):
        return True
    return english.IS_LOCKED.match(text, end, end + _LONGEST_LOCK) is not None


def _is_optional(cue: re.Match[str]) -> bool:
    """Whether a cue leaves what follows to the reader: "If you prefer Z, set it up and use X"."""
    return english.OPTIONAL.match(cue[0]) is not None


def _leads(between: str) -> bool:
    """Whether what stands between an order and a name leads to it: "Set the reviewer's model to"."""
    if len(between) > _LONGEST_LABEL:
        return False
    leads = english.LEADS_TO_MODEL.search(between) is not None or ends_in_option(between)
    return leads and english.ELSEWHERE.search(between) is None


def _is_example_of_wrong(cues: list[re.Match[str]]) -> bool:
    """Whether the last cue only gives an example of what one before it forbids, with no order between
    them: "Never hard-code IDs such as X"."""
    said = [cue for cue in cues if cue["prohibited"] or cue["directive"] or cue["only"]]
    forbids_it = (
        bool(said) and said[-1]["prohibited"] and english.FLAT_BAN.match(said[-1][0]) is not None
    )
    return bool(forbids_it) and cues[-1]["example"] is not None


def _is_called_wrong(cues: list[re.Match[str]], clause: str, names: list[tuple[int, int]]) -> bool:
    """Whether the order that the last cue gives is called wrong, by a sign or label before it with
    nothing between them that is named or that turns to what is right."""
    wrong = next((cue for cue in reversed(cues) if cue["wrong"]), None)
    if wrong is None or english.TURNS.search(clause, wrong.end(), cues[-1].end()):
        return False
    return not any(wrong.end() <= at < cues[-1].start() for at, _ in names)


def _is_struck(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` stands between the marks, or the tags, of struck-through text."""
    if "~~" in text and text.count("~~", 0, start) % 2 == 1 and text.find("~~", end) >= 0:
        return True
    return "</" in text and any(
        text.rfind(f"<{tag}>", 0, start) > text.rfind(f"</{tag}>", 0, start)
        and text.find(f"</{tag}>", end) >= 0
        for tag in ("del", "s", "strike")
    )


def _is_quoted(text: str, order: int, start: int) -> bool:
    """Whether one pair of quotation marks, or one code span, holds an order and the model that it names
    at `start`: then somebody else gives it."""
    if text.rfind("“", 0, order + 1) > text.rfind("”", 0, start):
        return True
    if text.find('"', order, start) < 0 and _leaves_quote_open(text, order):
        return True
    return text.find("`", order, start) < 0 and text.count("`", 0, order) % 2 == 1


def _leaves_quote_open(text: str, end: int) -> bool:
    """Whether the last quotation mark of `text[:end]` opens a quotation."""
    if '"' not in text:
        return False  # compiling the pattern takes time
    *_, last = (None, *english.QUOTATION.finditer(text, 0, end))
    return last is not None and last["closes"] is None


def end_of_first_order(text: str) -> int:
    """Where the first clause of a text ends if it begins with an order; 0 where it does not."""
    low, high = clause_around(text, 0, 0)
    return high if english.BEGINS_WITH_ORDER.match(text, low) else 0


def way_out(text: str) -> int:
    """Where an item of a list of wrongs has turned to what is right ("Don't guess: use X", "~~Y~~ → X"):
    the end of the text where it never does."""
    turn = english.TURNS.search(text)
    return turn.end() if turn else len(text)


def assigns(text: str, start: int, end: int) -> bool:
    """Whether an item gives a model its work: "Reviews: X", "Reviews → X", "X for reviews"."""
    start, end = with_spoken_name(text, start, end)
    if english.TASK_FIRST.fullmatch(text, 0, start):
        return True
    is_first = english.MODEL_FIRST.fullmatch(text, 0, start) is not None
    return is_first and english.FOR_OR_WHEN.match(text, end) is not None


def begins_with(text: str, start: int) -> bool:
    """Whether an item begins with the model at `start`."""
    start, _ = with_spoken_name(text, start, start)
    return english.MODEL_FIRST.fullmatch(text, 0, start) is not None


def _without(text: str, start: int, end: int, names: list[tuple[int, int]]) -> str:
    """`text[start:end]` with each other model name in it as one NUL."""
    parts, at = [], start
    for low, high in names:
        if at <= low and high <= end:
            parts += [text[at:low], "\0"]
            at = high
    return "".join((*parts, text[at:end]))
