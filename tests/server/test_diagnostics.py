"""What an editor is told: on request, unasked, of texts that are not saved, and of every file."""

from __future__ import annotations

import random
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from lsprotocol import types
from tests.known_names import known_paths
from tests.notebook_samples import notebook
from tests.secret_samples import sample

from agentlint.server.handlers import WATCHED

CLEAN = "# Agents\n\nUse route alias `writer` for drafts.\n"
LOST = "# Agents\n\nUse route alias `wrider` for drafts.\n"


async def test_a_pull_tells_the_finding_at_its_utf16_place(editor):
    editor.open("AGENTS.md")
    [found] = await editor.pull("AGENTS.md")
    assert (found.code, found.source) == ("hardcoded-model-id", "agentlint")
    assert (found.range.start.line, found.range.start.character) == (2, 15)
    assert found.code_description.href.endswith("/rules/hardcoded-model-id.md")


async def test_diagnostics_are_sent_to_a_client_that_does_not_ask_in_its_own_columns(
    waiting_editor,
):
    waiting_editor.open("AGENTS.md")
    [found] = await waiting_editor.pushed("AGENTS.md")
    assert (found.range.start.line, found.range.start.character) == (2, 17)


async def test_an_unsaved_text_counts_and_the_disk_again_once_it_is_closed(editor):
    editor.open("AGENTS.md")
    editor.type("AGENTS.md", CLEAN)
    assert await editor.pull("AGENTS.md") == []
    editor.close("AGENTS.md")
    assert len(await editor.pull("AGENTS.md")) == 1


async def test_a_new_file_is_judged_before_it_is_saved(editor):
    editor.open("sub/CLAUDE.md", "Always use `gpt-5.4` for reviews.\n")
    [found] = await editor.pull("sub/CLAUDE.md")
    assert found.code == "hardcoded-model-id"


async def test_a_finding_sees_the_unsaved_text_of_another_file(editor):
    editor.open("AGENTS.md", CLEAN)
    editor.open("gateway-routes.yaml")
    assert await editor.pull("AGENTS.md") == []
    editor.type("gateway-routes.yaml", ROUTES_RENAMED)
    [found] = await editor.pull("AGENTS.md")
    assert found.code == "undefined-alias"


async def test_a_file_that_agentlint_does_not_read_has_no_diagnostics(editor):
    editor.open("notes.txt", "Always use `gpt-5.4` for reviews.\n")
    editor.open("README.md", "Always use `gpt-5.4` for reviews.\n")
    assert await editor.pull("notes.txt") == []
    assert await editor.pull("README.md") == []


async def test_the_workspace_is_told_of_whole_and_then_only_of_what_changed(editor):
    whole = await editor.client.workspace_diagnostic_async(
        types.WorkspaceDiagnosticParams(previous_result_ids=[])
    )
    assert [report.uri for report in whole.items] == [editor.uri("AGENTS.md")]
    known = [types.PreviousResultId(report.uri, report.result_id) for report in whole.items]
    again = await editor.client.workspace_diagnostic_async(
        types.WorkspaceDiagnosticParams(previous_result_ids=known)
    )
    assert [report.kind for report in again.items] == ["unchanged"]
    editor.save("AGENTS.md", CLEAN)
    mended = await editor.client.workspace_diagnostic_async(
        types.WorkspaceDiagnosticParams(previous_result_ids=known)
    )
    assert [list(report.items) for report in mended.items] == [[]]


async def test_saved_settings_count_and_broken_ones_are_told_of(editor):
    editor.open("AGENTS.md")
    editor.save("agentlint.toml", 'ignore = ["hardcoded-model-id"]\n')
    assert await editor.pull("AGENTS.md") == []
    editor.save("agentlint.toml", 'ignroe = ["hardcoded-model-id"]\n')
    assert await editor.pull("AGENTS.md") == []
    [fault] = await editor.pull("agentlint.toml")
    assert "did you mean `ignore`?" in fault.message
    editor.save("agentlint.toml", "")
    assert len(await editor.pull("AGENTS.md")) == 1
    assert await editor.pull("agentlint.toml") == []


async def test_a_fault_is_shown_in_the_settings_file_that_has_it(editor):
    editor.open("AGENTS.md")
    editor.save("pyproject.toml", "[project]\nname = 'x'\n")
    editor.save("agentlint.toml", "baseline = 'none.jsonl'\n")
    [fault] = await editor.pull("agentlint.toml")
    assert fault.message == (
        "agentlint.toml: baseline: no such file or folder: none.jsonl; `agentlint baseline` writes it."
    )
    assert await editor.pull("pyproject.toml") == []
    whole = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert editor.uri("agentlint.toml") in [report.uri for report in whole.items]
    (editor.root / "agentlint.toml").unlink()
    editor.save("pyproject.toml", "[tool]\nagentlint = 1\n")
    [fault] = await editor.pull("pyproject.toml")
    assert "tool.agentlint: expected a table" in fault.message


async def test_a_broken_file_costs_no_other_its_diagnostics(editor):
    (editor.root / "litellm.yaml").write_text("model_list: [" + "[" * 500, encoding="utf-8")
    (editor.root / "GEMINI.md").write_bytes(b"\xff\xfe\0")
    editor.open("AGENTS.md", "Always use `gpt-5.4` for reviews. \ud800\n")
    await editor.pull("AGENTS.md")
    editor.type("AGENTS.md", "Always use `gpt-5.4` for reviews.\n")
    [found] = await editor.pull("AGENTS.md")
    assert found.code == "hardcoded-model-id"
    [notice] = await editor.pull("GEMINI.md")
    assert (notice.code, notice.severity) == ("not-text", types.DiagnosticSeverity.Information)


async def test_a_document_that_is_no_file_is_left_alone(editor):
    item = types.TextDocumentItem("untitled:Untitled-1", "markdown", 1, "Always use `gpt-5.4`.\n")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    report = await editor.client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier(item.uri))
    )
    assert not report.items


async def test_no_secret_is_in_what_is_told(editor):
    key = sample("openai-project-key", random.Random(8))
    editor.open("AGENTS.md", f"# Agents\n\nThe key is `{key}`.\n")
    found = await editor.pull("AGENTS.md")
    assert [diagnostic.code for diagnostic in found] == ["literal-secret"]
    assert key not in str(found)


ROUTES_RENAMED = """\
routes:
  draftsman:
    model: gpt-5.4
    endpoint_family: responses
    endpoint_path: /v1/responses
"""


async def test_a_folder_that_was_closed_leaves_nothing_behind(waiting_editor):
    waiting_editor.open("AGENTS.md")
    assert len(await waiting_editor.pushed("AGENTS.md")) == 1
    waiting_editor.leave()
    assert await waiting_editor.pushed("AGENTS.md") == []


async def told_files(editor) -> list[str]:
    """Every file that the workspace has diagnostics of."""
    whole = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    return [report.uri for report in whole.items]


@pytest.fixture
def other(editor, tmp_path) -> Path:
    """A file of a repository that is no folder of the editor, named from the one that is."""
    root = tmp_path / "other"
    (root / ".git").mkdir(parents=True)
    for name in ("AGENTS.md", "CLAUDE.md"):
        (root / name).write_text("Always use `gpt-5.4` for reviews.\n")
    return root


async def test_another_repository_is_checked_for_as_long_as_a_file_of_it_is_open(editor, other):
    before = await told_files(editor)
    both = [(other / name).as_uri() for name in ("AGENTS.md", "CLAUDE.md")]
    for name in ("../other/AGENTS.md", "../other/CLAUDE.md"):
        editor.open(name)
    assert [found.code for found in await editor.pull("../other/CLAUDE.md")] == [
        "hardcoded-model-id"
    ]
    assert await told_files(editor) != before
    editor.close("../other/AGENTS.md")
    assert len(await editor.pull("../other/CLAUDE.md")) == 1
    known = [types.PreviousResultId(uri, "") for uri in both]
    editor.close("../other/CLAUDE.md")
    asked = types.WorkspaceDiagnosticParams(known)
    told = {r.uri: r.items for r in (await editor.client.workspace_diagnostic_async(asked)).items}
    assert [list(told[uri]) for uri in both] == [[], []]
    assert await told_files(editor) == before


async def test_asking_for_a_file_that_is_not_open_adds_no_repository(editor, other):
    before = await told_files(editor)
    assert await editor.pull("../other/AGENTS.md") == []
    assert await told_files(editor) == before


async def test_a_repository_that_becomes_a_folder_stays_when_its_files_are_closed(editor, other):
    editor.open("../other/AGENTS.md")
    folder = types.WorkspaceFolder(other.as_uri(), "other")
    added = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(added)
    )
    assert len(await editor.pull("../other/AGENTS.md")) == 1
    editor.close("../other/AGENTS.md")
    told = await told_files(editor)
    assert [told.count((other / name).as_uri()) for name in ("AGENTS.md", "CLAUDE.md")] == [1, 1]
    removed = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(removed)
    )
    assert (other / "AGENTS.md").as_uri() not in await told_files(editor)


def test_every_file_that_its_name_tells_is_watched() -> None:
    patterns = [glob for pattern in WATCHED for glob in _written_out(pattern)]
    for path in (*known_paths(), "x/.gitignore", "a.ndjson"):
        assert any(fnmatchcase(f"/{path}", glob) for glob in patterns), path


def _written_out(pattern: str) -> list[str]:
    """A pattern of the protocol as those of `fnmatch`, where `*` crosses folders as well."""
    before, brace, rest = pattern.replace("**/", "*/").partition("{")
    choices, _, after = rest.partition("}")
    return [f"{before}{choice}{after}" for choice in choices.split(",")] if brace else [before]


async def test_a_notebook_that_an_editor_opens_as_its_json_is_read_as_it_stands_there(editor):
    call = 'OpenAI().chat.completions.create(model="gpt-5.4-pro", messages=[])'
    editor.open("review.ipynb", notebook(f"from openai import OpenAI\n{call}\n"))
    found = {diagnostic.code: diagnostic for diagnostic in await editor.pull("review.ipynb")}
    assert "responses-only-on-chat" in found
    assert found["responses-only-on-chat"].range.start.line > 5
