"""Orders about routing in Markdown: "Use route alias `review-fast` for syntax checks."

Only words that can mean nothing else count: "route alias", "model alias", "gateway alias" and the
names of endpoints. Shells, Git, imports and hosts have aliases as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Block, BlockKind, MarkdownDocument
from agentlint.facts.detectors.model_ids import find_model_ids
from agentlint.facts.detectors.redaction import masks
from agentlint.facts.mention import Stance
from agentlint.facts.routing_order import EVERYTHING, RoutingOrder, TargetKind
from agentlint.facts.source import Source
from agentlint.facts.tools.model_words import is_tool_word
from agentlint.facts.values.value import Located
from agentlint.facts.wording.stance import clause_around, stance_of
from agentlint.knowledge.families import family_of_word
from agentlint.text import Pattern, Region

_ALIAS = Pattern(
    r"\b(?:route|model|gateway)[ -]alias(?:es)?:?\s{1,3}"
    r"\*{0,3}(?:`(?P<quoted>[\w][\w./:-]{0,80})`|(?P<plain>[A-Za-z]\w{0,40}(?:-\w{1,40}){1,5}))"
    r"|`(?P<before>[\w][\w./:-]{0,80})`\s{1,3}(?:route|model|gateway)[ -]alias\b",
    re.IGNORECASE,
)
_MORE = Pattern(
    r"\*{0,3}\s{0,3}(?:,|/|and|or|,\s{0,3}and|,\s{0,3}or)\s{1,3}\*{0,3}`(?P<name>[\w][\w./:-]{0,80})`"
)
_ENDPOINT = Pattern(
    r"\b(?:anthropic\s{1,3}(?P<anthropic>messages)|(?P<word>chat[ -]completions|responses))"
    r"\s{1,3}(?:endpoint|API)\b",
    re.IGNORECASE,
)
_ALIAS_COLUMN = Pattern(
    r"\s{0,9}\*{0,3}(?:route|model|gateway)[ -]alias\*{0,3}\s{0,9}", re.IGNORECASE
)
_TASK_COLUMN = Pattern(
    r"\s{0,9}\*{0,3}(?:tasks?|task (?:type|class)|work|job|purpose)\*{0,3}\s{0,9}", re.IGNORECASE
)
_CODE_CELL = Pattern(r"\s{0,9}`(?P<name>[\w][\w./:-]{0,80})`\s{0,9}")
_FOR = Pattern(
    r"[\s`*\"']{0,4}\b(?:for|on|when|to do)\s{1,3}(?P<tasks>[^.;:()\n]{2,120})", re.IGNORECASE
)
_BEFORE = Pattern(
    r"\b(?:for|on)\s{1,3}(?P<tasks>[^.;:()\n]{2,120}?),\s{1,3}[^,]{0,60}\Z", re.IGNORECASE
)
_BETWEEN_TASKS = Pattern(r",\s{1,3}(?:and\s{1,3}|or\s{1,3})?|\s{1,3}(?:and|or|&)\s{1,3}")
_FILLER = Pattern(r"\b(?:the|a|an|tasks?|work|jobs?|requests?|calls?)\b|[`*_\"']")
_ALL = Pattern(r"\b(?:all|every|any|everything)\b")

# A paragraph that names more is a list of what there is.
_MAX_TARGETS = 12
_BEFORE_REACH = 250


def routing_orders(document: MarkdownDocument, source: Source) -> Iterator[RoutingOrder]:
    """Each order of a document, in the order of its blocks."""
    header: tuple[str, ...] = ()
    for block in document.blocks:
        match block.kind:
            case BlockKind.PARAGRAPH:
                yield from _Text(block.region, source).orders()
            case BlockKind.TABLE_ROW if block.header:
                header = tuple(cell.text for cell in block.cells)
            case BlockKind.TABLE_ROW:
                yield from _row_orders(block, header, source)


class _Named(Struct, frozen=True):
    """What a text names at `[start, end)`, and where the words for it begin and end."""

    kind: TargetKind
    name: str
    start: int
    end: int
    begins: int
    ends: int


class _Text(Struct, frozen=True):
    """A paragraph or list item."""

    region: Region
    source: Source

    def orders(self) -> Iterator[RoutingOrder]:
        text = self.region.text
        named = sorted((*_aliases(text), *_endpoints(text), *_models(text)), key=lambda n: n.start)
        if len(named) > _MAX_TARGETS:
            return
        for one in named:
            if stance_of(text, one.begins, one.end, [(one.start, one.end)]) is Stance.DIRECTIVE:
                tasks = () if _has_several(one, named) else _tasks(text, one)
                place = Located(one.name, self.region.span(one.start, one.end))
                of_tool = one.kind is TargetKind.ALIAS and is_tool_word(one.name, self.source, text)
                yield RoutingOrder(
                    self.source.path, self.source.format, one.kind, place, tasks, of_tool
                )


def _has_several(one: _Named, named: list[_Named]) -> bool:
    """Whether an order leaves a choice between targets, so that no one of them is the task's."""
    return sum(1 for other in named if other.begins == one.begins and other.kind is one.kind) > 1


def _aliases(text: str) -> Iterator[_Named]:
    for match in _ALIAS.finditer(text):
        group = match.lastgroup or ""
        yield _Named(TargetKind.ALIAS, match[group], *match.span(group), *match.span())
        more = _MORE.match(text, match.end())
        while more:
            yield _Named(
                TargetKind.ALIAS, more["name"], *more.span("name"), match.start(), more.end()
            )
            more = _MORE.match(text, more.end())


def _endpoints(text: str) -> Iterator[_Named]:
    for match in _ENDPOINT.finditer(text):
        family = family_of_word(match["anthropic"] or match["word"])
        if family:
            yield _Named(TargetKind.ENDPOINT, family.value, *match.span(), *match.span())


def _models(text: str) -> Iterator[_Named]:
    for found in find_model_ids(text):
        place = (found.start, found.end)
        yield _Named(TargetKind.MODEL, found.id, *place, *place)


def _tasks(text: str, named: _Named) -> tuple[str, ...]:
    """The work that a clause names after its target, or before the order: "For reviews, use X"."""
    low, high = clause_around(text, named.begins, named.end)
    after = _FOR.match(text, named.ends, high)
    found = after or _BEFORE.search(text, max(low, named.begins - _BEFORE_REACH), named.begins)
    return _split(text, *found.span("tasks")) if found else ()


def _split(text: str, start: int, end: int) -> tuple[str, ...]:
    """The work that `text[start:end]` lists; none where a credential stands in it, of which a part or
    another spelling would not be known for one."""
    if any(mask.start < end and start < mask.end for mask in masks(text)):
        return ()
    parts = (_plain(part) for part in _BETWEEN_TASKS.split(text[start:end].lower()))
    return tuple(dict.fromkeys(part for part in parts if part))


def _plain(words: str) -> str:
    kept = " ".join(_FILLER.sub(" ", words).split())
    return EVERYTHING if _ALL.fullmatch(kept) else kept


def _row_orders(block: Block, header: tuple[str, ...], source: Source) -> Iterator[RoutingOrder]:
    """A table that gives each kind of work its alias."""
    columns = dict(enumerate(header))
    work = next((i for i, title in columns.items() if _TASK_COLUMN.fullmatch(title)), None)
    alias = next((i for i, title in columns.items() if _ALIAS_COLUMN.fullmatch(title)), None)
    if work is None or alias is None or len(block.cells) <= max(work, alias):
        return
    named = _CODE_CELL.fullmatch(block.cells[alias].text)
    if named:
        place = Located(named["name"], block.cells[alias].span(*named.span("name")))
        said = block.cells[work].text
        tasks = _split(said, 0, len(said))
        of_tool = is_tool_word(named["name"], source, block.region.text)
        yield RoutingOrder(source.path, source.format, TargetKind.ALIAS, place, tasks, of_tool)
