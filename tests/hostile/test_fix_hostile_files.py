"""Fixes on files made to be slow or to do harm: they end in time, and change nothing by accident."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run
from agentlint.engine.fixing import fix

MANY = 400
NAMES = 15
ROUTE = "model: gpt-5.4, endpoint_path: /v1/responses"
SLOW = {
    "many routes": (
        "routes.yaml",
        "routes:\n" + "".join(f"  r{number}: {{{ROUTE}}}\n" for number in range(MANY)),
    ),
    "one line": (
        "routes.yaml",
        "routes: {" + ", ".join(f"r{number}: {{{ROUTE}}}" for number in range(MANY)) + "}",
    ),
    "nested": ("routes.yaml", f"routes: {{r: {{{ROUTE}, more: " + "{a: " * 60 + "1" + "}" * 62),
    "many comments": (
        "AGENTS.md",
        "<!-- agentlint: ignore[hardcoded-model-id] x -->\n\ntext\n\n" * MANY,
    ),
    "names in one comment": (
        "AGENTS.md",
        "<!-- agentlint: ignore[" + ", ".join(["hardcoded-model-id"] * NAMES) + "] -->\n\ntext\n",
    ),
    "many comments in a program": (
        "a.py",
        "from openai import OpenAI\nclient = OpenAI()\n"
        + "a = 1  # agentlint: ignore[literal-secret] x\n" * 5_000,
    ),
    "deep program": ("a.py", "from openai import OpenAI\nx = " + "(" * 5000 + ")" * 5000),
}


REPAIRED = {
    "many routes": MANY,
    "one line": MANY,
    "nested": 1,
    "many comments": MANY,
    "names in one comment": NAMES,
    "many comments in a program": 5_000,
    "deep program": 0,
}


@pytest.mark.parametrize("name", SLOW)
def test_a_hostile_file_is_repaired_to_the_last_place_in_time_and_not_written(
    tmp_path: Path, name: str
) -> None:
    path, text = SLOW[name]
    (tmp_path / path).write_text(text)
    root = tmp_path.resolve()
    start = time.monotonic()
    fixed = fix(Run(root, (root,), Settings(), date(2026, 11, 20)), unsafe=True)
    assert time.monotonic() - start < 20
    assert not fixed.report.failed
    assert len(fixed.report.fixed or ()) == REPAIRED[name]
    assert len(fixed.files) == bool(REPAIRED[name])
    assert (tmp_path / path).read_text() == text


def test_an_alias_of_an_anchor_is_never_edited_through(tmp_path: Path) -> None:
    text = f"shared: &s {{{ROUTE}}}\nroutes:\n  a: *s\n  b: *s\n"
    (tmp_path / "routes.yaml").write_text(text)
    root = tmp_path.resolve()
    fixed = fix(Run(root, (root,), Settings(), date(2026, 11, 20)), unsafe=True)
    assert fixed.files == ()


def test_a_long_program_is_told_of_and_not_edited(tmp_path: Path) -> None:
    key = sample("openai-project-key", random.Random(1))
    for calls, is_edited in ((100, True), (60_000, False)):
        text = f"from openai import OpenAI\nclient = OpenAI(api_key='{key}')\n" + "f();" * calls
        (tmp_path / "a.py").write_text(f"{text}\n")
        root = tmp_path.resolve()
        fixed = fix(Run(root, (root,), Settings(), date(2026, 11, 20)), unsafe=True)
        found = {finding.rule for finding in (*fixed.report.findings, *(fixed.report.fixed or ()))}
        assert "literal-secret" in found
        assert bool(fixed.files) is is_edited
