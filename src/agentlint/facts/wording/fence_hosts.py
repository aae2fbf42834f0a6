"""Whether a sample of code sends its calls to another host than that of a model's vendor, serves it, or
maps an alias to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from msgspec import Struct

from agentlint.facts.wording.brackets import opening_bracket
from agentlint.facts.wording.code_lines import COMMENT, command_around, line_start
from agentlint.knowledge.providers import (
    authority_of_url,
    is_at_port_of_models,
    provider_of_url,
    vendor_provider,
)
from agentlint.text import Pattern

_URL = Pattern(r"https?://[^\s\"'`<>)\]},;\\]{1,400}")
# `baseURL: process.env.GATEWAY`, `OPENAI_BASE_URL=`, `azure_endpoint="…"`; `baseURL?: string` sets nothing.
_HOST_SETTING = Pattern(
    r"(?:base_?url|api_?base|(?<!otlp_)(?<!_traces_)(?<!_metrics_)(?<!_logs_)endpoint)[\"']?\s{0,8}[:=]",
    re.IGNORECASE,
)
_OF_CALLS = Pattern(
    r"/v\d{1,2}(?:beta)?(?![a-z0-9])|/(?:chat/)?completions|/responses|/messages|/api/(?:chat|generate)"
)
# Ollama's own API, which no gateway answers by its aliases: https://docs.ollama.com/api/generate
_OLLAMA = Pattern(r"/api/(?:chat|generate)/?\Z")
# A client, a setting, an address or a value; `azure/gpt-4o` is where that one model is called, and
# "OpenAI and Azure OpenAI" in a sentence calls nothing.
_AZURE = Pattern(
    r"azure(?!(?:_ai)?/[\w.-])|AZURE|Azure(?!\b)|Azure(?=[\"'`])|(?<=[:=])[ \t]{0,4}Azure\b"
)
# https://opentelemetry.io/docs/specs/otlp/#otlphttp-request
_OF_TRACES = Pattern(r"/v1/(?:traces|metrics|logs)/?\Z")
# What deploys a model in a cloud, or serves one itself: it has to be told which, by its own ID.
_SERVER = Pattern(
    r"(?:^|[;&|(])[ \t]{0,40}(?:[$>%][ \t]{1,4})?"
    r"(?:sudo[ \t]{1,4}|[A-Z_]{1,40}=[^\s;&|]{0,200}[ \t]{1,4}){0,4}"
    r"(?:az|gcloud|aws|vllm|ollama|docker|podman|kubectl|helm|sglang|llama-server|lms|hf"
    r"|huggingface-cli|text-generation-launcher|mlx_lm(?:\.\w{1,20})?"
    r"|python3?[ \t]{1,4}-m[ \t]{1,4}(?:vllm|sglang|mlx_lm|llama_cpp)[\w.]{0,40})[ \t][^;&|]{0,1000}\Z"
)
# Of a command: what it runs, and the value of the option by which it is told who answers.
_PROGRAM = Pattern(
    r"(?:^|[;&|(])[ \t]{0,40}(?:[$>%][ \t]{1,4})?(?:[A-Z_]{1,40}=[^\s;&|]{0,200}[ \t]{1,4}){0,4}"
    r"(?:(?:sudo|time|python3?|node|bash|sh|deno|bun|npx|uvx?|run|tsx|ruby|go)[ \t]{1,4}){0,4}"
    r"(?:[^\s\"'`;&|(-][^\s\"'`;&|(/]{0,60}/){0,8}(?P<name>[A-Za-z][\w-]{1,60})"
)
_PROVIDER = Pattern(
    r"(?<![\w-])--(?:(?:llm|model|api)-)?(?:provider|backend|engine|server)(?:[ \t]{1,4}|=)[\"']?"
    r"(?P<name>[A-Za-z][\w.-]{1,40})"
)
# https://docs.litellm.ai/docs/routing: `litellm_params` holds what the alias beside it stands for.
_ROUTE = Pattern(r"\blitellm_params[\"']?\s{0,8}[:=]\s{0,8}(?:dict|LiteLLM_Params)?\s?\Z")
_REACH = 240
_SLASHES_OF_SCHEME = 2


@lru_cache(32)
def calls_elsewhere(text: str, vendor: str) -> bool:
    """Whether the code `text` has a host set that is not the vendor's, or calls one.

    A sample without any calls the vendor; what stands in a comment is no call, and the address of a
    picture, a page or another service is no host of models.
    """
    lines = map(_without_comment, text.splitlines())
    return any(_names_another_host(line, vendor) for line in lines)


class Called(Struct, frozen=True):
    """What a sample calls with a model: host and port, and whether it is a server's own API."""

    host: str = ""
    is_ollama: bool = False


def called_with(text: str, start: int, end: int) -> Called:
    """What a sample calls with the model that it names at `start`: at the URL of the line from `start` to
    `end`, else at the last one before it, else at the first one behind it."""
    urls = _urls_of_calls(text)
    first = bisect_left(urls, line_start(text, start), key=re.Match.start)
    on_line = urls[first : first + 1] if first < len(urls) and urls[first].start() < end else ()
    for url in (*on_line, *urls[max(0, first - 1) : first + 1]):
        return Called(authority_of_url(url[0]), _OLLAMA.search(url[0]) is not None)
    return Called()


@lru_cache(8)
def _urls_of_calls(text: str) -> tuple[re.Match[str], ...]:
    return tuple(
        url
        for url in _URL.finditer(text)
        if _OF_CALLS.search(url[0]) or _is_server_of_models(url[0])
    )


def _is_server_of_models(url: str) -> bool:
    """Whether a URL names a server and no path, which a tool adds by itself."""
    return url.rstrip("/").count("/") == _SLASHES_OF_SCHEME and is_at_port_of_models(url)


def serves_models(command: str) -> bool:
    """Whether the `command` that a text breaks off in deploys or serves models: `vllm serve --model `."""
    return _SERVER.search(command) is not None


def given_to(text: str, start: int, end: int) -> tuple[str, ...]:
    """The names, or their parts, of the program that a command runs with the model at `[start, end)`, and
    of the provider that an option of it names."""
    command = command_around(text, start, end)
    program = _PROGRAM.match(command.lstrip())
    words = program["name"].replace("-", "_").split("_") if program else []
    # A program is called "local" for where it runs, whoever answers.
    named = [word for word in words if word.lower() != "local"]
    return (*named, *(provider["name"] for provider in _PROVIDER.finditer(command)))


def is_routed(text: str, key: int) -> bool:
    """Whether the model that is given by the key at `key` stands in the route of a gateway, behind its
    alias: there an ID belongs."""
    opening = opening_bracket(text, key, _REACH)
    return opening >= 0 and _ROUTE.search(text, max(0, opening - _REACH), opening) is not None


def _names_another_host(line: str, vendor: str) -> bool:
    if _AZURE.search(line):
        return True
    url = _URL.search(line)
    if url and _OF_TRACES.search(url[0]):
        return False
    is_set = _HOST_SETTING.search(line) is not None
    if url is None:
        return is_set
    is_host = is_set or _OF_CALLS.search(url[0]) is not None
    return is_host and provider_of_url(url[0]) is not vendor_provider(vendor)


def _without_comment(line: str) -> str:
    comment = COMMENT.search(line)
    return line[: comment.start()] if comment else line
