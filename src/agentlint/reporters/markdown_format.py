"""Markdown for a GitHub step summary: counts by rule, then the findings, the worst first.

Whatever may hold text of a file goes out word by word: plain words as they are, everything else in
code spans, where there is no HTML, link, image, mention or reference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from agentlint.findings import Finding, Location
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters.addresses import NOTICES, rule_address
from agentlint.reporters.concise_format import closing_lines
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import counted, summary
from agentlint.text import Pattern

# https://docs.github.com/actions: a step's summary holds at most 1 MiB, and is dropped if it is larger.
MAX_BYTES = 1_000_000
_PIECE = Pattern(r"`([^`]{1,2000})`|(\s{1,2000})|([^\s`]{1,2000})|(`)")
_WORD = Pattern(r"(?P<lead>\(?)(?P<core>.{0,2000}?)(?P<tail>[,.;:!?)]{0,3})", re.DOTALL)
# Not GHSA-…: GitHub makes links of advisories.
_PLAIN = Pattern(
    r"[^\W\d_]{1,40}(?:'[^\W\d_]{1,9})?|(?!ghsa)[a-z]{1,40}(?:-[a-z]{1,40}){1,4}|\d{1,6}|\d{4}-\d\d-\d\d|…|"
)
_BACKTICKS = Pattern(r"`{1,2000}")


def render(report: Report) -> str:
    """A Markdown page of at most 1 MiB, cut aloud where there is more to say."""
    closing = "\n\n".join(map(_words, summary(report).splitlines()))
    head = f"## agentlint\n\n{closing}\n"
    if report.findings:
        head += "\n" + "".join(_table(report.counted)) + "\n"
    findings = sorted(report.findings, key=lambda f: (f.severity.rank, f.sort_key))
    items = chain(
        (_item(finding, report) for finding in findings),
        (f"- {_words(line)}\n" for line in closing_lines(report)),
    )
    count = len(findings) + sum(1 for _ in closing_lines(report))
    return "".join(_within_limit(head, items, count))


def _table(findings: Iterable[Finding]) -> Iterator[str]:
    yield "| findings | rule | what |\n|---:|---|---|\n"
    for rule, count in sorted(Counter(f.rule for f in findings).items(), key=lambda i: (-i[1], i)):
        yield f"| {count} | [{rule}]({rule_address(rule)}) | {rule_pages()[rule].title} |\n"


def _item(finding: Finding, report: Report) -> str:
    place = _code(_place(finding.location, report))
    lines = [f"- **{finding.severity}** {finding.rule} at {place}: {_words(finding.message)}"]
    for related in finding.related:
        place = _code(_place(related.location, report))
        lines.append(f"  - {_words(related.message)} at {place}")
    if finding.help:
        lines.append(f"  - {_words(finding.help)}")
    return "".join(f"{line}\n" for line in lines)


def _place(location: Location, report: Report) -> str:
    source = report.sources.get(location.path)
    if source is None:
        return safe(location.path)
    start = source.position(location.span.start)
    return f"{safe(location.path)}:{start.line}:{start.column}"


def _within_limit(head: str, items: Iterable[str], count: int) -> Iterator[str]:
    yield head
    left = MAX_BYTES - len(head.encode())
    for number, item in enumerate(items):
        left -= len(item.encode())
        if left < 0:
            rest = counted(count - number, "further line")
            yield f"\n**{rest} left out**: a step summary holds at most 1 MiB ([why]({NOTICES})).\n"
            return
        yield item


def _words(text: str) -> str:
    """`text` with everything that is no plain word in code spans; its own code spans stay."""
    shown = ""
    for piece in map(_shown, _PIECE.finditer(safe(text))):
        # Two spans that touch would read as other spans than were meant.
        shown += f" {piece}" if shown.endswith("`") and piece.startswith("`") else piece
    return shown.strip()


def _shown(piece: re.Match[str]) -> str:
    code, space, word, backtick = piece.groups()
    if space:
        return " "
    split = _WORD.fullmatch(word) if word else None
    if not split:
        return _code(code or word or backtick)
    core = split["core"] if _PLAIN.fullmatch(split["core"]) else _code(split["core"])
    return f"{split['lead']}{core}{split['tail']}"


def _code(text: str) -> str:
    """A code span of safe text, fenced by one backtick more than it holds in a row."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[:1] in "` " or text[-1:] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""
