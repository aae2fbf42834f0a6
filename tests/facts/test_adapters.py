"""What holds for every adapter of a config format."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest
from fuzz.mutator import corpus, mutant

from agentlint.discovery import FileKind
from agentlint.documents import DataDocument, parse
from agentlint.facts import adapters
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.extract import extract
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.knowledge.data import rows
from agentlint.text import Region, SourceFile

RoutesOf = Callable[[str, str], tuple[Route, ...]]
MODULES = [import_module(f"{adapters.__name__}.{m.name}") for m in iter_modules(adapters.__path__)]
KINDS = ("instruction", "definition", "config", "signature")
FORMATS = [row for kind in KINDS for row in rows("files", kind)]
MUTANTS = 1_000
_WORD = re.compile(r"[A-Za-z0-9._-]+")
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


def test_every_module_has_a_row_that_says_when_it_is_asked() -> None:
    table = rows("adapters", "adapter")
    assert [row["module"] for row in table] == sorted(map(_name, MODULES))
    for row in table:
        assert row["formats"] or row["anchors"]
        assert set(row["formats"]) <= {kind["id"] for kind in FORMATS}
        assert all(group for group in row["anchors"])
        assert all(_WORD.fullmatch(word) for group in row["anchors"] for word in group)


def test_no_adapter_finds_a_route_in_what_it_is_not_asked_about(
    extracted: Callable[[SourceFile], FileFacts],
) -> None:
    mutants = (mutant(seed) for seed in range(MUTANTS))
    files = (*corpus(), *((mutated.path, mutated.text) for mutated in mutants))
    assert sum(bool(extracted(SourceFile(path, text)).of(Route)) for path, text in files) > 300


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


def _with_headers(headers: int, models: int) -> SourceFile:
    sent = ", ".join(f"x-h{number}: a" for number in range(headers))
    offered = ", ".join(f"vendor/model-{number}" for number in range(models))
    listed = f"headers: {{{sent}}}, models: {{default: [{offered}]}}"
    return SourceFile(
        "librechat.yaml", f"endpoints: {{custom: [{{baseURL: https://a/v1, {listed}}}]}}\n"
    )


def test_of_routes_that_repeat_one_list_as_many_are_told_as_fit_the_text() -> None:
    file = _with_headers(400, 400)
    facts = extract(file, FileKind.CONFIG, "librechat")
    told = sum(1 + len(route.credentials) for route in facts.of(Route))
    assert len(file.text) < told <= 2_000 + len(file.text)
    (notice,) = facts.notices
    reason = "more routes, with more keys and names, than a text of this size may give"
    assert notice.message == f"not read: {reason}"


def test_all_models_of_a_large_config_are_told() -> None:
    facts = extract(_with_headers(8, 1_000), FileKind.CONFIG, "librechat")
    assert len(facts.of(Route)) == 1_000
    assert not facts.notices


def test_all_endpoints_that_a_model_prefers_are_told_in_the_order_of_the_file(
    routes_of: RoutesOf,
) -> None:
    routes = routes_of(
        "semantic.yaml",
        """
        default_model: a
        vllm_endpoints:
          - {name: one, address: 10.0.0.1, models: [a, b, b]}
          - {name: two, address: 10.0.0.2, models: [b]}
          - {name: one, address: 10.0.0.3}
        model_config:
          a: {preferred_endpoints: [two, one, two]}
          b: {preferred_endpoints: [three]}
          c: {}
        """,
    )
    found = [(route.model.raw, route.base_url.raw) for route in routes if route.model.given]
    ends = {"a": "123", "b": "12", "c": ""}
    expected = [(model, f"10.0.0.{end}") for model, all_ends in ends.items() for end in all_ends]
    assert found == [*expected, ("c", "")]
