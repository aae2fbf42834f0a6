"""Text of a file with its credentials masked: those that only their place in the file gives away.

`safe` masks what looks like a credential by itself; the value of a key on another line does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from agentlint.facts.secret import SecretCandidate, touched
from agentlint.text import Span


def masked(text: str, at: int, secrets: Sequence[SecretCandidate]) -> str:
    """`text`, which begins at offset `at` of its file, with every part of a secret replaced.

    `secrets` are those of the file, in order and without overlaps.
    """
    parts: list[str] = []
    done = at
    end = at + len(text)
    for secret in touched(secrets, Span(at, end)):
        parts.append(text[done - at : max(done, secret.span.start) - at])
        parts.append(f"[{secret.kind}, {secret.length} characters]")
        done = min(end, secret.span.end)
    return "".join((*parts, text[done - at :]))


def widened(span: Span, secrets: Sequence[SecretCandidate]) -> Span:
    """`span` with the whole of each secret that it touches."""
    inside = touched(secrets, span)
    if not inside:
        return span
    return Span(min(span.start, inside[0].span.start), max(span.end, inside[-1].span.end))
