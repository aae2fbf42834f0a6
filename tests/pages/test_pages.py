"""Every case is run, on a page or in this folder: Bad ones print what they say, Good ones nothing."""

from __future__ import annotations

import random
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace
from tests.pages.case_files import case_files
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.documents import Block, BlockKind, MarkdownDocument, parse
from agentlint.engine import Run
from agentlint.engine.fixing import FixRun
from agentlint.engine.run import collect
from agentlint.facts.fact import Fact
from agentlint.facts.project import Project
from agentlint.findings import Applicability, Finding
from agentlint.knowledge.location import rules_dir
from agentlint.knowledge.pages import credential_rules, rule_pages
from agentlint.reporters import Report
from agentlint.reporters.summary import summary
from agentlint.rules import Context, load_rule
from agentlint.text import Region

_PATH = re.compile(r"\bpath=(?P<path>\S{1,200})")
_FIXED = re.compile(r"\bfixed=(?P<path>\S{1,200})")
_UNSAFE = re.compile(r"\bunsafe\b")
_SHAPE = re.compile(r"\{\{(?P<kind>[a-z0-9-]{1,60})\}\}")
_CODE_POINTS = re.compile(r"\{\{(?P<numbers>U\+[0-9A-F]{4,6}(?: U\+[0-9A-F]{4,6}){0,40})\}\}")


@dataclass(frozen=True)
class Case:
    page: Path
    title: str
    bad: bool
    files: Mapping[str, str]
    console: Block | None
    fixed: Mapping[str, Block]

    @property
    def id(self) -> str:
        return f"{self.rule}: {self.title}"

    @property
    def rule(self) -> str:
        return self.page.stem

    @property
    def unsafe(self) -> bool:
        """Whether its fixes need `--unsafe-fixes`, as the info string of a fixed file says."""
        return any(_UNSAFE.search(block.info) for block in self.fixed.values())

    @property
    def expected(self) -> list[str]:
        return self.console.region.text.splitlines() if self.console else []


def cases() -> Iterator[Case]:
    for page in case_files():
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
    fixed = {path["path"]: block for block in blocks if (path := _FIXED.search(block.info))}
    bad = title.startswith("Bad:")
    return Case(page, title, bad, files, console[0] if console else None, fixed)


def _expanded(text: str, shapes: random.Random) -> str:
    text = _CODE_POINTS.sub(lambda match: _characters(match["numbers"]), text)
    return _SHAPE.sub(lambda shape: sample(shape["kind"], shapes), text)


def _characters(numbers: str) -> str:
    """The characters of `U+200B U+200C`: none that hides stands in a page itself."""
    return "".join(chr(int(number.removeprefix("U+"), 16)) for number in numbers.split())


CASES = list(cases())
TODAY = date(2026, 11, 20)
KINDS_OF_FACT = {kind.__name__ for kind in get_args(Fact)}


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
    assert any(f"[{case.rule}]" in line for line in printed)


@pytest.mark.parametrize("case", [c for c in CASES if c.fixed], ids=lambda case: case.id)
def test_a_fixed_file_is_what_fixes_make_of_it(
    case: Case,
    check: Callable[[Mapping[str, str]], Report],
    fixed: Callable[[bool], FixRun],
    request: pytest.FixtureRequest,
) -> None:
    check(case.files)
    texts = {file.path: file.new.text for file in fixed(case.unsafe).files}
    if request.config.getoption("--update-pages"):
        for path, text in texts.items():
            _write_block(case, f" fixed={path}", text)
        return
    assert texts == {path: block.region.text for path, block in case.fixed.items()}


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("case", [c for c in CASES if c.bad], ids=lambda case: case.id)
def test_fixes_mend_as_many_findings_as_were_called_fixable(
    case: Case,
    unsafe: bool,
    check: Callable[[Mapping[str, str]], Report],
    fixed: Callable[[bool], FixRun],
) -> None:
    before = replace(check(case.files), unsafe_fixes=unsafe)
    told = re.search(r"(\d+) fixable with `--fix( --unsafe-fixes)?`", summary(before))
    asked = told and (unsafe or not told[2])
    after = fixed(unsafe).report
    opened = _counted(after.fixed or ()) - _counted(f for f in before.findings if f.fix)
    assert (int(told[1]) if told and asked else 0) + opened.total() == len(after.fixed or ())
    assert opened.total() == _FIXED_NEXT.get(case.id, 0) * unsafe


_FIXED_NEXT = {
    "responses-only-on-chat: Bad: the path alone makes it a chat route": 1,
    "responses-only-on-chat: Bad: a base URL that is the whole endpoint": 1,
}
"""How many findings of a case have a fix only once another fix has made clear what was meant: a path that
its model is not served on tells no family."""


@pytest.mark.parametrize("case", [c for c in CASES if c.bad], ids=lambda case: case.id)
def test_fixes_mend_what_they_say_and_settle(
    case: Case,
    check: Callable[[Mapping[str, str]], Report],
    fixed: Callable[[bool], FixRun],
) -> None:
    before = check(case.files)
    result = fixed(True)
    left = _counted(before.findings) - _counted(result.report.fixed or ())
    after = check({file.path: file.new.text for file in result.files})
    assert not _counted(after.findings) - left
    assert fixed(True).files == ()


@pytest.mark.parametrize("case", [c for c in CASES if c.bad], ids=lambda case: case.id)
def test_a_comment_on_the_line_above_takes_back_any_finding(
    case: Case,
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    before = check(case.files)
    spoken: dict[tuple[str, int], list[str]] = defaultdict(list)
    for finding in before.findings:
        line = before.sources[finding.path].position(finding.span.start).line
        if not rule_pages()[finding.rule].by_engine:
            spoken[finding.path, line].append(finding.rule)
    commented = {path: text.split("\n") for path, text in case.files.items()}
    for (path, line), rules in sorted(spoken.items(), reverse=True):
        if not path.endswith(_WITHOUT_COMMENTS):
            _insert_comment(commented[path], path, line, ", ".join(dict.fromkeys(rules)))
    after = check({path: "\n".join(texts) for path, texts in commented.items()})
    assert len(after.notices) == len(before.notices)
    left = [one for one in after.findings if not one.path.endswith(_WITHOUT_COMMENTS)]
    engines = [one for one in before.findings if rule_pages()[one.rule].by_engine]
    assert _counted(left) == _counted(engines), lines(after)


_WITHOUT_COMMENTS = (".jsonl", ".txt", ".csv", ".ipynb")
_SIGNS = {
    **dict.fromkeys(["json", "jsonc", "json5", "js", "ts", "typescript", "javascript"], "//"),
    **dict.fromkeys(["md", "mdc", "mdx", "markdown", "html", "text", "", "CLAUDE"], "<!--"),
}
_FENCE = re.compile(r"^[ >]{0,8}(```+|~~~+)[ ]?([\w-]*)")


def _insert_comment(texts: list[str], path: str, line: int, rules: str) -> None:
    """Write a comment above a 1-based line, in the syntax of its place: above the fence where that has
    none, above the command where the line goes on with one, and behind the row of a table."""
    language = path.rpartition("/")[2].rpartition(".")[2]
    if _SIGNS.get(language) == "<!--":
        opening = _opening_fence(texts, line)
        if texts[0] == "---" and line <= texts.index("---", 1):
            language = "yaml"
        elif opening and _language(texts[opening - 1]) in ("", "json", "text", "markdown"):
            line = opening
        elif opening:
            language = _language(texts[opening - 1])
    elif any("actions/github-script" in text for text in texts[max(0, line - 6) : line]):
        language = "js"
    while texts[line - 2].endswith("\\") and line > 1:
        line -= 1
    text = texts[line - 1]
    indent = text[: len(text) - len(text.lstrip(" >"))]
    sign = _SIGNS.get(language, "#")
    closer = " -->" if sign == "<!--" else ""
    comment = f"{sign} agentlint: ignore[{rules}] because{closer}"
    if sign == "<!--" and text.startswith("|"):
        texts[line - 1] = f"{text} {comment}"
    else:
        texts.insert(line - 1, f"{indent}{comment}")


def _opening_fence(texts: list[str], line: int) -> int:
    """The 1-based line that opens the fence which a line stands in, 0 for none."""
    opened = 0
    for number, text in enumerate(texts[: line - 1], 1):
        if _FENCE.match(text):
            opened = 0 if opened else number
    return opened


def _language(opening: str) -> str:
    fence = _FENCE.match(opening)
    return fence[2] if fence else ""


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.path, finding.rule) for finding in findings)


@pytest.mark.parametrize("case", [c for c in CASES if not c.bad], ids=lambda case: case.id)
def test_a_good_case_is_silent_under_all_rules(
    case: Case,
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    assert case.files
    assert lines(check(case.files)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_byte_order_mark_changes_nothing(
    case: Case,
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    marked = {path: "\ufeff" + text.removeprefix("\ufeff") for path, text in case.files.items()}
    assert lines(check(marked)) == (case.expected if case.bad else [])


@pytest.mark.parametrize("rule", rule_pages())
def test_a_page_has_cases_and_a_function(rule: str) -> None:
    mine = _shown(rule)
    assert sum(case.bad for case in mine) >= 2
    assert sum(not case.bad for case in mine) >= 1
    headings = [text.partition("\n")[0].removeprefix("## ") for text in rule_pages()[rule].cases]
    assert headings == [case.title for case in mine]
    assert "quiet" in rule_pages()[rule].help
    if not rule_pages()[rule].by_engine:
        named = {kind.__name__ for kind in load_rule(rule).on} - {Project.__name__}
        assert named <= set(rule_pages()[rule].reads) <= KINDS_OF_FACT


def test_a_page_says_that_its_rule_is_about_credentials() -> None:
    credentials = {"SecretCandidate", "DefaultCredential"}
    judged = {rule for rule, page in rule_pages().items() if not credentials.isdisjoint(page.reads)}
    assert judged == credential_rules()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_rule_speaks_where_nothing_is_that_it_reads(
    case: Case, check: Callable[[Mapping[str, str]], Report], tmp_path: Path
) -> None:
    """The engine passes over such a rule, and must not change an answer by it."""
    check(case.files)
    project = collect(Run(tmp_path, (tmp_path,), Settings(), TODAY)).project
    present = {type(fact).__name__ for file in project.files for fact in file.facts}
    for page in rule_pages().values():
        if not page.by_engine and present.isdisjoint(page.reads):
            rule = load_rule(page.id)
            context = Context(page, project, Settings(), TODAY)
            assert Project not in rule.on or not list(rule.check(project, context))


@pytest.mark.parametrize("rule", rule_pages())
def test_a_page_says_how_sure_its_fix_is_and_shows_it(rule: str) -> None:
    shown = {case.unsafe for case in _shown(rule) if case.fixed}
    fix = rule_pages()[rule].fix
    assert bool(shown) is (fix is not None)
    assert fix is not Applicability.SAFE or False in shown


def _shown(rule: str) -> list[Case]:
    """The cases on the page of a rule, which its readers see."""
    return [case for case in CASES if case.rule == rule and case.page.parent == rules_dir()]


def test_every_case_has_a_rule_and_a_title_of_its_own() -> None:
    assert {case.rule for case in CASES} == rule_pages().keys()
    assert [title for title, times in Counter(case.id for case in CASES).items() if times > 1] == []


def _write_console(case: Case, printed: list[str]) -> None:
    """Replace the console block of a case; its title tells which one, since titles are unique."""
    _write_block(case, "```console", textwrap.dedent("".join(f"{line}\n" for line in printed)))


def _write_block(case: Case, info: str, content: str) -> None:
    """Replace what the fence of a case holds that has `info` in its first line."""
    text = case.page.read_text(encoding="utf-8")
    opening = text.index(info, text.index(f"\n## {case.title}\n"))
    start = text.index("\n", opening) + 1
    marks = text[text.rindex("\n", 0, opening) + 1 :]
    end = text.index(marks[: len(marks) - len(marks.lstrip("`"))], start)
    case.page.write_text(text[:start] + content + text[end:], encoding="utf-8")
