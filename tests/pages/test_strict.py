"""What the strict profile changes: which rules run, and what the few find that say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pages.test_cross_file import laid, of_rules
from tests.pages.test_pages import CASES

from agentlint.config import Profile
from agentlint.engine import run
from agentlint.knowledge.pages import rule_pages

BY_PROFILE = [case for case in CASES if "agentlint.toml" not in case.files]


def test_only_rules_that_say_so_find_more_under_the_strict_profile(tmp_path: Path) -> None:
    more: set[str] = set()
    for number, case in enumerate(BY_PROFILE):
        usual = laid(tmp_path / str(number), case.files)
        strict = replace(usual, settings=replace(usual.settings, profile=Profile.STRICT))
        more |= {rule for _, rule, _ in of_rules(run(strict)) - of_rules(run(usual))}
    pages = rule_pages()
    grown = {rule for rule in more if not pages[rule].strict}
    assert grown == {page.id for page in pages.values() if page.says_more_when_strict}


@pytest.mark.parametrize("profile", Profile)
def test_a_comment_that_one_profile_needs_is_unused_in_none(
    profile: Profile, tmp_path: Path
) -> None:
    text = "The service supports gpt-4o. <!-- agentlint: ignore[hardcoded-model-id] its docs -->\n"
    request = laid(tmp_path, {"AGENTS.md": text})
    report = run(replace(request, settings=replace(request.settings, profile=profile)))
    assert report.findings == ()


def test_a_comment_that_no_profile_needs_is_unused(tmp_path: Path) -> None:
    text = "Use the alias. <!-- agentlint: ignore[hardcoded-model-id] its docs -->\n"
    report = run(laid(tmp_path, {"AGENTS.md": text}))
    assert [finding.rule for finding in report.findings] == ["unused-suppression"]
