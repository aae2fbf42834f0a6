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
from agentlint.facts.wording.code_lines import line_around
from agentlint.facts.wording.signs import CROSSES, TICKS
from agentlint.facts.wording.translated_orders import translated_stance
from agentlint.text import Pattern

_WHO = r"(?:(?:the|your|our|all|every|each|any)\s+)?(?:[a-z][\w-]{0,20}\s+){1,2}?"
ORDER_VERBS = (
    r"(?:use|keep\s+using|default\s+to|switch(?:\s+back)?\s+to|set|choose|pick|select|prefer|route|run"
    r"|call|invoke|pin|specify|pass|target|assign|delegate|send|configure|request|spawn|launch"
    r"|start|stick\s+(?:to|with))"
)
# With one of these, what follows "for" or "when" has a verb of its own: "for tests that call X".
_CLAUSE_WORDS = (
    r"(?:that|which|who|whose|where|when|if|you|we|they|it|users?"
    r"|can|could|may|might|will|would|should|must)"
)
# What calls wrong whatever stands behind its colon or dash: "🚫 **Never do:** use X".
_WRONG_LABEL = (
    r"(?:bad|wrong|incorrect|mistake|pitfall|anti-?pattern|avoid|forbidden|prohibited|rejected"
    r"|(?:don['’]t|do\s+not|never)(?:\s+do(?:\s+this)?)?|don['’]ts|not(?:\s+(?:allowed|recommended))?)"
)
_LABEL_END = r"[*_]{0,3}(?::|\s[—–]\s)"
# "Never use any model other than X", "Don't forget to set X": an order for all its "never".
_ONLY_CUE = r"""
    \b(?:do\s+not|don['’]t|never|must\s+not|should\s+not)\s+(?:
        forget\s+to\s+(?:use|set|call|choose|pick|select|run|switch\s+to)
      | (?:use|set|call|choose|pick|select|run|switch\s+to)
        \s+(?:anything|any\s+(?:other\s+)?models?|(?:an)?other\s+models?|models?)
        \s+(?:except|but|other\s+than|besides))\b
"""
# "❌ X", "🚫 **Never do:** use X", "Wrong: X"
_WRONG_CUE = rf"""
    [{CROSSES}](?:
        [\W_]{{0,12}}+(?:{_WRONG_LABEL}|(?:never|don['’]t|do\s+not|avoid)\s[^.,;:!?`\d]{{1,40}})
        {_LABEL_END})?
  | ^[\W_]{{0,12}}+{_WRONG_LABEL}{_LABEL_END}
"""
_BAN_CUE = rf"""
    \b(?:
        # "Never, under any circumstances,"
        (?:never|do\s+not|don['’]t|must\s+not)(?:\s+ever)?,
        \s(?:under\s+any\s+circumstances|for\s+any\s+reason|ever),
        # "must not", "nobody may", "avoid"
      | never|do\s+not|don['’]t|must\s+not|mustn['’]t|should\s+not|shouldn['’]t|cannot|can['’]t
      | need\s+not|needn['’]t|won['’]t
      | (?:nobody|no\s+one|no\s+agent)\s+(?:should|must|may|shall|can|needs?\s+to|has\s+to|is\s+to)
      | avoid|refuse\s+to|forbidden|prohibited
        # "instead of", "replaces", "deprecated"
      | no\s+longer|stop|not\s+to|instead\s+of|rather\s+than|in\s+place\s+of|not|no|without
      | replaces?|replacing|unlike|deprecat\w{{1,4}}|remov(?:e|ed|ing)|legacy
    )(?:(?<=,)|\b)
    # What may follow before the name: "never *ever call the* X"
    (?:\s+(?:ever|hard-?code|{ORDER_VERBS}|using|calling|relying\s+on|defaulting\s+to|the|a|any
       |(?:need|have|try|want|required|supposed|allowed|reason)\s+to|point\s+in|circumstances
       |(?:should|may|must|can)\s+(?:you|we|agents?|anyone))\b){{0,3}}
"""
# "such as X", "defaults to X", "was X", "If you prefer, use X"
_NEUTRAL_CUE = rf"""
    \b(?:(?P<example>e\.g\.?|i\.e\.?|eg|for\s+example|for\s+instance|such\s+as|like|including)|examples?
       |defaults(?:\s+to)?|default(?!\s+to\b)(?:\s+(?:is|value|model))?
       |supports?|supported|available|compatible|named?|called|formerly|previously|similar\s+to
       |was|were|can|could|may|might|tested|optionally|optional
       |if\s+(?:you\s+)?(?:want|need|prefer|like)|alternatively|either)\b
    (?:\.?,?\s+{ORDER_VERBS}\b)?
"""
_ORDER_CUE = rf"""
    (?:
        # Where the verb of an order may stand: first in its clause, behind a label or a dash,
        ^|(?<=\n)(?=(?-i:[A-Z]))|(?<=[,:;(]\s)|(?<=:\*\*\s)|(?<=:__\s)|(?<=[—–→]\s)|(?<=\s-\s)
        # behind "must" and the like,
      | \b(?:must|should|shall|always|please|then|need\s+to|needs\s+to|has\s+to|have\s+to|only|and
           |required\s+to|make\s+sure\s+to|be\s+sure\s+to|(?:make\s+sure|ensure)\s+(?:that\s+)?you)
        \s+(?:also\s+|always\s+|only\s+|be\s+)?
        # behind what it is ordered for, "For reviews," or "When in doubt,", or behind a tick.
      | ^(?:(?:for|in|during|on|with)(?!\s+no\s+(?:case|event|way|account|circumstances?|situation)\b)
          |(?:when|if|while)\s+(?:(?:in\s+)?doubt|unsure|uncertain|stuck|possible|needed|necessary
             |\w{{1,20}}ing))
        (?:\s+(?!{_CLAUSE_WORDS}\b)[^\s,]{{1,40}}){{0,12}}?(?<!\bto),?\s
      | [{TICKS}]\s{{1,3}}
    )(?-i:DO\s+)?(?:(?:configure|set\s+up)\s+{_WHO}to\s+(?:always\s+|only\s+)?use|{ORDER_VERBS})\b
    # "must be reviewed by X", "should go to X"
  | \b(?:must|should|shall)\s+(?:always\s+|only\s+)?
    (?:be\s+(?:done|performed|handled|reviewed|written|executed|made|judged|planned)\s+(?:only\s+)?
         (?:by|with|on)
      |go\s+to)\b
  | \b(?:must|should|shall)\s+(?:always\s+)?(?:be|run\s+on|be\s+set\s+to|be\s+routed\s+to)\b
    # "Ensure that every request uses X"
  | (?:^|\b(?:must|always|please)\s+)(?:make\s+sure|ensure)\s+(?:that\s+)?{_WHO}
    (?:always\s+|only\s+)?uses?\b
    # "export OPENAI_MODEL=X", "escalate to X", "Preferred model: X"
  | ^export\s+[`$]{{0,2}}[A-Z][A-Z0-9_]{{1,60}}=
  | ^(?:escalate|fall\s+back)(?:\s+\w{{1,20}}){{0,4}}?\s+to\b
  | \b(?:preferred|required|mandatory|mandated)\s+model\b
  | \bmodel\s+(?:preference|to\s+use|requirement)\b
  | [{TICKS}]
"""
_CUES = Pattern(
    rf"(?P<only>{_ONLY_CUE})|(?P<wrong>{_WRONG_CUE})|(?P<prohibited>{_BAN_CUE})"
    rf"|(?P<neutral>{_NEUTRAL_CUE})|(?P<directive>{_ORDER_CUE})",
    re.VERBOSE | re.IGNORECASE,
)
# Of what forbids a name, what forbids its kind as well: "not" and "replace" may be said of anything.
_FLAT_BAN = Pattern(
    r"never|do\s+not|don['’]t|must|should|avoid|refuse|forbidden|prohibited|nobody", re.IGNORECASE
)
_AFTER_FORBIDS = Pattern(
    r"[\s`*\"')]{0,6}(?:is|are|was|has\s+been|must|should)\s+(?:strictly\s+)?"
    r"(?:deprecated|forbidden|banned|retired|removed|prohibited|disallowed|unsupported|not\b"
    r"|never\b|no\s+longer)",
    re.IGNORECASE,
)
# A tick alone is as often a report ("✅ X works") as an order; beside a cross ("❌ Y → ✅ X") it orders.
_SIGNS = frozenset(TICKS)
_CROSS = Pattern(f"[{CROSSES}]")
_QUESTION_MARKS = ("?", "？")
_SIGN_MARKS = " \t\n`*_:\ufe0f\0"
# What may stand between an order and the model ordered: articles, marks, other models, "the model",
# or anything that leads to the model by a preposition.
_OBJECT = Pattern(
    r"""(?:
        [\s`*_"'“”:=,/()|&+<>~→-]
      | \b(?:the|a|an|our|your|only|exactly|either|both|latest|new|current|stable|model|models|alias
           |small|large|fast|cheap|(?:openai|anthropic|google|deepseek|mistral|meta|xai)(?:['’]s)?
           |id|version|named|explicitly|instead|always|by|default|also|and|or|then|strictly
           |nothing\s+but)\b
      | \x00
    ){0,60}""",
    re.VERBOSE | re.IGNORECASE,
)
# "Use this template when you call it via X", "Send at most 20 images to X": X is not ordered.
_ELSEWHERE = Pattern(
    r"\b(?:when|whenever|if|that|which|where|while|because|since|who|until|unless|whether)\b"
    r"|\b(?:at\s+most|at\s+least|no\s+more\s+than|up\s+to|fewer\s+than|less\s+than|more\s+than)\s+\d",
    re.IGNORECASE,
)
# "`X` fixtures", "`X`-compatible", "(`X`: 2.5)", "(X is cheapest)": what is said is said of something
# else, or of X itself.
_MODIFIES = Pattern(
    r"[`*_\"'’”)]{0,4}(?:"
    r":[`*_]{0,3}\s{0,3}[$€£]?\d"
    r"|-(?:compatible|like|style|specific|aware|shaped|flavou?red|format(?:ted)?)\b"
    r"|\s{1,4}in\s{1,4}(?:the|an?|your|each|every|all)\s{1,4}(?:\w{1,20}\s{1,4})?"
    r"(?:fixtures?|mocks?|stubs?|cassettes?)\b"
    r"|\s{1,4}behind\s{1,4}(?:the\s{1,4}alias\b|`)"
    r"|\s{1,4}(?:compatible|fixtures?|responses?|tokens?|tokeni[sz]ers?|tests?|prices?|pricing|costs?"
    r"|cassettes?|mocks?|stubs?|logs?|outputs?|snapshots?|limits?|quotas?|errors?|keys?"
    r"|credentials?|parameters?|settings?|options?|headers?"
    r"|is|are|was|were|has|had|costs|supports|expects|returns|offers)\b)",
    re.IGNORECASE,
)
# "Use X for plans and Y for code": what stands between the order and the second name.
_ANOTHER_FOR = Pattern(
    r"\A[\s`*_]{0,6}(?:\x00[\s`*_]{1,6}for\s[^\x00.;:]{1,60}?(?:,|,?\s(?:and"
    r"|or))\s{1,3}[`*_]{0,3}){1,3}[\s`*_]{0,6}\Z",
    re.IGNORECASE,
)
_FOR = Pattern(r"[`*_]{0,4}\s{1,4}for\b", re.IGNORECASE)
_LONGEST_ASKED = 40
# More than the words right before an order take that say whose it is.
_REACH = 24
_ASKED = Pattern(
    r"[\s`*_]{0,6}(?:(?P<verb>ask|have|let|keep)\s{1,4})?(?:the\s{1,4}model\s{1,4})?[\s`*_]{0,6}",
    re.IGNORECASE,
)
_MUST_BE_USED = Pattern(
    r"[`*_]{0,4}\s{1,4}(?:must|should|shall)\s{1,4}(?:always\s{1,4}|only\s{1,4})?be\s{1,4}used\b",
    re.IGNORECASE,
)
_FOR_OR_TO = Pattern(r"[`*_]{0,4}\s{1,4}(?:for|to)\b", re.IGNORECASE)
# "Keep X for reference" keeps a name in a list.
_FOR_WORK = Pattern(
    r"[`*_]{0,4}\s{1,4}for\s{1,4}(?!(?:\w{1,20}\s{1,4})?(?:references?|(?:backwards?|legacy|old|older"
    r"|existing|historical|history|comparisons?|documentation|docs|completeness|examples?|tests?|testing"
    r"|compat\w{0,10}|now)\b))",
    re.IGNORECASE,
)
_ACTS = Pattern(
    r"[`*_]{0,4}\s{1,4}(?:review|check|verify|write|draft|plan|do|judge|critique|audit"
    r"|summari[sz]e|handle|test)\b",
    re.IGNORECASE,
)
# "Use streaming with X": a feature or a parameter of calls is ordered.
_FEATURE = Pattern(
    r"\s{1,4}(?:(?:the|a|an|prompt|extended|function|tool|json|structured|context)\s{1,4}){0,2}"
    r"(?:[`*]{0,3}(?:max|top|presence|frequency|reasoning|response|tool|parallel|stop|prompt|cache"
    r"|thinking|service|previous)_[a-z_]{1,30}(?:\s{0,2}[=:]\s{0,2}[\w.\"']{1,20})?[`*]{0,3}"
    r"|[`*]{0,3}temperature(?:(?:\s{1,4}(?:of|to)|\s{0,2}[=:])?\s{0,4}\d[\d.]{0,4})?[`*]{0,3}"
    r"|(?:non-)?streaming|caching|thinking|reasoning|batching|calling|outputs?|mode"
    r"|(?:responses|messages|chat\s{1,4}completions|batch|completions)\s{1,4}api)"
    r"\s{1,4}(?:with|on|for|via|through)[\s`*_\"'“(]{1,6}",
    re.IGNORECASE,
)
# "Only use X if someone approves it": what is allowed then is not ordered.
_BY_LEAVE = Pattern(
    r"[`*_\"'’”)]{0,4}\s{1,4}(?P<only>only\s{1,4})?(?:if|when|once|after|with)\s[^.;\n]{0,60}?"
    r"\b(?:approv(?:e[sd]?|al)|permission|consent|sign-?off|asks|asked|requested|told|instructed|agree[sd]?"
    r"|allow(?:s|ed)|confirm(?:s|ed|ation))\b",
    re.IGNORECASE,
)
_ONLY = Pattern(r"\bonly\b", re.IGNORECASE)
# "Use `claude-opus-4-6`, not `Claude Opus 4.6`": how a name is spelled, or whether it has its prefix.
_NOT_SPELLED = Pattern(
    r"[`*_\"'’”)]{0,4},?\s{1,3}(?:and\s{1,3})?(?:not|never|instead\s{1,3}of|rather\s{1,3}than)\s{1,3}"
    r"[`*_\"'“]{0,4}(?P<other>(?:[^`*\"”',;:.!?()\n]|\.(?=\d)|:(?=\w)){2,60})",
    re.IGNORECASE,
)
_PREFIXED = Pattern(r"[\w.-]{1,40}[:/]")
_BARE_NAME = Pattern(
    r"(?:an?\s{1,3}|the\s{1,3})?(?:bare|plain|unprefixed|unqualified)\s{1,3}(?:model\s{1,3})?(?:names?|ids?)\b",
    re.IGNORECASE,
)
# "Code that must use X lives in `legacy/`": the clause says something of that code.
_RELATIVE = Pattern(r"\b(?:that|which|who)\s{1,4}\Z", re.IGNORECASE)
_SAYS_ON = Pattern(
    r"[`*_\"'’”)]{0,4}\s{1,4}(?:lives?|belongs?|goes|go|stays?|sits?|resides?|must|should|shall|will|needs?"
    r"|can|may|cannot|gets?|requires?|have|do|does)\b",
    re.IGNORECASE,
)
# Who is told to hold a model is the table that maps aliases to models, where it belongs.
_ROUTE_TABLE = Pattern(
    r"(?:the\s{1,4})?(?:(?:(?:route|model|gateway)\s{1,4})?alias(?:es)?|routes?|route\s{1,4}tables?"
    r"|gateway(?:\s{1,4}(?:config|routes?))?)(?:\s{1,4}`[^`\n]{1,80}`)?\s{1,4}"
    r"|`[\w./-]{0,60}(?:route|gateway|litellm|proxy)[\w-]{0,40}\.(?:ya?ml|json|toml)`\s{1,4}",
    re.IGNORECASE,
)
_OPTIONAL = Pattern(
    r"if\s+(?:you\s+)?(?:want|prefer|like)\b|alternatively|optionally", re.IGNORECASE
)
# What someone says or writes: "If the user says: use X", "Commit message: feat: use X".
_SAYS = Pattern(
    r"\b(?:says?|said|saying|wrote|typed|tells\s{1,4}you)\s{0,3}[,:][*_\s]{0,4}\Z", re.IGNORECASE
)
_SPEAKER = Pattern(
    r"(?:user|human|customer|assistant|(?:example\s+|sample\s+)?prompt|input|question"
    r"|(?:(?:commit|pr|pull\s+request|issue)\s+)?(?:messages?|titles?|subjects?))[*_]{0,3}:",
    re.IGNORECASE,
)
# "⚠️ **Ask first:** switch to X"
_ASKS_FIRST = Pattern(
    r"[\W_]{0,12}+(?:confirm\s{1,4}first"
    r"|ask\s{1,4}(?:(?:a\s{1,4}human|the\s{1,4}user|us)\s{1,4})?(?:first|before(?:hand|\s{1,4}you)?)"
    r"|(?:needs?|requires?|with|only\s{1,4}with)\s{1,4}(?:\w{1,20}\s{1,4}){0,2}"
    r"(?:approval|permission|confirmation)(?:\s{1,4}(?:first|to|for|before))?)"
    r"[*_]{0,3}(?::|\s{1,4}[—–]\s)",
    re.IGNORECASE,
)
# "TODO(ann): use X", "Later: use X"
_PUTS_OFF = Pattern(
    r"[\W_]{0,12}+(?:todos?|to-do|fixme|later(?:\s{1,4}on)?|ideas?|someday|some\s{1,4}day|maybe|wish"
    r"|nice\s{1,4}to\s{1,4}have)[*_]{0,3}(?:\s{0,2}\([^()\n]{1,40}\))?[*_]{0,3}(?::|\s{1,4}[—–]\s)",
    re.IGNORECASE,
)
# An entry of a log: "2026-03-01: Use X".
_DATED = Pattern(r"[\W_]{0,12}\d{4}-\d\d-\d\d[\W_]{1,6}")
_LEADS_TO_MODEL = Pattern(
    r"(?:\b(?:with|to|on|via|through|as|is|be|are|at|(?:sub-?)?agents?\s+using)|\bmodels?(?:\s+only)?|--model|-m|=|:|→|->"
    r"|=>)[\s`*\"'“(]{0,6}$",
    re.IGNORECASE,
)
# Each part keeps what it took: a blank between two names fits two of them, and a list of twenty names
# could be read in more ways than anyone can try.
_LISTED = Pattern(r"(?:\x00[\s,`/|&]{0,6}+(?:and|or)?+[\s`]{0,4}+){1,20}+$")
_MARKUP = Pattern(r"(?:[\s>#*+_|-]|\d{1,3}[.)]|\[[ xX]\])*")
_CLAUSE_END = Pattern(
    r"(?<!\be\.g)(?<!\bi\.e)[.!?;]{1,9}(?=[\s\"')*`_]|$)|[。！？；]|\n[ \t]{0,40}\n|\s[—–]\s"
    r"|,\s{1,4}(?=(?:but|instead|not|never)\b)|\n(?=\s{0,12}(?:[-*+]|\d{1,3}[.)])\s)"
    r"|\n(?=[\s*_>]{0,12}(?:[Ee]xamples?|[Uu]sage|[Ss]yntax)[*_]{0,3}:)"
)

# Behind a digit a mark closes a quotation, or else it stands for inches: "a 27" monitor".
_QUOTATION = Pattern(r'(?<![0-9])"[^"]*+(?P<closes>")?+')
_DASHES = frozenset("—–")
# A label goes with what stands behind its dash: "**Never** — use X", "2026-03-01 — Use X".
_LABEL = Pattern(
    rf"[\W_]{{0,12}}+(?:\d{{1,3}}[.)]\s{{1,3}}[\W_]{{0,12}}+)?"
    rf"(?:{_WRONG_LABEL}|ask\s+first|\d{{4}}-\d\d-\d\d)[*_]{{0,3}}",
    re.IGNORECASE,
)
_TASK_FIRST = Pattern(
    r"[\s*_]{0,4}[A-Za-z][\w /&,'-]{1,60}[*_]{0,3}\s{0,3}(?::|→|->|=>)[*_]{0,3}\s{0,3}[`*_]{0,3}"
)
_MODEL_FIRST = Pattern(r"[\s`*_]{0,6}")
_FOR_OR_WHEN = Pattern(r"[`*_]{0,4}\s{1,4}(?:for|when)\b", re.IGNORECASE)
_BEGINS_WITH_ORDER = Pattern(
    rf"[\W\d_]{{0,12}}+(?:always\s{{1,4}}|just\s{{1,4}})?{ORDER_VERBS}\b", re.IGNORECASE
)
_TURNS = Pattern(
    rf"\binstead\b(?!\s+of\b)|\b(?:never|do\s+not|don['’]t|avoid)\b|[{TICKS}→⇒]|[-=]>",
    re.IGNORECASE,
)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause of `text` that holds `[start, end)`; list marks are left out."""
    starts, ends = _clause_ends(text)
    passed = bisect_right(ends, start)
    coming = bisect_left(starts, end)
    low = ends[passed - 1] if passed else 0
    if passed and text[starts[passed - 1] : low].strip() in _DASHES:
        before = ends[passed - 2] if passed > 1 else 0
        low = before if _LABEL.fullmatch(text, before, starts[passed - 1]) else low
    high = starts[coming] if coming < len(starts) else len(text)
    marks = _MARKUP.match(text, low, start)
    return (marks.end() if marks else low), high


@lru_cache(maxsize=8)
def _clause_ends(text: str) -> tuple[list[int], list[int]]:
    """Where the boundaries between the clauses of a text start, and where they end."""
    boundaries = [match.span() for match in _CLAUSE_END.finditer(text)]
    return [start for start, _ in boundaries], [end for _, end in boundaries]


def stance_of(text: str, start: int, end: int, others: list[tuple[int, int]]) -> Stance:
    """What `text` does with the model named at `[start, end)`; `others` are all names in it."""
    stance = stance_in_english(text, start, end, others)
    if stance is not None:
        return stance
    low, high = clause_around(text, start, end)
    return translated_stance(text, low, start, end, high)


def stance_in_english(
    text: str, start: int, end: int, others: list[tuple[int, int]]
) -> Stance | None:
    """The same by English words alone; None where none of them says anything of the model."""
    low, high = clause_around(text, start, end)
    if _AFTER_FORBIDS.match(text, end, high) or _is_struck(text, start, end):
        return Stance.PROHIBITED
    cues = list(_CUES.finditer(text[low:start]))
    if start - low <= _LONGEST_ASKED and _has_to_act(text, low, start, end):
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
    between = _LISTED.sub("", _without(text, low + cue.end(), start, others))
    if "\0" in between and _FOR.match(text, end, high):
        between = _ANOTHER_FOR.sub("", between)
    if not _is_object(cue[0], between) or _is_report(cue[0], text, start):
        return None
    if any(map(_is_optional, cues)) or _FEATURE.fullmatch(between):
        return Stance.NEUTRAL
    place = _Order(low, low + cue.start(), start, end, high)
    return Stance.NEUTRAL if _is_for_others(text, place, cue[0]) else Stance.DIRECTIVE


class _Order(Struct, frozen=True):
    """Where an order stands in its clause `[low, high)`, and the name `[start, end)` that it is about."""

    low: int
    at: int
    start: int
    end: int
    high: int


def _is_for_others(text: str, order: _Order, words: str) -> bool:
    """Whether the reader is not told to use the name: it is only asked or told about, goes into a route
    table, has to be allowed first, is spelled out, is put off, stands in a log, or somebody else says the
    `words` of the order."""
    return (
        _is_asked(text, order)
        or _is_about_it(text, order)
        or _is_by_leave(text, order, words)
        or _is_spelled(text, order)
        or _PUTS_OFF.match(text, order.low, order.start) is not None
        or _DATED.match(text, order.low, order.start) is not None
        or _SPEAKER.match(text, order.low, order.start) is not None
        or _SAYS.search(text, max(order.low, order.at - _REACH), order.at) is not None
        or _is_quoted(text, order.at, order.start)
    )


def _is_asked(text: str, order: _Order) -> bool:
    """Whether a clause is a question: "Use X? No." """
    asked = text[order.high : order.high + 1]
    return asked in _QUESTION_MARKS and text.find("(", order.end, order.high) < 0


def _is_about_it(text: str, order: _Order) -> bool:
    """Whether a clause says something of what goes by the name, or tells a route table to hold it."""
    if _MODIFIES.match(text, order.end, order.high):
        return True
    if _ROUTE_TABLE.fullmatch(text, order.low, order.at):
        return True
    relative = _RELATIVE.search(text, max(order.low, order.at - _REACH), order.at)
    return relative is not None and _SAYS_ON.match(text, order.end, order.high) is not None


def _is_by_leave(text: str, order: _Order, words: str) -> bool:
    """Whether an order holds only where somebody allows it: "Only use X if a human approves it"."""
    if _ASKS_FIRST.match(text, order.low, order.start):
        return True
    leave = _BY_LEAVE.match(text, order.end, order.high)
    return leave is not None and bool(leave["only"] or _ONLY.search(words))


def _is_spelled(text: str, order: _Order) -> bool:
    """Whether a name is told from the same letters and digits in another spelling, or from the same name
    without its provider's prefix or with one."""
    found = _NOT_SPELLED.match(text, order.end)
    if found is None:
        return False
    name, other = text[order.start : order.end], found["other"]
    if _PREFIXED.match(name) and _BARE_NAME.match(other):
        return True
    # Two prefixes are two hosts, of which one is ordered.
    return (
        _letters(name) == _letters(other)
        or _letters(_PREFIXED.sub("", name, 1)) == _letters(other)
        or _letters(name) == _letters(_PREFIXED.sub("", other, 1))
    )


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def _is_object(order: str, between: str) -> bool:
    """Whether what stands between the words of an order and a name makes the name what is ordered."""
    if order in _SIGNS:
        return not between.strip(_SIGN_MARKS)
    return _OBJECT.fullmatch(between) is not None or _leads(between)


def _is_report(order: str, text: str, start: int) -> bool:
    """Whether an order is a tick alone, with no cross on its line: a list of what works, or is done."""
    if order not in _SIGNS:
        return False
    return _CROSS.search(text, *line_around(text, start)) is None


def _has_to_act(text: str, low: int, start: int, end: int) -> bool:
    """Whether a clause begins with the name and says that it has to be used, or with an order to have
    it do something: "X must be used for plans", "Ask X for a second opinion", "Keep X for plans"."""
    asked = _ASKED.fullmatch(text, low, start)
    if asked is None:
        return False
    if not asked["verb"]:
        return _MUST_BE_USED.match(text, end) is not None
    acts = {"ask": _FOR_OR_TO, "keep": _FOR_WORK}.get(asked["verb"].lower(), _ACTS)
    return acts.match(text, end) is not None


def _is_optional(cue: re.Match[str]) -> bool:
    """Whether a cue leaves what follows to the reader: "If you prefer Z, set it up and use X"."""
    return _OPTIONAL.match(cue[0]) is not None


def _leads(between: str) -> bool:
    """Whether what stands between an order and a name leads to it: "Set the reviewer's model to"."""
    near = len(between) <= 120 and _LEADS_TO_MODEL.search(between) is not None
    return near and _ELSEWHERE.search(between) is None


def _is_example_of_wrong(cues: list[re.Match[str]]) -> bool:
    """Whether the last cue only gives an example of what one before it forbids, with no order between
    them: "Never hard-code IDs such as X"."""
    said = [cue for cue in cues if cue["prohibited"] or cue["directive"] or cue["only"]]
    forbids_it = bool(said) and said[-1]["prohibited"] and _FLAT_BAN.match(said[-1][0]) is not None
    return bool(forbids_it) and cues[-1]["example"] is not None


def _is_called_wrong(cues: list[re.Match[str]], clause: str, names: list[tuple[int, int]]) -> bool:
    """Whether the order that the last cue gives is called wrong, by a sign or label before it with
    nothing between them that is named or that turns to what is right."""
    wrong = next((cue for cue in reversed(cues) if cue["wrong"]), None)
    if wrong is None or _TURNS.search(clause, wrong.end(), cues[-1].end()):
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
    *_, last = (None, *_QUOTATION.finditer(text, 0, end))
    return last is not None and last["closes"] is None


def end_of_first_order(text: str) -> int:
    """Where the first clause of a text ends if it begins with an order; 0 where it does not."""
    low, high = clause_around(text, 0, 0)
    return high if _BEGINS_WITH_ORDER.match(text, low) else 0


def way_out(text: str) -> int:
    """Where an item of a list of wrongs has turned to what is right ("Don't guess: use X", "~~Y~~ → X"):
    the end of the text where it never does."""
    turn = _TURNS.search(text)
    return turn.end() if turn else len(text)


def assigns(text: str, start: int, end: int) -> bool:
    """Whether an item gives a model its work: "Reviews: X", "Reviews → X", "X for reviews"."""
    return (
        _TASK_FIRST.fullmatch(text, 0, start) is not None
        or (_MODEL_FIRST.fullmatch(text, 0, start) and _FOR_OR_WHEN.match(text, end)) is not None
    )


def _without(text: str, start: int, end: int, names: list[tuple[int, int]]) -> str:
    """`text[start:end]` with each other model name in it as one NUL."""
    parts, at = [], start
    for low, high in names:
        if at <= low and high <= end:
            parts += [text[at:low], "\0"]
            at = high
    return "".join((*parts, text[at:end]))
