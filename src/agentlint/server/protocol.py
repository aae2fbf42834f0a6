"""What the editor has open, the folders it belongs to, and telling the client of new findings."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from msgspec import Struct
from pygls.lsp.server import LanguageServer

from agentlint import __version__
from agentlint.discovery import ROOT_MARKS, find_root
from agentlint.engine.workspace import Snapshot
from agentlint.reporters.crash import crash_trace
from agentlint.server.diagnostics import diagnostics_of, settings_fault
from agentlint.server.folder import Folder

QUIET_SECONDS = 0.2
"""How long nobody may have typed before findings are sent unasked."""
_log = logging.getLogger(__name__)


class Opened(Struct, frozen=True):
    """A document of the editor and where its file belongs."""

    uri: str
    folder: Folder
    path: str


class Server(LanguageServer):
    """A server with the state of one client: its folders and its open documents."""

    def __init__(self) -> None:
        super().__init__(
            "agentlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self.folders: dict[Path, Folder] = {}
        self._opened: dict[str, Opened] = {}
        self._sending: asyncio.Task[None] | None = None
        self._told_settings_error = ""
        self._rescanned = False

    @property
    def encoding(self) -> str:
        agreed = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return types.PositionEncodingKind(agreed).value

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics, so that none are sent unasked."""
        document = self.client_capabilities.text_document
        return bool(document and document.diagnostic)

    def add_folder(self, uri: str) -> None:
        path = path_of(uri)
        if path is not None and path.is_dir():
            self.folders.setdefault(path, Folder(path))

    def remove_folder(self, uri: str) -> list[str]:
        """The documents still open in a folder that the editor has closed: nothing is said of them
        any more, unless they turn out to belong to another."""
        path = path_of(uri)
        removed = self.folders.pop(path, None) if path is not None else None
        left = [opened.uri for opened in self._opened.values() if opened.folder is removed]
        for document in left:
            del self._opened[document]
            self._say_nothing_of(document)
        return left

    def document(self, uri: str) -> Opened | None:
        """The folder and path of a document; None for one that is no file."""
        if uri in self._opened:
            return self._opened[uri]
        path = path_of(uri)
        if path is None:
            return None
        try:
            file = Path(os.path.realpath(path))
            folder = self._folder_of(file, path)
        except (OSError, ValueError):  # no name that a file can have
            return None
        return Opened(uri, folder, folder.relative(file)) if folder else None

    def put(self, uri: str) -> None:
        """Take the text that the editor has for a document."""
        found = self.document(uri)
        if found:
            self._opened[uri] = found
            found.folder.edit(found.path, self.workspace.get_text_document(uri).source)
            self.announce()

    def close(self, uri: str) -> None:
        closed = self._opened.pop(uri, None)
        if closed:
            closed.folder.edit(closed.path, None)
            closed.folder.rescan()
            self._say_nothing_of(uri)
            self.announce()

    def _say_nothing_of(self, uri: str) -> None:
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def rescan(self) -> None:
        """Look at every file and every settings file again."""
        for folder in self.folders.values():
            folder.rescan()
        self._rescanned = True
        self.announce()

    def announce(self) -> None:
        """Tell the client of new diagnostics once nothing has changed for a moment."""
        if self._sending and not self._sending.done():
            self._sending.cancel()
        self._sending = asyncio.get_running_loop().create_task(self._announce())

    async def _announce(self) -> None:
        await asyncio.sleep(QUIET_SECONDS)
        for folder in list(self.folders.values()):
            try:
                await folder.snapshot()
                await self._push(folder)
            except Exception as error:
                _log.error("a check failed\n%s", crash_trace(error))
        self._tell_settings_error()
        if self.pulls and self._rescanned:
            self._ask_to_pull()
        self._rescanned = False

    async def _push(self, folder: Folder) -> None:
        """Send the diagnostics of open documents to a client that does not ask for them."""
        if self.pulls:
            return
        for opened in [o for o in self._opened.values() if o.folder is folder]:
            found = await self.diagnostics(opened)
            params = types.PublishDiagnosticsParams(opened.uri, found)
            self.text_document_publish_diagnostics(params)

    async def diagnostics(self, opened: Opened) -> list[types.Diagnostic]:
        snapshot = await opened.folder.snapshot()
        return self._diagnostics(opened.folder, opened.path, snapshot)

    async def all_diagnostics(self) -> list[tuple[str, list[types.Diagnostic]]]:
        """Those of every file that has any, or is open, by its URI."""
        found = []
        for folder in list(self.folders.values()):
            snapshot = await folder.snapshot()
            spoken = {item.path for item in snapshot.report.findings + snapshot.report.notices}
            spoken.update(o.path for o in self._opened.values() if o.folder is folder)
            spoken.update([folder.settings_file] if folder.settings_file else ())
            for path in sorted(spoken):
                uri = self.uri_in(folder)(path)
                found.append((uri, self._diagnostics(folder, path, snapshot)))
        return found

    def uri_in(self, folder: Folder) -> Callable[[str], str]:
        """Names for the files of a folder: the editor's own for a document that it has open."""
        opened = {o.path: o.uri for o in self._opened.values() if o.folder is folder}
        return lambda path: opened.get(path) or (folder.root / path).as_uri()

    def _diagnostics(self, folder: Folder, path: str, snapshot: Snapshot) -> list[types.Diagnostic]:
        found = diagnostics_of(path, snapshot, self.encoding, self.uri_in(folder))
        if folder.settings_error and path == folder.settings_file:
            return [*found, settings_fault(folder.settings_error)]
        return found

    def _folder_of(self, file: Path, named: Path) -> Folder | None:
        """The innermost folder that holds a file, else the repository around it if it is in one.

        None where a link, `named` as if it were in a folder, leads out of it.
        """
        holding = [folder for folder in self.folders.values() if folder.holds(file)]
        if holding:
            return max(holding, key=lambda folder: len(folder.root.parts))
        written = Path(os.path.abspath(named))
        if any(folder.holds(written) for folder in self.folders.values()):
            return None
        root = find_root([file])
        # What is around a lone file may be a whole disk, and nobody asked to have that read.
        if root == Path.home() or not any((root / name).exists() for name in ROOT_MARKS):
            return None
        return self.folders.setdefault(root, Folder(root))

    def _tell_settings_error(self) -> None:
        errors = [folder.settings_error for folder in self.folders.values()]
        error = next(filter(None, errors), "")
        if error and error != self._told_settings_error:
            message = f"agentlint: {settings_fault(error).message}"
            params = types.ShowMessageParams(types.MessageType.Error, message)
            self.window_show_message(params)
        self._told_settings_error = error

    def _ask_to_pull(self) -> None:
        workspace = self.client_capabilities.workspace
        if workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)


def path_of(uri: str) -> Path | None:
    """The path of a `file:` URI, None for any other and for what is no URI."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if not path.startswith("/"):
        return None
    on_drive = os.name == "nt" and len(path) > 2 and path[2] == ":"
    return Path(path[1:] if on_drive else path)
