"""What stands above a block of Markdown and holds for it: headings, lead-ins and the heads of columns.

"## Don't" disowns its whole section, "You must not:" the list below it, and "**Do:**" ends both. Only a
label that forbids nothing of its own hands that on: "Never commit secrets" is silent on what follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from agentlint.documents import Block, BlockKind
from agentlint.facts.wording.signs import CROSSES, TICKS
from agentlint.facts.wording.translated_labels import forbids_in_translation
from agentlint.text import Pattern

# What is left of a label without its marks: "> **2. Don't:**" says "Don't".
_MARKS = Pattern(r"(?:\[![A-Za-z]{1,20}\])?[\W\d_]{0,40}")
_MARKS_AFTER = " \t\r\n:*_`~.!?…—–-#\ufe0f"
_SENTENCE_END = Pattern(r"[.!?][*_\"')]{0,3}\s")
_LONGEST_LABEL = 200
_MARKS_ROUND = " \t\r\n*_`"
_SIGNS = f" \t{CROSSES}{TICKS}⚠\ufe0f"
_BOLD = Pattern(r"(?:\*\*|__)[^*_]{1,80}(?:\*\*|__)\s{0,9}")
_BANNED = r"(?:forbidden|banned|prohibited|disallowed|not (?:allowed|permitted)|off[- ]limits)"
_BAN = Pattern(
    r"(?:"
    # "You must never use these models", "Don'ts", "Never do any of these"
    r"(?:(?:you|we|agents?|assistants?|claude|please|it|they|the agent) )?"
    r"(?:never|(?:do|must|should|shall|may|can) ?(?:not|never)|(?:do|must|should|ca)n['’]?t['’]?s?"
    r"|avoid|refrain from|stay away from)(?:,? under any circumstances,?)?"
    r"(?: (?:do|doing|use|using|call|calling|write|writing|set|setting|run|put|say|hard-?cod(?:e|ing)|any"
    r"|of|these|this|that|the|following|things?|models?|ids?|identifiers?|in|code|ever|patterns?|practices?"
    r"|directly|anything|like|such|as|here)){0,8}"
    r"|(?:(?:what|things?|models?|patterns?|practices?|mistakes?) )?"
    r"(?:not to (?:do|use|call|write)|to avoid)"
    rf"|(?:\w{{1,20}} ){{0,4}}(?:is|are) (?:\w{{1,12}} )?(?:{_BANNED}|wrong)"
    r"(?: (?:in|for|here)[\w ]{0,40})?"
    rf"|(?:strictly |explicitly )?{_BANNED}"
    r"(?: (?:models?|ids?|patterns?|practices?|actions?|in [\w ]{1,30}))?"
    r"|(?:common |known )?anti-? ?patterns?"
    r"|(?:bad|wrong|incorrect)(?: (?:way|examples?|practices?|patterns?|usage))?"
    r"|keep (?:these|this|the following) out of [\w ]{1,40}"
    r")(?: to avoid)?(?: \([^()]{0,80}\))?",
    re.IGNORECASE,
)
# One of these stands in every such label; most labels have none, and compiling the pattern takes time.
_STEMS = tuple(
    """not n't n’t dont never avoid forbid bann prohib allow off anti bad wrong incorrect keep refrain
    stay""".split()
)
# "Hard rules: never", "Rules (don'ts)"
_OF_BAN = Pattern(
    r"[A-Za-z]{1,20}(?: [A-Za-z]{1,20}){0,2}(?:: (?:never|don['’]?ts?|do not|avoid)"
    r"| \((?:never|don['’]?ts?|do not|avoid)\))",
    re.IGNORECASE,
)
RETIRED = r"legacy|deprecated|obsolete|outdated|superseded|retired"
"""What a label calls things that were, and are no more; each kind of label adds words of its own."""
_THINGS = (
    r"(?: (?:models?|set-?ups?|configs?|configurations?|instructions?|rules?|guidelines?|prompts?|versions?"
    r"|approach(?:es)?|ways?|behaviou?rs?|workflows?|process(?:es)?|notes?|docs?|documentation"
    r"|routes?|routing"
    r"|selection|decisions?|plans?|settings|defaults?|conventions?|alternatives?|options?|ideas?|proposals?"
    r"|features?|changes?|work)){1,3}"
)
_GONE = rf"(?:{RETIRED}|removed|historical)"
_WAS = (
    r"change ?logs?|release (?:notes|history)"
    r"|(?:version|revision|change|project|release|decision|progress|session|work|activity)s?"
    r" (?:history|log|record|diary|journal)s?"
    r"|(?:[\w-]{1,30} ){0,3}(?:tests?|testing|benchmarks?|eval(?:uation)?s?|experiments?|validation"
    r"|verification) (?:results?|reports?)|results"
    r"|history|unreleased|what['’]s new|recent(?:ly)?(?: completed)? changes|decisions made|past decisions"
    r"|adrs?|previously|formerly|before|in the past"
    rf"|{_GONE}(?:{_THINGS})?|(?:old|previous|former){_THINGS}"
)
_MAY_BE = (
    r"(?:product |project )?road ?map|backlog|to-?dos?(?: list)?|wish ?list|(?:out of|not in) scope"
    r"|non-?goals|open questions"
    rf"|(?:future|planned|upcoming)(?: (?:improvements?|enhancements?)|{_THINGS})"
)
_NOT_CHOSEN = (
    r"(?:rejected|discarded|abandoned|considered)(?: and (?:rejected|discarded))?"
    rf"(?:{_THINGS})?|(?:other )?alternatives?"
    r"|(?:alternatives?|options?|approaches) (?:we |that were )?(?:considered|rejected|tried)"
)
_LEAVE = r"(?:approval|permission|confirmation|sign-?off)"
_BY_LEAVE = (
    rf"(?:always )?ask (?:(?:a human|the user|us|me|someone|for {_LEAVE}) )?"
    r"(?:first|before(?:hand)?(?: (?:you|do|doing|any of|these|this|the following)){0,4})"
    r"|(?:you |this |these |the following |always )?(?:needs?|requires?|get)"
    rf" (?:explicit |human |prior |user |my |our ){{0,2}}{_LEAVE}"
    r"(?: (?:to|for|before|first|from|you|do|doing|the|following|these)){0,4}"
    rf"|{_LEAVE} (?:is )?(?:needed|required)(?: (?:to|for|before))?"
    rf"|only with (?:explicit |human |prior )?{_LEAVE}"
)
# Below these stands what was, may be one day, was not chosen, or has to be allowed first.
_ASIDE = Pattern(
    rf"(?:{_WAS}|{_MAY_BE}|{_NOT_CHOSEN}|{_BY_LEAVE})(?: \([^()]{{0,80}}\)?)?"
    rf"|[^()]{{0,100}} \((?:now )?(?:{_GONE}|rejected|archived|completed|finished|done"
    r"|no longer (?:used|in use|valid)"
    r"|not (?:used|in use) any ?more|(?:before|until) the [\w ]{1,40})\b[^()]{0,80}\)?",
    re.IGNORECASE,
)
# As for bans: one of these stands in every such label.
_STEMS_ASIDE = (
    *"""log histor releas what previous former before past decision adr deprecat remov obsolet
    outdated supersed retired legacy road backlog todo to-do wish scope goal question future planned
    upcoming reject discard abandon consider alternative option approach approv permission confirm
    sign-off signoff archived longer until progress session activit diary journal result report
    complet finish""".split(),
    *("old ", "recent", "ask ", "not ", "work ", "(done"),
)
# "1.4.0", "[v1.4.0] - 2026-03-01", "2026-03-01", "2026-03-01 — Second provider"
_VERSION = Pattern(
    r"[\W_]{0,8}(?:version )?"
    r"(?:v?\d{1,4}\.\d{1,4}\.\d{1,4}[\w.+-]{0,20}|v\d{1,4}\.\d{1,4}|\d{4}-\d\d-\d\d)"
    r"[\W_]{0,8}(?:\d{4}-\d\d-\d\d)?[\W_]{0,8}"
    r"|[\W_]{0,8}\d{4}-\d\d-\d\d\)?(?: [–—|-]|:) .{1,200}",
    re.IGNORECASE,
)
# Below these an item that begins with an order tells what people do wrong.
_MISTAKES = Pattern(
    r"(?:(?:the |most )?(?:common|known|frequent|typical|classic|usual) )?"
    r"(?:(?:mistakes?|pitfalls?|excuses|rationali[sz]ations?)(?: (?:to watch(?: out)? for"
    r"|and (?:mistakes|pitfalls|red flags|excuses)|(?:people|agents) make))?"
    r"|red flags?|warning signs?|(?:code )?smells)(?: \([^()]{0,80}\)?)?",
    re.IGNORECASE,
)
# A label that orders, or shows how it is done right.
_WAY_OUT = Pattern(
    r"(?:dos?(?!n)|do['’]s|always|instead|good|correct|right|better|best|recommended|allowed"
    r"|preferred|required|use|must)"
    r"\b(?! (?:not|never)\b)(?!['’])",
    re.IGNORECASE,
)


class _LeadIn(Struct, frozen=True):
    """A heading of a level, or a paragraph that leads to what follows at a depth of quotes and lists."""

    at: int
    text: str


class Above(Struct, frozen=True):
    """The open headings, outermost first, the open lead-ins below the last of them, and the lead-in
    right above or above the table so far, which holds at its own depth as well."""

    headings: tuple[_LeadIn, ...] = ()
    leads: tuple[_LeadIn, ...] = ()
    nearest: _LeadIn | None = None

    def after(self, block: Block) -> Above:
        match block.kind:
            case BlockKind.HEADING:
                open_ones = tuple(one for one in self.headings if one.at < block.level)
                return Above((*open_ones, _LeadIn(block.level, block.region.text)))
            case BlockKind.PARAGRAPH if block.in_list or _leads_on(block.region.text):
                lead = _LeadIn(block.depth, block.region.text)
                return Above(self.headings, (*self._around(block), lead), lead)
            case BlockKind.PARAGRAPH if self.leads:
                return Above(self.headings, self._around(block))
            case BlockKind.TABLE_ROW | BlockKind.HTML:
                return self
            case _ if self.nearest:
                return Above(self.headings, self.leads)
            case _:
                return self

    def _around(self, block: Block) -> tuple[_LeadIn, ...]:
        """The lead-ins of what `block` stands in."""
        return tuple(one for one in self.leads if one.at < block.depth)

    def leading(self, block: Block) -> Iterator[str]:
        """The lead-ins that hold for `block`, innermost first."""
        near = self.nearest
        if near and near.at == block.depth and not block.in_list:
            yield near.text
        yield from (one.text for one in reversed(self.leads) if one.at < block.depth)

    def forbid(self, block: Block) -> bool:
        """Whether what stands above `block` forbids what it says."""
        for text in (*self.leading(block), *(one.text for one in reversed(self.headings))):
            forbids = _forbids(text)
            if forbids is not None:
                return forbids
        return False

    def set_aside(self, block: Block) -> bool:
        """Whether what stands above `block` looks back at what it says, or leaves it for later or for
        somebody to allow: it orders nothing then."""
        return self._is_below(_looks_away, block)

    def of_mistakes(self, block: Block) -> bool:
        """Whether what stands above `block` says that it tells a mistake."""
        return self._is_below(_tells_mistakes, block)

    def _is_below(self, label: Callable[[str], bool], block: Block) -> bool:
        for text in (*self.leading(block), *(one.text for one in reversed(self.headings))):
            if label(text):
                return True
            if _forbids(text) is False:
                return False
        return False


def is_ban(text: str) -> bool:
    """Whether a heading, a lead-in or the head of a column forbids whatever stands below it."""
    return _forbids(text) is True


@lru_cache(maxsize=64)
def _forbids(text: str) -> bool | None:
    """The same, and False for a label that orders what stands below it; None for any other text."""
    if len(text) > _LONGEST_LABEL:
        return None
    label = bare_label(text)
    if any(map(label.lower().__contains__, _STEMS)) and _bans(label):
        return True
    if _WAY_OUT.match(label):
        return False
    return forbids_in_translation(label)


def _bans(label: str) -> bool:
    return _BAN.fullmatch(label) is not None or _OF_BAN.fullmatch(label) is not None


@lru_cache(maxsize=64)
def _looks_away(text: str) -> bool:
    """Whether a label says that what stands below it was, may be or was not chosen."""
    if len(text) > _LONGEST_LABEL:
        return False
    label = bare_label(text)
    if any(map(label.lower().__contains__, _STEMS_ASIDE)) and _ASIDE.fullmatch(label):
        return True
    return _VERSION.fullmatch(text) is not None


@lru_cache(maxsize=64)
def _tells_mistakes(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and _MISTAKES.fullmatch(bare_label(text)) is not None


def _leads_on(text: str) -> bool:
    """Whether a paragraph says something of what follows it: "Never:", or a label in bold, which may have
    a sign before it."""
    end = text.rstrip(_MARKS_ROUND)
    if end.endswith((":", "：")):
        return True
    label = text.lstrip(_SIGNS)
    return label.startswith(("**", "__")) and _BOLD.fullmatch(label) is not None


def bare_label(text: str) -> str:
    """The last sentence of a text without marks, in single blanks."""
    words = " ".join(text[-_LONGEST_LABEL:].split())
    *_, last = _SENTENCE_END.split(words.rstrip(_MARKS_AFTER))
    marks = _MARKS.match(last)
    return last[marks.end() if marks else 0 :]
