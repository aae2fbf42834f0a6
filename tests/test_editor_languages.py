"""Every editor is told of all the files that the server watches, in the names that it has for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from agentlint.server.handlers import WATCHED

ROOT = Path(__file__).parents[1]
MANIFEST = json.loads((ROOT / "editors/vscode/package.json").read_text(encoding="utf-8"))
EXTENSION = (ROOT / "editors/vscode/src/extension.js").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/editors.md").read_text(encoding="utf-8")

# The languages of files by their endings, as their editors call them, "" where one knows none of its own:
# github.com/microsoft/vscode/tree/main/extensions (*/package.json), and for workflows GitHub's extension;
# github.com/neovim/neovim/blob/master/runtime/lua/vim/filetype.lua;
# github.com/helix-editor/helix/blob/master/languages.toml;
# `auto-mode-alist` of Emacs 29, and the modes of packages where that has none. Looked at on 2026-11-23.
EDITORS = ("VS Code", "neovim", "Helix", "Emacs")
_MARKDOWN = ("markdown instructions prompt chatagent", "markdown", "markdown", "markdown-mode")
_YAML = (
    "yaml dockercompose github-actions-workflow",
    "yaml",
    "yaml docker-compose github-action gitlab-ci",
    "yaml-mode yaml-ts-mode",
)
_DOCKERFILE = ("dockerfile", "dockerfile", "dockerfile", "dockerfile-ts-mode dockerfile-mode")
NO_LANGUAGE = ("", "", "", "")
LANGUAGES = {
    **dict.fromkeys(("md", "markdown"), _MARKDOWN),
    "mdx": ("", "", "markdown", ""),
    **dict.fromkeys(("mdc", "ndjson"), NO_LANGUAGE),
    # Text is nearly always something else.
    "txt": NO_LANGUAGE,
    **dict.fromkeys(("yaml", "yml"), _YAML),
    "toml": ("toml", "toml", "toml", "conf-toml-mode toml-ts-mode"),
    "json": ("json", "json", "json", "js-json-mode json-ts-mode"),
    "jsonc": ("jsonc", "jsonc", "jsonc", ""),
    "jsonl": ("jsonl", "jsonl", "json", ""),
    "py": ("python", "python", "python", "python-mode python-ts-mode"),
    # To VS Code, that is a notebook document and has no language.
    "ipynb": ("", "json", "json", ""),
    "env": ("dotenv", "sh", "env", "dotenv-mode"),
    **dict.fromkeys(("dockerfile", "containerfile"), _DOCKERFILE),
}


def known(editor: str) -> set[str]:
    names = (row[EDITORS.index(editor)] for row in LANGUAGES.values())
    return {name for row in names for name in row.split()}


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_each_watched_ending_has_its_languages() -> None:
    endings = re.search(r"\*\*/\*\.\{(.*?)\}", WATCHED[0])
    assert endings
    assert set(endings[1].split(",")) == set(LANGUAGES)


def test_vs_code_hands_over_what_is_watched() -> None:
    shown = re.search(r"const PATTERNS = \[(.*?)\];", EXTENSION, re.DOTALL)
    assert shown
    assert tuple(re.findall(r'"(.*?)"', shown[1])) == WATCHED


def test_vs_code_starts_the_server_with_the_first_file_of_any_language() -> None:
    events = {event for event in MANIFEST["activationEvents"] if not event.startswith("workspace")}
    languages = {f"onLanguage:{name}" for name in known("VS Code")}
    assert events == languages | {"onNotebook:jupyter-notebook"}


@pytest.mark.parametrize("form", [r"filetypes = \{(.*?)\}", r"pattern = \{(.*?)\}"])
def test_neovim_is_told_of_every_filetype(form: str) -> None:
    listed = re.search(form, section("neovim"))
    assert listed
    assert set(re.findall(r'"(.*?)"', listed[1])) == known("neovim")


def test_helix_is_told_of_every_language() -> None:
    page = section("Helix")
    named = re.findall(r'^name = "(.*?)"', page, re.MULTILINE)
    rest = page.partition("The same goes for")[2]
    assert {*named, *re.findall(r"`(.*?)`", rest)} == known("Helix")


def test_emacs_is_told_of_every_mode() -> None:
    listed = re.search(r"'\(\((.*?)\)\s+\. \(\"agentlint\"", section("Emacs"), re.DOTALL)
    assert listed
    assert set(listed[1].split()) == known("Emacs")
