"""What the editor has open, the folders it belongs to, and telling the client of new findings."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from msgspec import Struct
from pygls.lsp.server import LanguageServer

from agentlint import __version__
from agentlint.discovery import ROOT_MARKS, find_root
from agentlint.engine.workspace import Snapshot
from agentlint.reporters.crash import crash_trace
from agentlint.server.actions import Offer
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
    """A server with the state of one client: its folders and its open documents.

    Of the repositories around documents that are in none of its folders, each stays for as long as one of
    them is open.
    """

    def __init__(self) -> None:
        super().__init__(
            "agentlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self._added: dict[Path, Folder] = {}
        self._around: dict[Path, Folder] = {}
        self._opened: dict[str, Opened] = {}
        self._offer: Offer | None = None
        self._sending: asyncio.Task[None] | None = None
        self._told_settings_error = ""
        self._rescanned = False

    @property
    def encoding(self) -> str:
        agreed = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return types.PositionEncodingKind(agreed).value

    @property
    def uses_pull_diagnostics(self) -> bool:
        """Whether the client asks for diagnostics, so that none are sent unasked."""
        document = self.client_capabilities.text_document
        return bool(document and document.diagnostic)

    @property
    def folders(self) -> list[Folder]:
        """All folders that are checked."""
        return [*self._added.values(), *self._around.values()]

    def add_folder(self, uri: str) -> None:
        path = path_of(uri)
        if path is not None and path.is_dir():
            self._added.setdefault(path, Folder(path))
            moved = [o for o in self._opened.values() if o.folder in self._around.values()]
            for opened in moved:
                self._forget(opened)
            for opened in moved:
                self.update_document(opened.uri)

    def remove_folder(self, uri: str) -> list[str]:
        """The documents still open in a folder that the editor has closed: nothing is said of them
        any more, unless they turn out to belong to another."""
        path = path_of(uri)
        removed = self._added.pop(path, None) if path is not None else None
        left = [opened.uri for opened in self._opened.values() if opened.folder is removed]
        for document in left:
            del self._opened[document]
            self._offer = None
            self.clear_diagnostics(document)
        return left

    def document(self, uri: str) -> Opened | None:
        """The folder and path of a document; None for one that is no file, or of no folder and not open."""
        if uri in self._opened:
            return self._opened[uri]
        file = _real_file(uri)
        holding = [folder for folder in self.folders if file and folder.holds(file)]
        if file is None or not holding:
            return None
        innermost = max(holding, key=lambda folder: len(folder.root.parts))
        return Opened(uri, innermost, innermost.relative(file))

    def update_document(self, uri: str) -> None:
        """Take the text that the editor has for a document."""
        found = self.document(uri) or self._document_around(uri)
        if found:
            self._opened[uri] = found
            found.folder.edit(found.path, self.workspace.get_text_document(uri).source)
            self.announce()

    def close(self, uri: str) -> None:
        closed = self._opened.get(uri)
        if closed:
            self._forget(closed)
            closed.folder.rescan()
            self.clear_diagnostics(uri)
            self.announce()

    def _forget(self, opened: Opened) -> None:
        """Take back the text of a document, and the repository around it with the last one there."""
        del self._opened[opened.uri]
        self._offer = None
        folder = opened.folder
        folder.edit(opened.path, None)
        if not any(other.folder is folder for other in self._opened.values()):
            self._around.pop(folder.root, None)

    def clear_diagnostics(self, uri: str) -> None:
        if not self.uses_pull_diagnostics:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def rescan(self) -> None:
        """Look at every file and every settings file again."""
        for folder in self.folders:
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
        for folder in self.folders:
            try:
                await folder.snapshot()
                await self._push(folder)
            except Exception as error:
                _log.error("a check failed\n%s", crash_trace(error))
        self._tell_settings_error()
        if self.uses_pull_diagnostics and self._rescanned:
            self._ask_to_pull()
        self._rescanned = False

    async def _push(self, folder: Folder) -> None:
        """Send the diagnostics of open documents to a client that does not ask for them."""
        if self.uses_pull_diagnostics:
            return
        for opened in [o for o in self._opened.values() if o.folder is folder]:
            found = await self.diagnostics(opened)
            params = types.PublishDiagnosticsParams(opened.uri, found)
            self.text_document_publish_diagnostics(params)

    def offer(self, opened: Opened, snapshot: Snapshot) -> Offer:
        """The code actions of a document, with what they are known to be until something changes."""
        offer = self._offer
        if offer is None or offer.uri != opened.uri or offer.snapshot is not snapshot:
            tried = partial(opened.folder.tried, opened.path)
            offer = Offer(opened.path, opened.uri, snapshot, self.encoding, tried)
            self._offer = offer
        return offer

    async def diagnostics(self, opened: Opened) -> list[types.Diagnostic]:
        snapshot = await opened.folder.snapshot()
        return self._diagnostics(opened.folder, opened.path, snapshot)

    async def all_diagnostics(self) -> list[tuple[str, list[types.Diagnostic]]]:
        """Those of every file that has any, or is open, by its URI."""
        found = []
        for folder in self.folders:
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

    def _document_around(self, uri: str) -> Opened | None:
        """A document of no folder, with the repository around it if it is in one.

        None where a link, named as if it were in a folder, leads out of it.
        """
        named, file = path_of(uri), _real_file(uri)
        if named is None or file is None:
            return None
        written = Path(os.path.abspath(named))
        if any(folder.holds(written) for folder in self.folders):
            return None
        root = find_root([file])
        # What is around a lone file may be a whole disk, and nobody asked to have that read.
        if root == Path.home() or not any((root / name).exists() for name in ROOT_MARKS):
            return None
        self._around[root] = Folder(root)
        return self.document(uri)

    def _tell_settings_error(self) -> None:
        errors = [folder.settings_error for folder in self.folders]
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


def _real_file(uri: str) -> Path | None:
    """Where a `file:` URI leads to, None for what is no name that a file can have."""
    path = path_of(uri)
    try:
        return Path(os.path.realpath(path)) if path else None
    except (OSError, ValueError):
        return None
