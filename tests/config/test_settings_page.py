"""docs/settings.md names every key there is, and each of its examples is one that agentlint takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agentlint.config import read_settings
from agentlint.config.keys import KEYS
from agentlint.knowledge.pages import rule_pages

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_key_has_its_row() -> None:
    rows = re.findall(r"^\| `([a-z.-]+)` \|", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(key.path for key in KEYS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_are_settings(example: str, tmp_path: Path) -> None:
    (tmp_path / "agentlint.toml").write_text(example)
    read_settings(tmp_path / "agentlint.toml", rule_pages())
