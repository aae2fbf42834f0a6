"""Labels that tell against what they stand beside, or that give nobody work: the heads of columns, the
labels of items, the titles of tables.

A label is read as a whole: "Old model" tells of what was, "Old code" may be the work that a model is
given. What can be said of either side ("Before", "Input") counts only where the other side stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cached_property, lru_cache
from itertools import islice

from msgspec import Struct

from agentlint.facts.mention import Stance
from agentlint.facts.wording.lead_ins import RETIRED, bare_label, is_ban
from agentlint.facts.wording.signs import CROSSES
from agentlint.text import Pattern

_LONGEST = 120
_GONE = (
    rf"(?:old|previous(?:ly)?|former(?:ly)?|{RETIRED}|replaced|removed|discontinued|rejected|unsupported"
    r"|not supported)"
)
_THING = (
    r"(?: (?:models?|ids?|names?|aliases|values?|defaults?|routes?|routing|versions?|settings?"
    r"|config(?:uration)?s?|code|ways?|approach(?:es)?|styles?|syntax|usages?|calls?|patterns?|choices?"
    r"|options?|prompts?|rules?|instructions?|setups?)){0,2}"
)
_ASIDE = r"(?: \([^()]{0,60}\))?"
_SIGN_ALONE = Pattern(rf"[\s*_`]{{0,6}}[{CROSSES}][\ufe0f\s*_`]{{0,6}}")
_AGAINST = Pattern(
    rf"(?:{_GONE}{_THING}|models?(?: ids?)? \(?(?:{_GONE}|before)\)?"
    r"|(?:common )?(?:mistakes?|pitfalls?|(?:code )?smells?|violations?|excuses?|rationali[sz]ations?"
    r"|myths?|misconceptions?|counter-?examples?|red flags?)"
    rf"|(?:instead of|rather than)(?: (?:this|that|these|using))?){_ASIDE}",
    re.IGNORECASE,
)
# The heads that tell against a column only beside another, and those of a column that somebody says.
_FORMER_SIDE = Pattern(rf"(?:before|from|original){_THING}{_ASIDE}", re.IGNORECASE)
_LATTER_SIDE = Pattern(
    rf"(?:after(?:wards)?|now|to|new|current|since|instead|replacement|becomes){_THING}{_ASIDE}",
    re.IGNORECASE,
)
_SAID = Pattern(
    r"(?:(?:user )?(?:inputs?|prompts?|requests?|messages?|quer(?:y|ies))|(?:the )?users? (?:says?|asks?)"
    r"|thoughts?|assumptions?|temptations?)",
    re.IGNORECASE,
)
# Below these stand the words of users, whatever stands beside.
_QUOTES_USERS = Pattern(
    r"(?:used? )?(?:when|if) (?:the |a )?users? (?:says?|said|asks?|mentions?|types?|writes?)"
    r"(?: (?:for|it|this))?"
    r"|(?:user |trigger |activation )(?:words?|phrases?|keywords?|wording)|triggers?",
    re.IGNORECASE,
)
_ANSWERED = Pattern(
    r"(?:(?:expected |correct |agent )?(?:outputs?|responses?|answers?|repl(?:y|ies)|results?|actions?"
    r"|behaviou?rs?|reactions?)|do|then|reality|truth|facts?|rebuttals?)",
    re.IGNORECASE,
)
# "Date | Change": each row tells what was done on a day.
_DONE = Pattern(r"(?:what )?change[sd]?(?: (?:made|summary|description))?", re.IGNORECASE)
_DONE_ON = Pattern(r"(?:release )?(?:dates?|days?|versions?|releases?|when)", re.IGNORECASE)
_LISTS = Pattern(
    r"(?:supported|available|allowed|possible|examples?|samples?) models?(?: ids?)?", re.IGNORECASE
)
# The first cell of a row often names work, or the state in which what stands behind it is to be done.
_FORMER_ROW = Pattern(
    rf"(?:old|previous(?:ly)?|former(?:ly)?|{RETIRED})"
    rf"(?: (?:models?|ids?|versions?|defaults?|choices?|ways?|approach(?:es)?)){{0,2}}{_ASIDE}",
    re.IGNORECASE,
)
_EXAMPLE = Pattern(r"(?:for )?(?:example|instance)s?|e\.g|samples?", re.IGNORECASE)
_NO_WORK = Pattern(
    rf"(?:{_GONE}(?: (?:models?|ids?|options?|choices?|versions?|defaults?)){{0,2}}"
    r"|too [a-z]{1,20}|(?:also )?(?:supported|available|tested|tried|considered|evaluated|benchmarked)"
    r"(?: (?:models?|ids?|with|before|too))?"
    r"|examples?|ids?|sources?|see(?: also)?)",
    re.IGNORECASE,
)
_LABEL_END = Pattern(r":|→|->|=>")
# "`review-deep` (was `X`)": X stands in the cell of what came after it.
_WAS = Pattern(
    r"(?:\A|[\s(\[,;])(?:was|were|formerly|previously|before(?: that)?|replaces|replaced|used to be"
    r"|until recently|instead of)[\s:]{1,3}[`*_\"'“]{0,4}\Z",
    re.IGNORECASE,
)
_OF_MODELS = r"(?:(?:agent|subagent|llm|ai|task) )?(?:models?|routing|routes?|assignments?|table)\b"
_OF_THE_PAST = (
    rf"(?:old|previous|former|{RETIRED}|removed|rejected|historical|archived|unused"
    r"|examples?|samples?)"
)
_PAST_TITLE = Pattern(
    rf"(?:the |our |an? )?{_OF_THE_PAST} {_OF_MODELS}.{{0,100}}"
    rf"|.{{1,100}}(?: [–—-] |: | \(){_OF_THE_PAST}\)?"
    r"|.{1,100} \((?:before|until|prior to|no longer|up to|not in use)\b[^()]{0,60}\)",
    re.IGNORECASE,
)


class ColumnHeads(Struct, frozen=True, dict=True):
    """The heads of a table's columns."""

    texts: tuple[str, ...] = ()

    def stance_below(self, column: int) -> Stance | None:
        """What the head of a column does with whatever stands in its cells; None if it says nothing."""
        if not column < len(self.texts):
            return None
        head = self.texts[column]
        if is_ban(head) or tells_against(head):
            return Stance.PROHIBITED
        if _is(_FORMER_SIDE, head) and self._latter - {column}:
            return Stance.PROHIBITED
        if _is(_SAID, head) and self._answered - {column}:
            return Stance.EXAMPLE
        if _is(_QUOTES_USERS, head):
            return Stance.NEUTRAL
        is_log = _is(_DONE, head) and self._done_on - {column}
        return Stance.INVENTORY if is_log or _is(_LISTS, head) else None

    @cached_property
    def _latter(self) -> Set[int]:
        return self._first_two(_LATTER_SIDE)

    @cached_property
    def _answered(self) -> Set[int]:
        return self._first_two(_ANSWERED)

    @cached_property
    def _done_on(self) -> Set[int]:
        return self._first_two(_DONE_ON)

    def _first_two(self, pattern: Pattern) -> Set[int]:
        """The first columns of a kind: beside any column stands one of two, if any does."""
        found = (column for column, head in enumerate(self.texts) if _is(pattern, head))
        return frozenset(islice(found, 2))


def tells_against(label: str) -> bool:
    """Whether the head of a column, or the label above a table, says of all that stands below it that it
    was, or is done wrong: "Old model", "Mistake"."""
    return _is(_AGAINST, label) or _is_sign(label)


def disowns_row(cell: str) -> bool:
    """Whether the first cell of a row says so of the others: "Deprecated", a cross alone."""
    return is_ban(cell) or _is(_FORMER_ROW, cell) or _is_sign(cell)


def labels_example(label: str) -> bool:
    """Whether a label says nothing but that an example follows: "For example:"."""
    return _is(_EXAMPLE, label)


def gives_no_work(text: str, at: int) -> bool:
    """Whether the label of an item, up to the model at `at`, says no work that the model is given but
    what became of it or where it is told of: "Unsupported: X", "Too slow: X", "Source: X docs"."""
    label = _LABEL_END.split(text[: min(at, _LONGEST)], maxsplit=1)[0]
    return _is(_NO_WORK, label)


def is_former(text: str, at: int) -> bool:
    """Whether the words right before the model at `at` say that it was there before: "(was X)"."""
    return _WAS.search(text, max(0, at - _LONGEST), at) is not None


def titles_the_past(title: str) -> bool:
    """Whether the title of a table that gives models their work says that the table holds no more, or is
    an example."""
    return _is(_PAST_TITLE, title)


def _is_sign(text: str) -> bool:
    return len(text) <= _LONGEST and _SIGN_ALONE.fullmatch(text) is not None


def _is(pattern: Pattern, text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(_bare(text)) is not None


@lru_cache(maxsize=64)
def _bare(text: str) -> str:
    return bare_label(text)
