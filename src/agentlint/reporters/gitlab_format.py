"""GitLab Code Quality: the subset of the Code Climate format that merge requests show.

GitLab stops reading at the first issue that lacks one of description, fingerprint, severity or
location, and keeps one issue a fingerprint (gitlab-org/gitlab: codeclimate.json and
Gitlab::Ci::Parsers::Codequality::CodeClimate; https://docs.gitlab.com/ci/testing/code_quality/).
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from agentlint.findings import Finding, Notice, Severity, fingerprint
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.reporters.wording import message_of, sentence

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """A JSON list of issues, one a finding and a notice."""
    times = Counter(finding.fingerprint for finding in report.findings)
    issues = [
        _issue(finding, report, alone=times[finding.fingerprint] == 1)
        for finding in report.findings
    ]
    issues += [_notice(notice) for notice in report.notices]
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, report: Report, *, alone: bool) -> dict[str, Any]:
    """One issue; findings that are alike in several checkouts are told apart by their paths."""
    source = report.sources[finding.path]
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": message_of(finding),
        "categories": ["Security" if rule_pages()[finding.rule].cwe else "Bug Risk"],
        "severity": _severity(finding),
        "fingerprint": finding.fingerprint
        if alone
        else fingerprint(finding.rule, finding.path, finding.fingerprint, 0),
        "location": {
            "path": safe(finding.path),
            "lines": {"begin": start.line, "end": end.line},
        },
    }


def _severity(finding: Finding) -> str:
    """An error that gives something away is worse than one that breaks something."""
    if finding.severity is Severity.ERROR and rule_pages()[finding.rule].cwe:
        return "critical"
    return _SEVERITIES[finding.severity]


def _notice(notice: Notice) -> dict[str, Any]:
    line = notice.line or 1
    return {
        "type": "issue",
        "check_name": str(notice.kind),
        "description": sentence(safe(notice.message)),
        "categories": ["Compatibility"],
        "severity": "major" if notice.kind.is_failure else "info",
        "fingerprint": fingerprint(notice.kind, notice.path, notice.message, notice.line),
        "location": {"path": safe(notice.path) or ".", "lines": {"begin": line, "end": line}},
    }
