"""What the hostile tests share: every way that agentlint prints, and what may never be in it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, collect, run
from agentlint.facts.route import Route
from agentlint.findings import NoticeKind
from agentlint.reporters import FORMATS, Report, facts_json, render, route_graph, route_table
from agentlint.reporters.concise_format import notice_line

TODAY = date(2026, 11, 20)
_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_COMMAND = re.compile(
    r"^(?:::error file=pwn|##vso|##\[|::set-output|::add-mask|::stop-comm)", re.MULTILINE
)
Printed = Mapping[str, str]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("agentlint opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def print_report() -> Callable[[Report], Printed]:
    """A report in every format that there is, and in colour."""

    def printed(report: Report) -> Printed:
        return {name: render(name, report) for name in FORMATS}

    return printed


@pytest.fixture
def print_everything(print_report: Callable[[Report], Printed]) -> Callable[[Path], Printed]:
    """All that any command prints of a tree, by format; a part that fails inside fails the test."""

    def printed(root: Path) -> Printed:
        request = Run(root, (root,), Settings(), TODAY)
        report = run(request)
        broken = [notice for notice in report.notices if notice.kind is NoticeKind.INTERNAL]
        assert not broken, broken
        collected = collect(request)
        routes, sources = collected.project.all(Route), collected.sources
        out = dict(print_report(report))
        out["routes table"] = route_table.as_table(routes, sources)
        out["routes markdown"] = route_table.as_markdown(routes, sources)
        out["routes json"] = route_table.as_json(routes, sources)
        out["graph mermaid"] = route_graph.as_mermaid(routes)
        out["graph dot"] = route_graph.as_dot(routes)
        for facts in collected.project.files:
            if facts.path in sources:
                out[f"facts {facts.path}"] = facts_json.render(facts, sources[facts.path])
        out["notices"] = "".join(f"{notice_line(notice)}\n" for notice in collected.notices)
        return out

    return printed


@pytest.fixture
def assert_harmless() -> Callable[[Printed], None]:
    """Nothing that hides, steers a terminal or commands a runner; JSON that is JSON."""

    def judged(printed: Printed) -> None:
        for name, text in printed.items():
            raw = _RAW.search(text)
            assert raw is None, f"{name}: {text[max(0, raw.start() - 40) : raw.end()]!a}"
            assert not _COMMAND.search(text), name
            text.encode("utf-8")
            if name == "json-lines":
                assert all(json.loads(line) for line in text.splitlines())
            elif "json" in name or name == "sarif":
                json.loads(text)

    return judged


@pytest.fixture
def write_tree(tmp_path: Path) -> Callable[[Mapping[str | bytes, str | bytes]], Path]:
    """Files below a fresh root; text may hold lone surrogates, names any byte."""

    def written(files: Mapping[str | bytes, str | bytes]) -> Path:
        for name, data in files.items():
            path = tmp_path / (
                name if isinstance(name, str) else name.decode("utf-8", "surrogateescape")
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(
                data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
            )
        return tmp_path

    return written


@pytest.fixture
def agentlint() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line in a folder; keyword arguments are its environment."""

    def ran(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-B", "-m", "agentlint", *args],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **env},
        )

    return ran
