"""A fingerprint is over what is wrong, not over where it stands."""

from __future__ import annotations

import pytest

from agentlint.findings import Finding, Location, Severity, identity, number_repeats
from agentlint.text import Span


def finding(subject: str, start: int = 0, rule: str = "rule", path: str = "a.md") -> Finding:
    place = Location(path, Span(start, start + 1))
    return Finding(rule, place, "message", Severity.ERROR, subject=subject)


def fingerprints(*findings: Finding) -> list[str]:
    return [numbered.fingerprint for numbered in number_repeats(findings)]


def test_rule_path_and_subject_count_and_nothing_else() -> None:
    (one,) = fingerprints(finding("x"))
    assert len(one) == 32
    assert fingerprints(finding("x", start=99)) == [one]
    others = (finding("y"), finding("x", rule="other"), finding("x", path="b.md"))
    assert one not in [made for other in others for made in fingerprints(other)]


def test_repeats_are_told_apart_and_share_an_identity() -> None:
    repeats = [finding("x", start) for start in (5, 1, 9)]
    assert len(set(fingerprints(*repeats))) == 3
    assert {identity(repeat) for repeat in repeats} == {fingerprints(repeats[0])[0]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("models/0/model: gpt-5.4", "models/3/model: gpt-5.4"),
        ("0/model: gpt-5.4", "12/model: gpt-5.4"),
        ("models/0", "models/1"),
        ("models/0: gpt-5.4", "models/7: gpt-5.4"),
    ],
)
def test_a_place_in_a_list_is_no_part_of_the_subject(before: str, after: str) -> None:
    assert fingerprints(finding(before)) == fingerprints(finding(after))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gpt-4: x", "gpt-5: x"),
        ("claude/4.5", "claude/4.6"),
        ("route 1", "route 2"),
        ("v1/models", "v2/models"),
    ],
)
def test_other_numbers_are(one: str, other: str) -> None:
    assert fingerprints(finding(one)) != fingerprints(finding(other))


def test_subjects_that_differ_by_their_place_only_are_repeats() -> None:
    pair = (finding("models/0: x", 1), finding("models/1: x", 2))
    assert len(set(fingerprints(*pair))) == 2
