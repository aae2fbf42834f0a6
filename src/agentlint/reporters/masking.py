"""Text of a file with its credentials masked: those that only their place in the file gives away.

`safe` masks what looks like a credential by itself; the value of a key on another line does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from agentlint.facts.secret import SecretCandidate
from agentlint.text import Span


def masked(text: str, at: int, secrets: Sequence[SecretCandidate]) -> str:
    """`text`, which begins at offset `at` of its file, with every part of a secret replaced."""
    parts: list[str] = []
    done = at
    end = at + len(text)
    for secret in sorted(secrets, key=lambda secret: secret.span):
        if secret.span.start < end and done < secret.span.end:
            parts.append(text[done - at : max(done, secret.span.start) - at])
            parts.append(f"[{secret.kind}, {secret.length} characters]")
            done = min(end, secret.span.end)
    return "".join((*parts, text[done - at :]))


def widened(span: Span, secrets: Sequence[SecretCandidate]) -> Span:
    """`span` with the whole of each secret that it touches."""
    touched = [secret.span for secret in secrets if secret.span.overlaps(span)]
    return Span(
        min((span.start, *(secret.start for secret in touched))),
        max((span.end, *(secret.end for secret in touched))),
    )
