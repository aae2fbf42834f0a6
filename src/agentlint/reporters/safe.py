"""The one way out: no string of a file, a name or an exception is printed but through here."""

from __future__ import annotations

from agentlint.facts.redaction import redact
from agentlint.text import one_line


def safe(text: str) -> str:
    """`text` on one line, with nothing in it that hides, moves a cursor or is a secret."""
    return one_line(redact(text))
