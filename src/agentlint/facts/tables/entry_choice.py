"""Whether an entry of a team's own table chooses its model, or only tells of it: as an offer in a list,
in the record of what was called once, or as a model that ends."""

from __future__ import annotations

from agentlint.documents import Node, Scalar, ScalarKind, Sequence
from agentlint.facts.tables.entry_fields import PlainFields, any_of, called, table_words
from agentlint.facts.tree import listed
from agentlint.facts.values.value import ABSENT
from agentlint.text import Pattern

# A prompt has more, and what is said of one has less: `true`, `supported`, `prompts/coder.md`.
_FEWEST_WORDS = 3
_NUMBER = Pattern(r"\d{1,3}(?:\.\d{1,6})?|\.\d{1,6}")


def chooses(fields: PlainFields) -> bool:
    """Whether this is no offer of a catalogue and no record of what was called once."""
    if is_over(fields):
        return False
    if fields.has_credential:
        return True
    if fields.mention(table_words("not_chosen", "offered")):
        return False
    return is_set(fields) or not fields.mention(table_words("not_chosen", "noted", "priced"))


def is_over(fields: PlainFields) -> bool:
    """Whether this is the record of what was called once, or says itself that it ends."""
    return (
        is_in_record(fields)
        or not any_of("not_chosen", "recorded").isdisjoint(fields.keys)
        or _is_measured(fields)
        or _has_outcome(fields)
        or fields.mention(table_words("not_chosen", "ending"))
    )


def is_in_record(fields: PlainFields) -> bool:
    """Whether this, with all that stands in it, is the record of what was called once."""
    if not any_of("not_chosen", "recorded_around").isdisjoint(fields.keys):
        return True
    used = (fields.entries.get(key) for key in table_words("not_chosen", "used"))
    return any(entry is not None and _is_counted(entry.value) for entry in used)


def _is_measured(fields: PlainFields) -> bool:
    """Whether it says how a model did in a run; the entry of one that is called by a credential of its
    own says how it does."""
    if fields.has_credential:
        return False
    measured = (fields.entries.get(key) for key in table_words("not_chosen", "measured"))
    return any(entry is not None and _is_counted(entry.value) for entry in measured)


def _is_counted(node: Node) -> bool:
    """Whether a node holds numbers, in any unit, or a place for one: no words, and no list of such."""
    if isinstance(node, Sequence):
        return not node.items or any(
            isinstance(item, Scalar) and _is_counted(item) for item in node.items
        )
    if isinstance(node, Scalar) and node.kind is ScalarKind.STRING:
        return not node.text or any(character.isdecimal() for character in node.text)
    return True


def _has_outcome(fields: PlainFields) -> bool:
    given = (fields.values.get(key, ABSENT) for key in table_words("not_chosen", "outcome"))
    may_be_called = any_of("not_chosen", "callable")
    return any(v.given and (v.literal or "").lower() not in may_be_called for v in given)


def is_priced(fields: PlainFields) -> bool:
    """Whether it says what calls cost, as price lists do."""
    return fields.mention(table_words("not_chosen", "priced"))


def is_set(fields: PlainFields) -> bool:
    """Whether it says how the model is to be called, or what to turn to where it fails."""
    return _has_setting(fields) or is_called(fields) or _turns_elsewhere(fields)


def _has_setting(fields: PlainFields) -> bool:
    given = (fields.values.get(key, ABSENT).raw for key in table_words("called", "at"))
    return any(_NUMBER.fullmatch(text.strip()) for text in given)


def _turns_elsewhere(fields: PlainFields) -> bool:
    named = table_words("entry", "fallback", "fallback_model", "fallback_provider")
    nodes = (fields.entries[key].value for key in named if key in fields.keys)
    return any(called(item).given for node in nodes for item in listed(node))


def is_called(fields: PlainFields) -> bool:
    """Whether it says what only a call needs: a key, an address, how long to wait or what to tell the
    model."""
    return bool(
        fields.has_credential
        or fields.addresses
        or fields.mention(table_words("called", "by"))
        or _tells_the_model(fields)
    )


def _tells_the_model(fields: PlainFields) -> bool:
    texts = (fields.values.get(key, ABSENT).raw for key in table_words("called", "instructions"))
    return any(len(text.split(None, _FEWEST_WORDS - 1)) == _FEWEST_WORDS for text in texts)
