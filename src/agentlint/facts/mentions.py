"""Model IDs named in Markdown: where each stands and what the text around it does with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    InlineKind,
    Mapping,
    MarkdownDocument,
    Node,
    Scalar,
    data_language,
    inlines,
    walk,
)
from agentlint.facts import fences
from agentlint.facts.announcements import (
    begins_example,
    condemns,
    disowns,
    heads_ban,
    is_counter_example,
    leads_to_fixture,
    mentions_ban,
    orders,
    shows_form,
    shows_sample,
    titles_routing,
)
from agentlint.facts.choices import is_one_client, line_after_choice, line_before_choice
from agentlint.facts.code_lines import (
    COMMENT,
    LONGEST_COMMAND,
    Line,
    code_after,
    code_before,
    command_after,
    command_around,
    command_before,
)
from agentlint.facts.detectors.model_ids import ModelMatch, find_model_ids
from agentlint.facts.fence_hosts import called_with, calls_elsewhere, serves_models
from agentlint.facts.labels import (
    disowns_row,
    gives_no_work,
    is_former,
    labels_example,
    stance_below,
    tells_against,
    titles_the_past,
)
from agentlint.facts.lead_ins import Above, bare_label
from agentlint.facts.lookups import (
    asks,
    asks_about,
    counts_tokens,
    is_condition,
    is_criterion,
    searches,
)
from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.samples import (
    bans_in_comment,
    is_answered,
    is_feigned,
    is_form,
    is_logged,
    is_marked_wrong,
    is_synopsis,
)
from agentlint.facts.source import Source
from agentlint.facts.stance import (
    assigns,
    end_of_first_order,
    stance_in_english,
    stance_of,
    way_out,
)
from agentlint.facts.suppression import without_suppressions
from agentlint.facts.tallies import tells_of_use
from agentlint.facts.weights import (
    bracketed,
    loads,
    loads_by_name,
    may_be_weights,
    may_work_on_weights,
    names_weights,
    works_on_weights,
)
from agentlint.text import Pattern, Region, Span

# So many different models in one paragraph, list or row are a list of models, not an order.
INVENTORY_SIZE = 4
# A block that names more than this is a list whatever its sentences say, and reading them takes time.
MOST_JUDGED = 40
# Keys of front matter below which several models may stand.
KEYS_OF_MODELS = frozenset({"models", "allowed_models", "allowedModels"})
_KEYS_OF_FRONT_MATTER = frozenset({"model", "fallback_model", "small_model"}) | KEYS_OF_MODELS
# So much of a file of settings is read to see what it is for.
_LONGEST_FILE = 2_000
# How far above an ID the comment may stand that says what is wrong with the code.
_LONGEST_PARAGRAPH = 1_000
_MOST_LINES_ABOVE = 10
# How far before an ID the key, the option or the call may begin that it is given to.
_REACH = 240

_INLINE_POSITIONS = {
    InlineKind.CODE: Position.INLINE_CODE,
    InlineKind.LINK_TARGET: Position.LINK,
    InlineKind.AUTOLINK: Position.LINK,
    InlineKind.COMMENT: Position.COMMENT,
    InlineKind.HTML: Position.COMMENT,
}
_ASSIGNED = Pattern(
    r"""(?:
        (?P<key>[\w.-]{0,60}?(?:model|MODEL|Model|engine|deployment_name)(?:_?[iI][dD]|_?[nN]ame|_NAME|_ID)?)["'\]]{0,2}\s{0,8}
        (?::\s{0,4}[\w.\[\]| ]{1,40}=|:|=|:=|=>)\s{0,8}
        (?:[\w.]{1,40}\(\s{0,8}(?:default\s{0,2}=\s{0,2})?)?["'`]?
      | (?P<flag>--[\w-]{0,40}model(?:-name|-id)?|-m)(?:\s{1,4}|=)["']?
      | \b(?P<call>[\w.]{0,60}(?:Chat|LLM|Model|OpenAI|Anthropic|chat_model|model|Agent))\(\s{0,8}["'`]
    )$""",
    re.VERBOSE,
)
_RESPONSE = Pattern(r"\"(?:choices|usage|finish_reason|object|stop_reason|prompt_tokens)\"\s{0,8}:")
_OUTPUT = Pattern(
    r"\b(?:outputs?|prints?|printed|returns?|returned|respon(?:ds?|ses?)|results?|repl(?:y|ies))\b"
    r"|输出|響應|响应|应答|返回|结果|結果|出力|レスポンス|応答|응답|출력|결과"
    r"|\b(?:ausgaben?|antwort(?:en)?|réponses?|sorties?|respuestas?|salidas?|respostas?|saídas?|risposte?)\b"
    r"|\b(?:вывод|ответы?|результаты?)\b",
    re.IGNORECASE,
)
# A label that says nothing else, below which a sample of no language is what was printed.
_OUTPUT_ALONE = Pattern(
    r"(?:(?:expected|sample|example|success(?:ful)?|error|actual|typical|console|terminal|command|program"
    r"|tool|log) ){0,2}(?:outputs?|responses?|results?|repl(?:y|ies)|logs?)",
    re.IGNORECASE,
)
# What only a thing that runs, or that has run, can tell of itself.
_STATE = Pattern(
    r"\"(?:pid|uptime(?:_\w{1,10})?|(?:total|completion|input|output)_tokens|(?:latency|duration|elapsed)_?\w{0,10})\""
    r"\s{0,8}:"
)
# A command that prints what it is asked for, at the end of its sample: the data right below is its answer.
_ASKING = Pattern(
    r"(?<![\w-])(?:curl|wget|httpie?|xh|jq|status|list|ls|show|info|inspect|describe|query|health|ps|logs?"
    r"|print|stats|--json|--format|(?<!go )get)(?![\w-])[^\n]{0,400}\Z"
)
# Where a shell waits for a command; what stands below the command is its answer.
_PROMPT = Pattern(r"^[ \t]{0,20}\$[ \t]", re.MULTILINE)
# `"a" | "b"` and `type Model = "a"` say which values there may be, and set none.
_OR_ANOTHER = Pattern(r"[\"'`]\s{0,20}\|\s{0,20}[\"'`]")
_TYPE = Pattern(r"\btype\s{1,4}\w{1,80}\s{0,4}=\s{0,8}[\"'`]?\Z")
_IMPORT = Pattern(
    r"^(?:from[ \t]{1,4}[\w.]{1,80}[ \t]{1,4})?import[ \t]{1,4}[\w{*\"']", re.MULTILINE
)
# A line that does nothing but set one key, up to the value; what may follow the value there.
_SETTING_ALONE = Pattern(
    r"[ \t]{0,40}(?:(?:export|const|let|var|set)[ \t]{1,4})?[\"']?[\w.-]{1,80}[\"']?"
    r"[ \t]{0,8}[:=][ \t]{0,8}[\"'`]?"
)
_NOTHING_AFTER = Pattern(r"[\"'`]?[ \t]{0,8}[,;]?[ \t]{0,40}(?:(?:#|//).{0,400})?\r?\Z")
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
    r"\b(?:tasks?|roles?|use\s?case|when|purpose|stage|agent|phase|job|work|activity|scenario|complexity|step"
    r"|aufgaben?|zweck|rolle|tareas?|rol|tarefas?|função|tâches?|rôles?|compit[oi]|attività|ruol[oi]"
    r"|задач[аи]|роль|этап)\b"
    r"|任务|任務|场景|場景|角色|阶段|階段|用途|タスク|役割|作業|工程|작업|역할|용도|단계",
    re.IGNORECASE,
)
_ORDER_IN_ROW = Pattern(r"\b(?:always|must|only)\s+use\b|\bdefault\s+to\b", re.IGNORECASE)


def mentions(document: MarkdownDocument, source: Source) -> Iterator[ModelMention]:
    """Every model ID in a Markdown document, in order of its blocks."""
    if document.front_matter:
        yield from _front_matter(document.front_matter, source)
    context = _Context()
    for block in document.blocks:
        found = list(find_model_ids(block.region.text))
        if found:
            yield from _block_mentions(block, found, context, source)
        context = context.after(block)


class _Context(Struct, frozen=True):
    """What was read above a block: the nearest heading, the text just before, a table's header, whether
    a command that asks for something stands right above, and all that may hold for the block."""

    title: str = ""
    lead_in: str = ""
    header: tuple[str, ...] = ()
    asked: bool = False
    above: Above = Above()

    def after(self, block: Block) -> _Context:
        text = without_suppressions(block.region.text)
        above = self.above.after(block)
        match block.kind:
            case BlockKind.HTML if text != block.region.text:
                return self
            case BlockKind.HEADING:
                return _Context(title=text, lead_in=text, above=above)
            case BlockKind.TABLE_ROW if block.header:
                header = tuple(c.text for c in block.cells)
                return _Context(self.title, self.lead_in, header, above=above)
            case BlockKind.TABLE_ROW:
                return self if above is self.above else replace(self, above=above)
            case BlockKind.PARAGRAPH if block.in_list and self.lead_in.rstrip().endswith(":"):
                return _Context(self.title, self.lead_in, above=above)
            case BlockKind.FENCE | BlockKind.INDENTED_CODE:
                asked = block.language in fences.COMMANDS and _asks(text)
                return _Context(self.title, self.lead_in, asked=asked, above=above)
            case _:
                return _Context(self.title, text, above=above)


def _block_mentions(
    block: Block, found: Sequence[ModelMatch], context: _Context, source: Source
) -> Iterator[ModelMention]:
    match block.kind:
        case BlockKind.FENCE | BlockKind.INDENTED_CODE:
            yield from _code_mentions(block, found, context, source)
        case BlockKind.TABLE_ROW:
            yield from _row_mentions(block, context, source)
        case BlockKind.HTML:
            for match in found:
                yield _mention(match, block.region, Position.COMMENT, Stance.NEUTRAL, source)
        case _:
            yield from _text_mentions(block, found, context, source)


def _text_mentions(
    block: Block, found: Sequence[ModelMatch], context: _Context, source: Source
) -> Iterator[ModelMention]:
    places = [(match.start, match.end) for match in found]
    positions = _inline_positions(block.region)
    text = without_suppressions(block.region.text)
    inventory = len({match.id for match in found}) >= INVENTORY_SIZE
    forbidden = block.kind is not BlockKind.HEADING and context.above.forbid(block)
    forbidden_up_to = way_out(text) if forbidden else 0
    aside = context.above.set_aside(block)
    mistaken = end_of_first_order(text) if context.above.of_mistakes(block) else 0
    sampled = any(map(shows_sample, (context.title, *context.above.leading(block))))
    for match in found:
        span = block.region.span(match.start, match.end)
        position, whole = _placed(span, positions)
        if block.kind is BlockKind.HEADING:
            position = Position.HEADING
        crowded = len(found) > MOST_JUDGED
        stance = Stance.INVENTORY if crowded else stance_of(text, match.start, match.end, places)
        if stance is Stance.NEUTRAL and block.in_list and _is_ordered(block, match, context):
            stance = Stance.DIRECTIVE
        if stance is Stance.DIRECTIVE and (inventory or position is Position.HEADING):
            stance = Stance.INVENTORY
        if position is Position.INLINE_CODE and _orders_nothing(text, match):
            stance = Stance.NEUTRAL
        if stance is Stance.DIRECTIVE and sampled:
            stance = Stance.EXAMPLE
        if stance is Stance.DIRECTIVE and (aside or match.start < mistaken):
            stance = Stance.NEUTRAL
        if match.start < forbidden_up_to:
            stance = Stance.PROHIBITED
        yield _mention(match, block.region, position, stance, source, whole=whole)


def _is_ordered(block: Block, model: ModelMatch, context: _Context) -> bool:
    """Whether what leads to a list orders the model of an item, or its heading says that the items give
    models their work, and the item does."""
    if gives_no_work(block.region.text, model.start):
        return False
    if orders(context.lead_in):
        return True
    routed = titles_routing(context.title) and not any(context.above.leading(block))
    return routed and assigns(block.region.text, model.start, model.end)


def _row_mentions(block: Block, context: _Context, source: Source) -> Iterator[ModelMention]:
    routing = _is_routing_table(context)
    row_orders = _ORDER_IN_ROW.search(block.region.text) is not None
    forbidden = not block.header and (context.above.forbid(block) or _tells_against_rows(context))
    aside = context.above.set_aside(block)
    for column, cell in enumerate(block.cells):
        found = list(find_model_ids(cell.text))
        positions = _inline_positions(cell) if found else []
        below = _stance_of_cell(column, block, context) if found and not block.header else None
        for match in found:
            span = cell.span(match.start, match.end)
            position, whole = _placed(span, positions)
            stance = Stance.INVENTORY
            if len(found) <= MOST_JUDGED:
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
            yield _mention(match, cell, position, stance, source, whole=whole)


def _tells_against_rows(context: _Context) -> bool:
    """Whether a label right above a table says of its rows that they were, or are done wrong."""
    return context.lead_in != context.title and tells_against(context.lead_in)


def _stance_of_cell(column: int, block: Block, context: _Context) -> Stance | None:
    """What the head of a cell's column, or the cell that begins its row, says of what stands in it."""
    if column and disowns_row(block.cells[0].text):
        return Stance.PROHIBITED
    return stance_below(context.header, column)


def _is_routing_table(context: _Context) -> bool:
    """Whether a table assigns models to tasks: by its title or lead-in, and by its columns."""
    if labels_example(context.lead_in):
        return False
    titled = _ROUTING_TITLE.search(context.title) and not titles_the_past(context.title)
    return bool(titled or orders(context.lead_in)) and _has_task_column(context)


def _has_task_column(context: _Context) -> bool:
    return any(_TASK_COLUMN.search(cell) for cell in context.header)


def _code_mentions(
    block: Block, found: Sequence[ModelMatch], context: _Context, source: Source
) -> Iterator[ModelMention]:
    text = without_suppressions(block.region.text)
    silent = block.language in fences.SILENT or _is_output(block, text, context)
    shown = block.language in fences.SETTINGS or data_language(block.language) is not None
    disowned = disowns(context.lead_in) or context.above.forbid(block) or is_counter_example(text)
    elsewhere = {vendor: calls_elsewhere(text, vendor) for vendor in {m.vendor for m in found}}
    exemplary = shown and shows_form(context.lead_in)
    if not shown and context.lead_in != context.title and _is_program(block, text):
        exemplary = begins_example(context.lead_in)  # below a title of examples stands what to copy
    if leads_to_fixture(context.lead_in) or (
        block.language in fences.FORMS and is_form(text, context.lead_in)
    ):
        exemplary = True
    starts = {match.start: match.id for match in found}
    line = Line()
    for match in found:
        line = line if match.start < line.end else Line.at(text, match.start)
        position = Position.COMMENT if line.comment <= match.start else Position.CODE_FENCE
        assigned = _assignment(text, line, match, block.language)
        stance = Stance.ASSIGNED if assigned and not silent else Stance.NEUTRAL
        if stance is Stance.ASSIGNED and (
            disowned or _is_disowned(text, line, match, block.language)
        ):
            stance = Stance.PROHIBITED
        if stance is Stance.ASSIGNED and (
            exemplary or _is_one_form(text, line, match, starts) or is_one_client(text, match.start)
        ):
            stance = Stance.EXAMPLE
        key = (assigned["key"] or assigned["flag"] or assigned["call"]) if assigned else ""
        mention = _mention(match, block.region, position, stance, source, key or "")
        called = called_with(text, match.start, line.end)
        yield replace(
            mention,
            elsewhere=elsewhere[match.vendor],
            shown=shown,
            host=called.host,
            at_ollama=called.is_ollama,
        )


def _is_program(block: Block, text: str) -> bool:
    """Whether a sample is no shell's: by its language, or where it names none by what it imports."""
    if block.language:
        return block.language not in fences.COMMANDS
    return _IMPORT.search(text) is not None


def _assignment(text: str, line: Line, model: ModelMatch, language: str) -> re.Match[str] | None:
    """What puts a model to work: a key, a flag or a call before it on its line."""
    end = model.start
    assigned = _ASSIGNED.search(text, max(line.start, end - _REACH), end)
    if assigned is None or (language in fences.CONFIGS and text[line.start] in " \t-"):
        return None
    if _is_type(text, line, model) or _is_answer(text, line, assigned, language):
        return None
    if assigned["key"] and language in fences.PLAIN_TEXT and not _sets_alone(text, line, model):
        return None  # a line of a log
    if language in fences.UNTYPED and (is_logged(text, line.start, end) or is_answered(text, end)):
        return None
    if is_feigned(text, assigned.start(assigned.lastgroup or 0), end):
        return None
    command = command_before(text, end)
    option = assigned["flag"] or assigned["key"] or ""  # "--model=" is read as a key
    if searches(command) or (option.startswith("-") and serves_models(command)):
        return None
    if option.startswith("-") and asks_about(command_around(text, model.start, model.end)):
        return None
    is_shown = option.startswith("-") and not data_language(language)
    if is_shown and is_synopsis(command, text[model.end : line.end]):
        return None
    if _only_asks(text, end, assigned, language):
        return None
    return None if _is_weights(text, model, assigned, language) else assigned


def _only_asks(text: str, model: int, assigned: re.Match[str], language: str) -> bool:
    """Whether what puts the model at `model` there looks for it, asks about it or tells of it, and calls
    nobody."""
    key = assigned.start("key") if assigned["key"] else -1
    if key >= 0 and (is_criterion(text, key, model) or tells_of_use(text, key, model)):
        return True
    if assigned["call"] and asks(assigned["call"]):
        return True
    return counts_tokens(text, model) or is_condition(text, model, language)


def _is_type(text: str, line: Line, model: ModelMatch) -> bool:
    """Whether a model is one of the values that a type allows."""
    several = _OR_ANOTHER.match(text, model.end) is not None
    return (
        several
        or _TYPE.search(text, max(line.start, model.start - _REACH), model.start) is not None
    )


def _is_answer(text: str, line: Line, assigned: re.Match[str], language: str) -> bool:
    """Whether a line is what a program printed: it stands below a command behind a prompt, and is no
    more of that command or of what is written into a file by it."""
    if language and language not in fences.COMMANDS and language not in fences.PLAIN_TEXT:
        return False
    reach = max(0, line.start - LONGEST_COMMAND)
    *_, prompt = (None, *_PROMPT.finditer(text, reach, assigned.start()))
    if prompt is None or "<<" in text[prompt.end() : line.start]:
        return False
    return prompt.end() + len(command_after(text, prompt.end())) <= line.start


def _sets_alone(text: str, line: Line, model: ModelMatch) -> bool:
    """Whether a line does nothing but set one key to a model."""
    setting = text[line.start : model.start]
    return (
        _SETTING_ALONE.fullmatch(setting) is not None
        and _NOTHING_AFTER.match(text, model.end, line.end) is not None
    )


def _is_one_form(text: str, line: Line, model: ModelMatch, starts: dict[int, str]) -> bool:
    """Whether the line above or below sets the same key to another model, as a list of the forms that a
    value may have does; `starts` are where the models of the sample start."""
    if not _sets_alone(text, line, model):
        return False
    setting = text[line.start : model.start]
    return any(
        text.startswith(setting, at) and starts.get(at + len(setting), model.id) != model.id
        for at in (line_before_choice(text, line.start), line_after_choice(text, line.end))
    )


def _is_weights(text: str, model: ModelMatch, assigned: re.Match[str], language: str) -> bool:
    """Whether a model is assigned as weights to work on: by what it is given to, or by what stands in
    the same command, brackets or file of settings."""
    if not may_be_weights(model.vendor, model.id):
        return False
    key = assigned["key"] or ""
    if names_weights(key or assigned["flag"] or "") or loads(text, model.start):
        return True
    if loads_by_name(text, key, model.start):
        return True
    if not may_work_on_weights(text):
        return False
    if assigned["flag"]:
        return works_on_weights(command_around(text, model.start, model.end))
    is_file = language in fences.CONFIGS
    return works_on_weights(text[:_LONGEST_FILE] if is_file else bracketed(text, model.start))


def _orders_nothing(text: str, model: ModelMatch) -> bool:
    """Whether the command in a code span serves models, looks for them or works on their weights."""
    before = code_before(text, model.start)
    after = code_after(text, model.end)
    command = before + after
    if serves_models(before) or searches(before) or asks_about(command):
        return True
    if is_synopsis(before, after):
        return True
    if not may_be_weights(model.vendor, model.id):
        return False
    option = _ASSIGNED.search(before)
    named = option is not None and names_weights(option["key"] or option["flag"] or "")
    return named or works_on_weights(command)


def _is_output(block: Block, text: str, context: _Context) -> bool:
    """Whether a sample is what a model or a command answers, as its keys or the text before it say."""
    if _may_be_answer(block, text) and _RESPONSE.search(text):
        return True
    if not block.language and any(
        _OUTPUT_ALONE.fullmatch(bare_label(label)) for label in (context.title, context.lead_in)
    ):
        return True
    if block.language not in fences.ANSWERS:
        return False
    if context.asked or _STATE.search(text):
        return True
    return _OUTPUT.search(context.title) is not None or _OUTPUT.search(context.lead_in) is not None


def _may_be_answer(block: Block, text: str) -> bool:
    """Whether a sample can be an answer by its language, or by the bracket that it begins with; a program
    that reads one names the same keys."""
    if block.language in fences.ANSWERS or block.language in fences.UNTYPED:
        return True
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not COMMENT.match(line)), "")
    return first.startswith(("{", "["))


def _asks(script: str) -> bool:
    """Whether the last command of a shell sample prints what it is asked for; one that writes or sends a
    file may stand above that file."""
    *_, last = script.replace("\\\n", " ").strip().splitlines() or [""]
    sends_file = ">" in last or "@" in last
    return not sends_file and _ASKING.search(last) is not None


def _is_disowned(text: str, line: Line, model: ModelMatch, language: str) -> bool:
    """Whether the line above forbids what stands on this one, a comment behind it calls it wrong, or one
    further up in the same paragraph of code calls all of it wrong; in plain text, whether a heading does
    that it is indented below."""
    if is_marked_wrong(text, model.end, line.end):
        return True
    first = max(0, line.start - _LONGEST_PARAGRAPH)
    above = text[first : line.start].splitlines()[-_MOST_LINES_ABOVE:]
    if above and COMMENT.search(above[-1]) and mentions_ban(above[-1]):
        return True
    if (not language or language in fences.PLAIN_TEXT) and _is_below_ban(
        above, text[line.start : line.end]
    ):
        return True
    comment = _comment(above)
    return condemns(comment) or any(map(bans_in_comment, comment.splitlines()))


def _is_below_ban(above: Sequence[str], line: str) -> bool:
    """Whether the last of the lines above that is less indented ends in a colon and forbids."""
    indent = _indent(line)
    heading = next((one for one in reversed(above) if one.strip() and _indent(one) < indent), "")
    return heads_ban(heading.strip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _comment(lines: Sequence[str]) -> str:
    """The last comment with lines of its own that no blank line parts from the end of `lines`."""
    found: list[str] = []
    for line in reversed(lines):
        is_comment = COMMENT.match(line.strip()) is not None
        if not line.strip() or (found and not is_comment):
            break
        if is_comment:
            found.insert(0, line)
    return "\n".join(found)


def _front_matter(document: DataDocument, source: Source) -> Iterator[ModelMention]:
    for root in document.roots:
        if not isinstance(root, Mapping):
            continue
        for entry in root.entries:
            bound = entry.key.text in _KEYS_OF_FRONT_MATTER
            yield from _bound_mentions(entry.value, entry.key.text, source, bound=bound)


def _bound_mentions(node: Node, key: str, source: Source, *, bound: bool) -> Iterator[ModelMention]:
    for _, leaf in walk(node):
        if not isinstance(leaf, Scalar):
            continue
        for match in find_model_ids(leaf.text):
            whole = (match.start, match.end) == (0, len(leaf.text.strip()))
            stance = Stance.ASSIGNED if bound and whole else Stance.NEUTRAL
            place = Position.FRONT_MATTER
            yield _mention(match, leaf.region, place, stance, source, key, whole=whole)


def _inline_positions(region: Region) -> list[tuple[Span, Position]]:
    return [
        (inline.region.span(), _INLINE_POSITIONS[inline.kind])
        for inline in inlines(region)
        if inline.kind in _INLINE_POSITIONS
    ]


def _placed(span: Span, positions: list[tuple[Span, Position]]) -> tuple[Position, bool]:
    """What `span` stands in, and whether that is a code span that holds nothing else."""
    before = bisect_left(positions, span.end, key=lambda placed: placed[0].start)
    if before and positions[before - 1][0].overlaps(span):
        around, position = positions[before - 1]
        return position, position is Position.INLINE_CODE and around == span
    return Position.PROSE, False


def _mention(
    match: ModelMatch,
    region: Region,
    position: Position,
    stance: Stance,
    source: Source,
    key: str = "",
    *,
    whole: bool = False,
) -> ModelMention:
    return ModelMention(
        path=source.path,
        id=match.id,
        text=region.text[match.start : match.end],
        vendor=match.vendor,
        span=region.span(match.start, match.end),
        position=position,
        stance=stance,
        key=key,
        in_test=source.in_test,
        whole=whole,
    )
