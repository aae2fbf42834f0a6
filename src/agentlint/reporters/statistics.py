"""How often each rule speaks, in place of the findings themselves."""

from __future__ import annotations

import json
from collections import Counter
from typing import NamedTuple

from agentlint.findings import Applicability, Finding
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters.report import Report
from agentlint.reporters.summary import summary


class _Row(NamedTuple):
    """`fixable` counts the findings that a safe fix would mend."""

    rule: str
    findings: int
    fixable: int


def render(format_name: str, report: Report) -> str:
    """The counts, the greatest first, as `json` or else as a table for people."""
    rows = _rows(report)
    if format_name == "json":
        return json.dumps([_object(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{line}\n" for line in (*_table(rows), summary(report)))


def _rows(report: Report) -> list[_Row]:
    counts = Counter(finding.rule for finding in report.findings)
    fixable = Counter(finding.rule for finding in report.findings if _is_fixable(finding, report))
    rows = (_Row(rule, count, fixable[rule]) for rule, count in counts.items())
    return sorted(rows, key=lambda row: (-row.findings, row.rule))


def _is_fixable(finding: Finding, report: Report) -> bool:
    is_safe = finding.fix is not None and finding.fix.applicability is Applicability.SAFE
    return is_safe and report.is_fixable(finding)


def _table(rows: list[_Row]) -> list[str]:
    digits = max((len(str(row.findings)) for row in rows), default=0)
    width = max((len(row.rule) for row in rows), default=0)
    return [
        f"{row.findings:{digits}}  {row.rule:{width}}  {_mark(row)} {rule_pages()[row.rule].title}"
        for row in rows
    ]


def _mark(row: _Row) -> str:
    """`[*]` where `--fix` mends all of them, `[-]` where it mends some."""
    if not row.fixable:
        return "[ ]"
    return "[*]" if row.fixable == row.findings else "[-]"


def _object(row: _Row) -> dict[str, str | int]:
    page = rule_pages()[row.rule]
    return {
        "rule": row.rule,
        "title": page.title,
        "severity": str(page.severity),
        "count": row.findings,
        "fixable": row.fixable,
    }
