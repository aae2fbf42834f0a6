"""Every reporter makes every string safe: one that forgets a field fails here."""

from __future__ import annotations

import random
import re

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import fields as struct_fields
from tests.secret_samples import sample

from agentlint.findings import (
    Applicability,
    Edit,
    Finding,
    Fix,
    Location,
    Notice,
    NoticeKind,
    Related,
    Severity,
    Suppressed,
)
from agentlint.reporters import Report
from agentlint.reporters.formats import render
from agentlint.text import SourceFile, Span

SECRET = sample("openai-project-key", random.Random(1))
POISON = (
    f"\x1b[31m\u202e\u200b\U000e0041\x9b {SECRET} \r\n::error file=pwn::INJECTED\n##vso[x]y\n"
    "[run](command:x) <script>|`\x07"
)
POISONED = {
    (Location, "path"): "path",
    (Notice, "path"): "path",
    (Finding, "message"): "message",
    (Finding, "help"): "help",
    (Fix, "title"): "title",
    (Edit, "text"): "text",
    (Related, "message"): "related message",
    (Notice, "message"): "notice",
    (Suppressed, "reason"): "reason",
}
OURS = {
    (Finding, "rule"),
    (Finding, "subject"),
    (Finding, "fingerprint"),
}
"""What no format prints of a stranger: `subject` is only compared."""
STRUCTURE = {
    (Finding, "location"),
    (Finding, "severity"),
    (Finding, "confidence"),
    (Finding, "related"),
    (Finding, "repair"),
    (Finding, "fix"),
    (Finding, "repeats"),
    (Fix, "applicability"),
    (Fix, "edits"),
    (Edit, "span"),
    (Related, "location"),
    (Location, "span"),
    (Notice, "line"),
    (Notice, "kind"),
    (Suppressed, "finding"),
    (Suppressed, "comment"),
}
"""What holds further Structs, enums and numbers."""


def poisoned(which: str) -> Report:
    """A report with one string of a stranger in one place."""

    def text(name: str) -> str:
        return POISON if name == which else "plain"

    path = text("path")
    source = SourceFile(path, text("text") + "\nsecond line\n")
    location = Location(path, Span(0, len(source.text) - 1))
    finding = Finding(
        rule="literal-secret",
        location=location,
        message=text("message"),
        severity=Severity.ERROR,
        help=text("help"),
        related=(Related(location, text("related message")),),
        fix=Fix(text("title"), Applicability.SAFE, (Edit(location.span, text("text")),)),
        fingerprint="0" * 32,
    )
    notices = tuple(Notice(path, 1, kind, text("notice")) for kind in NoticeKind)
    suppressed = Suppressed(finding, location, text("reason"))
    return Report((finding,), notices, (suppressed,), 1, {path: source})


@pytest.mark.parametrize("which", sorted(set(POISONED.values())))
def test_no_format_prints_it_raw(which, print_report, assert_harmless) -> None:
    printed = dict(print_report(poisoned(which)))
    printed["coloured"] = render("full", poisoned(which), colour=True).replace("\x1b[", "")
    assert_harmless(printed)
    for name, text in printed.items():
        assert SECRET not in text, name
        assert SECRET[10:30] not in text, name


@pytest.mark.parametrize("which", sorted(set(POISONED.values())))
def test_no_link_of_a_stranger_is_made_where_markdown_is_read(which) -> None:
    """Viewers of SARIF make a link of any such text; in Markdown it may stand in code."""
    assert "](command:" not in render("sarif", poisoned(which))
    assert "command:" not in _links(render("markdown", poisoned(which)))
    assert "command:" in _links("[run](command:x)")


def _links(markdown: str) -> str:
    return " ".join(re.findall(r'href="[^"]*"', MarkdownIt("commonmark").render(markdown)))


def test_every_string_of_a_report_is_tried() -> None:
    """A new field has to be poisoned here too, unless it is ours alone."""
    kinds = (Finding, Fix, Edit, Related, Location, Notice, Suppressed)
    fields = {(kind, field.name) for kind in kinds for field in struct_fields(kind)}
    assert fields == {*POISONED, *OURS, *STRUCTURE}


def test_what_is_poisoned_is_printed_by_some_format(print_report) -> None:
    for which in sorted(set(POISONED.values()) - {"text"}):
        assert any("INJECTED" in text for text in print_report(poisoned(which)).values()), which
