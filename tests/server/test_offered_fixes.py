"""A finding's fix as a code action."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lsprotocol.types import TextEdit
from msgspec.structs import replace

from agentlint.config import Settings
from agentlint.engine import Run
from agentlint.engine.workspace import Snapshot, Workspace
from agentlint.findings import Applicability, Edit, Fix
from agentlint.server.actions import FIX_ALL, Offer
from agentlint.text import Span

TEXT = "😀 Always use `gpt-5.4` for reviews.\n\nAlways use `gpt-5.4-mini` for drafts.\n"


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    (tmp_path / "AGENTS.md").write_text(TEXT, encoding="utf-8")
    return Workspace(Run(tmp_path, (tmp_path,), Settings(), date(2026, 11, 20))).check({})


def offer(snapshot: Snapshot, *fixes: Fix) -> Offer:
    """What is offered where the findings, in order, have these fixes."""
    pairs = zip(snapshot.report.findings, fixes, strict=True)
    findings = tuple(replace(finding, fix=fix) for finding, fix in pairs)
    fixed = replace(snapshot, report=replace(snapshot.report, findings=findings))
    return Offer("AGENTS.md", "file:///AGENTS.md", fixed, "utf-16", lambda text: fixed)


def alias(old: str, applicability: Applicability, *, times: int = 1) -> Fix:
    start = TEXT.index(f"`{old}`") + 1
    edits = (Edit(Span(start, start + len(old)), "writer"),) * times
    return Fix("name the alias", applicability, edits)


def edits(action) -> list[TextEdit]:
    return list(action.edit.changes["file:///AGENTS.md"])


def test_a_safe_fix_is_preferred_and_edits_in_the_clients_columns(snapshot: Snapshot) -> None:
    safe = alias("gpt-5.4", Applicability.SAFE)
    unsafe = alias("gpt-5.4-mini", Applicability.UNSAFE)
    [action] = offer(snapshot, safe, unsafe).actions(safe.edits[0].span)
    assert (action.title, action.is_preferred) == ("name the alias (hardcoded-model-id)", True)
    [edit] = edits(action)
    assert (edit.range.start.line, edit.range.start.character, edit.new_text) == (0, 15, "writer")


def test_an_unsafe_fix_says_so(snapshot: Snapshot) -> None:
    unsafe = alias("gpt-5.4", Applicability.UNSAFE)
    [action] = offer(snapshot, unsafe, unsafe).actions(unsafe.edits[0].span)
    assert action.title == "name the alias (unsafe)"


def test_all_safe_fixes_are_one_action_without_those_that_overlap(snapshot: Snapshot) -> None:
    first = alias("gpt-5.4", Applicability.SAFE)
    both = Fix(
        "both", Applicability.SAFE, first.edits + alias("gpt-5.4-mini", Applicability.SAFE).edits
    )
    [action] = offer(snapshot, first, both).fix_all()
    assert action.kind == FIX_ALL
    assert len(edits(action)) == 1
    unsafe = alias("gpt-5.4", Applicability.UNSAFE)
    assert offer(snapshot, unsafe, unsafe).fix_all() == []
