"""Texts that name a model together with its provider: `anthropic:claude-opus-4-5`, `groq/llama-3.3-70b`.

A colon says who serves the model. A slash does so behind a platform's name alone: aggregators name the
models that they resell by their vendors (`anthropic/claude-opus-4.5`), so what stands before it may be no
more than the owner.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import DataDocument, Mapping, Node, Scalar, walk
from agentlint.facts.tables.entry_fields import PlainFields, any_of, table_words
from agentlint.facts.tables.entry_hosts import hosts_at
from agentlint.facts.values.value import Value
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import provider_named
from agentlint.text import Span


class Reference(Struct, frozen=True):
    """A `model` and how its provider is `named` before it. `is_owned` where that may be its owner's name
    alone."""

    named: str
    model: Value
    is_owned: bool = False


def reference(value: Value) -> Reference | None:
    """The reference that a text is, None where no provider is named in it."""
    text = value.literal or ""
    named, _, model = text.partition(":")
    if model and provider_named(named):
        return Reference(named, _end_of(value, model))
    named, _, model = text.partition("/")
    if model and provider_named(named):
        return Reference(named, value, named.lower() not in any_of("references", "platforms"))
    return None


def owners_serve(document: DataDocument) -> bool:
    """Whether `vendor/model` names who serves the model in a document: others in it name platforms as
    their providers, and it knows of no host or reseller that may stand between."""
    text = document.region.text.lower()
    if any(name in text for name in table_words("references", "resellers")):
        return False
    nodes = [node for root in document.roots for _, node in walk(root)]
    mappings = (PlainFields.of(node) for node in nodes if isinstance(node, Mapping))
    addresses = (
        found for fields in mappings for found in fields.ending(table_words("address", "around"))
    )
    return all(hosts_at((address,)) != {None} for address in addresses) and any(
        _is_at_platform(node) for node in nodes
    )


def _is_at_platform(node: Node) -> bool:
    named, _, model = node.text.partition("/") if isinstance(node, Scalar) else ("", "", "")
    return named.lower() in any_of("references", "platforms") and bool(parse_model(model).vendor)


def _end_of(value: Value, text: str) -> Value:
    """What a value ends with; one that is spelled with escapes keeps the place of the whole."""
    span = value.span
    if span and len(span) == len(value.raw):
        span = Span(span.end - len(text), span.end)
    return replace(value, raw=text, span=span)
