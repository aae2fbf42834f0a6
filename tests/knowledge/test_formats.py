"""The table of config formats: complete, sourced, and in words that other tables know."""

from __future__ import annotations

import importlib
from pkgutil import iter_modules

import pytest

from agentlint.facts import adapters
from agentlint.knowledge.data import rows, table
from agentlint.knowledge.families import GENERIC, Family
from agentlint.knowledge.formats import (
    UrlShape,
    advice_at,
    driver_families,
    find_format,
    format_named,
    reader_of,
    url_shape,
)
from agentlint.knowledge.providers import provider_named


def test_base_urls_belong_to_formats_and_have_a_form() -> None:
    for row in rows("formats", "base_url"):
        assert find_format(row["format"]) is not None
        assert row["form"] in ("root", "versioned", "full_endpoint")
        assert (row["form"] == "full_endpoint") <= ("appended" not in row)


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        (".mcp.json", "write `${{name}}`"),
        ("services/api/.mcp.json", "write `${{name}}`"),
        (".kiro/settings/mcp.json", "write `${{name}}`"),
        ("app/.vscode/mcp.json", "write `${env:{name}}`"),
        (".cursor/mcp.json", "write `${env:{name}}`"),
        ("mcp.json", ""),
        ("my.vscode/mcp.json", ""),
        ("old.mcp.json", ""),
    ],
)
def test_the_place_of_a_file_tells_which_of_several_readers_it_has(path: str, advice: str) -> None:
    mcp = reader_of("mcp")
    assert mcp is not None
    assert advice_at(mcp.id, path) == advice


def test_plugins_belong_to_formats_and_take_over_known_providers() -> None:
    for row in rows("formats", "auth_plugin"):
        assert find_format(row["format"]) is not None
        assert provider_named(row["provider"]) is not None
        assert all(row["names"])


def test_family_words_are_of_a_known_dialect() -> None:
    known = {GENERIC, *(row["tool"] for row in rows("endpoint_families", "dialect"))}
    for row in rows("formats", "format"):
        assert row["family_dialect"] in known


def test_every_adapter_s_format_has_a_row() -> None:
    modules = (
        importlib.import_module(f"{adapters.__name__}.{module.name}")
        for module in iter_modules(adapters.__path__)
    )
    formats = {module.FORMAT for module in modules if hasattr(module, "FORMAT")}
    assert formats
    assert {name for name in formats if find_format(name) is None} == set()


def test_an_unknown_format_is_an_error_where_it_must_be_known_and_nothing_elsewhere() -> None:
    assert find_format("nobody") is None
    with pytest.raises(KeyError):
        format_named("nobody")
    assert url_shape("nobody") == url_shape("litellm", "nobody") == UrlShape()


WITHOUT_A_READER = {
    *("agent-tool-settings", "record", "instruction-contract", "possible-models", "possible-codex"),
    *("helm-values", "kubernetes"),
}
"""Rows for files of several tools, or of none whose references are known."""


def test_whatever_discovery_knows_leads_to_its_reader() -> None:
    files = table("files")
    known = {row["id"] for kind in ("config", "signature") for row in files[kind]}
    assert {name for name in known if reader_of(name) is None} == WITHOUT_A_READER


@pytest.mark.parametrize(
    ("file_format", "title"),
    [
        ("litellm", "LiteLLM"),
        ("claude-settings", "Claude Code"),
        ("github-workflow", "GitHub Actions"),
        ("github-action", "GitHub Actions"),
        ("python-model-calls", "Python"),
        ("compose", "Docker Compose"),
    ],
)
def test_a_file_s_reader_is_known(file_format: str, title: str) -> None:
    reader = reader_of(file_format)
    assert reader is not None
    assert reader.title == title


def test_a_file_is_read_by_one_format_only() -> None:
    listed = [name for row in rows("formats", "format") for name in (row["id"], *row["files"])]
    assert len(set(listed)) == len(listed)


def test_the_words_of_a_driver_s_setting_are_of_a_known_tool_and_a_known_family() -> None:
    for row in rows("formats", "driver"):
        assert find_format(row["format"]), row
        assert driver_families(row["format"], row["setting"]).keys() == row["families"].keys()
    assert driver_families("zed", "provider")["openai"] is Family.AUTO
    assert "ollama" not in driver_families("zed", "provider")


def test_a_setting_without_a_row_is_an_error() -> None:
    with pytest.raises(KeyError):
        driver_families("zed", "no-such-setting")
