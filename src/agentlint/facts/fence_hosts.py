"""Whether a sample of code sends its calls to another host than that of a model's vendor."""

from __future__ import annotations

import re

from agentlint.knowledge.providers import provider_of_url, vendor_provider
from agentlint.text import Pattern

_URL = Pattern(r"https?://[^\s\"'`<>)\]},;\\]{1,400}")
# `baseURL: process.env.GATEWAY`, `OPENAI_BASE_URL=`, `azure_endpoint="…"`; `baseURL?: string` sets nothing.
_HOST_SETTING = Pattern(r"(?:base_?url|api_?base|endpoint)[\"']?\s{0,8}[:=]", re.IGNORECASE)
_OF_CALLS = Pattern(
    r"/v\d{1,2}(?:beta)?(?![a-z0-9])|/(?:chat/)?completions|/responses|/messages|/api/(?:chat|generate)"
)
_AZURE = Pattern(r"azure", re.IGNORECASE)
COMMENT = Pattern(r"(?:^|\s)(?:#|//|--\s|;|%|<!--|/\*|\*\s)")
"""Where a comment begins on a line of a sample, in whatever language."""


def calls_elsewhere(text: str, vendor: str) -> bool:
    """Whether the code `text` has a host set that is not the vendor's, or calls one.

    A sample without any calls the vendor; what stands in a comment is no call, and the address of a
    picture, a page or another service is no host of models.
    """
    lines = map(_without_comment, text.splitlines())
    return any(_names_another_host(line, vendor) for line in lines)


def _names_another_host(line: str, vendor: str) -> bool:
    if _AZURE.search(line):
        return True
    url = _URL.search(line)
    is_set = _HOST_SETTING.search(line) is not None
    if url is None:
        return is_set
    is_host = is_set or _OF_CALLS.search(url[0]) is not None
    return is_host and provider_of_url(url[0]) is not vendor_provider(vendor)


def _without_comment(line: str) -> str:
    comment = COMMENT.search(line)
    return line[: comment.start()] if comment else line
