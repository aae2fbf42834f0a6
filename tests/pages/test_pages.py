"""Every rule page is run: its Bad cases say exactly what they print, its Good cases print nothing."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from agentlint.documents import Block, BlockKind, MarkdownDocument, parse
from agentlint.knowledge.location import rules_dir
from agentlint.knowledge.pages import rule_pages
from agentlint.knowledge.secret_shapes import sample
from agentlint.reporters import Report
from agentlint.rules import load_rule
from agentlint.text import Region

_PATH = re.compile(r"\bpath=(?P<path>\S{1,200})")
_SHAPE = re.compile(r"\{\{(?P<kind>[a-z0-9-]{1,60})\}\}")
_CODE_POINTS = re.compile(r"\{\{(?P<numbers>U\+[0-9A-F]{4,6}(?: U\+[0-9A-F]{4,6}){0,40})\}\}")


@dataclass(frozen=True)
class Case:
    page: Path
    title: str
    bad: bool
    files: Mapping[str, str]
    console: Block | None

    @property
    def id(self) -> str:
        return f"{self.page.stem}: {self.title}"

    @property
    def expected(self) -> list[str]:
        return self.console.region.text.splitlines() if self.console else []


def cases() -> Iterator[Case]:
    for page in sorted(rules_dir().glob("*.md")):
        document = parse("markdown", Region.whole(page.read_text(encoding="utf-8")))
        assert isinstance(document, MarkdownDocument)
        title, blocks = "", []
        for block in (*document.blocks, None):
            if block is None or (block.kind is BlockKind.HEADING and block.level == 2):
                if title.startswith(("Bad:", "Good:")):
                    yield _case(page, title, blocks)
                title, blocks = (block.region.text if block else ""), []
            elif block.kind is BlockKind.FENCE:
                blocks.append(block)


def _case(page: Path, title: str, blocks: list[Block]) -> Case:
    shapes = random.Random(title)
    files = {}
    for block in blocks:
        path = _PATH.search(block.info)
        if path:
            files[path["path"]] = _expanded(block.region.text, shapes)
    console = [block for block in blocks if block.language == "console"]
    return Case(page, title, title.startswith("Bad:"), files, console[0] if console else None)


def _expanded(text: str, shapes: random.Random) -> str:
    text = _CODE_POINTS.sub(lambda match: _characters(match["numbers"]), text)
    return _SHAPE.sub(lambda shape: sample(shape["kind"], shapes), text)


def _characters(numbers: str) -> str:
    """The characters of `U+200B U+200C`: none that hides stands in a page itself."""
    return "".join(chr(int(number.removeprefix("U+"), 16)) for number in numbers.split())


CASES = list(cases())


@pytest.mark.parametrize("case", [c for c in CASES if c.bad], ids=lambda case: case.id)
def test_a_bad_case_prints_its_console_block(
    case: Case,
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
    request: pytest.FixtureRequest,
) -> None:
    report = check(case.files)
    assert not report.failed
    printed = lines(report)
    if request.config.getoption("--update-pages"):
        _write_console(case, printed)
        return
    assert printed == case.expected
    assert any(f"[{case.page.stem}]" in line for line in printed)


@pytest.mark.parametrize("case", [c for c in CASES if not c.bad], ids=lambda case: case.id)
def test_a_good_case_is_silent_under_all_rules(
    case: Case,
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    assert case.files
    assert lines(check(case.files)) == []


@pytest.mark.parametrize("rule", rule_pages())
def test_a_page_has_cases_and_a_function(rule: str) -> None:
    mine = [case for case in CASES if case.page.stem == rule]
    assert sum(case.bad for case in mine) >= 2
    assert sum(not case.bad for case in mine) >= 1
    assert "quiet" in rule_pages()[rule].help
    if not rule_pages()[rule].by_engine:
        assert load_rule(rule).id == rule
        assert {kind.__name__ for kind in load_rule(rule).on} == set(rule_pages()[rule].reads)


def _write_console(case: Case, printed: list[str]) -> None:
    """Replace the console block of a case; its title tells which one, since titles are unique."""
    text = case.page.read_text(encoding="utf-8")
    start = text.index("```console\n", text.index(f"\n## {case.title}\n")) + len("```console\n")
    end = text.index("```", start)
    block = textwrap.dedent("".join(f"{line}\n" for line in printed))
    case.page.write_text(text[:start] + block + text[end:], encoding="utf-8")
