"""A finding's fix as a code action, which has proved what a fix has to prove under `--fix`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from lsprotocol.types import CodeAction, TextEdit
from msgspec.structs import replace

from agentlint.config import Settings
from agentlint.engine import Run
from agentlint.engine.fixing import fix
from agentlint.engine.workspace import Workspace
from agentlint.findings import Applicability, Edit, Finding, Fix
from agentlint.fixes import apply_fixes
from agentlint.reporters.report import Report
from agentlint.server.actions import FIX_ALL, MOST_TRIALS, Offer
from agentlint.server.positions import Positions
from agentlint.text import SourceFile, Span

TEXT = "😀 Always use `gpt-5.4` for reviews.\n\nAlways use `gpt-5.4-mini` for drafts.\n"
WHOLE = Span(0, 1_000_000)


class Buffer:
    """A file that is open in a repository; `checks` counts how often that was checked once more."""

    def __init__(self, root: Path, files: Mapping[str, str], path: str) -> None:
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        self.request = Run(root, (root,), Settings(), date(2026, 11, 20))
        self.path = path
        self.checks = 0
        self._workspace = Workspace(self.request)
        self.snapshot = self._workspace.check({})

    @property
    def source(self) -> SourceFile:
        return self.snapshot.collected.sources[self.path]

    def give(self, fix_of: Callable[[Finding], Fix | None]) -> None:
        """Let each finding have another fix."""
        found = tuple(replace(one, fix=fix_of(one)) for one in self.snapshot.report.findings)
        report = replace(self.snapshot.report, findings=found)
        self.snapshot = replace(self.snapshot, report=report)

    def offer(self) -> Offer:
        return Offer(self.path, "file:///it", self.snapshot, "utf-16", self._tried)

    async def _tried(self, text: str) -> Report:
        self.checks += 1
        return self._workspace.check({self.path: text}).report

    async def fixes(self) -> list[CodeAction]:
        """The quick fixes of all findings that are no suppressions."""
        actions = await self.offer().actions(WHOLE)
        return [action for action in actions if not action.title.startswith("Suppress")]

    def edited(self, action: CodeAction) -> str:
        places = Positions(self.source, "utf-16")
        chosen = [Edit(places.span(edit.range), edit.new_text) for edit in edits(action)]
        [finding, *_] = self.snapshot.report.findings
        made = replace(finding, fix=Fix("", Applicability.SAFE, tuple(chosen)))
        return apply_fixes(self.source.text, [made]).text


@pytest.fixture
def open_file(tmp_path: Path) -> Iterator[Callable[[Mapping[str, str], str], Buffer]]:
    return lambda files, path: Buffer(tmp_path.resolve(), files, path)


@pytest.fixture
def prose(open_file) -> Buffer:
    return open_file({"AGENTS.md": TEXT}, "AGENTS.md")


def alias(old: str, applicability: Applicability, new: str = "writer") -> Fix:
    start = TEXT.index(f"`{old}`") + 1
    return Fix("name the alias", applicability, (Edit(Span(start, start + len(old)), new),))


def edits(action: CodeAction) -> list[TextEdit]:
    return list(action.edit.changes["file:///it"])


def id_at(finding: Finding) -> str:
    return finding.span.cut(TEXT)


async def test_a_safe_fix_is_preferred_and_edits_in_the_clients_columns(prose: Buffer) -> None:
    prose.give(lambda finding: alias(id_at(finding), Applicability.SAFE))
    action, _ = await prose.fixes()
    assert (action.title, action.is_preferred) == ("name the alias (hardcoded-model-id)", True)
    [edit] = edits(action)
    assert (edit.range.start.line, edit.range.start.character, edit.new_text) == (0, 15, "writer")


async def test_an_unsafe_fix_says_so(prose: Buffer) -> None:
    prose.give(lambda finding: alias(id_at(finding), Applicability.UNSAFE))
    assert {action.title for action in await prose.fixes()} == {"name the alias (unsafe)"}


async def test_a_fix_that_does_not_mend_is_not_offered(prose: Buffer) -> None:
    prose.give(lambda finding: alias(id_at(finding), Applicability.SAFE, "gpt-4.1"))
    assert await prose.fixes() == []
    assert await prose.offer().fix_all() == []


async def test_a_fix_that_breaks_the_file_is_not_offered(open_file) -> None:
    """Its finding would be gone, and so would all else that the file says."""
    buffer = open_file({"routes.yaml": table_of(1)}, "routes.yaml")
    buffer.give(lambda finding: Fix("break", Applicability.SAFE, (Edit(Span(0, 6), "{"),)))
    assert await buffer.fixes() == []
    assert await buffer.offer().fix_all() == []


DEAD = """\
on: pull_request
permissions: {{}}
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          anthropic_api_key: ${{{{ secrets.KEY }}}}
          model: {model}
"""


@pytest.mark.parametrize(("model", "offered"), [("claude-opus-4-8", 1), ("claude-2.1", 0)])
async def test_a_dead_value_is_revived_unless_it_says_worse_than_that_it_is_dead(
    open_file, model: str, offered: int
) -> None:
    path = ".github/workflows/a.yml"
    buffer = open_file({path: DEAD.format(model=model)}, path)
    assert len(await buffer.fixes()) == offered


ROUTE = """\
routes:
  writer:
    model: gpt-5.4-pro
    endpoint_family: chat_completions
    endpoint_path: /v1/chat/completions
"""
FALLS_BACK = """\
routes:
  critic:
    model: gpt-4.1
    endpoint_family: chat_completions
    endpoint_path: /v1/chat/completions
    fallback: writer
"""


async def test_a_fix_is_not_offered_for_what_it_does_to_another_file(open_file) -> None:
    [action] = await open_file({"a.yaml": ROUTE}, "a.yaml").fixes()
    assert action.title.endswith("(unsafe)")
    buffer = open_file({"a.yaml": ROUTE, "b.yaml": FALLS_BACK}, "a.yaml")
    assert await buffer.fixes() == []


def table_of(count: int) -> str:
    entry = "    model: gpt-5.4\n    endpoint_path: /v1/responses\n"
    return "routes:\n" + "".join(f"  route-{number}:\n{entry}" for number in range(count))


async def test_all_safe_fixes_are_what_the_command_line_writes_to_the_file(open_file) -> None:
    buffer = open_file({"routes.yaml": table_of(5), "more.yaml": table_of(1)}, "routes.yaml")
    [action] = await buffer.offer().fix_all()
    assert action.kind == FIX_ALL
    written = {file.path: file.new.text for file in fix(buffer.request).files}
    assert buffer.edited(action) == written["routes.yaml"]
    assert buffer.checks == 1


async def test_no_unsafe_fix_is_among_all_safe_ones(open_file) -> None:
    assert await open_file({"a.yaml": ROUTE}, "a.yaml").offer().fix_all() == []


async def test_two_findings_that_the_same_edit_mends_are_mended_by_it(prose: Buffer) -> None:
    both = tuple(
        edit for old in ("gpt-5.4", "gpt-5.4-mini") for edit in alias(old, Applicability.SAFE).edits
    )
    prose.give(lambda finding: Fix("both", Applicability.SAFE, both))
    [action] = await prose.offer().fix_all()
    assert len(edits(action)) == 2


async def test_of_fixes_that_touch_each_other_the_first_in_the_text_is_applied(
    prose: Buffer,
) -> None:
    first, second = prose.snapshot.report.findings
    late = alias("gpt-5.4-mini", Applicability.SAFE)
    early = alias("gpt-5.4", Applicability.SAFE)
    given = {first: late, second: Fix("both", Applicability.SAFE, early.edits + late.edits)}
    prose.give(lambda finding: given[replace(finding, fix=None)])
    [action] = await prose.offer().fix_all()
    assert len(edits(action)) == 2


async def test_a_bad_fix_costs_the_good_ones_of_the_file_nothing(open_file) -> None:
    buffer = open_file({"routes.yaml": table_of(20)}, "routes.yaml")
    bad = buffer.snapshot.report.findings[7]
    broken = Fix("break", Applicability.SAFE, (Edit(Span(0, 6), "{"),))
    buffer.give(lambda finding: broken if finding == bad else finding.fix)
    [action] = await buffer.offer().fix_all()
    assert buffer.edited(action).count("endpoint_family: responses") == 19


async def test_fixes_that_fail_together_are_given_up_after_a_few_trials(open_file) -> None:
    buffer = open_file({"routes.yaml": table_of(100)}, "routes.yaml")

    def harmless(finding: Finding) -> Fix:
        place = Span(finding.span.start, finding.span.start)
        return Fix("no", Applicability.SAFE, (Edit(place, " "),))

    buffer.give(harmless)
    assert await buffer.offer().fix_all() == []
    assert 0 < buffer.checks <= MOST_TRIALS


async def test_what_was_told_of_a_finding_costs_nothing_the_next_time(open_file) -> None:
    """Editors ask with every move of the cursor."""
    offer = (buffer := open_file({"routes.yaml": table_of(2)}, "routes.yaml")).offer()
    first = await offer.actions(WHOLE)
    checks = buffer.checks
    assert checks >= 2
    assert await offer.actions(WHOLE) == first
    assert buffer.checks == checks
