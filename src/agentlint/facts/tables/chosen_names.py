"""Which entries of a team's own table are put to work by name: `default: NAME`, `routing: {task: NAME}`,
`fallback: [NAME]`, `chain: [NAME, NAME]`, `tiers: {deep: [NAME]}`.

A list may as well be of tags, or of all that there is. It turns to entries where its key, or what it stands
in, says that it is tried or that it serves a task, and where each of its items is the name of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agentlint.documents import Mapping, Node, Scalar, Sequence, walk
from agentlint.facts.tables.entry_fields import PlainFields, any_of, called, table_words
from agentlint.facts.tree import plain_key
from agentlint.facts.values.value import ABSENT


def chosen_names(root: Node) -> Counter[str]:
    """How often a tree names what it turns to."""
    found = Counter(
        value.raw
        for pointer, node in walk(root)
        if isinstance(node, Scalar) and chooses_a_name(pointer) and (value := called(node)).literal
    )
    lists = [
        tuple(called(item).literal or "" for item in node.items)
        for pointer, node in walk(root)
        if isinstance(node, Sequence) and _turns_to_names(pointer)
    ]
    names = frozenset(_names(root)) if lists else frozenset()
    for listed in lists:
        found.update(listed if names.issuperset(listed) else ())
    return found


def chooses_a_name(keys: tuple[str, ...]) -> bool:
    """Whether what stands there is the name of an entry that is put to work: by its key, or as an item or
    an entry of what has such a key."""
    last, above = _innermost(keys)
    by, among = table_words("chosen", "by"), any_of("chosen", "among")
    return last.startswith(by) or (above in among and last not in any_of("chosen", "own"))


def _turns_to_names(keys: tuple[str, ...]) -> bool:
    """Whether a list there has the names of what is tried one after the other, or for a task."""
    last, above = _innermost(keys)
    if last.endswith(table_words("chosen", "traits")) or last in any_of("chosen", "own", "offers"):
        return False
    tried = last.startswith(table_words("chosen", "first")) or last.endswith(
        table_words("chosen", "ordered")
    )
    return (
        tried
        or above.endswith(table_words("chosen", "ordered"))
        or above in any_of("chosen", "among", "groups")
    )


def _innermost(keys: tuple[str, ...]) -> tuple[str, str]:
    """The last of several keys, and the one above it."""
    last, above = ("", "", *map(plain_key, keys[-2:]))[:-3:-1]
    return last, above


def _names(root: Node) -> Iterator[str]:
    """What an entry may be called by: its key, its own name for itself, and its model."""
    for pointer, node in walk(root):
        if isinstance(node, Mapping):
            fields = PlainFields.of(node)
            own = (fields.values.get(key, ABSENT).raw for key in table_words("entry", "name"))
            yield from {*pointer[-1:], *own, fields.model.raw} - {""}
