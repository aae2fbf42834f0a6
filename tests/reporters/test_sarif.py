"""SARIF as GitHub code scanning takes it: the schema, the Multitool, and what neither of them sees."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from agentlint.config import read_settings
from agentlint.engine import Run, run
from agentlint.findings import (
    Applicability,
    Confidence,
    Edit,
    Fix,
    Location,
    Notice,
    NoticeKind,
    Related,
    Severity,
)
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters import Report, render, sarif_format
from agentlint.reporters.line_hash import line_hashes
from agentlint.reporters.sarif_rules import NOTICES_SAID
from agentlint.text import Span

VECTORS = Path(__file__).parents[3] / "shared" / "sarif" / "fingerprint_vectors.json"


def the_run(report: Report) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render("sarif", report))["runs"][0]
    return run


def the_result(report: Report) -> dict[str, Any]:
    result: dict[str, Any] = the_run(report)["results"][0]
    return result


@pytest.fixture
def multitool() -> Path:
    path = os.environ.get("SARIF_MULTITOOL")
    if not path:
        pytest.skip("SARIF_MULTITOOL names no Sarif.Multitool (npm: @microsoft/sarif-multitool)")
    return Path(path)


@pytest.fixture
def reports(faulty: Report, clean: Report, report_on) -> dict[str, Report]:
    """One of each kind that makes another log."""
    fix = Fix("use an alias", Applicability.UNSAFE, (Edit(Span(0, 5), "alias"),))
    related = (Related(Location("b [x](y).md", Span(0, 1)), "defined [here](z)"),)
    odd = report_on("a [b](c) {0}", path="a b/ü#?.md", fix=fix, related=related, help="do it")
    notices = tuple(Notice("b.md", n, kind, "message") for n, kind in enumerate(NoticeKind))
    return {
        "faulty": faulty,
        "clean": clean,
        "odd": replace(odd, notices=(*notices, Notice("", 0, NoticeKind.INTERNAL, "a rule"))),
    }


def test_the_multitool_has_no_complaint(multitool: Path, reports, tmp_path: Path) -> None:
    for name, report in reports.items():
        log = tmp_path / f"{name}.sarif"
        log.write_text(render("sarif", report), encoding="utf-8")
        done = subprocess.run(
            [multitool, "validate", log, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert "Analysis completed successfully" in done.stdout
        assert "): error " not in done.stdout, done.stdout
        assert "): warning " not in done.stdout, done.stdout


def test_the_schema_is_kept(multitool: Path, reports) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((multitool.parent / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    for report in reports.values():
        Draft202012Validator(schema).validate(json.loads(render("sarif", report)))


def test_columns_count_utf16_code_units(faulty: Report) -> None:
    run = the_run(faulty)
    assert run["columnKind"] == "utf16CodeUnits"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    line = faulty.sources["AGENTS.md"].line_text(region["startLine"])
    units = line.encode("utf-16-le")
    start, end = 2 * (region["startColumn"] - 1), 2 * (region["endColumn"] - 1)
    assert units[start:end].decode("utf-16-le") == "gpt-5.4"
    assert region["startColumn"] == 16


def test_paths_are_relative_and_encoded(report_on) -> None:
    location = the_result(report_on(path="a b/ü#?[x].md"))["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {
        "uri": "a%20b/%C3%BC%23%3F%5Bx%5D.md",
        "uriBaseId": "%SRCROOT%",
    }


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/src/a b/AGENTS.md", "file:///src/a%20b/AGENTS.md"),
        ("C:\\src\\a b\\AGENTS.md", "file:///C:/src/a%20b/AGENTS.md"),
        ("C:/src/AGENTS.md", "file:///C:/src/AGENTS.md"),
    ],
)
def test_a_file_of_another_checkout_has_a_whole_address(report_on, path: str, uri: str) -> None:
    location = the_result(report_on(path=path))["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": uri}


def test_a_file_writes_no_links_but_related_places_are_linked(report_on) -> None:
    plain = the_result(report_on("see [here](command:x)"))
    assert plain["message"]["text"] == r"See \[here\]\(command:x)."
    assert the_result(report_on("a [b] c"))["message"]["text"] == "A [b] c."
    related = Related(Location("AGENTS.md", Span(11, 17)), "the [other] place")
    result = the_result(report_on("a [b", related=(related,)))
    assert result["message"]["text"] == r"A \[b. See [the \[other\] place](1)."
    assert result["relatedLocations"][0]["id"] == 1
    region = result["relatedLocations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (2, 1, 7)


def test_security_rules_say_so_and_others_do_not() -> None:
    rules = {
        rule["id"]: rule["properties"] for rule in the_run(Report())["tool"]["driver"]["rules"]
    }
    secret = rules["literal-secret"]
    assert 0 < float(secret["security-severity"]) <= 10
    assert {"security", "external/cwe/cwe-798"} <= set(secret["tags"])
    for page in rule_pages().values():
        assert len(rules[page.id]["tags"]) <= 10
        assert ("security" in rules[page.id]["tags"]) == bool(page.cwe)
        assert ("security-severity" in rules[page.id]) == bool(page.security_severity)
        assert rules[page.id]["precision"] == ("medium" if page.strict else "high")


def test_help_is_the_page_without_its_cases() -> None:
    for rule in the_run(Report())["tool"]["driver"]["rules"]:
        assert rule["help"]["markdown"].startswith(f"# {rule_pages()[rule['id']].title}\n")
        assert "\n## Bad" not in rule["help"]["markdown"]
        assert "```toml rule" not in rule["help"]["markdown"]


def test_lists_of_a_help_are_lists_in_markdown() -> None:
    for rule in the_run(Report())["tool"]["driver"]["rules"]:
        text = rule["help"]["markdown"]
        assert MarkdownIt().render(text).count("<li>") == len(re.findall("^- ", text, re.MULTILINE))


def test_suppressed_findings_are_results_only_if_they_are_to_be_shown(faulty: Report) -> None:
    hidden = the_run(replace(faulty, suppressed=()))["results"]
    shown = the_run(faulty)["results"]
    assert [result for result in shown if "suppressions" not in result] == hidden
    (suppressed,) = (result for result in shown if "suppressions" in result)
    (suppression,) = suppressed["suppressions"]
    assert suppression["kind"] == "inSource"
    assert suppression["justification"] == "pinned for the audit"
    assert suppression["location"]["physicalLocation"]["region"]["startLine"] == 5


def test_each_of_several_suppressions_on_a_line_is_told_with_its_own_reason_and_place(
    check,
) -> None:
    comments = (
        "# agentlint: ignore[retired-model] pinned  # noqa: E501"
        "  # agentlint: ignore[wrong-reference-dialect] a sample"
    )
    text = (
        f'from openai import OpenAI\n\nOpenAI().responses.create(model="gpt-4-0314")  {comments}\n'
    )
    results = the_run(check({"client.py": text}))["results"]
    (suppressed,) = (result for result in results if "suppressions" in result)
    (suppression,) = suppressed["suppressions"]
    assert suppression["justification"] == "pinned"
    region = suppression["location"]["physicalLocation"]["region"]
    said = text.splitlines()[2][region["startColumn"] - 1 : region["endColumn"] - 1]
    assert (region["startLine"], region["endLine"]) == (3, 3)
    assert said == "agentlint: ignore[retired-model] pinned"


def test_what_was_not_read_is_a_notification(faulty: Report) -> None:
    run = the_run(faulty)
    (invocation,) = run["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"]
    assert notification["descriptor"]["id"] == "not-text"
    descriptor = run["tool"]["driver"]["notifications"][notification["descriptor"]["index"]]
    assert descriptor["id"] == "not-text"
    place = notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "CLAUDE.md"


def test_every_kind_of_notice_is_explained() -> None:
    assert set(NOTICES_SAID) == set(NoticeKind)
    page = (Path(__file__).parents[2] / "docs" / "notices.md").read_text(encoding="utf-8")
    for kind in NoticeKind:
        assert f"\n## {kind}\n" in page


def test_limits_keep_the_worst_and_are_said(report_on, monkeypatch) -> None:
    monkeypatch.setattr(sarif_format, "MAX_RESULTS", 2)
    report = report_on()
    severities = (Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR)
    findings = tuple(replace(report.findings[0], severity=severity) for severity in severities)
    run = the_run(replace(report, findings=findings))
    assert [result["level"] for result in run["results"]] == ["error", "error"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["descriptor"]["id"] == "limit"
    assert notification["message"]["text"] == (
        "Code scanning takes 2 results at most: 2 more left out."
    )


def test_related_places_have_a_limit_too(report_on, monkeypatch) -> None:
    monkeypatch.setattr(sarif_format, "MAX_RELATED", 1)
    places = tuple(Related(Location("AGENTS.md", Span(n, n + 1)), "place") for n in range(3))
    run = the_run(report_on(related=places))
    assert len(run["results"][0]["relatedLocations"]) == 1
    assert "See [place](1)." in run["results"][0]["message"]["text"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "2 more left out" in notification["message"]["text"]


def test_equal_repositories_give_equal_logs(faulty: Report, tmp_path: Path) -> None:
    """No path of the machine, no time and no age is in a log, or in a message."""
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    shutil.copytree(tmp_path, elsewhere)
    settings = read_settings(elsewhere / "agentlint.toml", list(rule_pages()))
    later = run(Run(elsewhere, (elsewhere,), settings, date(2027, 2, 1)))
    log = render("sarif", faulty)
    assert render("sarif", later) == log
    assert tmp_path.name not in log


def test_confidence_and_severity_are_told_apart(report_on) -> None:
    result = the_result(report_on(confidence=Confidence.LOW, severity=Severity.INFO))
    assert (result["level"], result["properties"]["confidence"]) == ("note", "low")


def test_a_fix_replaces_what_the_finding_is_about(reports) -> None:
    (fix,) = the_result(reports["odd"])["fixes"]
    assert fix["description"]["text"] == "Use an alias."
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"]["text"] == "alias"
    assert replacement["deletedRegion"]["endColumn"] == 6


def line_hash(units: list[int], count: int = 1) -> str:
    """By the definition: the units of a line's window as the digits of a number in base 37."""
    window = [*units, *[0] * 100][:100]
    value = sum(unit * 37 ** (99 - place) for place, unit in enumerate(window))
    return f"{value % 2**64:x}:{count}"


def test_line_hashes_follow_the_definition() -> None:
    end, line_end = 65535, 10
    assert line_hashes("") == [line_hash([end])]
    assert line_hashes("a b\t") == [line_hash([97, 98, end])]
    second = [98, end]
    assert line_hashes("a\r\nb") == [line_hash([97, line_end, *second]), line_hash(second)]
    assert line_hashes("😀") == [line_hash([0xD83D, 0xDE00, end])]
    many = ["x" * 100] * 3
    assert line_hashes("\n".join(many)) == [
        line_hash([120] * 100, 1),
        line_hash([120] * 100, 2),
        line_hash([120] * 100, 3),
    ]


def test_line_hashes_are_those_that_github_computes() -> None:
    if not VECTORS.exists():
        pytest.skip(f"the published vectors are not beside the checkout ({VECTORS})")
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    assert vectors
    for text, hashes in vectors:
        assert line_hashes(text) == hashes


def test_the_line_hash_is_that_of_the_findings_line(faulty: Report) -> None:
    result = the_result(faulty)
    text = faulty.sources["AGENTS.md"].text
    assert result["partialFingerprints"]["primaryLocationLineHash"] == line_hashes(text)[2]
