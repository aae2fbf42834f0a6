"""Facts of a data document (YAML, TOML, JSON, dotenv), wherever it stands: file, fence, front matter
or a block of text inside another config."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agentlint.discovery import recognise_content
from agentlint.documents import (
    DataDocument,
    Node,
    ProblemKind,
    Scalar,
    data_language,
    parse,
    walk,
)
from agentlint.facts.adapters import routes
from agentlint.facts.contract import contracts
from agentlint.facts.exposure import exposures
from agentlint.facts.files.migration_keys import moves
from agentlint.facts.files.records import records
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut
from agentlint.text import Spans

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

# A config inside a config inside a fence is as deep as real files go (a ConfigMap in a Markdown page).
MAX_EMBEDDING = 3


def data_facts(document: DataDocument, source: Source, depth: int = 0) -> Iterator[Fact | LeftOut]:
    """What every tree of a document says of routes, migrations, records and instructions."""
    found = list(records(document, source))
    yield from _routes(document, found, source)
    yield from exposures(document, source)
    yield from moves(document, source)
    yield from found
    yield from contracts(document, source)
    for root in document.roots:
        for text in embedded(root):
            if depth < MAX_EMBEDDING:
                yield from data_facts(text, source, depth + 1)
                yield from limits_of(text, source)
            else:
                reason = f"configs nested more than {MAX_EMBEDDING} deep in one another"
                yield LeftOut(source.path, text.region.span(), reason)


def limits_of(document: DataDocument, source: Source) -> Iterator[LeftOut]:
    """What a document inside another was too much for; the file's own are told as they are."""
    for problem in document.problems:
        if problem.kind is ProblemKind.LIMIT:
            yield LeftOut(source.path, problem.span, problem.message.removeprefix("not read: "))


def _routes(
    document: DataDocument, found: list[Record], source: Source
) -> Iterator[Route | LeftOut]:
    """The routes of a document; what a record says of a past run is no entry of a route table."""
    covered = Spans(record.span for record in found)
    for route in routes(document, source):
        if (
            isinstance(route, LeftOut)
            or len(route.pointer) != 1
            or not covered.any_contains(route.span)
        ):
            yield route


def embedded(root: Node) -> Iterator[DataDocument]:
    """Configs that stand as text in a value, such as a file in a Kubernetes ConfigMap."""
    for pointer, node in walk(root):
        if isinstance(node, Scalar) and _may_hold_routes(node.text):
            document = parse(_language(pointer, node.text), node.region)
            if isinstance(document, DataDocument):
                yield document


def _may_hold_routes(text: str) -> bool:
    if "\n" not in text:
        return False
    signature = recognise_content(text.encode("utf-8", "replace"))
    return signature is not None and signature.embedded


def _language(pointer: tuple[str, ...], text: str) -> str:
    """The language that the key names, as in `config.toml: |`, else the one that the text looks like."""
    suffix = pointer[-1].rpartition(".")[2].lower() if pointer else ""
    return data_language(suffix) or ("json" if text.lstrip()[:1] in "{[" else "yaml")
