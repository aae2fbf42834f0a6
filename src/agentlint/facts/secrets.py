"""Literal credentials of a document: by the shape of a value anywhere, and by the name of its key."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import (
    CodeDocument,
    DataDocument,
    MarkdownDocument,
    Scalar,
    ScalarKind,
    walk,
)
from agentlint.facts.call_sites import credential_arguments
from agentlint.facts.detectors.secrets import SecretMatch, Tier, find_secrets, judge_value
from agentlint.facts.route import RouteScope
from agentlint.facts.secret import SecretCandidate
from agentlint.facts.source import Source
from agentlint.text import Region, Span

# Where a value that only its name makes a credential is a sample for others to replace.
_MADE_UP = (RouteScope.EXAMPLE, RouteScope.TEST)


def secret_candidates(
    document: DataDocument | MarkdownDocument | CodeDocument, source: Source
) -> list[SecretCandidate]:
    """Each credential of a document once, in order of place."""
    found: dict[Span, SecretCandidate] = {}
    for match, span, name in _matches(document.region, list(_values(document, source))):
        if match.tier is Tier.NAMED and source.scope in _MADE_UP:
            continue
        if not any(span.overlaps(other) for other in found):
            found[span] = _candidate(match, span, name, source)
    return [found[span] for span in sorted(found)]


def _matches(
    region: Region, values: list[tuple[str, Scalar]]
) -> Iterator[tuple[SecretMatch, Span, str]]:
    """Matches of the whole text first: a value's own shape tells more than the name of its key."""
    for match in find_secrets(region.text):
        span = region.span(match.start, match.end)
        yield match, span, next((n for n, scalar in values if scalar.outer.contains(span)), "")
    for name, scalar in values:
        judged = judge_value(name, scalar.text)
        if judged:
            yield judged, scalar.region.span(judged.start, judged.end), name


def _values(
    document: DataDocument | MarkdownDocument | CodeDocument, source: Source
) -> Iterator[tuple[str, Scalar]]:
    """Each text that a name is given for: the nearest key above it, or the argument that it is.

    What the code of a test gives for a credential is made up.
    """
    match document:
        case DataDocument():
            yield from _keyed(document)
        case CodeDocument() if not source.in_test:
            yield from credential_arguments(document)


def _keyed(document: DataDocument) -> Iterator[tuple[str, Scalar]]:
    for root in document.roots:
        for pointer, node in walk(root):
            if isinstance(node, Scalar) and node.kind is ScalarKind.STRING:
                yield next((key for key in reversed(pointer) if not key.isdecimal()), ""), node


def _candidate(match: SecretMatch, span: Span, name: str, source: Source) -> SecretCandidate:
    return SecretCandidate(
        path=source.path,
        span=span,
        kind=match.kind,
        title=match.title,
        provider=match.provider,
        length=match.length,
        confidence=match.confidence,
        name=name,
        reader=source.format,
    )
