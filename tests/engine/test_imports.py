"""What an instruction file or a config pulls into the context of an agent is judged as instructions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

import pytest
from tests.engine.trees import TODAY, checked, write
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.config.settings import PerFileIgnore
from agentlint.engine import Run, imports
from agentlint.engine.workspace import Workspace
from agentlint.reporters.report import Report

USES_ID = "Always use `gpt-5.4` for reviews.\n"
CLEAN = "Run the tests.\n"
TREE = {
    "CLAUDE.md": "Read @docs/models.md, @docs/gateway.md and\n- @notes.txt.\n",
    "docs/models.md": f"{USES_ID}\n@deep/more.md\n",
    "docs/gateway.md": USES_ID,
    "docs/deep/more.md": USES_ID,
    "docs/other.md": USES_ID,
    "notes.txt": USES_ID,
}
PULLED = ["docs/deep/more.md", "docs/gateway.md", "docs/models.md", "notes.txt"]


def found(report: Report) -> list[str]:
    return [f.path for f in report.findings if f.rule == "hardcoded-model-id"]


def test_pages_are_read_as_instructions_where_they_are_imported(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    assert found(checked(tmp_path)) == PULLED
    write(tmp_path, {"CLAUDE.md": CLEAN})
    assert found(checked(tmp_path)) == []


def test_the_answer_is_the_same_with_a_cache_with_processes_and_in_the_server(
    tmp_path: Path,
) -> None:
    root = tmp_path / "root"
    write(root, TREE)
    write(root, {f"packages/{number}/AGENTS.md": CLEAN for number in range(60)})
    alone = checked(root)
    assert found(alone) == PULLED
    for _ in range(3):
        assert checked(root, jobs=2, cache=tmp_path / "cache") == alone
    edited = Workspace(Run(root, (root,), Settings(), TODAY))
    assert [edited.check({}).report, edited.check({}).report] == [alone, alone]


def test_the_server_takes_unsaved_imports_and_unsaved_pages(tmp_path: Path) -> None:
    write(tmp_path, {**TREE, "CLAUDE.md": CLEAN})
    edited = Workspace(Run(tmp_path, (tmp_path,), Settings(), TODAY))
    assert found(edited.check({}).report) == []
    importing = {"CLAUDE.md": "@docs/gateway.md\n"}
    assert found(edited.check(importing).report) == ["docs/gateway.md"]
    assert found(edited.check({**importing, "docs/gateway.md": CLEAN}).report) == []
    assert found(edited.check({}).report) == []


def test_only_files_that_were_asked_for_are_reported_on(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    assert found(checked(tmp_path, "CLAUDE.md")) == []
    assert found(checked(tmp_path, "docs/models.md")) == []
    assert found(checked(tmp_path, "docs")) == []
    assert found(checked(tmp_path, "CLAUDE.md", "docs/models.md")) == ["docs/models.md"]
    assert found(checked(tmp_path, "CLAUDE.md", "docs")) == PULLED[:3]


def test_nothing_is_pulled_in_from_elsewhere(tmp_path: Path) -> None:
    root = tmp_path / "root"
    names = ["../out.md", f"{tmp_path}/out.md", "~/out.md", "link.md", "far/out.md", "x:/out.md"]
    names += ["node_modules/a.md", "other/a.md", "hidden/a.md", "excluded/a.md", "a.py", "docs"]
    write(tmp_path, {"out.md": USES_ID})
    inside = dict.fromkeys(names[6:-1], USES_ID)
    write(root, {"CLAUDE.md": " ".join(f"@{name}" for name in names), **inside})
    write(root, {".gitignore": "hidden\n", "other/.git": "gitdir: x", "docs/a.md": USES_ID})
    subprocess.run(["git", "init", "-q", root], check=True)
    (root / "link.md").symlink_to(tmp_path / "out.md")
    (root / "far").symlink_to(tmp_path)
    report = checked(root, settings=Settings(exclude=("excluded",)))
    assert (found(report), report.notices, report.files_read) == ([], (), 1)


def test_a_link_inside_the_root_is_read_once_where_it_leads(tmp_path: Path) -> None:
    write(tmp_path, {"CLAUDE.md": "@link.md @docs/a.md\n", "docs/a.md": USES_ID})
    (tmp_path / "link.md").symlink_to("docs/a.md")
    assert found(checked(tmp_path)) == ["docs/a.md"]


@pytest.mark.parametrize(
    "text",
    [
        "`@a.md`",
        "```\n@a.md\n```",
        "    @a.md",
        "<!-- @a.md -->",
        "me@a.md",
        "[a](@a.md)",
        "(@a.md)",
    ],
)
def test_code_comments_and_addresses_import_nothing(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"CLAUDE.md": f"{text}\n", "a.md": USES_ID})
    assert found(checked(tmp_path)) == []


def test_imports_are_followed_for_five_hops_and_round_in_circles(tmp_path: Path) -> None:
    chain = {f"{number}.md": f"{USES_ID}\n@{number + 1}.md @0.md\n" for number in range(9)}
    write(tmp_path, {"GEMINI.md": "@./0.md\n", **chain})
    assert found(checked(tmp_path)) == [f"{number}.md" for number in range(imports.MAX_HOPS)]


def test_configs_list_files_by_name_and_by_stars(tmp_path: Path) -> None:
    write(
        tmp_path, {"opencode.json": '{"instructions": ["guides/**/*.md", "AGENTS.md", "one.md"]}'}
    )
    write(tmp_path, {".aider.conf.yml": "read: CODING.md\n", "CODING.md": f"{USES_ID}\n@not.md\n"})
    write(tmp_path, {".gemini/settings.json": '{"context": {"fileName": ["RULES.md"]}}'})
    listed = ["RULES.md", "a/b/RULES.md", "guides/a.md", "guides/b/c.md", "one.md"]
    others = ["guides/a.py", "not.md", "guides.md", "vendor/RULES.md"]
    write(tmp_path, dict.fromkeys((*listed, *others), USES_ID))
    assert found(checked(tmp_path)) == sorted([*listed, "CODING.md"])
    assert found(checked(tmp_path, "opencode.json", "guides/b/c.md")) == ["guides/b/c.md"]
    assert found(checked(tmp_path, "opencode.json", "guides")) == listed[2:4]


def test_what_pulled_a_file_in_is_told_of_it(tmp_path: Path) -> None:
    write(tmp_path, {**TREE, "AGENTS.md": USES_ID})
    told = {
        f.path: [(r.location.path, r.location.span.start) for r in f.related]
        for f in checked(tmp_path).findings
    }
    assert told == {
        "AGENTS.md": [],
        "docs/deep/more.md": [("docs/models.md", len(USES_ID) + 1)],
        "docs/gateway.md": [("CLAUDE.md", TREE["CLAUDE.md"].index("@docs/gateway"))],
        "docs/models.md": [("CLAUDE.md", TREE["CLAUDE.md"].index("@docs/models"))],
        "notes.txt": [("CLAUDE.md", TREE["CLAUDE.md"].index("@notes"))],
    }


def test_a_command_names_files_from_the_folder_of_the_project_on(tmp_path: Path) -> None:
    says = "Follow @docs/a.md and @./b.md, then @.claude/shared/c.md.\n"
    write(tmp_path, {"pkg/.claude/commands/git/x.md": says})
    named = ["pkg/docs/a.md", "pkg/b.md", "pkg/.claude/shared/c.md"]
    others = [
        "docs/a.md",
        "pkg/.claude/commands/git/b.md",
        "pkg/.claude/b.md",
        "pkg/.claude/docs/a.md",
    ]
    write(tmp_path, dict.fromkeys((*named, *others), USES_ID))
    read = [path for path in found(checked(tmp_path)) if "/commands/" not in path]
    assert read == sorted(named)


def test_crush_reads_all_that_lies_below_a_folder(tmp_path: Path) -> None:
    names = ["one.md", "docs/rules/", "guides", ".", "https://example.com/a"]
    write(tmp_path, {"crush.json": json.dumps({"options": {"context_paths": names}})})
    listed = ["docs/rules/a.md", "docs/rules/deep/b.md", "guides/c.txt", "one.md"]
    others = ["docs/d.md", "guides/e.py", "guides.md", "two.md"]
    write(tmp_path, dict.fromkeys((*listed, *others), USES_ID))
    assert found(checked(tmp_path)) == listed


def test_a_config_that_its_tool_does_not_open_pulls_nothing_in(tmp_path: Path) -> None:
    crush = {
        "$schema": "https://charm.land/crush.json",
        "options": {"context_paths": ["docs/"]},
        "providers": {"gw": {"base_url": "http://127.0.0.1:4000/v1", "models": [{"id": "w"}]}},
    }
    opencode = {
        "$schema": "https://opencode.ai/config.json",
        "model": "gw/w",
        "instructions": ["docs/*.md"],
    }
    write(tmp_path, {"docs/use.md": USES_ID, "PROPOSAL.json": json.dumps(crush)})
    write(tmp_path, {"opencode.draft.json": json.dumps(opencode)})
    assert found(checked(tmp_path)) == []
    write(tmp_path, {".crush.json": json.dumps(crush)})
    assert found(checked(tmp_path)) == ["docs/use.md"]


def test_settings_and_comments_silence_what_was_pulled_in(tmp_path: Path) -> None:
    silenced = f"<!-- agentlint: ignore-file[hardcoded-model-id] a page of prices -->\n{USES_ID}"
    write(tmp_path, {**TREE, "notes.txt": silenced})
    settings = Settings(per_file_ignores=(PerFileIgnore("docs/deep/*", ("hardcoded-model-id",)),))
    report = checked(tmp_path, settings=settings)
    assert found(report) == ["docs/gateway.md", "docs/models.md"]
    assert report.suppressed_count == 1


def test_a_page_for_people_is_searched_for_secrets_alone(tmp_path: Path) -> None:
    secret = sample("openai-project-key", Random(7))
    write(tmp_path, {"CLAUDE.md": "@README.md\n", "README.md": f"{USES_ID}\nkey: {secret}\n"})
    assert [f.rule for f in checked(tmp_path).findings] == ["literal-secret"]


def test_limits_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MAX_TARGETS", 2)
    write(
        tmp_path, {"CLAUDE.md": "@a.md @b.md @c.md\n", **dict.fromkeys(("a.md", "c.md"), USES_ID)}
    )
    report = checked(tmp_path)
    assert found(report) == ["a.md"]
    assert [(notice.path, notice.kind) for notice in report.notices] == [("CLAUDE.md", "limit")]


def test_names_with_stars_list_so_many_files_in_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MAX_LISTED", 4)
    config = json.dumps({"instructions": ["docs/a*.md", "docs/b*.md"]})
    write(tmp_path, {"opencode.json": config, "docs/a1.md": USES_ID, "docs/b1.md": USES_ID})
    report = checked(tmp_path)
    assert found(report) == ["docs/a1.md"]
    assert [(notice.path, notice.kind) for notice in report.notices] == [("opencode.json", "limit")]


def test_a_file_that_cannot_be_read_is_a_notice(tmp_path: Path) -> None:
    write(tmp_path, {"opencode.json": json.dumps({"instructions": ["a.md"]})})
    (tmp_path / "a.md").write_bytes(b"\xff\xfe\xfd")
    assert [notice.path for notice in checked(tmp_path).notices] == ["a.md"]
