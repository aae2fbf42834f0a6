"""The one way out: no string of a file, a name or an exception is printed but through here."""

from __future__ import annotations

from functools import lru_cache

from agentlint.facts.detectors.redaction import redact
from agentlint.findings import Fix
from agentlint.text import one_line, printable

_SHORT = 400


def safe(text: str) -> str:
    """`text` on one line, with nothing in it that hides, moves a cursor or is a secret."""
    return _short_and_safe(text) if len(text) <= _SHORT else one_line(redact(text))


@lru_cache(maxsize=4096)
def _short_and_safe(text: str) -> str:
    """As `safe`; most of what a report says, it says of many findings."""
    return one_line(redact(text))


def safe_fix(fix: Fix | None) -> Fix | None:
    """`fix` if its edits can be printed as they are; an edit that was made safe would be another."""
    if fix is None:
        return None
    texts = (edit.text.replace("\r\n", "\n") for edit in fix.edits)
    return fix if all(printable(redact(text)) == text for text in texts) else None
