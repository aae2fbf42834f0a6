"""The modules from which a sample of code has its names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from agentlint.text import Pattern

_IMPORTED_FROM = Pattern(
    r"^[ \t]{0,20}from[ \t]{1,4}(?P<python>[\w.]{1,120})[ \t]{1,4}import[ \t(](?P<names>[^)\n]{1,400})"
    r"|^import[ \t]{0,4}\{(?P<bound>[^{}\n]{1,400})\}[ \t]{0,4}from[ \t]{0,4}"
    r"[\"'](?P<script>[^\"'\n]{1,120})[\"']",
    re.MULTILINE,
)
_NAME = Pattern(r"\w{1,80}")


def module_of(text: str, name: str) -> str:
    """The module that a sample imports a name from, "" if it does not."""
    return _imported(text).get(name, "")


@lru_cache(8)
def _imported(text: str) -> Mapping[str, str]:
    """The modules of the names that a sample imports."""
    return {
        name: match["python"] or match["script"]
        for match in _IMPORTED_FROM.finditer(text)
        for name in _NAME.findall(match["names"] or match["bound"])
    }
