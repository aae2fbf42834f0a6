"""The clients that a sample of code makes, and by which of them it calls a model."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from agentlint.facts.wording.brackets import closing_bracket, opening_bracket
from agentlint.text import Pattern, Span

# How far a call may reach, and how many brackets around a model are looked at.
_REACH = 1_000
_MOST_BRACKETS = 4
# More are a list of all that there are, and each is compared with each model.
_MOST_CLIENTS = 20
_LONGEST_NAME = 120

# What makes a client, or is given all that one needs: `a = OpenAI(`, `const b = createOpenAI(`, `openai(`.
_MADE = Pattern(
    r"(?:(?<![\w.])(?P<name>[A-Za-z_][\w.]{0,60})[ \t]{0,4}(?::[ \t]?[\w.]{1,40}[ \t]{0,4})?=[ \t]{0,4})?"
    r"(?:(?:await|new)[ \t]{1,4}){0,2}(?<![\w.])"
    r"(?:[A-Za-z_][\w.]{0,60})?(?:OpenAI|Anthropic|DeepSeek|DeepInfra|Groq|Mistral|OpenAICompatible"
    r"|init_chat_model|completion|openai|anthropic|google|xai|groq|mistral|deepseek)\("
)
_CALLED = Pattern(r"(?<![\w.])[A-Za-z_][\w.]{0,100}\Z")
# What a name stands for: `client = ollama.Client(`, `const llm = new ChatOllama(`.
_NAMED = Pattern(
    r"(?<![\w.])(?P<name>[A-Za-z_]\w{0,60})[ \t]{0,4}(?::[ \t]?[\w.]{1,40}[ \t]{0,4})?=[ \t]{0,4}"
    r"(?:(?:await|new)[ \t]{1,4}){0,2}(?P<called>[A-Za-z_][\w.]{0,100})\("
)
_IMPORTED = Pattern(
    r"^[ \t]{0,40}(?:from[ \t]{1,4}(?P<module>[\w.]{1,80})[ \t]{1,4}import[ \t]{1,4}"
    r"(?P<names>[\w, \t]{1,200})"
    r"|import[ \t]{1,4}(?P<exports>[\w{}, \t]{1,200})[ \t]{1,4}from[ \t]{1,4}"
    r"[\"'](?P<package>[\w@/.-]{1,80})[\"'])",
    re.MULTILINE,
)
_NAME = Pattern(r"[A-Za-z_]\w{0,60}")
# `llm` is made by `Client`, which is imported from `ollama`.
_MOST_ORIGINS = 3


class _Client(Struct, frozen=True):
    """The variable that a client is given to, "" for none, and where it is made, up to its last bracket."""

    name: str
    span: Span
    opening: int


class _Origin(Struct, frozen=True):
    """What a name stands for from `start` on: the call that made it, or itself in the module that it is
    imported from."""

    start: int
    name: str


def around_call(text: str, at: int) -> tuple[str, ...]:
    """The parts of a sample that tell where it sends the model at `at`: what stands around all clients, and
    those by which it is called. Nothing where there is only one, or nobody can tell which of them calls it.
    """
    clients = _clients(text)
    if not 1 < len(clients) <= _MOST_CLIENTS:
        return ()
    own = tuple(dict.fromkeys(_calling(text, at, clients)))
    made = (text[client.span.start : client.span.end] for client in own)
    return (_without_clients(text), *made) if own else ()


def called_by(text: str, at: int) -> tuple[str, ...]:
    """The names by which a sample calls with the model at `at`: of the calls around it, the innermost
    first, each with what made it or where it is imported from: `client.chat`, `Client`, `ollama.Client`."""
    found: list[str] = []
    origins = _origins(text)
    for _, called in _calls_around(text, at):
        name = called
        for _ in range(_MOST_ORIGINS):
            if name:
                found.append(name)
            name = _origin(name.partition(".")[0], at, origins)
    return tuple(found)


def _origin(name: str, at: int, origins: Mapping[str, Sequence[_Origin]]) -> str:
    """What a name stands for at `at`, "" where the sample does not tell."""
    known = origins.get(name, ())
    before = bisect_left(known, at, key=lambda origin: origin.start)
    return known[max(0, before - 1)].name if known else ""


@lru_cache(8)
def _origins(text: str) -> Mapping[str, Sequence[_Origin]]:
    """What the names of a sample stand for, each in order."""
    origins: defaultdict[str, list[_Origin]] = defaultdict(list)
    for imported in _IMPORTED.finditer(text):
        module = imported["module"] or imported["package"]
        for name in _NAME.findall(imported["names"] or imported["exports"]):
            origins[name].append(_Origin(-1, f"{module}.{name}"))
    for named in _NAMED.finditer(text):
        origins[named["name"]].append(_Origin(named.start(), named["called"]))
    return dict(origins)


@lru_cache(8)
def _without_clients(text: str) -> str:
    kept, start = list[str](), 0
    for client in _clients(text):
        kept.append(text[start : client.span.start])
        start = max(start, client.span.end)
    return "".join((*kept, text[start:]))


@lru_cache(8)
def _clients(text: str) -> Sequence[_Client]:
    return tuple(
        _Client(
            made["name"] or "",
            Span(made.start(), closing_bracket(text, made.end(), _REACH) + 1),
            made.end() - 1,
        )
        for made in _MADE.finditer(text)
    )


def _calling(text: str, at: int, clients: Sequence[_Client]) -> Iterator[_Client]:
    """The clients that are given the model at `at` as they are made, and those by whose names the calls go
    that it is given to."""
    for opening, path in _calls_around(text, at):
        yield from [one for one in clients if one.opening < at and _goes_by(one, path)][-1:]
        yield from (one for one in clients if one.opening == opening)


def _calls_around(text: str, at: int) -> Iterator[tuple[int, str]]:
    """(opening bracket, what is called) of each bracket around `at`, the innermost first; "" for one of
    no call."""
    opening = at
    for _ in range(_MOST_BRACKETS):
        opening = opening_bracket(text, opening, _REACH)
        if opening < 0:
            return
        called = _CALLED.search(text, max(0, opening - _LONGEST_NAME), opening)
        yield opening, called[0] if called else ""


def _goes_by(client: _Client, path: str) -> bool:
    return bool(client.name) and (path == client.name or path.startswith(f"{client.name}."))
