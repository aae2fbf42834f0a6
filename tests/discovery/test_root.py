"""From where paths are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentlint.discovery import find_root


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (".github/workflows/ci.yml", ".claude/agents/a.md", "src/AGENTS.md"):
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / name).touch()
    return tmp_path.resolve() / "project"


@pytest.mark.parametrize(
    "named", [".github/workflows/ci.yml", ".github/workflows", ".github", ".claude/agents/a.md"]
)
def test_a_tool_folder_without_a_repository_is_part_of_the_folder_above(
    named: str, tree: Path
) -> None:
    assert find_root([tree / named]) == tree


def test_other_files_without_a_repository_have_their_own_folder(tree: Path) -> None:
    assert find_root([tree / "src/AGENTS.md"]) == tree / "src"


def test_a_repository_comes_first_and_settings_second(tree: Path) -> None:
    (tree / ".github/workflows/agentlint.toml").touch()
    assert find_root([tree / ".github/workflows/ci.yml"]) == tree / ".github/workflows"
    (tree.parent / ".git").mkdir()
    assert find_root([tree / ".github/workflows/ci.yml"]) == tree.parent


def test_a_project_of_python_is_a_root(tree: Path) -> None:
    (tree / "pyproject.toml").touch()
    assert find_root([tree / "src/AGENTS.md"]) == tree


def test_nobody_s_home_is_looked_through(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tree))
    monkeypatch.setenv("USERPROFILE", str(tree))
    (tree / "pyproject.toml").touch()
    assert find_root([tree / "src/AGENTS.md"]) == tree / "src"
    assert find_root([tree / ".claude/agents/a.md"]) == tree / ".claude/agents"
