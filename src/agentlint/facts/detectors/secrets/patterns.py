"""Regular expressions that are compiled when they are first needed: most runs need few of them."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` with `\\w`, `\\d` and `\\s` for ASCII only, so that other scripts end a token."""
    return re.compile(pattern, re.ASCII)
