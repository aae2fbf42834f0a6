"""Which copy of the rules is read: the one that a developer edits, wherever there are two."""

from pathlib import Path

import pytest

from agentlint.knowledge.location import find_rules, rules_dir


def _folder(path: Path) -> Path:
    (path / "data").mkdir(parents=True)
    return path


def test_a_checkout_reads_its_live_rules() -> None:
    assert rules_dir() == Path(__file__).parents[2] / "rules"


def test_the_live_folder_wins_over_a_stale_copy_beside_the_source(tmp_path: Path) -> None:
    live = _folder(tmp_path / "rules")
    _folder(tmp_path / "src" / "agentlint" / "_rules")
    assert find_rules(tmp_path / "src" / "agentlint") == live


def test_an_installed_wheel_reads_its_own_copy_whatever_lies_around(tmp_path: Path) -> None:
    _folder(tmp_path / "rules")
    packaged = _folder(tmp_path / "site-packages" / "agentlint" / "_rules")
    assert find_rules(tmp_path / "site-packages" / "agentlint") == packaged


def test_no_rules_at_all_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no rules folder"):
        find_rules(tmp_path / "src" / "agentlint")
