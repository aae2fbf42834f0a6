"""A real editor: neovim without a screen starts the server, shows findings and applies an action."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    shutil.which("nvim") is None, reason="needs neovim: apt-get install neovim"
)
SCRIPT = """
local command, root, out = {COMMAND}, {ROOT}, {OUT}
vim.cmd("edit " .. vim.fn.fnameescape(root .. "/AGENTS.md"))
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = "agentlint", cmd = command, root_dir = root,
  workspace_folders = {{ uri = vim.uri_from_fname(root), name = "repository" }},
})
vim.lsp.buf_attach_client(buffer, client)

local function ask(method, line, column, more)
  local place = { line = line, character = column }
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = place }
  params.range = { start = place, ["end"] = place }
  params = vim.tbl_extend("force", params, more or {})
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000)
  return answers and answers[client] and answers[client].result
end

local result = {}
vim.wait(20000, function() return #vim.diagnostic.get(buffer) > 0 end, 50)
for _, found in ipairs(vim.diagnostic.get(buffer)) do
  table.insert(result, { code = found.code, line = found.lnum, column = found.col })
end
local shown = ask("textDocument/hover", 2, 16)
local target = ask("textDocument/definition", 4, 20)
local actions = ask("textDocument/codeAction", 2, 16, {
  context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer, 2) },
})
local action
for _, offered in ipairs(actions) do
  if vim.startswith(offered.title, "Suppress") then action = offered end
end
vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
vim.wait(20000, function() return #vim.diagnostic.get(buffer) == 0 end, 50)
local report = {
  found = result, hover = shown.contents.value, target = target[1].uri, action = action.title,
  left = #vim.diagnostic.get(buffer), text = vim.api.nvim_buf_get_lines(buffer, 2, 3, true)[1],
}
vim.fn.writefile({ vim.fn.json_encode(report) }, out)
vim.cmd("qall!")
"""


def lua(value: str | list[str]) -> str:
    """A string or list of strings in the syntax of Lua, which reads JSON's."""
    if isinstance(value, list):
        return "{" + ", ".join(map(lua, value)) + "}"
    return json.dumps(value)


def test_neovim_shows_a_finding_and_applies_its_suppression(
    repository: Path, tmp_path: Path
) -> None:
    script, out = tmp_path / "session.lua", tmp_path / "out.json"
    words = {"COMMAND": lua([sys.executable, "-m", "agentlint", "server"])}
    words |= {"ROOT": lua(str(repository)), "OUT": lua(str(out))}
    text = SCRIPT
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    script.write_text(text, encoding="utf-8")
    result = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-n", "-c", f"luafile {script}"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)},
    )
    assert out.exists(), result.stdout + result.stderr
    report = json.loads(out.read_text(encoding="utf-8"))
    # neovim counts bytes: the emoji before the name has four.
    assert report["found"] == [{"code": "hardcoded-model-id", "line": 2, "column": 17}]
    assert "**What to do.**" in report["hover"]
    assert report["target"].endswith("gateway-routes.yaml")
    assert report["action"] == "Suppress hardcoded-model-id here"
    assert report["text"].endswith(
        "`gpt-5.4` for reviews. <!-- agentlint: ignore[hardcoded-model-id] -->"
    )
    assert report["left"] == 0
