"""A run on part of a repository says nothing is gone that files which it did not read may bring."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.cli.command import agentlint
from tests.conftest import TODAY

from agentlint.config import Profile, Settings
from agentlint.engine import Run, files, run
from agentlint.engine.baseline import entries_of, read_baseline
from agentlint.engine.fixing import fix
from agentlint.engine.request import Stdin
from agentlint.findings import NoticeKind

ALIAS = "Use route alias `review-fast` for syntax checks."
IGNORED = f"{ALIAS} <!-- agentlint: ignore[conflicting-routing] known -->\n"
OTHER = "For syntax checks, use the route alias `review-deep`.\n"
BOTH = {"AGENTS.md": IGNORED, ".github/copilot-instructions.md": OTHER}
PAGE = "Always use `gpt-5.4`. <!-- agentlint: ignore[hardcoded-model-id] pinned -->\n"
TABLE = "routes:\n  writer:\n    model: gpt-5.4\n    endpoint_family: responses\n"


def laid(root: Path, texts: Mapping[str, str]) -> Run:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / ".git").mkdir(exist_ok=True)
    return Run(root, (root,), Settings(), TODAY)


def part(whole: Run, *names: str) -> Run:
    return replace(whole, paths=tuple(whole.root / name for name in names))


def rules(request: Run) -> list[str]:
    return [finding.rule for finding in run(request).findings]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (BOTH, "AGENTS.md"),
        ({"CLAUDE.md": "See @docs/models.md\n", "docs/models.md": PAGE}, "docs/models.md"),
    ],
)
def test_no_fix_takes_a_comment_out_that_the_whole_needs(
    tmp_path: Path, texts: Mapping[str, str], name: str
) -> None:
    whole = laid(tmp_path, texts)
    assert not rules(whole)
    assert not rules(part(whole, name))
    assert not fix(part(whole, name)).files
    assert not rules(part(whole, *texts))


def test_the_whole_tells_a_comment_that_nothing_needs(tmp_path: Path) -> None:
    whole = laid(tmp_path, {"AGENTS.md": IGNORED})
    assert not rules(part(whole, "AGENTS.md"))
    assert rules(whole) == ["unused-suppression"]


@pytest.mark.parametrize("text", ["Use the alias `writer`.", "Be brief."])
def test_so_does_a_part_where_no_other_file_has_a_say(tmp_path: Path, text: str) -> None:
    """No model is left to be hard-coded, and what stands in a file of its own is judged by itself."""
    comments = "".join(
        f"<!-- agentlint: ignore[{rule}] pinned -->\n\n"
        for rule in ("hardcoded-model-id", "literal-secret", "retired-model")
    )
    whole = laid(tmp_path, {"AGENTS.md": f"{text}\n\n{comments}", "routes.yaml": TABLE})
    assert rules(part(whole, "AGENTS.md")) == ["unused-suppression"] * 3
    assert rules(whole) == ["unused-suppression"] * 3


def test_a_part_says_nothing_of_agents_for_which_another_module_may_choose_a_client(
    tmp_path: Path,
) -> None:
    agent = "from agents import Agent\nAgent(model='gpt-4-32k')"
    chosen = "from agents import set_default_openai_client\nset_default_openai_client(azure)\n"
    whole = laid(tmp_path, {"team.py": f"{agent}  # agentlint: ignore[retired-model] known\n"})
    assert not rules(part(whole, "team.py"))
    assert not rules(whole)
    laid(tmp_path, {"team.py": f"{agent}\n"})
    assert not rules(part(whole, "team.py"))
    assert rules(whole) == ["retired-model"]
    laid(tmp_path, {"clients.py": chosen})
    assert not rules(whole)


def test_an_entry_of_the_baseline_stays_that_the_whole_needs(tmp_path: Path) -> None:
    whole = laid(tmp_path, {"AGENTS.md": ALIAS, ".github/copilot-instructions.md": OTHER})
    entries = entries_of(run(whole))
    path = entries[0].path
    report = run(replace(part(whole, path), baseline=entries))
    assert report.baseline
    assert not report.baseline.stale
    written = tmp_path / "agentlint-baseline.jsonl"
    for names in ((), (path,), tuple(BOTH), ()):
        agentlint(tmp_path, "baseline", *names)
        assert read_baseline(written) == entries
    (tmp_path / path).unlink()
    assert run(replace(whole, baseline=entries)).baseline


def test_an_entry_goes_with_its_file(tmp_path: Path) -> None:
    whole = laid(
        tmp_path, {"docs/AGENTS.md": ALIAS, "docs/CLAUDE.md": OTHER, "docs/GEMINI.md": OTHER}
    )
    entries = tuple(replace(entry, path="docs/gone.md") for entry in entries_of(run(whole)))
    report = run(replace(part(whole, "docs"), baseline=entries))
    assert report.baseline
    assert report.baseline.stale == tuple(replace(entry, lines=()) for entry in entries)


def test_a_baseline_keeps_what_it_has_of_an_imported_page(tmp_path: Path) -> None:
    page = PAGE.partition("<")[0]
    whole = laid(tmp_path, {"CLAUDE.md": "See @docs/models.md\n", "docs/models.md": page})
    entries = entries_of(run(whole))
    assert [entry.path for entry in entries] == ["docs/models.md"]
    for name in ("docs", "docs/models.md"):
        report = run(replace(part(whole, name), baseline=entries))
        assert report.baseline
        assert not report.baseline.stale


def test_related_places_have_a_position_in_files_that_were_not_named(tmp_path: Path) -> None:
    laid(tmp_path, {"AGENTS.md": "Always use `gpt-5.4`.\n", "routes.yaml": TABLE})
    args = ("check", "--output-format")
    of_part, of_whole = (
        json.loads(agentlint(tmp_path, *args, "json", *names).stdout)["findings"][0]["related"]
        for names in (("AGENTS.md",), ())
    )
    assert of_part == of_whole
    assert (of_part[0]["path"], of_part[0]["line"]) == ("routes.yaml", 3)
    sarif = json.loads(agentlint(tmp_path, *args, "sarif", "AGENTS.md").stdout)
    related = sarif["runs"][0]["results"][0]["relatedLocations"][0]["physicalLocation"]
    assert related["region"]["startLine"] == 3


CONTRACT = """\
instruction_source: docs/RULES.md
agent_must_report_instruction_source: true
agent_must_stop_on_conflict: true
"""


def test_what_a_contract_names_is_missed_where_all_was_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BESIDE", 1)
    texts = {"AGENTS.md": f"---\n{CONTRACT}---\n", "CLAUDE.md": "Be brief.\n"}
    whole = laid(tmp_path, texts)
    whole = replace(whole, settings=Settings(profile=Profile.STRICT))
    assert rules(part(whole, "AGENTS.md")) == ["missing-instruction-source"]
    laid(tmp_path, {"docs/RULES.md": "# Rules\n"})
    (tmp_path / ".git").rmdir()
    assert not rules(part(whole, "AGENTS.md"))
    assert not rules(whole)


@pytest.mark.parametrize("name", ["CLAUDE.local.md", ".claude/settings.local.json"])
def test_a_text_of_an_editor_is_kept_out_as_its_file_is(tmp_path: Path, name: str) -> None:
    whole = laid(tmp_path, {name: "{}\n", ".gitignore": "*.local.*\n"})
    assert not rules(replace(part(whole, name), stdin=Stdin(name, b"{}\n")))
    (tmp_path / ".gitignore").unlink()
    found = rules(replace(part(whole, name), stdin=Stdin(name, b"{}\n")))
    assert found == ["committed-local-file"]


def test_what_the_settings_exclude_has_no_say_in_a_part_either(tmp_path: Path) -> None:
    table = TABLE.replace("writer:", "gpt-5.4:").replace("model: gpt-5.4", "model: gpt-5.4-mini")
    whole = laid(tmp_path, {"AGENTS.md": "Always use `gpt-5.4`.\n", "old/routes.yaml": table})
    assert not set(rules(whole)) & {"hardcoded-model-id"}
    whole = replace(whole, settings=Settings(exclude=("old",)))
    assert rules(whole) == rules(part(whole, "AGENTS.md")) == ["hardcoded-model-id"]


@pytest.mark.parametrize("key", ["sk-acme-research-local", "sk-1234"])
def test_a_text_of_an_editor_gets_the_verdict_of_its_file(tmp_path: Path, key: str) -> None:
    text = f"model_list: []\ngeneral_settings:\n  master_key: {key}\n"
    laid(tmp_path, {"config.yaml": text})
    named = agentlint(tmp_path, "check", "config.yaml")
    args = ("check", "--stdin-filename", "config.yaml", "-")
    assert agentlint(tmp_path, *args, stdin=text).stdout == named.stdout


FAR = {f"{i}/deep/more.yaml": "routes: {}\n" for i in range(4)}


def limits(request: Run) -> list[str]:
    return [notice.path for notice in run(request).notices if notice.kind is NoticeKind.LIMIT]


@pytest.mark.parametrize("bound", ["MAX_BESIDE", "MAX_NAMES"])
def test_outside_of_a_repository_only_the_nearest_files_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(files, bound, 3)
    whole = laid(tmp_path, {"AGENTS.md": "Always use `gpt-5.4`.\n", "routes.yaml": TABLE, **FAR})
    named = part(whole, "AGENTS.md")
    in_git = run(named).findings
    assert in_git[0].related[0].location.path == "routes.yaml"
    assert not limits(named)
    (tmp_path / ".git").rmdir()
    assert limits(named) == ["."]
    assert not limits(whole)
    (tmp_path / "AGENTS.md").write_text("Be brief.\n")
    assert not limits(named)


def test_nothing_is_called_gone_where_not_all_was_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BESIDE", 1)
    text = "Always use `gpt-5.4`.\n\n<!-- agentlint: ignore[retired-model] known -->\n\nBe brief.\n"
    whole = laid(tmp_path, {"AGENTS.md": text, **FAR})
    named = part(whole, "AGENTS.md")
    assert rules(named) == ["hardcoded-model-id", "unused-suppression"]
    (tmp_path / ".git").rmdir()
    assert rules(named) == ["hardcoded-model-id"]
