"""One file's text in, all of its facts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.discovery import FileKind, is_test_path
from agentlint.documents import (
    BlockKind,
    DataDocument,
    Document,
    MarkdownDocument,
    Problem,
    ProblemKind,
    data_language,
    parse,
    without_body,
)
from agentlint.facts.data_facts import data_facts
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.hidden_text import hidden_text
from agentlint.facts.local_file import local_files
from agentlint.facts.mention import ModelMention, Stance
from agentlint.facts.mentions import mentions
from agentlint.facts.prefilter import ROUTE_HINT, body_may_tell
from agentlint.facts.repeated_key import repeated_keys
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.routing_orders import routing_orders
from agentlint.facts.secrets import default_credentials, named_values, secret_candidates
from agentlint.facts.sections import links, sections
from agentlint.facts.source import Source
from agentlint.facts.suppression import Suppression, read_suppression
from agentlint.findings import Notice, NoticeKind
from agentlint.text import Pattern, Region, SourceFile, Spans

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

_EXAMPLE_NAME = Pattern(
    r"(?:^|[._/-])(?:example|sample|template|dist|tmpl|tpl)s?(?:[._/-]|$)", re.IGNORECASE
)
_SUPPRESSION_LINE = Pattern(r"(?:#|//|<!--)[^\n\r]{0,200}?agentlint\s?:[^\n\r]{0,500}")
_FILES_WITH_STEPS = ("github-workflow", "github-action")
_PROBLEM_KINDS = {ProblemKind.SYNTAX: NoticeKind.SYNTAX, ProblemKind.LIMIT: NoticeKind.LIMIT}


def extract(source_file: SourceFile, kind: FileKind, format_id: str = "") -> FileFacts:
    """Everything that the rules may know of one file.

    `kind` and `format_id` are what discovery told. Never raises for any text: what cannot be parsed
    is a notice, and what a plain scan of the text can find is found all the same.
    """
    path = source_file.path
    source = Source(path, format_id, _scope(path), is_test_path(path))
    region = Region.whole(source_file.text)
    read = _read_code(region, source) if kind is FileKind.CODE else _read(region, kind, source)
    comments = read.comments
    if read.problems:
        comments = (*comments, *_comment_lines(region))
    facts = (
        *read.facts,
        *_suppressions(comments, source_file),
        *local_files(source),
        *hidden_text(source_file, kind, source),
    )
    told = kind is FileKind.CODE and source.in_test  # no rule reports on what a test calls
    problems = () if told else read.problems
    return FileFacts(path, kind, facts, tuple(_notices(problems, source_file)))


class _Read(Struct, frozen=True):
    """What one document gave."""

    facts: tuple[Fact, ...]
    comments: tuple[Region, ...]
    problems: tuple[Problem, ...]


def _read(region: Region, kind: FileKind, source: Source) -> _Read:
    document = _document(region, kind, source)
    secrets = secret_candidates(region, named_values(document), source)
    if isinstance(document, MarkdownDocument):
        facts: Iterable[Fact] = _markdown_facts(document, source, kind)
        comments = (*document.comments, *_inner_comments(document))
    else:
        facts = _config_facts(document, source)
        comments = document.comments
    return _Read((*facts, *secrets), comments, document.problems)


def _document(region: Region, kind: FileKind, source: Source) -> Document:
    language = language_of(source.path, kind)
    if language == "markdown" and not body_may_tell(region.text):
        return without_body(region)
    return parse(language, region)


def _read_code(region: Region, source: Source) -> _Read:
    """A program; what reads programs is imported for the first of them."""
    from agentlint.documents.languages import parse_code
    from agentlint.facts.call_sites import call_facts, credential_values
    from agentlint.facts.smoke_tests import smoke_tests

    document = parse_code(region)
    secrets = secret_candidates(region, credential_values(document, source), source)
    facts = (*call_facts(document, source), *smoke_tests(document, source), *secrets)
    return _Read(facts, document.comments, document.problems)


def _config_facts(document: DataDocument, source: Source) -> Iterator[Fact]:
    yield from data_facts(document, source)
    yield from repeated_keys(document, source)
    yield from default_credentials(document, source)
    if source.format in _FILES_WITH_STEPS:
        from agentlint.facts.curl_calls import curl_steps
        from agentlint.facts.workflows import workflow_steps

        for root in document.roots:
            yield from workflow_steps(root, source)
            yield from curl_steps(root, source)


def language_of(path: str, kind: FileKind) -> str:
    """The language of a file; a config of no known one is read as lines of `NAME=value`."""
    if kind is FileKind.LOG:
        return "jsonl"
    if kind is not FileKind.CONFIG:
        return "markdown"
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    return data_language(suffix) or "dotenv"


def _scope(path: str) -> RouteScope:
    if is_test_path(path):
        return RouteScope.TEST
    return RouteScope.EXAMPLE if _EXAMPLE_NAME.search(path) else RouteScope.REPOSITORY


def _markdown_facts(document: MarkdownDocument, source: Source, kind: FileKind) -> Iterator[Fact]:
    if document.front_matter:
        yield from data_facts(document.front_matter, source)
        if kind is FileKind.INSTRUCTION:
            yield from repeated_keys(document.front_matter, source)
    shown = [*_fence_facts(document, source)]
    yield from shown
    yield from sections(document, source)
    yield from links(document, source)
    if "curl" in document.region.text:
        from agentlint.facts.curl_calls import curl_samples

        yield from curl_samples(document, source)
    if kind is FileKind.INSTRUCTION:
        yield from routing_orders(document, source)
        tables = Spans(fact.span for fact in shown if isinstance(fact, Route) and _lists_ids(fact))
        yield from (
            mention
            for mention in mentions(document, source)
            if not _is_route_entry(mention, tables)
        )


def _lists_ids(route: Route) -> bool:
    """Whether the entry is one that IDs belong in; a tool's own choice of a model is not."""
    return route.kind not in (RouteKind.TOOL_DEFAULT, RouteKind.AGENT_BINDING)


def _is_route_entry(mention: ModelMention, tables: Spans) -> bool:
    """Whether a model is named by the route table that it belongs in."""
    return mention.stance is Stance.ASSIGNED and tables.any_contains(mention.span)


def _fence_facts(document: MarkdownDocument, source: Source) -> Iterator[Fact]:
    shown = Source(source.path, source.format, RouteScope.EXAMPLE, source.in_test)
    for block in document.blocks:
        language = data_language(block.language) if block.kind is BlockKind.FENCE else None
        if language and ROUTE_HINT.search(block.region.text):
            embedded = parse(language, block.region)
            if isinstance(embedded, DataDocument):
                yield from data_facts(embedded, shown)


def _inner_comments(document: MarkdownDocument) -> Iterator[Region]:
    """Comments in front matter and in code samples."""
    if document.front_matter:
        yield from document.front_matter.comments
    for block in document.blocks:
        if block.kind in (BlockKind.FENCE, BlockKind.INDENTED_CODE):
            yield from _comment_lines(block.region)


def _comment_lines(region: Region) -> Iterator[Region]:
    if "agentlint" in region.text:
        for match in _SUPPRESSION_LINE.finditer(region.text):
            yield region.cut(match.start(), match.end())


def _suppressions(comments: tuple[Region, ...], source_file: SourceFile) -> Iterator[Suppression]:
    for comment in comments:
        if "agentlint" not in comment.text:
            continue
        span = comment.span()
        line = source_file.position(span.start).line
        before = source_file.text[source_file.line_span(line).start : span.start]
        alone = not before.strip(" \t>*-")
        suppression = read_suppression(source_file.path, comment, line, alone=alone)
        if suppression:
            yield suppression


def _notices(problems: tuple[Problem, ...], source_file: SourceFile) -> Iterator[Notice]:
    for problem in problems:
        line = source_file.position(problem.span.start).line
        yield Notice(source_file.path, line, _PROBLEM_KINDS[problem.kind], problem.message)
