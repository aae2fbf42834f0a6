"""The extension for VS Code: it becomes a package, and the workspace cannot choose what it starts."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from agentlint import __version__

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "editors/vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))


def test_its_version_is_the_servers() -> None:
    assert MANIFEST["version"] == __version__


def test_the_command_is_the_users_setting_alone() -> None:
    setting = MANIFEST["contributes"]["configuration"]["properties"]["agentlint.path"]
    assert setting["scope"] == "machine"
    untrusted = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert untrusted["restrictedConfigurations"] == ["agentlint.path"]


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")
def test_it_becomes_a_package_with_one_small_program(tmp_path: Path) -> None:
    copy = tmp_path / "editors/vscode"
    left_out = shutil.ignore_patterns("node_modules", "dist", "*.vsix")
    shutil.copytree(FOLDER, copy, ignore=left_out)
    shutil.copy(ROOT / "LICENSE", tmp_path)
    installed = npm(copy, "install", "--no-audit", "--no-fund")
    if installed.returncode:
        pytest.skip("npm cannot install what the package is made with")
    packaged = npm(copy, "run", "package")
    assert packaged.returncode == 0, packaged.stdout + packaged.stderr
    with zipfile.ZipFile(copy / "agentlint.vsix") as package:
        names = {name for name in package.namelist() if name.startswith("extension/")}
        program = package.read("extension/dist/extension.js").decode("utf-8")
        licences = package.read("extension/dist/LICENCES.txt").decode("utf-8")
    assert names == {
        f"extension/{name}"
        for name in (
            "package.json",
            "readme.md",
            "LICENSE.txt",
            "dist/extension.js",
            "dist/LICENCES.txt",
        )
    }
    assert "agentlint.restart" in program
    assert "vscode-languageclient" in licences
    assert "Permission is hereby granted" in licences
    assert (copy / "agentlint.vsix").stat().st_size < 500_000


def npm(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npm", "--silent", *args],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
