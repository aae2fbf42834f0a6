"""One folder of the editor's workspace: its settings, its unsaved texts and what was said of it last."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from agentlint.config import ConfigError, Settings, settings_name
from agentlint.discovery import find_root
from agentlint.engine import Run
from agentlint.engine.day import judging_day
from agentlint.engine.run_settings import Overrides, run_over, with_baseline
from agentlint.engine.workspace import Snapshot, Workspace
from agentlint.reporters.report import Report
from agentlint.server.names import RouteNames


def _today() -> date:
    """The day that the command line judges by; today where the environment of an editor holds no time."""
    try:
        return judging_day(None)
    except ConfigError:
        return datetime.now(UTC).date()


class Folder:
    """Checks run in a thread, one at a time, and only when something changed since the last.

    `settings_error` is what is wrong with the settings, "" for nothing, and `settings_file` the path of
    the file that it stands in, None for none; the settings that were read before stay in force.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.root = find_root([self.folder])
        self.settings_error = ""
        self.settings_file: str | None = None
        self._unsaved: dict[str, str] = {}
        self._workspace = Workspace(Run(self.root, (self.root,), Settings(), _today()))
        self._disk_changed = True
        self._changes, self._checked = 1, 0
        self._check: asyncio.Task[None] | None = None
        self._snapshot: Snapshot | None = None
        self._names: tuple[Snapshot, RouteNames] | None = None
        self._lock = asyncio.Lock()
        self._naming = asyncio.Lock()

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

    async def names(self, snapshot: Snapshot) -> RouteNames:
        """The names of the routes in a snapshot, found once for all that is asked of it."""
        async with self._naming:
            if self._names is None or self._names[0] is not snapshot:
                found = await asyncio.to_thread(RouteNames.of, snapshot.collected)
                self._names = snapshot, found
            return self._names[1]

    async def tried(self, path: str, text: str) -> Report:
        """What would be said if the file at `path` held `text`."""
        # As above: a check that nobody waits for any more must not meet the next one.
        return await asyncio.shield(asyncio.create_task(self._try(path, text)))

    async def _try(self, path: str, text: str) -> Report:
        async with self._lock:
            unsaved = {**self._unsaved, path: text}
            snapshot = await asyncio.to_thread(self._workspace.check, unsaved)
            return snapshot.report

    async def _run_check(self) -> None:
        async with self._lock:
            changes, unsaved = self._changes, dict(self._unsaved)
            rescans, self._disk_changed = self._disk_changed, False
            try:
                self._snapshot = await asyncio.to_thread(self._check_now, unsaved, rescans)
            except BaseException:
                self._disk_changed |= rescans  # the next check has yet to look
                raise
            self._checked = changes

    def _check_now(self, unsaved: Mapping[str, str], rescans: bool) -> Snapshot:
        if rescans or self._workspace.request.today != _today():  # editors stay open overnight
            self._workspace.request = self._request()
            self._workspace.rescan()
        return self._workspace.check(unsaved)

    def _request(self) -> Run:
        """The run that `agentlint check` makes in this folder, over the whole root."""
        try:
            request = with_baseline(run_over(self.root, self.folder, _today(), Overrides()))
        except ConfigError as error:
            self.settings_error = str(error)
            self.settings_file = settings_name(error.file, self.root) if error.file else None
            return self._workspace.request
        self.settings_error, self.settings_file = "", None
        return request
