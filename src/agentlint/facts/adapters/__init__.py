"""One module a config format: parsed text in, routes out.

Every module and package of this folder is an adapter, and a row of `rules/data/adapters.toml` says which
files and which words it is asked about; that is all there is to adding a format. No adapter imports
another: what several formats share stands beside this folder. Each has one or more of three functions,
which give nothing for what is not of its format:

`routes(root, source)` reads one tree.
`routes_of_stream(roots, source)` reads the trees of one YAML stream where the format joins them.
`routes_of_text(region, source)` picks what it can from the lines of a text that did not parse, such
as a Helm template, and is asked only where the trees gave no route.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import TypeAlias

from msgspec import Struct

from agentlint.documents import DataDocument
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut, most_entries
from agentlint.knowledge.data import typed_rows
from agentlint.text import escapes_letters

_Read: TypeAlias = Callable[..., Iterator[Route | LeftOut]]

# What a route takes beside its lists, in entries of lists.
_ROUTE = 4
_TOO_MANY = "more routes, with more keys and names, than a text of this size may give"


class Adapter(Struct, frozen=True):
    """When a module is asked: see the head of `rules/data/adapters.toml`."""

    module: str
    formats: tuple[str, ...]
    anchors: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]

    def takes(self, language: str) -> bool:
        return not self.languages or language in self.languages

    def may_read(self, text: str, source: Source) -> bool:
        return source.format in self.formats or _holds_any(text, self.anchors)


def may_hold_routes(text: str) -> bool:
    """Whether a text of which nothing else is known, such as a fenced sample, holds the words without
    which no adapter finds a route in it."""
    return _holds_any(text, _anchors())


def _holds_any(text: str, groups: Iterable[tuple[str, ...]]) -> bool:
    """Whether all words of a group stand in `text`."""
    return any(all(word in text for word in group) for group in groups)


def routes(document: DataDocument, source: Source) -> Iterator[Route | LeftOut]:
    """The routes that any adapter finds in a document, and what it does not read of them.

    They are in proportion to the text: adapters tell with each route what is said once for many.
    """
    left = most_entries(len(document.region.text))
    for found in _all_routes(document, source):
        left -= _entries(found)
        if left < 0:
            yield LeftOut(source.path, found.span, _TOO_MANY)
            return
        yield found


def _entries(found: Route | LeftOut) -> int:
    """What is looked at where a route is."""
    if isinstance(found, LeftOut):
        return 1
    lists = (
        found.credentials,
        found.referring,
        found.fallbacks,
        found.targets,
        found.other_names,
    )
    return _ROUTE + sum(map(len, lists))


def _all_routes(document: DataDocument, source: Source) -> Iterator[Route | LeftOut]:
    text = document.region.text
    any_word = escapes_letters(text)
    taking = (adapter for adapter in _adapters() if adapter.takes(document.language))
    asked = [a.module for a in taking if any_word or a.may_read(text, source)]
    found = False
    for route in _parsed_routes(document, asked, source):
        found = True
        yield route
    if document.problems and not found:
        for read in _readers(asked, "routes_of_text"):
            yield from read(document.region, source)


def _parsed_routes(
    document: DataDocument, asked: list[str], source: Source
) -> Iterator[Route | LeftOut]:
    readers = _readers(asked, "routes")
    for root in document.roots:
        for read in readers:
            yield from read(root, source)
    for read in _readers(asked, "routes_of_stream"):
        yield from read(document.roots, source)


def _readers(asked: list[str], function: str) -> list[_Read]:
    """The functions of one name, of those modules that have it."""
    readers = (_reader(module, function) for module in asked)
    return [reader for reader in readers if reader]


@cache
def _reader(module: str, function: str) -> _Read | None:
    return getattr(import_module(f"{__name__}.{module}"), function, None)


@cache
def _adapters() -> tuple[Adapter, ...]:
    return typed_rows("adapters", "adapter", Adapter)


@cache
def _anchors() -> tuple[tuple[str, ...], ...]:
    """The groups of all adapters, each once."""
    return tuple(dict.fromkeys(group for adapter in _adapters() for group in adapter.anchors))
