"""Names and texts that no editor should send: the server answers, and goes on."""

from __future__ import annotations

import asyncio
import os

import pytest
from lsprotocol import types

ORDER = "Always use `gpt-5.4` for reviews.\n"
NAMES = {
    "nul": "file:///%00",
    "no address": "file://[",
    "up": "file:///%2e%2e/%2e%2e/etc/passwd",
    "traversal": "{root}/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "no text": "{root}/%ff%fe/AGENTS.md",
    "long path": "file:///" + "a/" * 3000 + "AGENTS.md",
    "long name": "{root}/" + "a" * 300 + "/AGENTS.md",
    "no path": "file://",
    "nothing": "",
    "device": "file:///dev/zero",
    "environment": "file:///proc/self/environ",
    "hidden": "file:///x\u202e/AGENTS.md",
}


async def _pull(editor, uri: str, text: str) -> list[types.Diagnostic]:
    item = types.TextDocumentItem(uri, "markdown", 1, text)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    answer = editor.client.text_document_diagnostic_async(asked)
    found = list((await asyncio.wait_for(answer, 30)).items)
    closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
    editor.client.text_document_did_close(closed)
    return found


@pytest.mark.parametrize("name", NAMES)
async def test_a_document_of_a_malformed_name_has_no_diagnostics(editor, name: str) -> None:
    uri = NAMES[name].format(root=editor.root.as_uri())
    assert await _pull(editor, uri, "Text.\n") == []
    assert await editor.pull("AGENTS.md")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
async def test_a_link_out_of_the_folder_opens_no_other_repository(editor, tmp_path_factory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / ".git").mkdir()
    for file in ("AGENTS.md", "CLAUDE.md"):
        (other / file).write_text(ORDER)
    (editor.root / "GEMINI.md").symlink_to(other / "AGENTS.md")
    assert await _pull(editor, editor.uri("GEMINI.md"), ORDER) == []
    asked = types.WorkspaceDiagnosticParams([])
    report = await editor.client.workspace_diagnostic_async(asked)
    told = [item.uri for item in report.items]
    assert editor.uri("AGENTS.md") in told
    assert not [uri for uri in told if not uri.startswith(editor.root.as_uri())]


@pytest.mark.parametrize("text", ["x" * 10_000_000, ORDER * 300_000], ids=["line", "lines"])
async def test_a_document_of_ten_megabytes_is_a_notice(editor, text: str) -> None:
    editor.open("AGENTS.md", text)
    [notice] = await asyncio.wait_for(editor.pull("AGENTS.md"), 30)
    assert notice.code == "too-large"
    editor.type("AGENTS.md", ORDER)
    [finding] = await editor.pull("AGENTS.md")
    assert finding.code == "hardcoded-model-id"
