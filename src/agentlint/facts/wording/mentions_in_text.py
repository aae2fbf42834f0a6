"""Model IDs named in paragraphs, items, headings and tables, and what the text does with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Block, BlockKind
from agentlint.facts.detectors.model_ids import ModelMatch, find_model_ids
from agentlint.facts.mention import INVENTORY_SIZE, ModelMention, Position, Stance
from agentlint.facts.source import Source
from agentlint.facts.suppression import without_suppressions
from agentlint.facts.wording.announcements import (
    orders,
    shows_sample,
    titles_lock,
    titles_routing,
)
from agentlint.facts.wording.assignments import orders_nothing
from agentlint.facts.wording.code_lines import code_after, code_before
from agentlint.facts.wording.command_options import provider_of_command, reader_of_command
from agentlint.facts.wording.labels import (
    disowns_row,
    gives_no_work,
    is_former,
    labels_example,
    tells_against,
    titles_the_past,
)
from agentlint.facts.wording.mention_context import Context
from agentlint.facts.wording.mention_places import inline_positions, mention_at, placed
from agentlint.facts.wording.orders_vocabulary import head_pattern
from agentlint.facts.wording.own_servers import own_server
from agentlint.facts.wording.stance import (
    assigns,
    begins_with,
    end_of_first_order,
    obliges,
    stance_in_cell,
    stance_of,
    way_out,
)
from agentlint.facts.wording.weights import may_be_own_weights
from agentlint.text import Pattern

# A block that names more than this is a list whatever its sentences say, and reading them takes time.
_MOST_JUDGED = 40
_ROUTING_TITLE = Pattern(
    r"\b(?:models?|llms?)\s+(?:routing|selection|assignments?|preferences?|policy|usage|choice|tiers?)\b"
    r"|\bwhich\s+model\b|\bchoos(?:e|ing)\s+(?:a|the)\s+model\b",
    re.IGNORECASE,
)
_MODEL_COLUMN = Pattern(
    r"\bmodels?\b|\bllms?\b|\broute\b|\buse\b(?!\s(?:for|cases?)\b)", re.IGNORECASE
)
_TASK_COLUMN = Pattern(
    r"\b(?:tasks?|roles?|use\s?cases?|use\s?for|used\s?for|when|purpose|stages?"
    r"|(?:sub-?)?agents?|phases?|jobs?|work|workflows?|skills?|commands?|activity|scenarios?"
    r"|complexity|steps?)\b",
    re.IGNORECASE,
)
# The head of a column that orders by itself.
_MODEL_TO_USE = Pattern(
    r"[\W_]{0,8}(?:the\s)?(?:required\s)?models?\sto\suse[\W_]{0,8}", re.IGNORECASE
)
_FOR_WORK = Pattern(r"[`*_\"')]{0,4}\s{1,4}(?:for|when)\b", re.IGNORECASE)
# "X, Y or Z for reviews": of a list that shares its work none stands out.
_SHARES = Pattern(r"[\s`*_\"',/|&()]{1,8}(?:(?:and|or)[\s`*_\"'(]{1,6})?", re.IGNORECASE)
_ORDER_IN_ROW = Pattern(r"\b(?:always|must|only)\s+use\b|\bdefault\s+to\b", re.IGNORECASE)


class _Said(Struct, frozen=True):
    """What a paragraph, an item or a heading, and what stands above it, say of the models in it.

    `places` are those of all models. What stands before `forbidden_up_to` is forbidden, what stands before
    `mistaken_up_to` tells a mistake, `aside` looks back or puts off, `sampled` shows what people write, and
    what `lists` names many models.
    """

    block: Block
    context: Context
    text: str
    places: list[tuple[int, int]]
    forbidden_up_to: int
    mistaken_up_to: int
    aside: bool
    sampled: bool
    lists: bool

    @classmethod
    def of(cls, block: Block, found: Sequence[ModelMatch], context: Context) -> _Said:
        above = context.above
        text = without_suppressions(block.region.text)
        forbidden = block.kind is not BlockKind.HEADING and above.forbid(block)
        return cls(
            block=block,
            context=context,
            text=text,
            places=[(model.start, model.end) for model in found],
            forbidden_up_to=way_out(text) if forbidden else 0,
            mistaken_up_to=end_of_first_order(text) if above.of_mistakes(block) else 0,
            aside=above.set_aside(block),
            sampled=any(map(shows_sample, (context.title, *above.leading(block)))),
            lists=_lists(text, found),
        )

    def stance(self, model: ModelMatch, position: Position) -> Stance:
        if model.start < self.forbidden_up_to:
            return Stance.PROHIBITED
        if position is Position.INLINE_CODE and orders_nothing(self.text, model):
            return Stance.NEUTRAL
        stance = self._own_stance(model)
        if stance is not Stance.DIRECTIVE:
            return stance
        if self.lists or (position is Position.HEADING and not self._obliges(model)):
            return Stance.INVENTORY
        if self.sampled:
            return Stance.EXAMPLE
        put_off = self.aside or model.start < self.mistaken_up_to
        return Stance.NEUTRAL if put_off else Stance.DIRECTIVE

    def _obliges(self, model: ModelMatch) -> bool:
        """Whether it is a heading that orders the model, and nothing above forbids that."""
        forbidden = self.context.above.forbid(self.block)
        return not forbidden and obliges(self.text, model.start, model.end, self.places)

    def _own_stance(self, model: ModelMatch) -> Stance:
        """What its sentence does with a model, or the list that it is an item of."""
        if len(self.places) > _MOST_JUDGED:
            return Stance.INVENTORY
        stance = stance_of(self.text, model.start, model.end, self.places)
        if stance is Stance.NEUTRAL and self.block.in_list:
            ordered = _is_ordered(self.block, model, self.context)
            return Stance.DIRECTIVE if ordered else Stance.NEUTRAL
        return stance


def _lists(text: str, found: Sequence[ModelMatch]) -> bool:
    """Whether a text names so many models that it lists them, besides those that it forbids or gives work
    of their own ("X for reviews, Y for drafts")."""
    if len({model.id for model in found}) < INVENTORY_SIZE:
        return False
    if len(found) > _MOST_JUDGED:
        return True
    places = [(model.start, model.end) for model in found]
    ends = (0, *(end for _, end in places))
    listed = {
        model.id
        for model, end in zip(found, ends, strict=False)
        if not _stands_out(text, model, places, end)
    }
    return len(listed) >= INVENTORY_SIZE


def _stands_out(
    text: str, model: ModelMatch, places: list[tuple[int, int]], end_before: int
) -> bool:
    """Whether a text forbids a model, or gives it work that it does not share with the one before it,
    which ends at `end_before`."""
    match stance_of(text, model.start, model.end, places):
        case Stance.PROHIBITED:
            return True
        case Stance.DIRECTIVE if not _SHARES.fullmatch(text, end_before, model.start):
            return _FOR_WORK.match(text, model.end) is not None
        case _:
            return False


class _Cell(Struct, frozen=True):
    """What a cell of a table, and what stands above and beside it, say of the models in it.

    `below` is what the head of its column says; `gives_work`, that its models are those that the rows give
    their work.
    """

    text: str
    forbidden: bool
    below: Stance | None
    aside: bool
    gives_work: bool
    crowded: bool

    def stance(self, model: ModelMatch) -> Stance:
        if self.forbidden or self.below is Stance.PROHIBITED:
            return Stance.PROHIBITED
        stance = self._own_stance(model)
        if stance is not Stance.DIRECTIVE:
            return stance
        return Stance.NEUTRAL if self.aside else self.below or Stance.DIRECTIVE

    def _own_stance(self, model: ModelMatch) -> Stance:
        if self.crowded:
            return Stance.INVENTORY
        stance = stance_in_cell(self.text, model.start, model.end)
        if stance is Stance.NEUTRAL and self.gives_work and not is_former(self.text, model.start):
            return Stance.DIRECTIVE
        return stance


def text_mentions(
    block: Block, found: Sequence[ModelMatch], context: Context, source: Source
) -> Iterator[ModelMention]:
    """The models that a paragraph, an item or a heading names."""
    said = _Said.of(block, found, context)
    positions = inline_positions(block.region)
    for model in found:
        position, whole = placed(block.region.span(model.start, model.end), positions)
        if block.kind is BlockKind.HEADING:
            position = Position.HEADING
        stance = said.stance(model, position)
        named = mention_at(model, block.region, position, stance, source, whole=whole)
        if position is Position.INLINE_CODE:
            command = code_before(said.text, model.start) + code_after(said.text, model.end)
            provider, reader = provider_of_command(command), reader_of_command(command)
            named = replace(named, provider=provider, reader=reader)
        if stance is Stance.DIRECTIVE and may_be_own_weights(model.vendor, model.id):
            server = own_server(said.text, model.start, model.end)
            named = replace(named, given_to=(server,)) if server else named
        yield named


def _is_ordered(block: Block, model: ModelMatch, context: Context) -> bool:
    """Whether what leads to a list orders the model of an item, or its heading says that the items give
    models their work, or are to stay, and the item does."""
    if gives_no_work(block.region.text, model.start):
        return False
    if orders(context.lead_in):
        return True
    if any(context.above.leading(block)):
        return False
    text = block.region.text
    if context.ordered or titles_lock(context.title):
        return assigns(text, model.start, model.end) or begins_with(text, model.start)
    return titles_routing(context.title) and assigns(text, model.start, model.end)


def row_mentions(block: Block, context: Context, source: Source) -> Iterator[ModelMention]:
    """The models that the cells of a row name."""
    forbidden = not block.header and (context.above.forbid(block) or _tells_against_rows(context))
    aside = context.above.set_aside(block)
    gives_work = not block.header and _gives_work(block, context)
    for column, region in enumerate(block.cells):
        found = list(find_model_ids(region.text))
        if not found:
            continue
        cell = _Cell(
            text=region.text,
            forbidden=forbidden,
            below=None if block.header else _stance_of_cell(column, block, context),
            aside=aside,
            gives_work=gives_work and _is_of_models(column, context),
            crowded=len(found) > _MOST_JUDGED,
        )
        positions = inline_positions(region)
        for model in found:
            position, whole = placed(region.span(model.start, model.end), positions)
            if position not in (Position.LINK, Position.COMMENT):
                position = Position.TABLE
            yield mention_at(model, region, position, cell.stance(model), source, whole=whole)


def _gives_work(block: Block, context: Context) -> bool:
    """Whether a row gives a model its work, as all of its table do or by an order of its own."""
    if _is_routing_table(context):
        return True
    return _ORDER_IN_ROW.search(block.region.text) is not None and _has_task_column(context)


def _is_of_models(column: int, context: Context) -> bool:
    """Whether the head of a column says that models stand in it."""
    heads = context.heads.texts[column : column + 1]
    return any(_is_head(_MODEL_COLUMN, "model", head) for head in heads)


def _tells_against_rows(context: Context) -> bool:
    """Whether a label right above a table says of its rows that they were, or are done wrong."""
    return context.lead_in != context.title and tells_against(context.lead_in)


def _stance_of_cell(column: int, block: Block, context: Context) -> Stance | None:
    """What the head of a cell's column, or the cell that begins its row, says of what stands in it."""
    if column and disowns_row(block.cells[0].text):
        return Stance.PROHIBITED
    return context.heads.stance_below(column)


def _is_routing_table(context: Context) -> bool:
    """Whether a table assigns models to tasks: by its title, lead-in or a head, and by its columns."""
    if labels_example(context.lead_in):
        return False
    titled = _is_head(_ROUTING_TITLE, "routing", context.title) and not titles_the_past(
        context.title
    )
    orders_itself = any(map(_MODEL_TO_USE.fullmatch, context.heads.texts))
    return bool(titled or orders_itself or orders(context.lead_in)) and _has_task_column(context)


def _has_task_column(context: Context) -> bool:
    return any(_is_head(_TASK_COLUMN, "task", cell) for cell in context.heads.texts)


def _is_head(in_english: Pattern, listed: str, text: str) -> bool:
    """Whether a heading or the head of a column is one of a list of `HeadWords`, or its English sister."""
    return bool(in_english.search(text) or _translated_head(listed).search(text))


@cache
def _translated_head(listed: str) -> Pattern:
    return Pattern(head_pattern(listed), re.IGNORECASE)
