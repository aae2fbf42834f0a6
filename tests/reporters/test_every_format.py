"""What holds for whatever a report is printed as."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from agentlint.findings import Applicability, Edit, Fix, Notice, NoticeKind
from agentlint.reporters import FORMATS, Report, render
from agentlint.text import Span

_STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]"
)
HOSTILE = (
    "\x1b[31m::error::\r\n# x\u202e [a](javascript:x) <img src=x> ]]> <!-- --> &lt; "
    "\" ' | `` \\ \ufffe @everyone www.example.com https://example.com #1 %0A"
)


@pytest.mark.parametrize("form", FORMATS)
def test_no_file_steers_the_reader_or_breaks_the_format(form: str, report_on) -> None:
    report = report_on(HOSTILE, path=f"a/{HOSTILE}", help=HOSTILE)
    notice = Notice(HOSTILE, 1, NoticeKind.SYNTAX, HOSTILE)
    printed = render(form, replace(report, notices=(notice,)))
    assert not _STEERS.search(printed)
    printed.encode("utf-8")
    read(form, printed)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_any_text_can_be_printed(form: str, report_on, text: str) -> None:
    report = report_on(text or "x", path=text or "x", help=text)
    printed = render(form, replace(report, notices=(Notice(text, 0, NoticeKind.LIMIT, text),)))
    assert not _STEERS.search(printed)
    read(form, printed)


def read(form: str, printed: str) -> None:
    """Parse what is printed for machines."""
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(printed)
    if form == "json-lines":
        assert all(json.loads(line) for line in printed.split("\n")[:-1])
    if form == "junit":
        ET.fromstring(printed)
    if form == "github":
        assert all(line.startswith("::") for line in printed.split("\n")[:-1])


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_a_credential(form: str, faulty: Report) -> None:
    """Not even one that only its place in the file gives away."""
    printed = render(form, faulty)
    assert "literal-secret" in printed
    assert not re.search(r"hunter\d", printed)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_what_was_not_read(form: str, faulty: Report) -> None:
    assert "CLAUDE.md" in render(form, faulty)


@pytest.mark.parametrize("form", FORMATS)
def test_a_line_as_long_as_a_file_stays_short(form: str, report_on) -> None:
    short = report_on(text="x", span=Span(0, 1))
    report = report_on(text="x" * 500_000, span=Span(0, 400_000))
    assert len(render(form, report)) < len(render(form, short)) + 10_000


@pytest.mark.parametrize("form", ["json", "json-lines", "sarif", "rdjson"])
def test_a_fix_goes_out_as_it_stands_or_not_at_all(form: str, report_on) -> None:
    def printed(text: str) -> str:
        fix = Fix("say it", Applicability.SAFE, (Edit(Span(0, 5), text),))
        return render(form, report_on(fix=fix))

    assert json.dumps("one\r\ntwo\n")[1:-1] in printed("one\r\ntwo\n")
    assert "treacherous" not in printed("treacherous \u202e text")


@pytest.mark.parametrize("form", FORMATS)
def test_a_notice_about_no_file_has_no_empty_place(form: str) -> None:
    notice = Notice("", 0, NoticeKind.UNUSED_SETTINGS, "no rule is left to run")
    printed = render(form, Report(notices=(notice,)))
    assert "no rule is left to run" in printed.lower()
    empty = ("\n: ", "- : ", "::notice file=,", 'classname=""', 'testsuite name=""', '"path": "",')
    allowed = ('"path": "",',) if form.startswith("json") else ()
    assert not [place for place in empty if place in f"\n{printed}" and place not in allowed]
