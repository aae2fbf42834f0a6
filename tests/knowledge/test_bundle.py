"""A wheel's compiled pages and tables say what their sources say, or are not believed."""

import os
import shutil
from pathlib import Path

import pytest
from msgspec.json import decode

from agentlint.knowledge.bundle import BUNDLE, fresh_bundle
from agentlint.knowledge.compiling import compile_bundle
from agentlint.knowledge.data import table
from agentlint.knowledge.location import rules_dir
from agentlint.knowledge.pages import RulePage, rule_pages


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the rules with their bundle, as a wheel lays them down."""
    rules = tmp_path / "_rules"
    shutil.copytree(rules_dir(), rules)
    (rules / BUNDLE).write_bytes(compile_bundle(rules))
    return rules


def test_it_holds_every_page_and_table_as_their_sources_tell_them(rules: Path) -> None:
    bundle = fresh_bundle(rules)
    assert bundle is not None
    assert decode(bundle.pages, type=dict[str, RulePage]) == rule_pages()
    assert bundle.tables.keys() == {path.stem for path in rules.glob("data/*.toml")}
    for name, compiled in bundle.tables.items():
        assert decode(compiled) == table(name)


def test_an_edited_source_is_believed_before_the_bundle(rules: Path) -> None:
    page = rules / "literal-secret.md"
    page.write_text(page.read_text().replace("e", "i", 1))
    later = (rules / BUNDLE).stat().st_mtime_ns + 1_000_000
    os.utime(page, ns=(later, later))
    assert fresh_bundle(rules) is None


def test_a_source_of_another_size_is_believed_whatever_its_date(rules: Path) -> None:
    page = rules / "data" / "providers.toml"
    page.write_text(page.read_text() + "\n")
    os.utime(page, (0, 0))
    assert fresh_bundle(rules) is None


def test_an_added_or_a_lost_page_is_noticed(rules: Path) -> None:
    page = rules / "literal-secret.md"
    shutil.copy(page, rules / "another-secret.md")
    os.utime(rules / "another-secret.md", (0, 0))
    assert fresh_bundle(rules) is None
    (rules / "another-secret.md").unlink()
    assert fresh_bundle(rules) is not None
    page.unlink()
    assert fresh_bundle(rules) is None


def test_a_bundle_that_is_no_bundle_is_passed_over(rules: Path) -> None:
    (rules / BUNDLE).write_bytes(b'{"sources": 1')
    assert fresh_bundle(rules) is None
