"""One folder of the editor's workspace: its settings, its unsaved texts and what was said of it last."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from agentlint.config import (
    PYPROJECT,
    SETTINGS_FILE,
    ConfigError,
    Settings,
    find_settings,
    read_settings,
)
from agentlint.discovery import find_root
from agentlint.engine import Run
from agentlint.engine.baseline import settings_baseline
from agentlint.engine.catalogue import catalogue_of
from agentlint.engine.workspace import Snapshot, Workspace
from agentlint.knowledge.pages import rule_pages


def _today() -> date:
    return datetime.now(UTC).date()


class Folder:
    """Checks run in a thread, one at a time, and only when something changed since the last.

    `settings_error` is what is wrong with the settings file, "" for nothing; the settings that were
    read before it broke stay in force.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.root = find_root([self.folder], (SETTINGS_FILE, PYPROJECT))
        self.settings_error = ""
        self._unsaved: dict[str, str] = {}
        self._workspace = Workspace(Run(self.root, (self.root,), Settings(), _today()))
        self._disk_changed = True
        self._changes, self._checked = 1, 0
        self._check: asyncio.Task[None] | None = None
        self._snapshot: Snapshot | None = None
        self._lock = asyncio.Lock()

    def holds(self, file: Path) -> bool:
        return self.root in file.parents

    def relative(self, file: Path) -> str:
        """The path of a file from the root on; raises ValueError for one that is outside."""
        return Path(os.path.realpath(file)).relative_to(self.root).as_posix()

    def edit(self, path: str, text: str | None) -> None:
        """Put an unsaved text in the place of a file; None takes it back."""
        if text is None:
            self._unsaved.pop(path, None)
        else:
            self._unsaved[path] = text
        self._changes += 1

    def rescan(self) -> None:
        """Look at the files and the settings again with the next check."""
        self._disk_changed = True
        self._changes += 1

    async def snapshot(self) -> Snapshot:
        """What is said of the folder as it is now."""
        while self._snapshot is None or self._checked < self._changes:
            if self._check is None or self._check.done():
                self._check = asyncio.create_task(self._run_check())
            # A request that the client takes back must not end the check that others wait for.
            await asyncio.shield(self._check)
        return self._snapshot

    async def tried(self, path: str, text: str) -> Snapshot:
        """What would be said if the file at `path` held `text`."""
        async with self._lock:
            unsaved = {**self._unsaved, path: text}
            return await asyncio.to_thread(self._workspace.check, unsaved)

    async def _run_check(self) -> None:
        async with self._lock:
            changes, unsaved = self._changes, dict(self._unsaved)
            rescans, self._disk_changed = self._disk_changed, False
            self._snapshot = await asyncio.to_thread(self._check_now, unsaved, rescans)
            self._checked = changes

    def _check_now(self, unsaved: Mapping[str, str], rescans: bool) -> Snapshot:
        if rescans:
            self._workspace.request = self._request()
            self._workspace.rescan()
        return self._workspace.check(unsaved)

    def _request(self) -> Run:
        """The run that `agentlint check` makes in this folder, over the whole root."""
        try:
            found = find_settings(self.folder, self.root)
            settings = read_settings(found, list(rule_pages())) if found else Settings()
            catalogue = catalogue_of(settings, self.root)
            baseline = settings_baseline(settings, self.root)
        except ConfigError as error:
            self.settings_error = str(error)
            return self._workspace.request
        self.settings_error = ""
        return Run(
            self.root, (self.root,), settings, _today(), catalogue=catalogue, baseline=baseline
        )
