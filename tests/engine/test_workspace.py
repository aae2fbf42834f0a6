"""A root that is checked while it is edited says what a run says, and reads only what changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run, workspace
from agentlint.engine.workspace import Workspace

TODAY = date(2026, 11, 20)
USES_ID = "Always use `gpt-5.4` for reviews.\n"
CLEAN = "Run the tests.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "AGENTS.md").write_text(USES_ID)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/CLAUDE.md").write_text(CLEAN)
    return tmp_path


def request(root: Path, settings: Settings | None = None) -> Run:
    return Run(root, (root,), settings or Settings(), TODAY)


def rules(edited: Workspace, unsaved: dict[str, str]) -> list[tuple[str, str]]:
    return [(f.path, f.rule) for f in edited.check(unsaved).report.findings]


def test_with_nothing_unsaved_it_says_what_a_run_says(root: Path) -> None:
    assert Workspace(request(root)).check({}).report == run(request(root))


def test_an_unsaved_text_wins_until_it_is_taken_back(root: Path) -> None:
    edited = Workspace(request(root))
    assert rules(edited, {"AGENTS.md": CLEAN}) == []
    assert rules(edited, {}) == [("AGENTS.md", "hardcoded-model-id")]


def test_a_file_that_is_only_in_memory_is_read_where_a_walk_would_read_it(root: Path) -> None:
    edited = Workspace(request(root, Settings(exclude=("old",))))
    texts = dict.fromkeys(("new/AGENTS.md", "old/AGENTS.md", "node_modules/AGENTS.md"), USES_ID)
    found = rules(edited, {**texts, "AGENTS.md": CLEAN, "new/notes.md": USES_ID})
    assert found == [("new/AGENTS.md", "hardcoded-model-id")]


def test_the_disk_is_looked_at_again_after_a_rescan(root: Path) -> None:
    edited = Workspace(request(root))
    edited.check({})
    (root / "AGENTS.md").write_text(CLEAN)
    (root / "sub/CLAUDE.md").unlink()
    (root / "GEMINI.md").write_text(USES_ID)
    assert rules(edited, {}) == [("AGENTS.md", "hardcoded-model-id")]
    edited.rescan()
    assert rules(edited, {}) == [("GEMINI.md", "hardcoded-model-id")]


def test_only_what_changed_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = Workspace(request(root))
    edited.check({})
    read: list[str] = []
    monkeypatch.setattr(workspace, "load", lambda candidate: read.append(candidate.path))
    (root / "sub/CLAUDE.md").write_text("Run all of the tests.\n")
    edited.rescan()
    edited.check({})
    assert read == ["sub/CLAUDE.md"]
