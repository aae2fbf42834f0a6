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
    report = check({".claude/agents/a.md": f"---\n{block}---\n\nx\n"})
    told = [line for line in lines(report) if "notice[" not in line]
    assert not any(line.startswith(".claude/agents/a.md:4") for line in told)
    assert bool(report.notices) == ("[" in block)


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
        told.append(
            json.loads(agentlint(tmp_path, "routes", "--output-format", "json", ".").stdout)
        )
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


def _fallbacks(count: int) -> dict[str, str]:
    listed = ", ".join(f"b{number}" for number in range(count))
    names = ["a", *(f"b{number}" for number in range(count))]
    deployments = "".join(
        f"- {{model_name: {name}, litellm_params: {{model: openai/gpt-5.4}}}}\n" for name in names
    )
    fallbacks = f"router_settings: {{fallbacks: [{{a: [{listed}]}}]}}\n"
    return {"litellm.yaml": f"model_list:\n{deployments}{fallbacks}"}


def _calls_of_a_helper(count: int) -> dict[str, str]:
    text = (
        "from openai import OpenAI\n\ndef ask(m):\n    OpenAI().responses.create(model=m)\n\ntry:\n"
    )
    return {"app.py": text + "    ask('gpt-5.4')\n" * count + "except OSError:\n    pass\n"}


def _attempts(count: int) -> dict[str, str]:
    call = "OpenAI().responses.create(model='gpt-5.4')"
    attempt = f"    try:\n        return {call}\n    except OSError:\n        pass\n"
    return {"app.py": f"from openai import OpenAI\n\ndef main():\n{attempt * count}"}


def _configs_in_configs(count: int) -> dict[str, str]:
    text = "model_list:\n- {model_name: a, litellm_params: {model: openai/gpt-5.4}}\n"
    for number in range(count):
        inner = "".join(f"  {line}\n" for line in text.splitlines())
        text = f"litellm_params: {number}\nmodel_list: []\nconfig.yaml: |\n{inner}"
    return {"litellm.yaml": text}


def _limits_in_a_fence(count: int) -> dict[str, str]:
    return {"AGENTS.md": "```yaml\nroutes: " + "[" * count + "]" * count + "\n```\n"}


def _limits_in_front_matter(count: int) -> dict[str, str]:
    return {"AGENTS.md": "---\na: " + "[" * count + "]" * count + "\n---\n\nx\n"}


def _patterns(count: int) -> dict[str, str]:
    lines = "".join(f"a{number}\n" for number in range(count))
    return {".gitignore": f"# patterns\n\n{lines}", "AGENTS.md": "x\n"}


def _long_pattern(count: int) -> dict[str, str]:
    return {"sub/.gitignore": "a" * count + "\n", "sub/AGENTS.md": "x\n"}


def _large_ignore_file(count: int) -> dict[str, str]:
    return {".gitignore": "#\n" * count, "AGENTS.md": "x\n"}


def _patterns_in_force(count: int) -> dict[str, str]:
    third = "".join(f"a{number}\n" for number in range(count // 3))
    files = {f"{folder}.gitignore": third for folder in ("", "sub/", "sub/sub/")}
    return {**files, "sub/sub/AGENTS.md": "x\n"}


CUTS = {
    _fallbacks: (30, 31),
    _calls_of_a_helper: (20, 21),
    _attempts: (20, 21),
    _configs_in_configs: (3, 4),
    _limits_in_a_fence: (60, 70),
    _limits_in_front_matter: (60, 70),
    _patterns: (2000, 2001),
    _long_pattern: (1000, 1001),
    _patterns_in_force: (3999, 4002),
    _large_ignore_file: (65536, 65537),
}


@pytest.mark.parametrize("make", CUTS, ids=lambda make: make.__name__)
def test_every_cut_is_a_notice_and_nothing_below_it_is(make, check, print_report) -> None:
    enough, too_many = CUTS[make]
    assert check(make(enough)).notices == ()
    report = check(make(too_many))
    (notice,) = report.notices
    assert notice.kind.value in ("limit", "too-large")
    for form, text in print_report(report).items():
        assert notice.path in text, form


def test_each_place_that_contradicts_another_is_told_of(check) -> None:
    files = {
        name: "".join(f"- For reviews, use gpt-5.{minor}.\n" for minor in range(first, first + 30))
        for name, first in (("AGENTS.md", 0), ("sub/AGENTS.md", 30))
    }
    found = [f for f in check(files).findings if f.rule == "conflicting-routing"]
    told = {finding.location for finding in found}
    told |= {related.location for finding in found for related in finding.related}
    assert len(told) == 60
    assert len(found) <= 600


def test_each_judge_that_judges_its_own_work_is_told_of(check) -> None:
    roles = [f"{name}{end}" for name in ("writer", "author") for end in ("", "-route", "_model")]
    roles += [f"{name}{end}" for name in ("drafter", "reviser") for end in ("", "-route", "_model")]
    judges = [f"{name}{end}" for name in ("reviewer", "critic") for end in ("", ".agent")]
    routes = "".join(
        f"- {{alias: {name}, model: gpt-5.4, endpoint_family: responses}}\n"
        for name in (*roles, *judges)
    )
    report = check({"routes.yaml": f"routes:\n{routes}"})
    found = [f for f in report.findings if f.rule == "role-collapse"]
    assert {f.subject.partition(":")[0] for f in found} == set(judges)
