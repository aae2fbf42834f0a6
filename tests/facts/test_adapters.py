"""What holds for every adapter of a config format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from agentlint.discovery import FileKind
from agentlint.documents import DataDocument, parse
from agentlint.facts import adapters
from agentlint.facts.extract import extract
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.text import Region, SourceFile

RoutesOf = Callable[[str, str], tuple[Route, ...]]
MODULES = [import_module(f"{adapters.__name__}.{m.name}") for m in iter_modules(adapters.__path__)]
READERS = ("routes", "routes_of_stream", "routes_of_text")


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_an_adapter_reads_in_one_way_at_least(module: ModuleType) -> None:
    assert any(callable(getattr(module, reader, None)) for reader in READERS)


@pytest.mark.parametrize("module", MODULES, ids=_name)
@pytest.mark.parametrize("text", ["", "- 1\n", "a: b\n", "{}\n", "a: [{b: {c: [d]}}]\n"])
def test_an_adapter_gives_nothing_for_what_is_not_of_its_format(
    module: ModuleType, text: str
) -> None:
    region = Region.whole(text)
    document = parse("yaml", region)
    assert isinstance(document, DataDocument)
    source = Source("some.yaml")
    if hasattr(module, "routes"):
        assert [list(module.routes(root, source)) for root in document.roots] in ([], [[]])
    if hasattr(module, "routes_of_stream"):
        assert list(module.routes_of_stream(document.roots, source)) == []
    if hasattr(module, "routes_of_text"):
        assert list(module.routes_of_text(region, source)) == []


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_anchors_are_groups_of_words(module: ModuleType) -> None:
    for group in getattr(module, "ANCHORS", ()):
        assert isinstance(group, tuple)
        assert group
        assert all(group)


def test_lines_are_read_only_where_no_tree_gave_a_route() -> None:
    whole = "model_list:\n  - model_name: a\n    litellm_params: { model: openai/gpt-5.4 }\n"
    text = f"{whole}---\n{{{{- if .Values.b }}}}\n{whole}"
    facts = extract(SourceFile("config.yaml", text), FileKind.CONFIG, "litellm")
    assert facts.notices
    assert len(facts.of(Route)) == 1


def test_a_config_in_a_text_is_read_in_the_language_that_its_key_names(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "configmap.yaml",
        """
        kind: ConfigMap
        data:
          tensorzero.toml: |
            [models.deep]
            routing = ["a"]

            [models.deep.providers.a]
            type = "openai"
            model_name = "gpt-5.4"
        """,
    )
    assert (route.alias.raw, route.model.raw) == ("deep", "gpt-5.4")
