"""From a name in an instruction file to its route and back, and the names that may be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    DocumentLink,
    Location,
    TextEdit,
)
from msgspec import Struct

from agentlint.discovery import FileKind
from agentlint.engine import Collected
from agentlint.facts.route import Route
from agentlint.findings import Location as Place
from agentlint.reporters.safe import safe
from agentlint.server.names import RouteNames, begun_name
from agentlint.server.positions import Positions
from agentlint.text import Span


class Navigation(Struct, frozen=True):
    """The names of one project; `uri_of` names files by their path."""

    collected: Collected
    names: RouteNames
    encoding: str
    uri_of: Callable[[str], str]

    def definition(self, path: str, offset: int) -> list[Location]:
        """Where the routes stand that answer to the name at an offset."""
        name = self.names.at(path, offset)
        if name is None:
            return []
        return list(self._located(d.location for d in self.names.definitions[name.value]))

    def references(self, path: str, offset: int, *, with_definition: bool) -> list[Location]:
        """Every place that says the name at an offset."""
        name = self.names.at(path, offset)
        if name is None:
            return []
        places = list(self.names.uses.get(name.value, ()))
        if with_definition:
            places += (d.location for d in self.names.definitions[name.value])
        return list(self._located(places))

    def links(self, path: str) -> list[DocumentLink]:
        """A link from each name that a file says to the first route that answers to it."""
        source = self.collected.sources.get(path)
        if source is None:
            return []
        links = []
        for name in self.names.uses_in(path):
            definition = self.names.definitions[name.value][0]
            for target in self._located([definition.location]):
                line = target.range.start.line + 1
                links.append(
                    DocumentLink(
                        range=Positions(source, self.encoding).range(name.span),
                        target=f"{target.uri}#L{line}",
                        tooltip=route_summary(definition.route),
                    )
                )
        return links

    def completion(self, path: str, begun: Span) -> list[CompletionItem]:
        """The aliases that may stand where one is begun in a file."""
        place = Positions(self.collected.sources[path], self.encoding).range(begun)
        return [
            CompletionItem(
                label=name,
                kind=CompletionItemKind.Reference,
                detail=route_summary(definitions[0].route),
                text_edit=TextEdit(place, name),
            )
            for name, definitions in self.names.definitions.items()
            if safe(name) == name and any(d.is_called(name) for d in definitions)
        ]

    def _located(self, places: Iterable[Place]) -> Iterator[Location]:
        for place in places:
            source = self.collected.sources.get(place.path)
            if source:
                spot = Positions(source, self.encoding).range(place.span)
                yield Location(self.uri_of(place.path), spot)


def begun_name_at(path: str, offset: int, collected: Collected) -> Span | None:
    """What is written of a name before an offset, where one may stand: in an instruction file."""
    file, source = collected.project.file(path), collected.sources.get(path)
    if file is None or source is None or file.kind != FileKind.INSTRUCTION:
        return None
    return begun_name(source.text, offset)


def route_summary(route: Route) -> str:
    """A route on one line: its model, its endpoint family and its file."""
    family = str(route.family) if route.family else route.family_value.raw
    parts = (route.model.raw, family, route.path)
    return safe(" · ".join(part for part in parts if part))
