"""Facts of a data document (YAML, TOML, JSON, dotenv), wherever it stands: file, fence, front matter
or a block of text inside another config."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.discovery import recognise_content
from agentlint.documents import DataDocument, Mapping, Node, Scalar, data_language, parse, walk
from agentlint.facts.adapters import routes
from agentlint.facts.exposure import exposures
from agentlint.facts.file_facts import Fact
from agentlint.facts.section import MigrationBlock, WayBackKey
from agentlint.facts.source import Source

# A config inside a config inside a fence is as deep as real files go (a ConfigMap in a Markdown page).
MAX_EMBEDDING = 3
_WAY_BACK_KEY = re.compile(
    r"(?:.{0,80}[_-])?(?:rollback|roll_back|revert)(?:[_-].{0,80})?|previous[_-].{1,80}",
    re.IGNORECASE,
)
_MIGRATION_KEY = re.compile(
    r"(?:gateway_|route_|model_)?(?:migration|cutover|cut_over|migrate_to|switch_to)", re.IGNORECASE
)
_SETTLED = frozenset({"", "none", "no", "false", "null", "todo", "tbd", "n/a"})


def data_facts(document: DataDocument, source: Source, depth: int = 0) -> Iterator[Fact]:
    """Routes, ways back and migration blocks of every tree of a document, in order."""
    yield from routes(document, source)
    yield from exposures(document, source)
    for root in document.roots:
        yield from _notes(root, source)
        if depth < MAX_EMBEDDING:
            for text in _embedded(root):
                yield from data_facts(text, source, depth + 1)


def _notes(root: Node, source: Source) -> Iterator[WayBackKey | MigrationBlock]:
    for _, node in walk(root):
        if not isinstance(node, Mapping):
            continue
        for entry in node.entries:
            key = entry.key.text
            if _WAY_BACK_KEY.fullmatch(key) and not _is_settled(entry.value):
                yield WayBackKey(source.path, key, entry.key.span)
            elif _MIGRATION_KEY.fullmatch(key) and _moves_routes(entry.value):
                yield MigrationBlock(source.path, key, entry.key.span)


def _is_settled(node: Node) -> bool:
    """Whether a value says that there is nothing: such a key tells no way back."""
    return isinstance(node, Scalar) and node.text.strip().lower() in _SETTLED


def _moves_routes(node: Node) -> bool:
    """Whether a migration block speaks of where model calls go."""
    words = ("base_url", "gateway", "provider", "endpoint", "route", "model")
    return isinstance(node, Mapping) and any(
        word in entry.key.text.lower() for entry in node.entries for word in words
    )


def _embedded(root: Node) -> Iterator[DataDocument]:
    """Configs that stand as text in a value, such as a file in a Kubernetes ConfigMap."""
    for pointer, node in walk(root):
        if isinstance(node, Scalar) and _may_hold_routes(node.text):
            document = parse(_language(pointer, node.text), node.region)
            if isinstance(document, DataDocument):
                yield document


def _may_hold_routes(text: str) -> bool:
    return "\n" in text and recognise_content(text.encode("utf-8", "replace")) is not None


def _language(pointer: tuple[str, ...], text: str) -> str:
    """The language that the key names, as in `config.toml: |`, else the one that the text looks like."""
    suffix = pointer[-1].rpartition(".")[2].lower() if pointer else ""
    return data_language(suffix) or ("json" if text.lstrip()[:1] in "{[" else "yaml")
