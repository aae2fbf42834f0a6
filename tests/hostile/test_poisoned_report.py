"""Every reporter makes every string safe: one that forgets a field fails here."""

from __future__ import annotations

import random

import pytest
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
from agentlint.reporters import FORMATS, Report
from agentlint.reporters.formats import render
from agentlint.text import SourceFile, Span

SECRET = sample("openai-project-key", random.Random(1))
POISON = (
    f"\x1b[31m\u202e\u200b\U000e0041\x9b {SECRET} \r\n::error file=pwn::INJECTED\n##vso[x]y\n"
    "[run](command:x) <script>|`\x07"
)
POISONED_FIELDS = {
    "path",
    "message",
    "help",
    "title",
    "text",
    "related message",
    "notice",
    "reason",
}


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


@pytest.mark.parametrize("which", sorted(POISONED_FIELDS))
def test_no_format_prints_it_raw(which, print_report, assert_harmless) -> None:
    printed = dict(print_report(poisoned(which)))
    printed["coloured"] = render("full", poisoned(which), colour=True).replace("\x1b[", "")
    assert_harmless(printed)
    for name, text in printed.items():
        assert SECRET not in text, name
        assert SECRET[10:30] not in text, name
        assert "](command:" not in text or name != "sarif"


def test_every_string_of_a_finding_is_tried() -> None:
    """A new field of a finding has to be poisoned here too, unless it is ours alone."""
    ours = {"rule", "severity", "confidence", "subject", "fingerprint", "applicability"}
    structure = {"location", "related", "repair", "repeats", "fix", "edits", "span"}
    fields = {f.name for kind in (Finding, Fix, Edit, Related) for f in struct_fields(kind)}
    assert fields - ours - structure <= POISONED_FIELDS
    assert FORMATS
