"""A root that is checked while it is edited says what a run says, and reads only what changed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.discovery import Candidate
from agentlint.engine import Run, run, workspace
from agentlint.engine.load import Loaded, load_bytes
from agentlint.engine.run_settings import Overrides, run_settings
from agentlint.engine.workspace import Workspace
from agentlint.findings import Notice

_touched: list[str] = []


def _listen(event: str, args: tuple[object, ...]) -> None:
    if event in ("open", "os.listdir", "os.scandir"):
        _touched.append(str(args[0]))


@pytest.fixture(scope="module")
def touched() -> list[str]:
    """The files and folders that were opened since it was cleared; the hook stays for good."""
    sys.addaudithook(_listen)
    return _touched


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


def test_an_entry_of_the_settings_that_accepts_nothing_is_told_as_a_run_tells_it(
    root: Path,
) -> None:
    (root / "agentlint.toml").write_text(f'[secrets]\nallow = ["{"0" * 32}"]\n')
    with_entry = request(root, run_settings(root, root, Overrides()))
    report = Workspace(with_entry).check({}).report
    assert report == run(with_entry)
    assert ("agentlint.toml", "unused-suppression") in {(f.path, f.rule) for f in report.findings}


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


MIGRATION = """\
# Gateway

Switch every agent from the OpenAI API to the new model gateway before Friday; see [later](docs/return.md).
"""
BACK = "# Going back\n\n## Rollback\n\nPut the old route back and deploy.\n"


@pytest.fixture
def moving(tmp_path: Path) -> Path:
    """A repository with a migration, and more pages beside it than are read for it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "AGENTS.md").write_text(MIGRATION)
    (tmp_path / "docs/return.md").write_text("# Later\n\nTo be written.\n")
    for number in range(60):
        (tmp_path / f"page-{number}.md").write_text("# A page\n")
    return tmp_path


LOST = [("AGENTS.md", "missing-rollback-note")]


def of_notes(edited: Workspace, unsaved: dict[str, str]) -> list[tuple[str, str]]:
    return [found for found in rules(edited, unsaved) if found in LOST]


def test_an_unsaved_text_of_a_page_that_is_linked_to_counts(moving: Path) -> None:
    edited = Workspace(request(moving))
    assert of_notes(edited, {}) == LOST
    assert of_notes(edited, {"docs/return.md": BACK}) == []
    assert of_notes(edited, {}) == LOST


def test_a_page_that_is_only_in_memory_counts(moving: Path) -> None:
    (moving / "docs/return.md").unlink()
    edited = Workspace(request(moving))
    assert of_notes(edited, {}) == LOST
    assert of_notes(edited, {"docs/return.md": BACK}) == []
    assert of_notes(edited, {"rollback.md": BACK}) == []
    assert of_notes(edited, {"docs/rollback.md": BACK}) == LOST


def test_an_edit_opens_no_file_and_lists_no_folder(moving: Path, touched: list[str]) -> None:
    edited = Workspace(request(moving))
    edited.check({})
    assert f"{moving}/docs/return.md" in touched
    touched.clear()
    unsaved = {"AGENTS.md": f"{MIGRATION}\nRun the tests.\n"}
    edited.check(unsaved)
    edited.check({**unsaved, "docs/return.md": "# Later\n\nSoon.\n"})
    assert [path for path in touched if path.startswith(str(moving))] == []


def test_what_is_gone_is_forgotten_when_the_disk_is_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = Workspace(request(root))
    read: list[str] = []

    def reading(candidate: Candidate, data: bytes) -> Loaded | Notice | None:
        read.append(candidate.path)
        return load_bytes(candidate, data)

    monkeypatch.setattr(workspace, "load_bytes", reading)
    unsaved = {"GEMINI.md": USES_ID}
    for texts in (unsaved, {}, unsaved):
        edited.check(texts)
    assert read == ["GEMINI.md"]
    edited.rescan()
    for texts in ({}, unsaved):
        edited.check(texts)
    assert read == ["GEMINI.md", "GEMINI.md"]


def test_pages_that_came_meanwhile_are_seen_after_a_rescan(moving: Path) -> None:
    edited = Workspace(request(moving))
    assert of_notes(edited, {}) == LOST
    (moving / "rollback.md").write_text(BACK)
    assert of_notes(edited, {}) == LOST
    edited.rescan()
    assert of_notes(edited, {}) == []
