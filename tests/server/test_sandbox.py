"""The server in a tree that would like to be run: it reads, answers and does nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_WATCHED = """
import os, sys
root, told = os.getcwd(), []
def hook(event, args):
    if event == "open":
        path, mode, flags = args
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            told.append(f"write {path!r}")
    elif event == "import" and args[1] and str(args[1]).startswith(root):
        told.append(f"import {args[0]}")
    elif event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        told.append(event)
    elif event.split(".")[0] in ("subprocess", "urllib", "http", "ftplib"):
        told.append(event)
    elif event in (
        "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename",
        "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate", "os.kill",
    ):
        told.append(f"{event} {args!r}")
from agentlint.cli import main
sys.argv = ["agentlint", "server"]
sys.addaudithook(hook)
try:
    main()
except SystemExit as leaving:
    print("TOLD", leaving.code or 0, told, file=sys.stderr)
"""


class Session:
    """A client that sends one message after the other and reads the answers."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        self.server = server
        self.number = 0

    def notify(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        answers = (m for m in self._messages() if m.get("id") == self.number and "method" not in m)
        return next(answers)["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def _messages(self) -> Iterator[dict[str, Any]]:
        assert self.server.stdout
        while header := self.server.stdout.readline():
            while line := self.server.stdout.readline().strip():
                header += line
            yield json.loads(self.server.stdout.read(int(header.split(b":")[1].split()[0])))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_it_runs_writes_and_connects_to_nothing(tmp_path: Path) -> None:
    for module in (
        "re",
        "json",
        "yaml",
        "asyncio",
        "pygls",
        "lsprotocol",
        "attrs",
        "sitecustomize",
    ):
        (tmp_path / f"{module}.py").write_text("open('PWNED', 'w')\nimport openai\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text('[core]\n\tfsmonitor = "touch PWNED; false"\n')
    (tmp_path / "AGENTS.md").write_text("Always use `gpt-5.4`.\n@/etc/passwd\n")
    (tmp_path / "CLAUDE.md").symlink_to("/etc/passwd")
    command = [sys.executable, "-P", "-B", "-c", _WATCHED]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, **pipes) as server:
        session = Session(server)
        folder = {"uri": tmp_path.as_uri(), "name": "a"}
        session.ask("initialize", processId=None, capabilities={}, workspaceFolders=[folder])
        session.notify("initialized")
        found = {}
        for name in ("AGENTS.md", "CLAUDE.md"):
            uri = (tmp_path / name).as_uri()
            text = "Always use `gpt-5.4` for it.\n"
            document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
            session.notify("textDocument/didOpen", textDocument=document)
            answer = session.ask("textDocument/diagnostic", textDocument={"uri": uri})
            found[name] = [item["code"] for item in answer["items"]]
            place = {"line": 0, "character": 14}
            asked = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}}
            session.ask("textDocument/codeAction", context={"diagnostics": []}, **asked)
        session.ask("shutdown")
        session.notify("exit")
        _, errors = server.communicate(timeout=60)
    assert found == {"AGENTS.md": ["hardcoded-model-id"], "CLAUDE.md": []}
    assert b"TOLD 0 []" in errors, errors.decode()
    assert not (tmp_path / "PWNED").exists()
