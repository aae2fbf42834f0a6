"""Whether a sample of code sends its calls to another host than that of a model's vendor, or serves it."""

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
# What deploys a model in a cloud, or serves one itself: it has to be told which, by its own ID.
_SERVER = Pattern(
    r"(?:^|[;&|(])[ \t]{0,40}(?:[$>%][ \t]{1,4})?"
    r"(?:sudo[ \t]{1,4}|[A-Z_]{1,40}=[^\s;&|]{0,200}[ \t]{1,4}){0,4}"
    r"(?:az|gcloud|aws|vllm|ollama|docker|podman|kubectl|helm|sglang|llama-server|lms|hf"
    r"|huggingface-cli|text-generation-launcher|mlx_lm(?:\.\w{1,20})?"
    r"|python3?[ \t]{1,4}-m[ \t]{1,4}(?:vllm|sglang|mlx_lm|llama_cpp)[\w.]{0,40})[ \t][^;&|]{0,1000}\Z"
)
COMMENT = Pattern(r"(?:^|\s)(?:#|//|--\s|;|%|<!--|/\*|\*\s)")
"""Where a comment begins on a line of a sample, in whatever language."""


def calls_elsewhere(text: str, vendor: str) -> bool:
    """Whether the code `text` has a host set that is not the vendor's, or calls one.

    A sample without any calls the vendor; what stands in a comment is no call, and the address of a
    picture, a page or another service is no host of models.
    """
    lines = map(_without_comment, text.splitlines())
    return any(_names_another_host(line, vendor) for line in lines)


def serves_models(command: str) -> bool:
    """Whether the `command` that a text breaks off in deploys or serves models: `vllm serve --model `."""
    return _SERVER.search(command) is not None


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
