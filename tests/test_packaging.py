"""What is installed is what is here: rules in the wheel, and the live folder in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentlint.knowledge.location import find_rules, rules_dir

ROOT = Path(__file__).parents[1]


def test_a_checkout_reads_its_live_rules() -> None:
    assert rules_dir() == ROOT / "rules"


def test_a_stale_copy_never_wins_in_a_checkout(tmp_path: Path) -> None:
    package = tmp_path / "src" / "agentlint"
    for folder in (package / "_rules" / "data", tmp_path / "rules" / "data"):
        folder.mkdir(parents=True)
    assert find_rules(package) == tmp_path / "rules"


def test_an_installed_package_reads_its_own_copy(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "agentlint"
    (package / "_rules" / "data").mkdir(parents=True)
    (tmp_path / "rules" / "data").mkdir(parents=True)
    assert find_rules(package) == package / "_rules"


def test_a_package_without_rules_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        find_rules(tmp_path / "agentlint")
