"""Regular expressions that are compiled when they are first needed: most runs need few of them."""

from __future__ import annotations

import re
from functools import cache

from agentlint.text import Pattern, compile_pattern


def ascii_pattern(pattern: str) -> Pattern:
    """`pattern` with `\\w`, `\\d` and `\\s` for ASCII only, so that other scripts end a token."""
    return Pattern(pattern, re.ASCII)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The same for one that a table gives, or that is put together for a run."""
    return compile_pattern(pattern, re.ASCII)
