"""The facts of a Markdown document: its front matter, its samples and what its text says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agentlint.discovery import FileKind
from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    Mapping,
    MarkdownDocument,
    data_language,
    parse,
)
from agentlint.facts.credentials.made_up import PIPELINES
from agentlint.facts.files.data_facts import data_facts, limits_of
from agentlint.facts.files.instruction_imports import text_imports, workflow_imports
from agentlint.facts.files.prefilter import sample_may_tell
from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.repeated_key import repeated_keys
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut
from agentlint.facts.wording.mentions import disowned_samples, mentions
from agentlint.facts.wording.routing_orders import routing_orders
from agentlint.facts.wording.sections import links, sections
from agentlint.knowledge.formats import mcp_client_at
from agentlint.text import Spans

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact


# Of the prompt history records of Spec Kit's offspring (`.specify/templates/phr-template.prompt.md`), which
# end in `.prompt.md` as the prompts of Copilot do.
_DAYS = frozenset({"date", "timestamp"})
_RUNS = frozenset({"surface", "branch", "commit", "session", "session_id", "user"})


def markdown_facts(
    document: MarkdownDocument, source: Source, kind: FileKind
) -> Iterator[Fact | LeftOut]:
    if kind is FileKind.INSTRUCTION and _records_conversation(document):
        return
    if document.front_matter:
        yield from data_facts(document.front_matter, source)
        if kind is FileKind.INSTRUCTION:
            yield from repeated_keys(document.front_matter, source)
            yield from _server_references(document.front_matter, source)
    shown = [*_fence_facts(document, source)]
    yield from shown
    yield from sections(document, source)
    yield from links(document, source)
    if "curl" in document.region.text:
        from agentlint.facts.wording.http_calls import sampled_calls

        yield from sampled_calls(document, source)
    if kind is FileKind.INSTRUCTION:
        yield from text_imports(document, source)
        yield from workflow_imports(document, source)
        yield from routing_orders(document, source)
        tables = Spans(fact.span for fact in shown if isinstance(fact, Route) and _lists_ids(fact))
        yield from (
            mention
            for mention in mentions(document, source)
            if not _is_route_entry(mention, tables) and not _is_setting(mention, source)
        )


def _server_references(document: DataDocument, source: Source) -> Iterator[Fact]:
    """What the MCP servers of a workflow refer to; no other page starts any."""
    client = mcp_client_at(source.format, source.path)
    if client:
        from agentlint.facts.mcp_reference import mcp_references

        yield from mcp_references(document, client, source)


def _records_conversation(document: MarkdownDocument) -> bool:
    """Whether front matter tells when and where the text below it was said: what was asked then is no
    instruction, and the model in it has answered already."""
    roots = document.front_matter.roots if document.front_matter else ()
    keys = {e.key.text for root in roots if isinstance(root, Mapping) for e in root.entries}
    return not keys.isdisjoint(_DAYS) and not keys.isdisjoint(_RUNS)


def _lists_ids(route: Route) -> bool:
    """Whether the entry is one that IDs belong in; a tool's own choice of a model is not."""
    return route.kind not in (RouteKind.TOOL_DEFAULT, RouteKind.AGENT_BINDING)


def _is_route_entry(mention: ModelMention, tables: Spans) -> bool:
    """Whether a model is named by the route table that it belongs in."""
    is_set = mention.stance in (Stance.ASSIGNED, Stance.EXAMPLE)
    return is_set and tables.any_contains(mention.span)


def _is_setting(mention: ModelMention, source: Source) -> bool:
    """Whether a model is named in the settings of a page that is run, whose routes tell of it."""
    return mention.position is Position.FRONT_MATTER and source.format in PIPELINES


def _fence_facts(document: MarkdownDocument, source: Source) -> Iterator[Fact | LeftOut]:
    """What the samples of configs tell; the routes of one that nobody is to write so are none."""
    shown = Source(source.path, source.format, RouteScope.EXAMPLE, source.in_test)
    disowned: frozenset[int] | None = None
    for index, block in enumerate(document.blocks):
        for fact in _sample_facts(block, shown):
            if isinstance(fact, Route):
                disowned = disowned_samples(document) if disowned is None else disowned
                if index in disowned:
                    continue
            yield fact


def _sample_facts(block: Block, source: Source) -> Iterator[Fact | LeftOut]:
    language = data_language(block.language) if block.kind is BlockKind.FENCE else None
    if language and sample_may_tell(block.region.text):
        embedded = parse(language, block.region)
        if isinstance(embedded, DataDocument):
            yield from data_facts(embedded, source)
            yield from limits_of(embedded, source)
