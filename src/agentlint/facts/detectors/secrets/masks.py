"""Credentials of which somebody wrote x over a part: `4b71c0xxxd98e`, `sk-proj-abcxxxRTW`."""

from __future__ import annotations

from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.token_rows import rows_by_start

_RUN = "xxx"
_HEX_BUT_FOR_RUNS = ascii_pattern(r"[0-9a-f]{1,64}(?:x{3,64}[0-9a-f]{1,64}){1,8}")


def is_masked_within(text: str) -> bool:
    """Whether a run of x in `text` is a mask: all else is hex, or it begins as a provider's tokens do and
    is none of them."""
    plain = text.lower()
    if _RUN not in plain:
        return False
    return _HEX_BUT_FOR_RUNS.fullmatch(plain) is not None or _is_short_of_a_token(text)


def _is_short_of_a_token(text: str) -> bool:
    rows = [row for row in rows_by_start().get(text[:3], ()) if text.startswith(row.prefixes)]
    return bool(rows) and not any(row.pattern.match(text) for row in rows)
