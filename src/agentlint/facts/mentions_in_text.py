"""Model IDs named in paragraphs, items, headings and tables, and what the text does with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agentlint.documents import Block, BlockKind
from agentlint.facts.announcements import orders, shows_sample, titles_routing
from agentlint.facts.assignments import orders_nothing
from agentlint.facts.detectors.model_ids import ModelMatch, find_model_ids
from agentlint.facts.labels import (
    disowns_row,
    gives_no_work,
    is_former,
    labels_example,
    stance_below,
    tells_against,
    titles_the_past,
)
from agentlint.facts.mention import INVENTORY_SIZE, ModelMention, Position, Stance
from agentlint.facts.mention_context import Context
from agentlint.facts.mention_places import inline_positions, mention_at, placed
from agentlint.facts.source import Source
from agentlint.facts.stance import (
    assigns,
    end_of_first_order,
    stance_in_english,
    stance_of,
    way_out,
)
from agentlint.facts.suppression import without_suppressions
from agentlint.text import Pattern

# A block that names more than this is a list whatever its sentences say, and reading them takes time.
_MOST_JUDGED = 40
_ROUTING_TITLE = Pattern(
    r"\bmodels?\s+(?:routing|selection|assignments?|preferences?|policy|usage|choice|tiers?)\b"
    r"|\bwhich\s+model\b|\bchoos(?:e|ing)\s+(?:a|the)\s+model\b"
    r"|模型(?:路由|选择|選擇|分配|分工|策略)|モデル(?:の)?(?:ルーティング|選択|割り当て|使い分け)"
    r"|모델 ?(?:라우팅|선택|할당|배정)"
    r"|\bmodell-?(?:routing|auswahl|wahl|zuordnung)\b"
    r"|\b(?:enrutamiento|selección|asignación|roteamento|seleção|atribuição|escolha)\s+de\s+modelos?\b"
    r"|\b(?:routage|choix|sélection|attribution)\s+d(?:es|u|e)\s+modèles?\b"
    r"|\b(?:selezione|scelta|assegnazione)\s+de(?:l|i)\s+modell[oi]\b"
    r"|\b(?:выбор|назначение|маршрутизация)\s+модел(?:и|ей)\b",
    re.IGNORECASE,
)
_MODEL_COLUMN = Pattern(
    r"\bmodels?\b|\broute\b|\buse\b|模型|モデル|모델|\bmod(?:elle?|elos?|èles?|elli|ello)\b|\bмодел[ьи]\b",
    re.IGNORECASE,
)
_TASK_COLUMN = Pattern(
    r"\b(?:tasks?|roles?|use\s?case|when|purpose|stage|agent|phase|job|work|activity|scenario"
    r"|complexity|step"
    r"|aufgaben?|zweck|rolle|tareas?|rol|tarefas?|função|tâches?|rôles?|compit[oi]|attività|ruol[oi]"
    r"|задач[аи]|роль|этап)\b"
    r"|任务|任務|场景|場景|角色|阶段|階段|用途|タスク|役割|作業|工程|작업|역할|용도|단계",
    re.IGNORECASE,
)
_ORDER_IN_ROW = Pattern(r"\b(?:always|must|only)\s+use\b|\bdefault\s+to\b", re.IGNORECASE)


def text_mentions(
    block: Block, found: Sequence[ModelMatch], context: Context, source: Source
) -> Iterator[ModelMention]:
    """The models that a paragraph, an item or a heading names."""
    places = [(match.start, match.end) for match in found]
    positions = inline_positions(block.region)
    text = without_suppressions(block.region.text)
    inventory = len({match.id for match in found}) >= INVENTORY_SIZE
    forbidden = block.kind is not BlockKind.HEADING and context.above.forbid(block)
    forbidden_up_to = way_out(text) if forbidden else 0
    aside = context.above.set_aside(block)
    mistaken = end_of_first_order(text) if context.above.of_mistakes(block) else 0
    sampled = any(map(shows_sample, (context.title, *context.above.leading(block))))
    for match in found:
        span = block.region.span(match.start, match.end)
        position, whole = placed(span, positions)
        if block.kind is BlockKind.HEADING:
            position = Position.HEADING
        crowded = len(found) > _MOST_JUDGED
        stance = Stance.INVENTORY if crowded else stance_of(text, match.start, match.end, places)
        if stance is Stance.NEUTRAL and block.in_list and _is_ordered(block, match, context):
            stance = Stance.DIRECTIVE
        if stance is Stance.DIRECTIVE and (inventory or position is Position.HEADING):
            stance = Stance.INVENTORY
        if position is Position.INLINE_CODE and orders_nothing(text, match):
            stance = Stance.NEUTRAL
        if stance is Stance.DIRECTIVE and sampled:
            stance = Stance.EXAMPLE
        if stance is Stance.DIRECTIVE and (aside or match.start < mistaken):
            stance = Stance.NEUTRAL
        if match.start < forbidden_up_to:
            stance = Stance.PROHIBITED
        yield mention_at(match, block.region, position, stance, source, whole=whole)


def _is_ordered(block: Block, model: ModelMatch, context: Context) -> bool:
    """Whether what leads to a list orders the model of an item, or its heading says that the items give
    models their work, and the item does."""
    if gives_no_work(block.region.text, model.start):
        return False
    if orders(context.lead_in):
        return True
    routed = titles_routing(context.title) and not any(context.above.leading(block))
    return routed and assigns(block.region.text, model.start, model.end)


def row_mentions(block: Block, context: Context, source: Source) -> Iterator[ModelMention]:
    """The models that the cells of a row name."""
    routing = _is_routing_table(context)
    row_orders = _ORDER_IN_ROW.search(block.region.text) is not None
    forbidden = not block.header and (context.above.forbid(block) or _tells_against_rows(context))
    aside = context.above.set_aside(block)
    for column, cell in enumerate(block.cells):
        found = list(find_model_ids(cell.text))
        positions = inline_positions(cell) if found else []
        below = _stance_of_cell(column, block, context) if found and not block.header else None
        for match in found:
            span = cell.span(match.start, match.end)
            position, whole = placed(span, positions)
            stance = Stance.INVENTORY
            if len(found) <= _MOST_JUDGED:
                # In a cell, "Ejecuta X" tells as a rule what the row's command does.
                places = [(match.start, match.end)]
                stance = (
                    stance_in_english(cell.text, match.start, match.end, places) or Stance.NEUTRAL
                )
            if stance is Stance.NEUTRAL and not block.header:
                named = column < len(context.header) and _MODEL_COLUMN.search(
                    context.header[column]
                )
                assigns_it = routing or (row_orders and _has_task_column(context))
                if named and assigns_it and not is_former(cell.text, match.start):
                    stance = Stance.DIRECTIVE
            if stance is Stance.DIRECTIVE and aside:
                stance = Stance.NEUTRAL
            if below is Stance.PROHIBITED or (below and stance is Stance.DIRECTIVE):
                stance = below
            if forbidden:
                stance = Stance.PROHIBITED
            if position not in (Position.LINK, Position.COMMENT):
                position = Position.TABLE
            yield mention_at(match, cell, position, stance, source, whole=whole)


def _tells_against_rows(context: Context) -> bool:
    """Whether a label right above a table says of its rows that they were, or are done wrong."""
    return context.lead_in != context.title and tells_against(context.lead_in)


def _stance_of_cell(column: int, block: Block, context: Context) -> Stance | None:
    """What the head of a cell's column, or the cell that begins its row, says of what stands in it."""
    if column and disowns_row(block.cells[0].text):
        return Stance.PROHIBITED
    return stance_below(context.header, column)


def _is_routing_table(context: Context) -> bool:
    """Whether a table assigns models to tasks: by its title or lead-in, and by its columns."""
    if labels_example(context.lead_in):
        return False
    titled = _ROUTING_TITLE.search(context.title) and not titles_the_past(context.title)
    return bool(titled or orders(context.lead_in)) and _has_task_column(context)


def _has_task_column(context: Context) -> bool:
    return any(_TASK_COLUMN.search(cell) for cell in context.header)
