"""The Reviewdog Diagnostic Format: reviewdog refuses what its messages do not name."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from msgspec.structs import replace

from agentlint.findings import Applicability, Edit, Fix, Notice, NoticeKind
from agentlint.reporters import Report, render
from agentlint.text import Span


def message(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


# proto/rdf/reviewdog.proto of github.com/reviewdog/reviewdog, as it is read from JSON.
POSITION = message(line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1})
RANGE = message(start=POSITION, end=POSITION)
NAME = {"type": "string", "minLength": 1}
SCHEMA = message(
    source=message(name=NAME, url=NAME),
    diagnostics={
        "type": "array",
        "items": {
            **message(
                message=NAME,
                location={**message(path={"type": "string"}, range=RANGE), "required": ["path"]},
                severity={"enum": ["ERROR", "WARNING", "INFO"]},
                code=message(value=NAME, url=NAME),
                suggestions={
                    "type": "array",
                    "items": {
                        **message(range=RANGE, text={"type": "string"}),
                        "required": ["range", "text"],
                    },
                },
            ),
            "required": ["message", "location"],
        },
    },
)


def result(report: Report) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(render("rdjson", report))
    jsonschema.validate(parsed, SCHEMA)
    return parsed


def test_only_known_keys_are_written(faulty: Report, clean: Report) -> None:
    assert len(result(faulty)["diagnostics"]) == len(faulty.findings) + len(faulty.notices)
    assert result(clean)["diagnostics"] == []
    notice = Notice("", 0, NoticeKind.INTERNAL, "a rule failed")
    assert result(replace(clean, notices=(notice,)))["diagnostics"][0]["severity"] == "ERROR"


def test_columns_count_bytes(faulty: Report) -> None:
    place = result(faulty)["diagnostics"][0]["location"]["range"]
    line = faulty.sources["AGENTS.md"].line_text(place["start"]["line"]).encode("utf-8")
    assert line[place["start"]["column"] - 1 : place["end"]["column"] - 1] == b"gpt-5.4"


def test_a_fix_is_a_suggestion(report_on) -> None:
    fix = Fix("use an alias", Applicability.UNSAFE, (Edit(Span(0, 5), "alias"),))
    [suggestion] = result(report_on(fix=fix))["diagnostics"][0]["suggestions"]
    assert suggestion["text"] == "alias"
    assert suggestion["range"]["end"] == {"line": 1, "column": 6}
