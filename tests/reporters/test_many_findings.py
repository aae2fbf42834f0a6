"""A file with thousands of findings of one rule costs a thousand of them and a notice."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from agentlint.reporters import FORMATS, Report, render

LINE = "- Use `claude-2.1`.\n"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_lists_a_thousand_and_says_how_many_are_left(
    form: str, check: Callable[[Mapping[str, str]], Report]
) -> None:
    report = check({"AGENTS.md": "# Agents\n\n" + LINE * 1_003, "CLAUDE.md": LINE})
    found = {finding.rule for finding in report.findings}
    assert len(report.findings) == 1_004 * len(found)
    text = render(form, report).lower()
    for rule in found:
        assert f"not listed: 3 more of {rule}" in text


def test_the_first_of_each_file_are_listed(check: Callable[[Mapping[str, str]], Report]) -> None:
    report = check({"AGENTS.md": LINE * 1_003, "CLAUDE.md": LINE})
    listed = json.loads(render("json", report))["findings"]
    of_one_rule = [one for one in listed if one["rule"] == listed[0]["rule"]]
    lines = [(one["path"], one["line"]) for one in of_one_rule]
    assert lines == [*(("AGENTS.md", line) for line in range(1, 1_001)), ("CLAUDE.md", 1)]


def test_all_are_counted(check: Callable[[Mapping[str, str]], Report]) -> None:
    report = check({"AGENTS.md": LINE * 1_003, "CLAUDE.md": LINE})
    found = len(report.findings)
    summary = json.loads(render("json", report))["summary"]
    assert summary["errors"] + summary["warnings"] + summary["infos"] == found
    for rule in {finding.rule for finding in report.findings}:
        assert f"| 1004 | [{rule}]" in render("markdown", report)
