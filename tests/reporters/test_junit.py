"""JUnit XML as test reports read it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from msgspec.structs import replace

from agentlint.findings import Notice, NoticeKind
from agentlint.reporters import Report, render

# junit-10.xsd of Jenkins' xunit plugin: the children of each element, and its attributes.
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testsuite", "properties", "testcase", "system-out", "system-err"},
    "testcase": {"skipped", "error", "failure", "system-out", "system-err"},
    "failure": set(),
    "error": set(),
    "skipped": set(),
}
REQUIRED = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "testcase": {"name"},
}
ALLOWED = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": REQUIRED["testsuite"] | {"skipped", "time", "timestamp", "file", "id", "package"},
    "testcase": {"name", "time", "classname", "group"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
}


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(render("junit", report).encode("utf-8"))


@pytest.mark.parametrize("which", ["faulty", "clean"])
def test_the_structure_is_what_jenkins_allows(which: str, request: pytest.FixtureRequest) -> None:
    root = parsed(request.getfixturevalue(which))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN[element.tag]
        assert REQUIRED.get(element.tag, set()) <= set(element.attrib) <= ALLOWED[element.tag]
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite) > 0
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))


def test_a_clean_run_is_a_test_that_passed(clean: Report) -> None:
    (case,) = parsed(clean).iter("testcase")
    assert list(case) == []


def test_a_case_tells_where_and_what(faulty: Report) -> None:
    suite = next(suite for suite in parsed(faulty) if suite.attrib["name"] == "AGENTS.md")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.attrib["type"] == "warning"
    assert failure.text is not None
    assert failure.text.split("\n")[0] == "AGENTS.md:3:15"


def test_names_are_unique_and_stay_when_lines_move(check) -> None:
    fault = "Always use `gpt-5.4` here.\n\n"
    before = [
        case.attrib["name"] for case in parsed(check({"AGENTS.md": fault * 2})).iter("testcase")
    ]
    moved = check({"AGENTS.md": "# Title\n\n" + fault * 2})
    assert [case.attrib["name"] for case in parsed(moved).iter("testcase")] == before
    assert len(set(before)) == len(before) == 2


def test_what_failed_and_what_was_skipped_are_told_apart(clean: Report) -> None:
    notices = (
        Notice("a.md", 0, NoticeKind.INTERNAL, "a rule failed"),
        Notice("a.md", 2, NoticeKind.LIMIT, "too deep"),
    )
    root = parsed(replace(clean, notices=notices))
    assert [outcome.tag for case in root.iter("testcase") for outcome in case] == [
        "error",
        "skipped",
    ]
    assert root.attrib["errors"] == "1"
