"""The two JSON reports say the same, and as docs/json.md says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from agentlint.findings import BaselineEntry, Comparison
from agentlint.reporters import Report, render, render_statistics

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")


def with_everything(report: Report) -> Report:
    entry = BaselineEntry("literal-secret", "gone.md", "0" * 32, 2)
    return replace(report, baseline=Comparison(7, (entry,)), on_unchanged_lines=3)


def test_lines_hold_what_the_document_holds(faulty: Report) -> None:
    report = with_everything(faulty)
    document = json.loads(render("json", report))
    lines = [json.loads(line) for line in render("json-lines", report).splitlines()]

    def of(kind: str) -> list[dict[str, Any]]:
        return [
            {k: v for k, v in line.items() if k != "type"} for line in lines if line["type"] == kind
        ]

    assert of("finding") == document["findings"]
    assert of("suppressed") == document["suppressed"]
    assert of("notice") == document["notices"]
    assert of("stale") == document["baseline"]["stale"]
    assert of("summary") == [{"version": 1, **document["summary"], "baseline_hidden": 7}]
    assert lines[-1]["type"] == "summary"


def test_every_key_is_documented(faulty: Report) -> None:
    documented = set(re.findall(r"`([a-z_]+)`", PAGE))

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*(keys(item) for item in value.values()))
        return set().union(*(keys(item) for item in value)) if isinstance(value, list) else set()

    document = json.loads(render("json", with_everything(faulty)))
    assert keys(document) <= documented
    assert keys(json.loads(render_statistics("json", faulty))) <= documented


def test_keys_of_features_that_were_not_asked_for_are_absent(clean: Report) -> None:
    document = json.loads(render("json", clean))
    assert set(document) == {"version", "tool", "findings", "notices", "summary"}
    assert "on_unchanged_lines" not in document["summary"]


def test_statistics_count_each_rule_once(check) -> None:
    report = check({"AGENTS.md": "Always use `gpt-5.4`, never `gpt-5.4-mini`.\n", "a.md": "x\n"})
    rows = json.loads(render_statistics("json", report))
    assert [(row["rule"], row["count"]) for row in rows] == [
        ("hardcoded-model-id", len(report.findings))
    ]
