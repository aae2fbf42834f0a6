"""What an agent is told about its own instructions: which file it follows, and what a conflict means."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import DataDocument, Mapping, walk
from agentlint.facts.source import Source
from agentlint.facts.tree import value_at
from agentlint.facts.values.value import ABSENT, Value
from agentlint.knowledge.records import kind_of_keys
from agentlint.text import Span, may_spell_any

SOURCE, SCOPE = "instruction_source", "instruction_scope"
REPORT, STOP = "agent_must_report_instruction_source", "agent_must_stop_on_conflict"
CONTRACT_KEYS = (SOURCE, SCOPE, REPORT, STOP)


class InstructionContract(Struct, frozen=True):
    """The keys that one mapping gives, in a fence, front matter or a settings file; ABSENT for none.

    `instruction_source` alone is a contract as well: it names the file that an agent must follow, and
    `source_exists` says that there is one, which only a run over files can tell.
    """

    path: str
    span: Span
    place: Span
    source: Value = ABSENT
    scope: Value = ABSENT
    report: Value = ABSENT
    stop: Value = ABSENT
    in_test: bool = False
    source_exists: bool = False


def contracts(document: DataDocument, source: Source) -> Iterator[InstructionContract]:
    """The instruction contracts of a document; a record that tells what a run followed is none."""
    if not may_spell_any(document.region.text, (SOURCE, REPORT, STOP)):
        return
    for root in document.roots:
        for _, node in walk(root):
            if isinstance(node, Mapping) and _is_contract(node):
                yield InstructionContract(
                    path=source.path,
                    span=node.span,
                    place=next(e.key.span for e in node.entries if e.key.text in CONTRACT_KEYS),
                    source=value_at(node, SOURCE),
                    scope=value_at(node, SCOPE),
                    report=value_at(node, REPORT),
                    stop=value_at(node, STOP),
                    in_test=source.in_test,
                )


def _is_contract(node: Mapping) -> bool:
    keys = frozenset(entry.key.text for entry in node.entries)
    return not keys.isdisjoint((SOURCE, REPORT, STOP)) and kind_of_keys(keys) is None
