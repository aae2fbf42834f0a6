"""Credentials that the settings accept by fingerprint, and entries that accept nothing."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest
from tests.secret_samples import sample

from agentlint.config import ConfigError, json_schema, read_settings
from agentlint.engine import Run, run
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters import Report
from agentlint.reporters.full_format import render as full
from agentlint.reporters.sarif_format import render as sarif

KEY = sample("openrouter-api-key", random.Random(4))
OTHER_KEY = sample("openrouter-api-key", random.Random(5))
UNKNOWN = "0123456789abcdef" * 2


def config(key: str = KEY, before: str = "") -> str:
    return (
        f"{before}model_list:\n  - model_name: deep\n    litellm_params:\n"
        f"      model: openai/gpt-5.4\n      api_key: {key}\n"
    )


def allow(*entries: str) -> str:
    return f"[secrets]\nallow = [\n  {', '.join(entries)},\n]\n"


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


@pytest.fixture
def known(check) -> str:
    """The fingerprint of the key in `config.yaml`."""
    report = check({"config.yaml": config()})
    assert rules(report) == ["literal-secret"]
    return report.findings[0].fingerprint


def test_an_accepted_key_is_no_finding_and_is_counted_with_its_reason(check, known: str) -> None:
    entry = f'{{ fingerprint = "{known}", reason = "the demo key", until = 2027-01-31 }}'
    report = check({"config.yaml": config(), "agentlint.toml": allow(entry)})
    assert rules(report) == []
    assert [(item.reason, item.comment) for item in report.suppressed] == [("the demo key", None)]


def test_the_fingerprint_outlives_moves_and_holds_nothing_of_the_value(check, known: str) -> None:
    files = {"agentlint.toml": allow(f'"{known.upper()}"')}
    moved = config(OTHER_KEY, before="# moved\n\nlitellm_settings:\n  num_retries: 2\n")
    assert rules(check({**files, "config.yaml": moved})) == []


def test_a_key_elsewhere_is_still_a_finding(check, known: str) -> None:
    report = check(
        {
            "agentlint.toml": allow(f'"{known}"'),
            "config.yaml": config(),
            "other.yaml": config(),
        }
    )
    assert [finding.path for finding in report.findings] == ["other.yaml"]


def test_only_findings_about_credentials_are_accepted(check) -> None:
    files = {"AGENTS.md": "Always use `gpt-5.4`.\n"}
    found = check(files).findings[0]
    report = check({**files, "agentlint.toml": allow(f'"{found.fingerprint}"')})
    assert rules(report) == ["hardcoded-model-id", "unused-suppression"]


def test_an_entry_that_accepts_nothing_is_told_where_it_stands(check, lines) -> None:
    told = lines(check({"AGENTS.md": "Text.\n", "agentlint.toml": allow(f'"{UNKNOWN}"')}))
    assert [line.split(" nothing")[0] for line in told] == [
        "agentlint.toml:3:4: warning[unused-suppression]"
    ]


def test_the_place_is_that_of_the_entry_whatever_stands_before_it(check, lines) -> None:
    before = f"# İİİİİİİİİİ {UNKNOWN}\n"
    settings = before + allow(f"'{UNKNOWN.upper()}'")
    (line,) = lines(check({"AGENTS.md": "Text.\n", "agentlint.toml": settings}))
    assert line.startswith("agentlint.toml:4:4: ")


def test_an_expired_entry_accepts_nothing_and_says_so(check, lines, known: str) -> None:
    entry = f'{{ fingerprint = "{known}", until = 2026-11-19 }}'
    told = lines(check({"config.yaml": config(), "agentlint.toml": allow(entry)}))
    assert [line.split(" ")[1] for line in told] == [
        "warning[invalid-suppression]",
        "error[literal-secret]",
    ]
    assert "expired after 2026-11-19" in told[0]


def test_a_run_over_part_of_the_repository_says_nothing_of_entries(tmp_path: Path, known) -> None:
    settings_file = tmp_path / "agentlint.toml"
    settings_file.write_text(allow(f'"{known}"', f'"{UNKNOWN}"'))
    settings = read_settings(settings_file, list(rule_pages()))
    today = date(2026, 11, 20)
    part = run(Run(tmp_path, (tmp_path / "config.yaml",), settings, today))
    assert rules(part) == []
    whole = run(Run(tmp_path, (tmp_path,), settings, today))
    assert rules(whole) == ["unused-suppression"]


def test_an_entry_whose_rule_does_not_run_is_not_unused(check) -> None:
    text = 'ignore = ["literal-secret"]\n' + allow(f'"{UNKNOWN}"')
    assert rules(check({"AGENTS.md": "Text.\n", "agentlint.toml": text})) == []


def test_people_can_copy_the_fingerprint(check, known: str) -> None:
    report = check({"config.yaml": config()})
    assert f"= fingerprint: {known}" in full(report)
    assert KEY not in full(report)


def test_sarif_says_that_it_was_accepted_outside_of_the_source(check, known: str) -> None:
    entry = f'{{ fingerprint = "{known}", reason = "the demo key" }}'
    report = check({"config.yaml": config(), "agentlint.toml": allow(entry)})
    result = json.loads(sarif(report))["runs"][0]["results"][0]
    assert result["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "the demo key"}
    ]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ('"abc"', "secrets.allow.1: expected a fingerprint of 32 hexadecimal digits"),
        ("1", "secrets.allow.1.fingerprint: expected a string, got a number"),
        ("{}", "secrets.allow.1: expected a fingerprint of 32 hexadecimal digits"),
        (
            f'{{ fingerprint = "{UNKNOWN}", reasn = "x" }}',
            "secrets.allow.1: unknown key `reasn`; did you mean `reason`?",
        ),
        (
            f'"{UNKNOWN}", {{ fingerprint = "{UNKNOWN}", until = "soon" }}',
            "secrets.allow.2.until: expected a date, got a string",
        ),
    ],
)
def test_a_mistake_in_an_entry_is_one_line(tmp_path: Path, value: str, line: str) -> None:
    path = tmp_path / "agentlint.toml"
    path.write_text(allow(value))
    with pytest.raises(ConfigError) as error:
        read_settings(path, list(rule_pages()))
    assert str(error.value) == f"agentlint.toml: {line}"


def test_the_schema_takes_entries_in_both_forms() -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json_schema(list(rule_pages())))
    entry = {"fingerprint": UNKNOWN, "reason": "x"}
    assert validator.is_valid({"secrets": {"allow": [UNKNOWN, entry]}})
    assert not validator.is_valid({"secrets": {"allow": ["abc"]}})
    assert not validator.is_valid({"secrets": {"allow": [{"reason": "x"}]}})


def test_who_wants_to_see_all_sees_what_was_accepted(check, tmp_path: Path, known: str) -> None:
    files = {"config.yaml": config(), "agentlint.toml": allow(f'"{known}"')}
    assert "literal-secret" not in rules(check(files))
    settings = read_settings(tmp_path / "agentlint.toml", list(rule_pages()))
    request = Run(tmp_path, (tmp_path,), settings, date(2026, 11, 20), honour_comments=False)
    report = run(request)
    assert "literal-secret" in rules(report)
    assert (report.suppressed_count, "unused-suppression" in rules(report)) == (0, False)
