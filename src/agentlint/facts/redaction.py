"""Masking secrets in whatever is about to be shown; the only place that does it."""

from __future__ import annotations

from agentlint.facts.detectors.secrets import find_secrets


def redact(text: str) -> str:
    """`text` with every literal that looks like a credential replaced by its kind and length."""
    parts: list[str] = []
    at = 0
    for secret in sorted(find_secrets(text), key=lambda secret: secret.start):
        if secret.start >= at:
            parts += [text[at : secret.start], f"[{secret.kind}, {secret.length} characters]"]
            at = secret.end
    return "".join((*parts, text[at:])) if parts else text
