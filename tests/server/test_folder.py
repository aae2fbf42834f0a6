"""A folder of an editor that lies in a larger repository, and checks that fail."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from agentlint.engine import Collected
from agentlint.engine.workspace import Snapshot, Workspace
from agentlint.server.folder import Folder
from agentlint.server.names import RouteNames


async def test_settings_of_the_folder_itself_are_named_from_the_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "agentlint.toml").write_text("selct = []\n")
    folder = Folder(inner)
    await folder.snapshot()
    assert folder.root == tmp_path
    assert folder.settings_file == "inner/agentlint.toml"
    assert folder.settings_error.startswith("inner/agentlint.toml: unknown key `selct`")
    (inner / "agentlint.toml").write_text("")
    folder.rescan()
    await folder.snapshot()
    assert (folder.settings_file, folder.settings_error) == (None, "")


async def test_after_a_check_that_failed_the_next_looks_at_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "AGENTS.md").write_text("Run the tests.\n")
    folder = Folder(tmp_path)
    assert (await folder.snapshot()).report.findings == ()
    (tmp_path / "AGENTS.md").write_text("Always use `gpt-5.4` for reviews.\n")
    folder.rescan()

    def failing(self: Workspace, unsaved: object) -> None:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr(Workspace, "check", failing)
        with pytest.raises(ValueError):
            await folder.snapshot()
    assert len((await folder.snapshot()).report.findings) == 1


async def test_dates_are_judged_by_the_day_of_the_command_line_and_anew_the_next_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "<!-- agentlint: ignore[hardcoded-model-id] until=2026-02-01 pinned -->\nUse `gpt-5.4`.\n"
    )
    (tmp_path / "AGENTS.md").write_text(text)
    folder = Folder(tmp_path)
    for second, rules in (("1769900000", set()), ("1801500000", {"invalid-suppression"})):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", second)
        folder.edit("other.md", second)
        found = (await folder.snapshot()).report.findings
        assert {finding.rule for finding in found} - {"hardcoded-model-id"} == rules


async def test_the_names_of_routes_are_found_once_for_whatever_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "AGENTS.md").write_text("Use route alias `writer`.\n")
    folder, of, asked = Folder(tmp_path), RouteNames.of, []

    def counted(collected: Collected) -> RouteNames:
        asked.append(collected)
        return of(collected)

    monkeypatch.setattr(RouteNames, "of", counted)
    snapshot = await folder.snapshot()
    await asyncio.gather(*(folder.names(snapshot) for _ in range(3)))
    assert len(asked) == 1
    folder.edit("AGENTS.md", "Use route alias `reviewer`.\n")
    await folder.names(await folder.snapshot())
    assert len(asked) == 2


async def test_a_trial_that_nobody_waits_for_any_more_meets_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client takes back what it asked when the cursor moves on, and asks again."""
    folder, check, at_work = Folder(tmp_path), Workspace.check, []
    await folder.snapshot()

    def slow(self: Workspace, unsaved: dict[str, str]) -> Snapshot:
        assert not at_work
        at_work.append(1)
        time.sleep(0.05)
        at_work.pop()
        return check(self, unsaved)

    monkeypatch.setattr(Workspace, "check", slow)
    given_up = asyncio.create_task(folder.tried("AGENTS.md", "Run the tests.\n"))
    await asyncio.sleep(0.01)
    given_up.cancel()
    report = await folder.tried("AGENTS.md", "Always use `gpt-5.4` for reviews.\n")
    assert given_up.cancelled()
    assert [finding.rule for finding in report.findings] == ["hardcoded-model-id"]
