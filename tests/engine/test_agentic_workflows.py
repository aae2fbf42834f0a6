"""Markdown that GitHub runs an agent by: what is one, wherever it was asked for, and what it takes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.trees import checked, write

from agentlint.reporters.report import Report

HOME = ".github/workflows/triage.md"
COPY = f"template/{HOME}"
USES_ID = "Always use `gpt-5.4` for reviews.\n"
WORKFLOW = f"---\non:\n  issues:\n    types: [opened]\nengine: copilot\n---\n\n{USES_ID}"


def found(report: Report) -> list[str]:
    return [f.path for f in report.findings if f.rule == "hardcoded-model-id"]


@pytest.mark.parametrize("asked", [(), (HOME,), (".github",)])
def test_it_is_read_however_it_is_asked_for(tmp_path: Path, asked: tuple[str, ...]) -> None:
    write(tmp_path, {HOME: WORKFLOW})
    report = checked(tmp_path, *asked)
    assert found(report) == [HOME]
    assert not report.notices


@pytest.mark.parametrize("asked", [(), (COPY,), ("template",)])
def test_a_copy_below_the_root_of_a_checkout_is_run_by_nobody(
    tmp_path: Path, asked: tuple[str, ...]
) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, {COPY: WORKFLOW})
    assert found(checked(tmp_path, *asked)) == []
    (tmp_path / "template/.git").mkdir()
    assert found(checked(tmp_path / "template")) == [HOME]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "# Workflows\n\n",
        "---\ntitle: Workflows\n---\n\n",
        "---\nnothing ends it\non: push\n\n",
    ],
)
def test_a_page_about_workflows_is_none(tmp_path: Path, head: str) -> None:
    write(tmp_path, {".github/workflows/README.md": f"{head}{USES_ID}"})
    assert found(checked(tmp_path)) == []


def test_front_matter_may_be_long(tmp_path: Path) -> None:
    steps = "".join(f"  - run: echo {number}\n" for number in range(2000))
    write(tmp_path, {HOME: WORKFLOW.replace("engine:", f"steps:\n{steps}engine:")})
    assert found(checked(tmp_path)) == [HOME]


def test_what_it_takes_into_its_prompt_is_read_as_instructions(tmp_path: Path) -> None:
    head = """\
---
'on': push
imports:
  - shared/rigor.md
  - shared/tools.md#WebSearch
  - uses: shared/inputs.md
    with: {days: 3}
  - path: /.github/workflows/shared/more.md
  - .github/prompts/root.md?
  - shared/missing.md?
  - acme/agents/shared/foreign.md@main
---

{{#runtime-import agentics/body.md}}
{{#runtime-import? shared/lines.md:10-20}}
{{#import shared/import.md}}
{{#runtime-import https://example.com/shared/url.md}}

Write to @docs.md and `{{#if github.actor}}`.
"""
    below = ".github/workflows/shared"
    taken = {
        f"{below}/rigor.md": USES_ID,
        f"{below}/tools.md": USES_ID,
        f"{below}/inputs.md": USES_ID,
        f"{below}/more.md": USES_ID,
        f"{below}/lines.md": USES_ID,
        f"{below}/import.md": USES_ID,
        ".github/prompts/root.md": USES_ID,
        ".github/agentics/body.md": USES_ID,
    }
    others = dict.fromkeys(
        (f"{below}/other.md", f"{below}/url.md", "docs.md", "foreign.md"), USES_ID
    )
    write(tmp_path, {HOME: head, **taken, **others})
    assert found(checked(tmp_path)) == sorted(taken)
