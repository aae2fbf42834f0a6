"""What a stranger writes in an odd way is read all the same, or told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_a_thematic_break_on_the_first_line_hides_no_order(check, lines) -> None:
    text = "---\n\nAlways use `gpt-5.4` for reviews.\n\n---\n\nMore.\n"
    (finding,) = lines(check({"AGENTS.md": text}))
    assert finding.startswith("AGENTS.md:3:13: ")
    assert "[hardcoded-model-id]" in finding


@pytest.mark.parametrize(
    "block", ["model: gpt-5.4\n", "# a note\nmodel: [gpt-5.4\n", "'model': x\n"]
)
def test_keys_between_two_marks_are_front_matter_broken_or_not(block: str, check, lines) -> None:
    told = lines(check({".claude/agents/a.md": f"---\n{block}---\n\nx\n"}))
    assert not any(line.startswith(".claude/agents/a.md:4") for line in told)


ESCAPED = {
    ".json": '{{"router_settings": {{}}, "model_list": [{{"model_name": "a", "{key}": '
    '{{"model": "openai/gpt-5.4", "api_key": "os.environ/K"}}}}]}}\n',
    ".yaml": 'model_list:\n- model_name: a\n  "{key}": {{model: openai/gpt-5.4}}\n'
    "router_settings: {{fallbacks: [{{a: [b]}}]}}\n",
}


@pytest.mark.parametrize("suffix", sorted(ESCAPED))
def test_a_key_with_a_letter_as_an_escape_is_the_same_key(suffix: str, tmp_path: Path, agentlint):
    told = []
    for key in ("litellm_params", "\\u006citellm_params"):
        (tmp_path / f"litellm{suffix}").write_text(ESCAPED[suffix].format(key=key))
        told.append(json.loads(agentlint(tmp_path, "routes", "--format", "json", ".").stdout))
    plain, escaped = (
        [(route["alias"], route["model"]) for route in report["routes"]] for report in told
    )
    assert plain
    assert plain == escaped


def test_a_file_that_is_a_link_out_of_the_repository_is_not_read_though_it_is_named(
    tmp_path: Path, agentlint
) -> None:
    """A hook names every file that a change touches, a stranger's links among them."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "AGENTS.md").write_text("# Private\n\nAlways use `gpt-5.4`.\n")
    for repository in ("with", "without"):
        root = tmp_path / repository
        root.mkdir()
        (root / "AGENTS.md").symlink_to("../outside/AGENTS.md")
        (root / "docs").symlink_to("../outside")
    (tmp_path / "with" / ".git").mkdir()
    for root, path in (("with", "AGENTS.md"), ("without", "AGENTS.md"), ("with", "docs")):
        result = agentlint(tmp_path / root, "check", path, "--output-format", "json")
        report = json.loads(result.stdout)
        assert report["findings"] == [], (root, path)
        assert [notice["kind"] for notice in report["notices"]] == ["outside-root"], (root, path)
        facts = agentlint(tmp_path / root, "facts", path)
        assert (facts.returncode, facts.stdout) == (2, "")


def test_a_folder_may_be_asked_for_through_a_link_of_ones_own(tmp_path: Path, agentlint) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    (tmp_path / "link").symlink_to("project")
    assert agentlint(tmp_path, "check", "link").returncode == 1
