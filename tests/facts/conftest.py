"""What tests of adapters share: the routes of one file, each with its parts at their places."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import pytest

from agentlint.discovery import (
    FileKind,
    classify_or_guess,
    recognise_content,
    recognise_definition,
)
from agentlint.facts import adapters
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.extract import extract
from agentlint.facts.route import Route
from agentlint.facts.values.value import Value
from agentlint.text import SourceFile


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> Callable[[SourceFile], FileFacts]:
    """The facts of a file, found as a run would find them.

    They are asserted to be the same where every adapter is asked about every text.
    """

    def found(source: SourceFile) -> FileFacts:
        kind, format_id = classify_or_guess(source.path)
        definition = recognise_definition(source.path, source.text.encode())
        if kind is FileKind.DOCUMENT and definition:
            kind, format_id = FileKind.INSTRUCTION, definition
        signature = recognise_content(source.text.encode(), kind) if not format_id else None
        format_id = signature.id if signature else format_id
        facts = extract(source, kind, format_id)
        with monkeypatch.context() as patch:
            patch.setattr(adapters.Adapter, "may_read", lambda *_: True)
            assert extract(source, kind, format_id) == facts
        return facts

    return found


@pytest.fixture
def routes_of(
    extracted: Callable[[SourceFile], FileFacts],
) -> Callable[[str, str], tuple[Route, ...]]:
    """The routes of a text under a path.

    Every part that stands in the text is asserted to be cut from the place that it names.
    """

    def found(path: str, text: str) -> tuple[Route, ...]:
        source = SourceFile(path, textwrap.dedent(text))
        facts = extracted(source)
        assert not facts.notices
        routes = facts.of(Route)
        for value in (value for route in routes for value in _written(route)):
            assert value.span is None or _same(value.span.cut(source.text), value.raw)
        return routes

    return found


def _same(cut: str, raw: str) -> bool:
    """Letter case apart: the part of a variable's name that is an alias is told in lower case."""
    return cut.lower() == raw.lower()


def _written(route: Route) -> Iterator[Value]:
    yield from (route.role, route.alias, route.model, route.provider, route.base_url)
    yield from (route.family_value, route.endpoint_path)
    yield from (*route.targets, *route.other_names)
    yield from (fallback.target for fallback in route.fallbacks)
