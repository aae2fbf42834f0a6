"""Whether a sample of code sends its calls to another host than that of a model's vendor, serves it, or
maps an alias to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from agentlint.facts.detectors.secrets.names import split_words
from agentlint.facts.variables.prefixes import providers_in_name
from agentlint.facts.wording.brackets import opening_bracket
from agentlint.facts.wording.clients import called_by
from agentlint.facts.wording.code_lines import COMMENT, command_around, line_start
from agentlint.facts.wording.command_options import provider_of_command, reader_of_command
from agentlint.knowledge.agents import moved_by
from agentlint.knowledge.providers import (
    ProviderKind,
    authority_of_url,
    is_at_port_of_models,
    provider_named,
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
# A host that only a variable tells, with the path of a call behind it or as all that is called, and none at
# all: `$API_BASE/chat/completions`, `f"{BASE}/v1/messages"`, `curl "$LLM_URL"`, `POST /v1/responses`,
# `http POST :4000/v1/responses`.
_REFERENCE = (
    r"(?:\$\{?\w{1,80}(?::-[^{}\s]{0,80})?\}?|\$?\{\{?[ \t]{0,2}[\w.$\[\]\"'()-]{1,80}[ \t]{0,2}\}?\}"
    r"|<[\w -]{1,60}>|%\w{1,60}%)"
)
_BY_REFERENCE = Pattern(
    rf"{_REFERENCE}(?P<path>/[^\s\"'`<>)\]}},;\\]{{1,200}})"
    r"|\bcurl[ \t]{1,4}(?:--?[A-Za-z][\w-]{0,30}[ \t]{1,4}(?:(?:POST|GET)[ \t]{1,4})?){0,6}[\"']?"
    r"\$\{?\w{1,80}\}?[\"']?(?=\s|\Z)"
    r"|(?:\bPOST[ \t]{1,4}|\b(?:fetch|post)\([ \t]{0,4}[\"'`]|\bhttp[ \t]{1,4}(?:POST[ \t]{1,4})?:\d{2,5})"
    r"(?P<relative>/[^\s\"'`]{1,200})"
)
# `requests.post(url, json=`, beside which no client of a vendor calls.
_POSTED = Pattern(
    r"(?:\b(?:requests|httpx|session|http|client|axios|ky|got)\.(?:post|request|stream)"
    r"|(?<![\w.])(?:fetch|axios|urlopen))\(\s{0,40}(?:[\"']POST[\"'],\s{0,8})?[A-Za-z_][\w.]{0,80}\s{0,4}[,)]"
)
_BY_CLIENT = Pattern(r"\.(?:create|parse|invoke|complete|generate_content|generateContent)\(")
# `export CLAUDE_CODE_USE_BEDROCK=1`, `genai.Client(vertexai=True)`:
# https://googleapis.github.io/python-genai/#create-a-client
_SWITCH = Pattern(
    r"(?<![\w$])(?P<name>[A-Z][A-Z0-9_]{5,60}|vertexai)[\"'\]]{0,2}[ \t]{0,4}[:=][ \t]{0,4}[\"']?"
    r"(?P<value>\w{1,8})"
)
_HOST = Pattern(r"(?<![\w.@-])[A-Za-z][\w-]{0,60}(?:\.[\w-]{1,60}){1,5}(?![\w-])")
# Ollama's own API, which no gateway answers by its aliases: https://docs.ollama.com/api/generate
_OLLAMA = Pattern(r"/api/(?:chat|generate)/?\Z")
# A client, a setting, an address or a value; `azure/gpt-4o` is where that one model is called, and
# "OpenAI and Azure OpenAI" in a sentence calls nothing.
_AZURE = Pattern(
    r"azure(?!(?:_ai)?/[\w.-])|AZURE|Azure(?!\b)|Azure(?=[\"'`])|(?<=[:=])[ \t]{0,4}Azure\b"
)
# The same for OpenAI's models alone, and OpenAI's own.
_AZURE_OPENAI = Pattern(
    r"azure_?(?:chat)?openai|azure_(?:endpoint|deployment|ai_)|azure[.-]ai[.-]|(?:openai|ai|cognitiveservices)\.azure\.com"
    r"|\baz[ \t]{1,4}cognitiveservices\b",
    re.IGNORECASE,
)
_OPENAI = Pattern(
    r"api\.openai\.com|(?<!AZURE_)\bOPENAI_API_KEY|(?<![A-Za-z])(?:Async|Chat|create)?OpenAI\("
    r"|(?<![\w./-])openai[/:][a-z]|(?i:provider)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?openai\b"
)
# The libraries, clients, settings and branches of Vertex AI; `vertex_ai/gemini-2.5-pro` is where that one
# model is called: https://cloud.google.com/vertex-ai/generative-ai/docs/sdks/overview
_VERTEX = Pattern(
    r"vertex[_.-]?ai(?!/|[\"'\]]{0,2}[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?:false|none|null|no|0)\b)"
    r"|google[_-]?vertex(?!/)|(?<=[\"'])vertex(?=[\"'])|\bcreateVertex\(|\baiplatform\b",
    re.IGNORECASE,
)
# The same for the Gemini API: https://ai.google.dev/gemini-api/docs/libraries
_GEMINI_API = Pattern(
    r"google[./_-]{1,2}generative_?-?ai|(?i:(?:gemini|google_(?:ai|genai|generative_ai))_?api_?key)|GOOGLE_API_KEY"
    r"|generativelanguage\.|GoogleGenerativeAI|GoogleGenAI\b|Google(?:AI)?Gemini|GoogleAI\b|createGoogle\w{0,20}\("
    r"|\bgenai\.(?:configure|GenerativeModel)\(|\bgenai\.Client\([ \t]{0,4}(?:\)|api_key)"
    r"|(?<=[\"'])gemini(?=[\"'])|\.GEMINI\b|Gemini(?:Provider|Client|API)"
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
_OF_MANY_VENDORS = (ProviderKind.CLOUD, ProviderKind.AGGREGATOR, ProviderKind.LOCAL)


@lru_cache(32)
def calls_elsewhere(text: str, vendor: str) -> bool:
    """Whether the code `text` has a host set that is not the vendor's, or calls one.

    A sample without any calls the vendor; what stands in a comment is no call, and the address of a
    picture, a page or another service is no host of models. A host by reference is the vendor's only where
    the sample names that as well.
    """
    lines = [_without_comment(line) for line in text.splitlines()]
    if any(_names_another_host(line, vendor) for line in lines):
        return True
    code = "\n".join(lines)
    return _calls_by_reference(code) and not _names_host_of(code, vendor)


def calls_vertex(text: str, at: int) -> bool:
    """Whether a sample calls Vertex AI with the model of Google's that it names at `at`, rather than the
    Gemini API: the last that it names of the two before it, else the first behind it."""
    signs = _signs_of_google(text)
    behind = bisect_left(signs, at, key=_start_of)
    return bool(signs) and signs[max(0, behind - 1)].is_vertex


class _Sign(Struct, frozen=True):
    """Where a sample names Vertex AI, or the Gemini API."""

    start: int
    is_vertex: bool


def _start_of(sign: _Sign) -> int:
    return sign.start


@lru_cache(8)
def _signs_of_google(text: str) -> tuple[_Sign, ...]:
    """Where the code of a sample names either in turn; nothing where it never names Vertex AI."""
    at_vertex = [_Sign(at, is_vertex=True) for at in _named_in_code(text, _VERTEX)]
    if not at_vertex:
        return ()
    at_api = (_Sign(at, is_vertex=False) for at in _named_in_code(text, _GEMINI_API))
    return tuple(sorted((*at_vertex, *at_api), key=_start_of))


def _named_in_code(text: str, names: Pattern) -> Iterator[int]:
    if not names.search(text):
        return
    start = 0
    for line in text.splitlines(keepends=True):
        yield from (start + named.start() for named in names.finditer(_without_comment(line)))
        start += len(line)


def call_azure_alone(title: str, samples: Iterable[str]) -> bool:
    """Whether the samples of a text, or its title, tell that OpenAI's models are called at Azure, and no
    sample calls them at OpenAI."""
    at_azure = "azure openai" in title.lower()
    for sample in samples:
        if _AZURE_OPENAI.search(sample):
            at_azure = True
        elif _OPENAI.search(sample) and not calls_elsewhere(sample, "openai"):
            return False
    return at_azure


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


class GivenTo(Struct, frozen=True):
    """The names to which a sample gives a model, or their parts, and the provider who answers there as far
    as they tell it; `reader` is the format of the settings of the agent that a command starts."""

    names: tuple[str, ...] = ()
    provider: str = ""
    reader: str = ""


def given_to_command(text: str, start: int, end: int) -> GivenTo:
    """What a command runs with the model at `[start, end)`, and the provider that an option of it names."""
    command = command_around(text, start, end)
    program = _PROGRAM.match(command.lstrip())
    name = program["name"] if program else ""
    # A program is called "local" for where it runs, whoever answers.
    words = tuple(word for word in name.replace("-", "_").split("_") if word.lower() != "local")
    options = tuple(option["name"] for option in _PROVIDER.finditer(command))
    named = [known for option in options if (known := provider_named(option))]
    provider = named[0].name if named else provider_of_command(command) or _provider_in(words)
    return GivenTo(options + words, provider, reader_of_command(command))


def given_to_calls(text: str, at: int) -> GivenTo:
    """The calls around the model at `at`, with what made their clients."""
    names = called_by(text, at)
    providers = (_provider_in(tuple(split_words(name))) for name in names)
    return GivenTo(names, next(filter(None, providers), ""))


@lru_cache(256)
def _provider_in(words: tuple[str, ...]) -> str:
    """The provider of many vendors' models, or the local server, that words name; a vendor's client calls
    whoever answers as that vendor does."""
    named = providers_in_name(words)
    return next((one.name for one in named if one.kind in _OF_MANY_VENDORS), "")


def is_routed(text: str, key: int) -> bool:
    """Whether the model that is given by the key at `key` stands in the route of a gateway, behind its
    alias: there an ID belongs."""
    opening = opening_bracket(text, key, _REACH)
    return opening >= 0 and _ROUTE.search(text, max(0, opening - _REACH), opening) is not None


def _names_another_host(line: str, vendor: str) -> bool:
    if _AZURE.search(line) or _is_moved(line, vendor):
        return True
    url = _URL.search(line)
    if url and _OF_TRACES.search(url[0]):
        return False
    is_set = _HOST_SETTING.search(line) is not None
    if url is None:
        return is_set
    is_host = is_set or _OF_CALLS.search(url[0]) is not None
    return is_host and provider_of_url(url[0]) is not vendor_provider(vendor)


def _is_moved(line: str, vendor: str) -> bool:
    """Whether a line switches the calls for a vendor to somebody else."""
    for switch in _SWITCH.finditer(line):
        if switch["name"] == "vertexai":
            if vendor == "google" and switch["value"].lower() == "true":
                return True
            continue
        moved = moved_by(switch["name"], switch["value"])
        provider = vendor_provider(vendor)
        if moved and provider and moved[0] == provider.name:
            return True
    return False


def _calls_by_reference(code: str) -> bool:
    """Whether a sample calls a host that it does not write out, or none."""
    for called in _BY_REFERENCE.finditer(code):
        path = called["path"] or called["relative"]
        if path is None or _OF_CALLS.search(path):
            return True
    return _POSTED.search(code) is not None and _BY_CLIENT.search(code) is None


def _names_host_of(code: str, vendor: str) -> bool:
    provider = vendor_provider(vendor)
    hosts = (provider_of_url(host[0]) for host in _HOST.finditer(code))
    return provider is not None and any(host is provider for host in hosts)


def _without_comment(line: str) -> str:
    comment = COMMENT.search(line)
    return line[: comment.start()] if comment else line
