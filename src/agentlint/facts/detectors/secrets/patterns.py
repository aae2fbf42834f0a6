"""Regular expressions that are compiled when they are first needed: most runs need few of them."""

from __future__ import annotations

import re
from functools import cache

AUTH_SCHEME = (
    r"(?:(?i:bearer|basic|token|bot|apikey|api-key|key|jwt|ssws|geniekey)(?:[ \t]|%20|\+){1,8})"
)
"""What may stand before a credential in a header, with the blank after it."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` with `\\w`, `\\d` and `\\s` for ASCII only, so that other scripts end a token."""
    return re.compile(pattern, re.ASCII)
