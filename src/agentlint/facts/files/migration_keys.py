"""Keys and comments of a config that move model calls to another place, or tell the way back."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TypeAlias

from agentlint.documents import DataDocument, Entry, Mapping, Node, Scalar, walk
from agentlint.facts.pipelines.workflows import WORKFLOW
from agentlint.facts.section import Link, MigrationBlock, WayBackKey
from agentlint.facts.source import Source
from agentlint.facts.wording.migrations import names_migration, names_rollback, tells_way_back
from agentlint.text import Pattern, may_spell_any

Move: TypeAlias = WayBackKey | MigrationBlock | Link

_WAY_BACK_KEY = Pattern(
    r"(?:.{0,80}[_-])?(?:rollback|roll_back|revert)(?:[_-].{0,80})?|previous[_-].{1,80}",
    re.IGNORECASE,
)
# A promise and a name are no way back.
_PROMISE_KEY = Pattern(r"rollback[_-](?:ready|owner|tested|by)", re.IGNORECASE)
_MIGRATION_KEY = Pattern(
    r"(?:gateway_|route_|model_)?(?:migration|cutover|cut_over|migrate_to|switch_to)", re.IGNORECASE
)
_SIDE_KEY = Pattern(
    r"(?P<side>old|from|legacy|source|new|to|target)_(?P<thing>(?:[a-z]{1,20}_){0,3}"
    r"(?:base_url|api_base|gateway_url|gateway|provider|endpoint_family))",
    re.IGNORECASE,
)
_BEFORE = frozenset({"old", "from", "legacy", "source"})
_MODEL_CALLS = Pattern(
    r"openai|anthropic|gateway|llm|model|openrouter|bedrock|gemini|/v1\b|endpoint_family",
    re.IGNORECASE,
)
# One of these stands in every key that is looked for, whatever its case.
_WORDS = (
    *("rollback", "roll_back", "revert", "previous", "migrat", "cutover", "cut_over", "switch_to"),
    *(f"{side}_" for side in sorted(_BEFORE)),
)
_SETTLED = frozenset({"", "none", "no", "false", "null", "todo", "tbd", "n/a"})
_NOTE = Pattern(r"[\w.][\w./-]{0,200}\.(?:md|mdx|markdown)(?:#.{0,100})?")


def moves(document: DataDocument, source: Source) -> Iterator[Move]:
    """Migration blocks, ways back and links to rollback notes of every tree, in order."""
    text = document.region.text
    if source.format == WORKFLOW or may_spell_any(text.casefold(), _WORDS):
        for root in document.roots:
            for pointer, node in walk(root):
                if isinstance(node, Mapping):
                    yield from _in_mapping(node, pointer, source, text)
    for comment in document.comments:
        if tells_way_back(comment.text):
            yield WayBackKey(source.path, "", comment.span())


def _in_mapping(
    node: Mapping, pointer: tuple[str, ...], source: Source, around: str
) -> Iterator[Move]:
    for entry in node.entries:
        key = entry.key.text
        if _WAY_BACK_KEY.fullmatch(key):
            yield from _way_back(entry, source)
        elif _MIGRATION_KEY.fullmatch(key) and _moves_routes(entry.value):
            yield MigrationBlock(source.path, key, entry.key.span)
        elif key == "name" and source.format == WORKFLOW and isinstance(entry.value, Scalar):
            yield from _move_of_job(entry.value, source, around)
    if not any(_MIGRATION_KEY.fullmatch(key) for key in pointer):
        yield from _side_by_side(node, source)


def _way_back(entry: Entry, source: Source) -> Iterator[Move]:
    """The way back that a key tells: a note where it names one, else what stands there itself."""
    key, value = entry.key.text, entry.value
    text = value.text.strip() if isinstance(value, Scalar) else None
    if _PROMISE_KEY.fullmatch(key) or (text is not None and text.lower() in _SETTLED):
        return
    if text is not None and _NOTE.fullmatch(text):
        path = text.partition("#")[0]
        for place in dict.fromkeys((path, posixpath.join(posixpath.dirname(source.path), path))):
            yield Link(source.path, posixpath.normpath(place), value.span, says_rollback=True)
    else:
        yield WayBackKey(source.path, key, entry.key.span)


def _move_of_job(name: Scalar, source: Source, around: str) -> Iterator[Move]:
    """What the name of a workflow, job or step says that it does."""
    if names_rollback(name.text):
        yield WayBackKey(source.path, name.text, name.span)
    elif names_migration(name.text, around):
        yield MigrationBlock(source.path, name.text, name.span)


def _side_by_side(node: Mapping, source: Source) -> Iterator[MigrationBlock]:
    """The old and the new address or provider of model calls, as two keys of one mapping."""
    before: dict[str, Entry] = {}
    for entry in node.entries:
        match = _SIDE_KEY.fullmatch(entry.key.text)
        if match and match["side"].lower() in _BEFORE:
            before[match["thing"].lower()] = entry
    for entry in node.entries:
        match = _SIDE_KEY.fullmatch(entry.key.text) if before else None
        if match and match["side"].lower() not in _BEFORE:
            other = before.get(match["thing"].lower())
            if other and any(map(_calls_models, (entry, other))):
                yield MigrationBlock(source.path, entry.key.text, entry.key.span)
                return


def _calls_models(entry: Entry) -> bool:
    value = entry.value.text if isinstance(entry.value, Scalar) else ""
    return _MODEL_CALLS.search(f"{entry.key.text} {value[:400]}") is not None


def _moves_routes(node: Node) -> bool:
    """Whether a migration block speaks of where model calls go."""
    words = ("base_url", "gateway", "provider", "endpoint", "route", "model")
    return isinstance(node, Mapping) and any(
        word in entry.key.text.lower() for entry in node.entries for word in words
    )
