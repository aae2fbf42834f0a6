"""What was read above a block of Markdown that names models."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Block, BlockKind
from agentlint.facts.suppression import without_suppressions
from agentlint.facts.wording import fences
from agentlint.facts.wording.announcements import orders_list
from agentlint.facts.wording.labels import ColumnHeads
from agentlint.facts.wording.lead_ins import Above
from agentlint.text import Pattern

# A command that prints what it is asked for, at the end of its sample: the data right below is its answer.
_ASKING = Pattern(
    r"(?<![\w-])(?:curl|wget|httpie?|xh|jq|status|list|ls|show|info|inspect|describe|query|health|ps|logs?"
    r"|print|stats|--json|--format|(?<!go )get)(?![\w-])[^\n]{0,400}\Z"
)


class Context(Struct, frozen=True):
    """What was read above a block: the nearest heading, the text just before, the heads of a table,
    whether a command that asks for something stands right above, and all that may hold for the block.

    `ordered` is the level of the headings, 0 for none, of which a paragraph right above the first orders
    the models that are listed below them."""

    title: str = ""
    lead_in: str = ""
    heads: ColumnHeads = ColumnHeads()
    asked: bool = False
    above: Above = Above()
    ordered: int = 0

    def after(self, block: Block) -> Context:
        text = without_suppressions(block.region.text)
        above = self.above.after(block)
        match block.kind:
            case BlockKind.HTML if text != block.region.text:
                return self
            case BlockKind.HEADING:
                return Context(text, text, above=above, ordered=self._ordered_below(block))
            case BlockKind.TABLE_ROW if block.header:
                heads = ColumnHeads(tuple(c.text for c in block.cells))
                return Context(self.title, self.lead_in, heads, above=above)
            case BlockKind.TABLE_ROW:
                return self if above is self.above else replace(self, above=above)
            case BlockKind.PARAGRAPH if block.in_list and self._leads_to_list():
                return Context(self.title, self.lead_in, above=above, ordered=self.ordered)
            case BlockKind.PARAGRAPH if block.in_list:
                return Context(self.title, text, above=above, ordered=self.ordered)
            case BlockKind.FENCE | BlockKind.INDENTED_CODE:
                asked = block.language in fences.COMMANDS and _asks(text)
                return Context(self.title, self.lead_in, asked=asked, above=above)
            case _:
                return Context(self.title, text, above=above)

    def _leads_to_list(self) -> bool:
        return self.lead_in.rstrip().endswith(":") or orders_list(self.lead_in)

    def _ordered_below(self, heading: Block) -> int:
        if self.lead_in != self.title and orders_list(self.lead_in):
            return heading.level
        return self.ordered if heading.level >= self.ordered else 0


def _asks(script: str) -> bool:
    """Whether the last command of a shell sample prints what it is asked for; one that writes or sends a
    file may stand above that file."""
    *_, last = script.replace("\\\n", " ").strip().splitlines() or [""]
    sends_file = ">" in last or "@" in last
    return not sends_file and _ASKING.search(last) is not None
