"""Whether a sample of code sends its calls to another host than that of a model's vendor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.knowledge.providers import provider_of_url, vendor_provider
from agentlint.text import Pattern

_URL = Pattern(r"https?://[^\s\"'`<>)\]},;\\]{1,400}")
_BASE_URL = Pattern(r"base_?url|api_?base|azure", re.IGNORECASE)
_COMMENT = Pattern(r"^\s{0,80}(?:#|//|/\*|\*\s|--\s)|\s(?:#|//)\s")


def calls_elsewhere(text: str, vendor: str) -> bool:
    """Whether the code `text` names a host that is not the vendor's, or has the environment name it.

    A sample without any host calls the vendor; what stands in a comment is no call.
    """
    lines = [_without_comment(line) for line in text.splitlines()]
    urls = list(_urls(lines))
    if urls:
        own = vendor_provider(vendor)
        return any(provider_of_url(url) is not own for url in urls)
    return any(_BASE_URL.search(line) for line in lines)


def _without_comment(line: str) -> str:
    comment = _COMMENT.search(line)
    return line[: comment.start()] if comment else line


def _urls(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield from (match[0] for match in _URL.finditer(line))
