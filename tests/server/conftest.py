"""A repository in an editor: the server as a process, and a client with an editor's capabilities."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

AGENTS = """\
# Agents

😀 Always use `gpt-5.4` for reviews.

Use route alias `writer` for drafts.
"""
ROUTES = """\
routes:
  writer:
    model: gpt-5.4
    endpoint_family: responses
    endpoint_path: /v1/responses
  reviewer:
    model: gpt-5.4-mini
    endpoint_family: responses
    endpoint_path: /v1/responses
    fallback: writer
"""
COMMAND = [sys.executable, "-m", "agentlint", "server"]


@dataclass
class Editor:
    """What a person does in an editor, and what the editor then asks."""

    client: LanguageClient
    root: Path
    version: int = 1
    opened: set[str] = field(default_factory=set)

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None) -> str:
        """Open a file, whose buffer may hold another text than the disk does, and tell its URI."""
        if text is None:
            text = (self.root / name).read_bytes().decode("utf-8")
        item = types.TextDocumentItem(self.uri(name), "markdown", self.version, text)
        self.opened.add(name)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return item.uri

    def type(self, name: str, text: str) -> None:
        """Put another text into the buffer of an open file."""
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self, name: str, text: str) -> None:
        """Write a file, as an editor that tells of it does."""
        (self.root / name).write_text(text, encoding="utf-8")
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, name: str) -> None:
        self.opened.discard(name)
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def leave(self) -> None:
        """Close the folder, and no file of it."""
        folder = types.WorkspaceFolder(self.root.as_uri(), "repository")
        closed = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
        self.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(closed)
        )

    async def pull(self, name: str) -> list[types.Diagnostic]:
        """The diagnostics of a file, asked for."""
        document = types.TextDocumentIdentifier(self.uri(name))
        report = await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(document)
        )
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)

    async def pushed(self, name: str) -> list[types.Diagnostic]:
        """The diagnostics of a file that are sent next."""
        await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return list(self.client.diagnostics[self.uri(name)])

    async def actions(
        self, name: str, at: types.Position, *only: str
    ) -> dict[str, types.CodeAction]:
        """The code actions at a place, by title."""
        document = types.TextDocumentIdentifier(self.uri(name))
        context = types.CodeActionContext(diagnostics=[], only=list(only) or None)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(document, types.Range(at, at), context)
        )
        return {action.title: action for action in found or []}

    def at(self, name: str, words: str) -> types.Position:
        """The place of `words` in a file."""
        text = (self.root / name).read_text(encoding="utf-8")
        before = text[: text.index(words)]
        line = before.rpartition("\n")[2]
        return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)

    def edited(self, name: str, action: types.CodeAction) -> str:
        """The text of a file as the edits of an action leave it."""
        assert action.edit
        assert action.edit.changes
        data = (self.root / name).read_bytes().decode("utf-8").encode("utf-16-le")
        lines = data.split("\n".encode("utf-16-le"))
        starts = [sum(len(line) + 2 for line in lines[:number]) for number in range(len(lines))]

        def offset(place: types.Position) -> int:
            return starts[place.line] + 2 * place.character

        edits = action.edit.changes[self.uri(name)]
        for edit in sorted(edits, key=lambda edit: -offset(edit.range.start)):
            new = edit.new_text.encode("utf-16-le")
            data = data[: offset(edit.range.start)] + new + data[offset(edit.range.end) :]
        return data.decode("utf-16-le")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "a repository"
    (root / ".git").mkdir(parents=True)
    (root / "AGENTS.md").write_text(AGENTS, encoding="utf-8")
    (root / "gateway-routes.yaml").write_text(ROUTES, encoding="utf-8")
    return root


async def _start(client: LanguageClient, capabilities: types.ClientCapabilities) -> None:
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    await client.initialize_session(
        types.InitializeParams(capabilities=capabilities, workspace_folders=[])
    )


# Starting a server is what takes the time, so two of them serve every test.
@pytest_lsp.fixture(config=ClientServerConfig(server_command=COMMAND), scope="session")
async def vs_code(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await _start(lsp_client, client_capabilities("visual-studio-code"))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=ClientServerConfig(server_command=COMMAND), scope="session")
async def byte_counter(lsp_client: LanguageClient) -> AsyncIterator[None]:
    general = types.GeneralClientCapabilities(position_encodings=["utf-8", "utf-16"])
    await _start(lsp_client, types.ClientCapabilities(general=general))
    yield
    await lsp_client.shutdown_session()


@contextmanager
def _at_work(client: LanguageClient, root: Path) -> Iterator[Editor]:
    """A person with one folder open, who closes it and every file in the end."""
    folder = types.WorkspaceFolder(root.as_uri(), "repository")
    opened = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
    client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(opened))
    editor = Editor(client, root)
    yield editor
    for name in sorted(editor.opened):
        editor.close(name)
    editor.leave()


@pytest.fixture
async def editor(vs_code: LanguageClient, repository: Path) -> AsyncIterator[Editor]:
    """An editor that asks for diagnostics and counts UTF-16 code units."""
    with _at_work(vs_code, repository) as editor:
        yield editor


@pytest.fixture
async def waiting_editor(byte_counter: LanguageClient, repository: Path) -> AsyncIterator[Editor]:
    """An editor that waits for diagnostics to be sent and counts bytes."""
    with _at_work(byte_counter, repository) as editor:
        yield editor
