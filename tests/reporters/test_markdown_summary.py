"""A step summary shows what files say, and lets them do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from agentlint.findings import Applicability, Edit, Fix
from agentlint.reporters import Report, markdown_format, render
from agentlint.reporters.addresses import HOME
from agentlint.text import Span

# What GitHub makes links of in running text, and what Markdown does.
_ACTIVE = re.compile(r"@\w|#\d|\w\.\w|://|ghsa-", re.IGNORECASE)
_ODD = st.text(alphabet="`[]()<>!@#/\\.:*_~|&;= \n\r\tabwhtps013-'\u202e", max_size=40)


def tokens(markdown: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown):
        yield token
        yield from token.children or ()


def assert_harmless(markdown: str) -> None:
    for token in tokens(markdown):
        assert token.type not in {"html_inline", "html_block", "image", "fence", "code_block"}
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith(f"{HOME}/blob/main/")
        if token.type == "text":
            assert not _ACTIVE.search(token.content), token.content


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_ODD)
@example("evil`code`.example")
@example("`a```b`c`` <img src=x onerror=y> ```` [x](y)")
@example("a``b`[x](https://example.com)`")
@example("GHSA-abcd-efgh-ijkl ghsa-aaaa-bbbb-cccc a@b.c www.example.com #12")
def test_a_file_brings_in_no_markup(report_on, text: str) -> None:
    report = report_on(text or "x", path=text or "x", help=text)
    assert_harmless(render("markdown", report))


def test_what_is_said_can_still_be_read(report_on) -> None:
    printed = render("markdown", report_on("use `a``b` (or <b>) at once, please.", path="x y.md"))
    item = printed.split("\n- ")[1].strip()
    assert item == (
        "**warning** hardcoded-model-id at `x y.md:1:1`: use `a` `b` (or `<b>`) at once, please."
    )


def test_it_is_cut_aloud_below_a_mebibyte(report_on) -> None:
    report = report_on("word " * 400)
    printed = render("markdown", replace(report, findings=report.findings * 1000))
    assert 900_000 < len(printed.encode()) <= 1024 * 1024
    shown = printed.count("\n- ")
    assert f"**{1000 - shown} further lines left out**" in printed


def test_the_worst_comes_first(faulty: Report) -> None:
    severities = re.findall(r"^- \*\*(\w+)\*\*", render("markdown", faulty), re.MULTILINE)
    assert severities == sorted(severities)
    assert severities[0] == "error"


@pytest.mark.parametrize("which", ["faulty", "clean"])
def test_our_own_words_are_as_harmless(which: str, request: pytest.FixtureRequest) -> None:
    assert_harmless(render("markdown", request.getfixturevalue(which)))
    assert markdown_format.MAX_BYTES <= 1024 * 1024


def test_what_was_fixed_found_and_can_be_fixed_are_paragraphs(report_on) -> None:
    fix = Fix("take it out", Applicability.SAFE, (Edit(Span(0, 5), ""),))
    report = report_on("message", fix=fix)
    printed = render("markdown", replace(report, fixed=report.findings))
    head = printed.partition("\n| ")[0]
    assert head.split("\n\n") == [
        "## agentlint",
        "Fixed 1 finding.",
        "Found 1 warning in 1 file.",
        "`[*]` 1 fixable with `--fix`.\n",
    ]


def test_dates_and_dots_that_stand_for_more_are_plain_words(report_on) -> None:
    text = "it ends on 2026-11-06 or later: `responses`, `chat_completions`, …"
    assert f"{text}\n" in render("markdown", report_on("x", help=text))
