"""The one way out: no string of a file, a name or an exception is printed but through here."""

from __future__ import annotations

from agentlint.facts.redaction import redact
from agentlint.findings import Fix
from agentlint.text import one_line, printable


def safe(text: str) -> str:
    """`text` on one line, with nothing in it that hides, moves a cursor or is a secret."""
    return one_line(redact(text))


def safe_fix(fix: Fix | None) -> Fix | None:
    """`fix` if its edits can be printed as they are; an edit that was made safe would be another."""
    if fix is None or any(printable(redact(edit.text)) != edit.text for edit in fix.edits):
        return None
    return fix
