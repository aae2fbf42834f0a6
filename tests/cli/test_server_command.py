"""`agentlint server` where its extra is missing, and what other commands import of it: nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_WITHOUT = "import sys; sys.modules['pygls'] = None; from agentlint.cli import main; main()"


def python(code: str, *args: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_without_its_extra_it_says_what_to_install() -> None:
    result = python(_WITHOUT, "server")
    assert result.returncode == 2
    assert result.stderr == (
        "Error: the server needs its extra: pip install 'agentlint-gateway[lsp]'\n"
    )


def test_a_check_imports_nothing_of_it(tmp_path: Path) -> None:
    code = (
        "import contextlib, sys\nfrom agentlint.cli.app import app\n"
        "with contextlib.suppress(SystemExit): app(['check', '.'])\n"
        "heavy = [m for m in sys.modules if m.startswith(('pygls', 'lsprotocol', 'asyncio'))]\n"
        "print(heavy + [m for m in sys.modules if m.startswith('agentlint.server')])"
    )
    assert python(code, folder=tmp_path).stdout.splitlines()[-1] == "[]"
