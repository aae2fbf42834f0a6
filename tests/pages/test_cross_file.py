"""What hangs on other files: a run on one file of a case must say nothing that a run on all does not, and
call nothing gone that this has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pages.test_pages import _WITHOUT_COMMENTS, CASES, TODAY, Case, _insert_comment

from agentlint.config import Profile, Settings, read_settings
from agentlint.engine import Run, collect, run
from agentlint.engine.baseline import entries_of
from agentlint.engine.conclusive import may_be_imported, may_be_pulled_in
from agentlint.engine.request import Stdin
from agentlint.findings import Finding
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters import Report

UNUSED = "unused-suppression"
OF_FILES = [case for case in CASES if len(case.files) > 1]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())


def laid(root: Path, files: Mapping[str, str]) -> Run:
    """A run on all of the files, written below a root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    config = root / "agentlint.toml"
    settings = read_settings(config, list(rule_pages())) if config.exists() else Settings()
    return Run(root, (root,), settings, TODAY)


def alone(whole: Run, path: str) -> Iterator[Run]:
    """A hook's run on one of the files, and an editor's on its text."""
    file = whole.root / path
    yield replace(whole, paths=(file,))
    yield replace(whole, paths=(file,), stdin=Stdin(path, file.read_bytes()))


def of_rules(report: Report) -> set[tuple[str, str, int]]:
    """File, rule and place of what rules found that read files."""
    judged = (one for one in report.findings if not rule_pages()[one.rule].by_engine)
    return {(one.path, one.rule, one.span.start) for one in judged}


@pytest.mark.parametrize("case", OF_FILES, ids=lambda case: case.id)
def test_what_only_other_files_bring_is_of_a_rule_that_says_so(case: Case, tmp_path: Path) -> None:
    whole = laid(tmp_path, case.files)
    found = of_rules(run(whole))
    for file in case.files:
        for part in alone(whole, file):
            absent = {one for one in found if one[0] == file} - of_rules(run(part))
            by_others = may_be_pulled_in(file) or may_be_imported(file)
            assert by_others or all(rule_pages()[one[1]].cross_file for one in absent)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("case", OF_FILES, ids=lambda case: case.id)
def test_a_part_says_nothing_that_the_whole_does_not(
    case: Case, profile: Profile, tmp_path: Path
) -> None:
    assert_parts_say_no_more(laid(tmp_path, case.files), profile)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_nor_does_a_part_of_an_example(example: Path, tmp_path: Path) -> None:
    files = [file for file in example.rglob("*") if file.is_file()]
    texts = {file.relative_to(example).as_posix(): file.read_text() for file in files}
    assert_parts_say_no_more(laid(tmp_path, texts), Profile.STRICT)


def assert_parts_say_no_more(whole: Run, profile: Profile) -> None:
    whole = replace(whole, settings=replace(whole.settings, profile=profile))
    found = of_rules(run(whole))
    for file in collect(whole).project.files:
        for part in alone(whole, file.path):
            assert of_rules(run(part)) <= found


@pytest.mark.parametrize("case", OF_FILES, ids=lambda case: case.id)
def test_no_comment_that_the_whole_needs_is_unused_in_a_part(case: Case, tmp_path: Path) -> None:
    commented = {path: text.split("\n") for path, text in case.files.items()}
    before = run(laid(tmp_path, case.files))
    spoken: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for finding in before.findings:
        line = before.sources[finding.path].position(finding.span.start).line
        if finding.path in commented and not finding.path.endswith(_WITHOUT_COMMENTS):
            spoken[finding.path, line].append(finding.rule)
    for (path, line), rules in sorted(spoken.items(), reverse=True):
        names = ", ".join(rule for rule in dict.fromkeys(rules) if not rule_pages()[rule].by_engine)
        _insert_comment(commented[path], path, line, names or UNUSED)
    whole = laid(tmp_path, {path: "\n".join(text) for path, text in commented.items()})
    needless = unused(run(whole).findings)
    for file in case.files:
        for part in alone(whole, file):
            assert unused(run(part).findings) <= needless


def unused(findings: tuple[Finding, ...]) -> set[tuple[str, int]]:
    return {(one.path, one.span.start) for one in findings if one.rule == UNUSED}


@pytest.mark.parametrize("case", OF_FILES, ids=lambda case: case.id)
def test_no_entry_that_the_whole_needs_is_stale_in_a_part(case: Case, tmp_path: Path) -> None:
    whole = laid(tmp_path, case.files)
    whole = replace(whole, baseline=entries_of(run(whole)))
    for file in case.files:
        part = run(replace(whole, paths=(tmp_path / file,)))
        assert part.baseline
        assert not part.baseline.stale


def test_what_no_rule_says_it_reads_of_others_brings_nothing(tmp_path: Path) -> None:
    """All cases in one repository, where each is among the files of all others."""
    cases = [case for case in CASES if "agentlint.toml" not in case.files]
    below = [{f"{i}/{path}": text for path, text in c.files.items()} for i, c in enumerate(cases)]
    together = laid(
        tmp_path / "all", {path: text for files in below for path, text in files.items()}
    )
    expected = (
        of_rules(run(laid(tmp_path / str(number), files))) for number, files in enumerate(below)
    )
    brought = of_rules(run(together)) - set().union(*expected)
    assert brought
    assert all(rule_pages()[rule].cross_file for _, rule, _ in brought)
