"""A hook is given one file; what its findings hang on is read beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from agentlint.config import Models, Settings
from agentlint.engine import Run, run

EXAMPLE = Path(__file__).parents[2] / "examples" / "gateway-team"
APPROVAL = {
    "record_type": "model_candidate_approval",
    "run_id": "a",
    "gateway_base_url": "REDACTED",
    "candidate_model_id": "gpt-5.4",
    "endpoint_family": "responses",
    "happy_path_status": 200,
    "error_path_status": 400,
    "latency_ms": 412,
    "output_non_empty": True,
    "overall_result": "pass",
    "approved_by": "ops",
    "approved_at": "2026-10-02",
    "notes": "",
}
ROUTES = "routes:\n  writer:\n    model: {model}\n    endpoint_family: responses\n"


def findings(root: Path, *names: str, settings: Settings | None = None) -> list[str]:
    paths = tuple(root / name for name in names)
    report = run(Run(root, paths, settings or Settings(), date(2026, 11, 20)))
    return [f"{finding.rule} {finding.path}" for finding in report.findings]


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_a_changed_route_is_held_against_the_approvals_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path, "records/approvals.jsonl", json.dumps(APPROVAL))
    write(tmp_path, "routes.yaml", ROUTES.format(model="gpt-5.4"))
    assert findings(tmp_path, "routes.yaml") == []
    write(tmp_path, "routes.yaml", ROUTES.format(model="gpt-5.4-mini"))
    assert findings(tmp_path, "routes.yaml") == ["unapproved-model routes.yaml"]


def test_a_changed_check_finds_the_rollback_note_elsewhere(tmp_path: Path) -> None:
    check = (EXAMPLE / "records" / "migration-check.yaml").read_text(encoding="utf-8")
    write(tmp_path, "records/migration-check.yaml", check)
    assert findings(tmp_path, "records/migration-check.yaml") == [
        "incomplete-record records/migration-check.yaml"
    ]
    write(tmp_path, "docs/rollback.md", "# Rollback\n\nRestore the previous base URL.\n")
    assert findings(tmp_path, "records/migration-check.yaml") == []


def test_no_rule_reports_on_a_record_that_was_only_read_beside(tmp_path: Path) -> None:
    write(tmp_path, "records/approvals.jsonl", json.dumps({**APPROVAL, "approved_by": ""}))
    write(tmp_path, "routes.yaml", ROUTES.format(model="gpt-5.4"))
    strict = Settings(
        select=("stale-approval", "incomplete-record"), models=Models(approval_days=9)
    )
    assert findings(tmp_path, "routes.yaml", settings=strict) == []


def test_a_retirement_shows_the_approval_that_it_breaks(tmp_path: Path) -> None:
    approval = {**APPROVAL, "candidate_model_id": "gpt-4-32k"}
    write(tmp_path, "records/approvals.jsonl", json.dumps(approval))
    write(tmp_path, "routes.yaml", ROUTES.format(model="gpt-4-32k"))
    run_all = Run(tmp_path, (tmp_path,), Settings(select=("retired-model",)), date(2026, 11, 20))
    (finding,) = run(run_all).findings
    assert [related.location.path for related in finding.related] == ["records/approvals.jsonl"]
