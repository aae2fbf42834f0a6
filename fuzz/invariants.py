"""What holds of every run, whatever the file says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from msgspec.structs import replace

from agentlint.config import Settings
from agentlint.engine import Run, Stdin, collect, run
from agentlint.engine.fixing import fix
from agentlint.facts.mention import ModelMention
from agentlint.findings import Finding, NoticeKind
from agentlint.reporters import FORMATS, Report, facts_json, render
from agentlint.text import SourceFile, Span

TODAY = date(2026, 11, 20)
PIECE = 12
"""A run of so many characters of a credential is a leak as well."""
_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_COMMAND = re.compile(
    r"^(?:::error file=pwn|##vso|##\[|::set-output|::add-mask|::stop-comm)", re.MULTILINE
)


def broken(path: str, text: str, canary: str = "", *, thorough: bool = True) -> Iterator[str]:
    """The promises that a run over one file breaks; a thorough run prints in every format, twice."""
    request = Run(
        Path(_nowhere().name), (), Settings(), TODAY, stdin=Stdin(path, text.encode("utf-8"))
    )
    report = run(request)
    yield from (notice.message for notice in report.notices if notice.kind is NoticeKind.INTERNAL)
    for source in report.sources.values():
        for finding in report.findings:
            yield from _misplaced(finding, source)
    if not thorough:
        return
    printed = {name: render(name, report) for name in FORMATS}
    collected = collect(request)
    for facts in collected.project.files:
        source = collected.sources[facts.path]
        printed["facts json"] = facts_json.render(facts, source)
        yield from _misread(facts.of(ModelMention), source)
    for name, out in printed.items():
        yield from _unsafe(name, out, canary)
    if _printed_again(request) != {name: printed[name] for name in FORMATS}:
        yield "a second run printed something else"
    for unsafe in (False, True):
        yield from _unsettled(request, report, unsafe=unsafe)


@cache
def _nowhere() -> TemporaryDirectory[str]:
    """A root with nothing in it, which goes when the process ends."""
    return TemporaryDirectory(prefix="agentlint-fuzz-")


def _printed_again(request: Run) -> dict[str, str]:
    report: Report = run(request)
    return {name: render(name, report) for name in FORMATS}


def _unsettled(request: Run, before: Report, *, unsafe: bool) -> Iterator[str]:
    """What fixes leave undone, or do besides."""
    fixed = fix(request, unsafe=unsafe)
    if not fixed.files:
        return
    (file,) = fixed.files
    again = replace(request, stdin=Stdin(file.path, file.new.data))
    told = any(notice.message.startswith("more was to fix") for notice in fixed.report.notices)
    if fix(again, unsafe=unsafe).files and not told:
        yield "a second fix changed the file"
    after = run(again)
    left = _counted(before.findings) - _counted(fixed.report.fixed or ())
    yield from (f"fixes brought {rule}" for rule in _counted(after.findings) - left)
    if _unread(before) != _unread(after):
        yield "fixes changed how the file is read"


def _counted(findings: Iterable[Finding]) -> Counter[str]:
    return Counter(finding.rule for finding in findings)


def _unread(report: Report) -> list[str]:
    kinds = (NoticeKind.SYNTAX, NoticeKind.LIMIT, NoticeKind.NOT_TEXT)
    return [notice.message for notice in report.notices if notice.kind in kinds]


def _misplaced(finding: Finding, source: SourceFile) -> Iterator[str]:
    places = [finding.span, *(related.location.span for related in finding.related)]
    places += [edit.span for edit in (finding.fix.edits if finding.fix else ())]
    if not all(0 <= span.start <= span.end <= len(source.text) for span in places):
        yield f"{finding.rule}: a span beyond the file: {places}"
    if (
        not finding.span
        and source.text
        and finding.rule in ("hardcoded-model-id", "literal-secret")
    ):
        yield f"{finding.rule}: an empty span"


def _misread(mentions: tuple[ModelMention, ...], source: SourceFile) -> Iterator[str]:
    """Model IDs that are not what their span cuts; an escape may spell a letter."""
    for mention in mentions:
        cut = Span(mention.span.start, mention.span.end).cut(source.text)
        if "\\" not in cut and mention.id.lower() not in cut.lower():
            yield f"`{mention.id}` is said to stand at {mention.span}, where {cut!a} stands"


def _unsafe(name: str, out: str, canary: str) -> Iterator[str]:
    raw = _RAW.search(out)
    if raw:
        yield f"{name}: raw {raw.group()!a}"
    if _COMMAND.search(out):
        yield f"{name}: a runner's command"
    if canary and any(canary[at : at + PIECE] in out for at in range(8, len(canary) - PIECE + 1)):
        yield f"{name}: the canary"
    try:
        out.encode("utf-8")
        if name == "json-lines":
            for line in out.splitlines():
                json.loads(line)
        elif name == "junit":
            ElementTree.fromstring(out)
        elif name in ("json", "sarif", "gitlab", "rdjson", "facts json"):
            json.loads(out)
    except (ValueError, ElementTree.ParseError) as error:
        yield f"{name}: not well-formed: {error}"
