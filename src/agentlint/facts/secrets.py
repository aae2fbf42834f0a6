"""Literal credentials of a document: by the shape of a value anywhere, and by the name of its key."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import DataDocument, Document, Scalar, ScalarKind, walk
from agentlint.facts.detectors.secrets import SecretMatch, find_secrets, judge_value
from agentlint.facts.secret import SecretCandidate
from agentlint.facts.source import Source
from agentlint.text import Span


def secret_candidates(document: Document, source: Source) -> list[SecretCandidate]:
    """Each credential of a document once, in order of place."""
    found: dict[Span, SecretCandidate] = {}
    for match, span, name in _matches(document):
        if not any(span.overlaps(other) for other in found):
            found[span] = _candidate(match, span, name, source)
    return [found[span] for span in sorted(found)]


def _matches(document: Document) -> Iterator[tuple[SecretMatch, Span, str]]:
    """Matches of the whole text first: a value's own shape tells more than the name of its key."""
    region = document.region
    values = list(_values(document)) if isinstance(document, DataDocument) else []
    for match in find_secrets(region.text):
        span = region.span(match.start, match.end)
        yield match, span, next((n for n, scalar in values if scalar.outer.contains(span)), "")
    for name, scalar in values:
        judged = judge_value(name, scalar.text)
        if judged:
            yield judged, scalar.region.span(judged.start, judged.end), name


def _values(document: DataDocument) -> Iterator[tuple[str, Scalar]]:
    """Each text with the nearest key above it."""
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
