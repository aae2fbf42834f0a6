"""One module a config format: parsed text in, routes out.

Every module of this folder is an adapter; that is all there is to adding a format. It has one or
more of three functions, each of which gives nothing for what is not of its format:

`routes(root, source)` reads one tree.
`routes_of_stream(roots, source)` reads the trees of one YAML stream where the format joins them.
`routes_of_text(region, source)` picks what it can from the lines of a text that did not parse, such
as a Helm template, and is asked only where the trees gave no route.

It may have `ANCHORS`, groups of words: it is asked only about texts that hold every word of a group,
or letters written as escapes, behind which any word may stand.
An adapter that looks at a whole tree, and not only at its root, has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from msgspec import Struct

from agentlint.documents import DataDocument
from agentlint.facts.left_out import LeftOut
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.text import may_spell


class _Adapter(Struct, frozen=True):
    read: Callable[..., Iterator[Route | LeftOut]]
    anchors: tuple[tuple[str, ...], ...]

    def may_read(self, text: str) -> bool:
        groups = self.anchors
        return not groups or any(all(may_spell(text, word) for word in group) for group in groups)


def routes(document: DataDocument, source: Source) -> Iterator[Route | LeftOut]:
    """The routes that any adapter finds in a document, and what it does not read of them."""
    found = False
    for route in _parsed_routes(document, source):
        found = True
        yield route
    if document.problems and not found:
        for adapter in _adapters("routes_of_text"):
            yield from adapter.read(document.region, source)


def _parsed_routes(document: DataDocument, source: Source) -> Iterator[Route | LeftOut]:
    text = document.region.text
    readers = [adapter.read for adapter in _adapters("routes") if adapter.may_read(text)]
    for root in document.roots:
        for read in readers:
            yield from read(root, source)
    for adapter in _adapters("routes_of_stream"):
        yield from adapter.read(document.roots, source)


@cache
def _adapters(function: str) -> tuple[_Adapter, ...]:
    """The functions of one name, of the modules that have it."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(
        _Adapter(getattr(module, function), getattr(module, "ANCHORS", ()))
        for module in modules
        if hasattr(module, function)
    )
