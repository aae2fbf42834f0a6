"""Code Quality as GitLab reads it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from agentlint.findings import Notice, NoticeKind
from agentlint.reporters import Report, render

# What docs.gitlab.com/ci/testing/code_quality asks of an issue, stricter than GitLab's own check
# (app/validators/json_schemas/codeclimate.json asks for the types of these keys only).
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/).+$"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


def issues(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render("gitlab", report))
    return found


@pytest.mark.parametrize("which", ["faulty", "clean"])
def test_the_documented_shape_is_kept(which: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(which)
    nameless = Notice("", 0, NoticeKind.INTERNAL, "a rule failed")
    jsonschema.validate(issues(report), SCHEMA)
    jsonschema.validate(issues(replace(report, notices=(nameless,))), SCHEMA)


def test_no_issue_is_lost_to_an_equal_fingerprint(check) -> None:
    text = "Always use `gpt-5.4` here.\n\n" * 5
    found = issues(check({"AGENTS.md": text, "docs/AGENTS.md": text}))
    assert len({issue["fingerprint"] for issue in found}) == len(found) == 10


def test_a_leak_is_worse_than_a_fault(faulty: Report) -> None:
    assert {issue["check_name"]: issue["severity"] for issue in issues(faulty)} == {
        "hardcoded-model-id": "minor",
        "missing-endpoint-family": "minor",
        "endpoint-path-mismatch": "major",
        "literal-secret": "critical",
        "not-text": "info",
    }
