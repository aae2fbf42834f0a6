"""Which files a run reads: what git would track, each real file once, nothing from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentlint.discovery import FileKind, classify, discover
from agentlint.findings import NoticeKind


def write(root: Path, *names: str, text: str = "# x\n") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(root: Path, *paths: str, **options: object) -> list[str]:
    asked = [root / path for path in paths] or [root]
    return [c.path for c in discover(root, asked, **options).candidates]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path",
    [
        "AGENTS.md",
        "packages/a/AGENTS.MD",
        "agents.md",
        "AGENTS.override.md",
        "CLAUDE.md",
        ".claude/CLAUDE.md",
        "claude.local.md",
        ".claude/rules/deep/style.md",
        ".claude/agents/reviewer.md",
        ".claude/commands/ship/it.md",
        ".opencode/agents/reviewer.md",
        "home/.config/opencode/agent/reviewer.md",
        ".config/opencode/agents/reviewer.md",
        ".config/opencode/command/ship.md",
        ".config/opencode/commands/ship.md",
        "plugins/x/skills/y/SKILL.md",
        ".agents/skills/y/skill.md",
        ".agents/skills/y/AGENTS.md",
        "skills/claude.md",
        ".github/copilot-instructions.md",
        ".github/instructions/py.instructions.md",
        ".github/prompts/fix.prompt.md",
        ".github/chatmodes/plan.chatmode.md",
        ".github/agents/planner.agent.md",
        ".github/agents/planner.md",
        "GEMINI.md",
        ".cursor/rules/routing.mdc",
        ".cursorrules",
        ".windsurfrules",
        ".windsurf/rules/a.md",
        ".clinerules",
        ".clinerules/a.txt",
        ".roorules",
        ".roo/rules/README.md",
        ".roo/rules-code/a.md",
        "app/.roo/rules-code/deep/a.txt",
        ".roo/commands/ship.md",
        ".roo/skills-code/x/SKILL.md",
        ".junie/guidelines.md",
        ".kiro/steering/product.md",
        ".amazonq/rules/a.md",
        ".aiassistant/rules/a.md",
        ".continue/rules/a.md",
        "CONVENTIONS.md",
        "WARP.md",
        ".goosehints",
    ],
)
def test_every_instruction_file_kind_is_known(path: str) -> None:
    known = classify(path)
    assert known
    assert known[0] is FileKind.INSTRUCTION


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/agents.md",
        "examples/Gemini.md",
        "docs/skills.md",
        ".agents/skills/y/agents.md",
        "plugins/x/skills/y/how-to/claude.md",
        "src/claude.py",
        "packages/opencode/agents/notes.md",
        ".roo/README.md",
        ".roo/docs/rules.md",
        ".roo/rules.md",
        ".roo/rulesets/a.md",
        "x.roo/rules-code/a.md",
    ],
)
def test_ordinary_pages_are_no_instruction_files(path: str) -> None:
    known = classify(path)
    assert known is None or known[0] is not FileKind.INSTRUCTION


def test_gitignore_is_obeyed_as_git_does(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", text="build/\n*.local.md\n!keep/CLAUDE.local.md\n/secret\n")
    write(tmp_path, "sub/.gitignore", text="AGENTS.md\n")
    write(
        tmp_path,
        "AGENTS.md",
        "build/AGENTS.md",
        "sub/build/AGENTS.md",
        "CLAUDE.local.md",
        "keep/CLAUDE.local.md",
        "sub/AGENTS.md",
        "sub/deep/AGENTS.md",
        "sub/CLAUDE.md",
        "secret/AGENTS.md",
        "other/secret/AGENTS.md",
    )
    assert found(tmp_path) == [
        "AGENTS.md",
        "keep/CLAUDE.local.md",
        "other/secret/AGENTS.md",
        "sub/CLAUDE.md",
    ]


def test_dependencies_and_virtual_environments_are_not_entered(tmp_path: Path) -> None:
    write(tmp_path, "node_modules/x/AGENTS.md", ".venv/AGENTS.md", ".git/AGENTS.md", "AGENTS.md")
    write(tmp_path, "my-env/AGENTS.md", "my-env/pyvenv.cfg", "vendor/x/CLAUDE.md")
    assert found(tmp_path) == ["AGENTS.md"]


@pytest.mark.parametrize("mark", [".git", ".git/HEAD"])
def test_the_checkout_of_another_repository_is_its_own(tmp_path: Path, mark: str) -> None:
    """A submodule, or the worktree of a coding agent: git takes none of its files."""
    write(tmp_path, "AGENTS.md", "module/AGENTS.md", f"module/{mark}", "module/a/CLAUDE.md")
    assert found(tmp_path) == ["AGENTS.md", "module/AGENTS.md", "module/a/CLAUDE.md"]
    (tmp_path / ".git").mkdir()
    assert found(tmp_path) == ["AGENTS.md"]
    assert found(tmp_path, "module") == ["module/AGENTS.md", "module/a/CLAUDE.md"]


def test_lock_files_of_package_managers_are_not_looked_into(tmp_path: Path) -> None:
    for name in ("package-lock.json", "pnpm-lock.yaml", "a.lock.yml", "package.json"):
        (tmp_path / name).write_text("{}")
    assert [c.path for c in discover(tmp_path, [tmp_path]).candidates] == ["package.json"]


def test_a_linked_file_is_read_once_on_its_real_path(tmp_path: Path) -> None:
    write(tmp_path, "AGENTS.md")
    (tmp_path / "CLAUDE.md").symlink_to("AGENTS.md")
    (tmp_path / "GEMINI.md").symlink_to("docs/shared.md")
    write(tmp_path, "docs/shared.md")
    result = discover(tmp_path, [tmp_path, tmp_path / "AGENTS.md", tmp_path / "CLAUDE.md"])
    assert [c.path for c in result.candidates] == ["AGENTS.md", "docs/shared.md"]
    assert result.notices == ()


def test_what_a_link_leads_to_is_what_the_link_says(tmp_path: Path) -> None:
    write(tmp_path, "docs/guide.md", "docs/AGENTS.md", "servers.json")
    (tmp_path / "CLAUDE.md").symlink_to("docs/guide.md")
    (tmp_path / "GEMINI.md").symlink_to("docs/guide.md")
    (tmp_path / "WARP.md").symlink_to("docs/AGENTS.md")
    (tmp_path / ".mcp.json").symlink_to("servers.json")
    told = {c.path: (c.kind, c.format) for c in discover(tmp_path, [tmp_path]).candidates}
    assert told == {
        "docs/AGENTS.md": (FileKind.INSTRUCTION, "agents-md"),
        "docs/guide.md": (FileKind.INSTRUCTION, "claude-md"),
        "servers.json": (FileKind.CONFIG, "mcp"),
    }


def test_what_a_linked_folder_holds_is_what_the_link_says(tmp_path: Path) -> None:
    write(
        tmp_path, "shared/agents/review.md", "shared/agents/deep/plan.md", "shared/agents/AGENTS.md"
    )
    write(tmp_path, "shared/notes.md", "shared/agents/hidden.md", "shared/agents/node_modules/a.md")
    write(tmp_path, ".claude/settings.json", "rules/style.md", "rules/run.sh")
    (tmp_path / "shared/agents/.gitignore").write_text("hidden.md\n")
    (tmp_path / ".claude/agents").symlink_to("../shared/agents")
    (tmp_path / ".claude/rules").symlink_to("../rules")
    (tmp_path / ".github/agents").mkdir(parents=True)
    (tmp_path / ".github/agents/plan.agent.md").symlink_to("../../shared/agents/deep/plan.md")
    told = {c.path: c.format for c in discover(tmp_path, [tmp_path]).candidates if c.format}
    assert told == {
        ".claude/settings.json": "claude-settings",
        "rules/style.md": "claude-rules",
        "shared/agents/AGENTS.md": "agents-md",
        "shared/agents/deep/plan.md": "copilot-agent",
        "shared/agents/review.md": "claude-agent",
    }


@pytest.mark.parametrize(
    "target",
    ["..", "../docs", "../../outside", "../nowhere", "agents", "../node_modules", "../clone"],
)
def test_links_to_other_folders_are_not_followed(tmp_path: Path, target: str) -> None:
    root = tmp_path / "root"
    write(tmp_path, "outside/review.md")
    write(root, "a.md", ".claude/a.md", "docs/guide.md", "node_modules/a.md", "clone/.git/HEAD")
    write(root, "clone/b.md", ".git/HEAD")
    link = root / ("linked" if target == "../docs" else ".claude/agents")
    link.symlink_to(target.removeprefix("../") if target == "../docs" else target)
    result = discover(root, [root])
    assert [c.path for c in result.candidates if c.format] == []
    assert result.notices == ()


def test_links_out_of_the_root_are_noticed_and_not_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(tmp_path, "outside.md", "outside/AGENTS.md")
    root.mkdir()
    (root / "AGENTS.md").symlink_to("../outside.md")
    (root / "linked").symlink_to("../outside")
    (root / "CLAUDE.md").symlink_to("nowhere.md")
    result = discover(root, [root])
    assert result.candidates == ()
    assert [(n.path, n.kind) for n in result.notices] == [
        ("AGENTS.md", NoticeKind.OUTSIDE_ROOT),
        ("CLAUDE.md", NoticeKind.UNREADABLE),
    ]


def test_a_link_to_an_environment_file_that_nobody_has_made_yet_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, "apps/web/AGENTS.md")
    (tmp_path / "apps/web/.env").symlink_to("../../.env")
    assert discover(tmp_path, [tmp_path]).notices == ()
    (tmp_path / ".env").write_text("OPENAI_MODEL=gpt-5.4\n")
    assert found(tmp_path) == [".env", "apps/web/AGENTS.md"]


def test_exclude_holds_for_folders_and_for_names_only_when_forced(tmp_path: Path) -> None:
    write(tmp_path, "a/AGENTS.md", "b/AGENTS.md")
    assert found(tmp_path, exclude=["a"]) == ["b/AGENTS.md"]
    assert found(tmp_path, "a/AGENTS.md", exclude=["a"]) == ["a/AGENTS.md"]
    assert found(tmp_path, "a", exclude=["a"]) == ["a/AGENTS.md"]
    assert found(tmp_path, "a/AGENTS.md", "b", exclude=["a"], force_exclude=True) == ["b/AGENTS.md"]


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        found(tmp_path, "nope.md")
    assert str(error.value.filename).endswith("nope.md")
