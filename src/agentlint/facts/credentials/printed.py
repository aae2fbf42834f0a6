"""Credentials in what the cells of a notebook printed: those alone that their own shape gives away.

A client that is shown prints the key that it was made with. Whatever else is printed is data, in which
names and hashes stand for anything: in 4,185 notebooks of 76 public repositories 4 tokens of a provider
were printed, all genuine, and 52 other values, addresses of coins, that only a name made a credential.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents.notebook import NotebookDocument
from agentlint.facts.credentials.candidates import secret_candidates
from agentlint.facts.secret import SecretCandidate
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut
from agentlint.knowledge.secret_shapes import secret_shapes
from agentlint.text import Region, Span

_TOKEN = "token"  # noqa: S105 - a group of shapes
_MAX_TOKENS = 100


def printed_tokens(
    notebook: NotebookDocument, text: str, source: Source
) -> Iterator[SecretCandidate | LeftOut]:
    """Each value once, at its first place in `text`, which is that of the file."""
    seen: set[str] = set()
    for printed in notebook.printed:
        for secret in secret_candidates(Region.whole(printed.text), (), source):
            value = secret.span.cut(printed.text)
            if value in seen or not _is_token(secret.kind):
                continue
            if len(seen) == _MAX_TOKENS:
                reason = f"more than {_MAX_TOKENS} credentials that cells printed"
                yield LeftOut(source.path, printed.span, reason)
                return
            seen.add(value)
            # No escape of JSON is needed for the characters of a token.
            start = text.find(value, printed.span.start, printed.span.end)
            if start >= 0:
                yield _as_printed(secret, Span(start, start + len(value)))


def _is_token(kind: str) -> bool:
    shape = secret_shapes()[kind]
    return shape.group == _TOKEN and shape.is_unmistakable


def _as_printed(secret: SecretCandidate, span: Span) -> SecretCandidate:
    return SecretCandidate(
        path=secret.path,
        span=span,
        kind=secret.kind,
        title=secret.title,
        provider=secret.provider,
        length=secret.length,
        confidence=secret.confidence,
        reader=secret.reader,
        expires=secret.expires,
        is_printed=True,
    )
