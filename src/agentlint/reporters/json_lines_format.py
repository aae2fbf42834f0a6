"""The JSON report as JSON Lines: one object a line, for tools that read as they go.

Each object has a `type` (`finding`, `suppressed`, `notice`, `stale` or `summary`) beside the keys
that it has in the JSON report, and the summary comes last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from agentlint.reporters.json_format import (
    VERSION,
    finding_object,
    notice_object,
    stale_object,
    summary_object,
    suppressed_object,
)
from agentlint.reporters.report import Report


def render(report: Report) -> str:
    """One line a finding, a notice and a stale baseline entry, and one for the summary."""
    return "".join(
        json.dumps({"type": kind, **content}, ensure_ascii=False) + "\n"
        for kind, content in _objects(report)
    )


def _objects(report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    for finding in report.findings:
        yield "finding", finding_object(finding, report)
    for suppressed in report.suppressed:
        yield "suppressed", suppressed_object(suppressed, report)
    for notice in report.notices:
        yield "notice", notice_object(notice)
    for entry in report.baseline.stale if report.baseline else ():
        yield "stale", stale_object(entry)
    hidden = {"baseline_hidden": report.baseline.hidden} if report.baseline else {}
    yield "summary", {"version": VERSION, **summary_object(report), **hidden}
