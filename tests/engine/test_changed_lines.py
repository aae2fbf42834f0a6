"""`--diff-base`: what git says changed, asked so that a repository can run nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from agentlint.config import ConfigError, Settings
from agentlint.engine import Run, run
from agentlint.engine.changed_lines import changed_lines, read_hunks

FAULT = "Always use `gpt-5.4` for {}.\n"
OLD = "".join(FAULT.format(n) + "\n" for n in range(3))


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """git in a repository of its own, on a branch that has left `main`."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    names = {"GIT_AUTHOR_NAME": "a", "GIT_COMMITTER_NAME": "a"}
    mails = {"GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_EMAIL": "a@example.org"}
    nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def called(*arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments],
            cwd=tmp_path,
            env={**os.environ, **names, **mails, **nowhere},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    called("init", "-q", "-b", "main")
    (tmp_path / "AGENTS.md").write_text(OLD)
    (tmp_path / "other.txt").write_text("as it was\n")
    called("add", ".")
    called("commit", "-q", "-m", "old")
    called("checkout", "-q", "-b", "work")
    return called


def changed(root: Path, ref: str = "main") -> list[str]:
    """`path:line` of the findings on changed lines."""
    report = run(Run(root, (root,), Settings(), date(2026, 11, 20), diff_base=ref))
    places = [(f.path, report.sources[f.path].position(f.span.start).line) for f in report.findings]
    return [f"{path}:{line}" for path, line in places]


def test_a_program_of_the_checkout_is_never_taken_for_git(
    git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\ntouch ran\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    for first in (".", ""):
        monkeypatch.setenv("PATH", os.pathsep.join((first, os.environ["PATH"])))
        assert changed(tmp_path) == []
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(ConfigError, match="needs git"):
        changed(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_only_changed_lines_are_reported(git, tmp_path: Path) -> None:
    assert changed(tmp_path) == []
    (tmp_path / "AGENTS.md").write_text("# Title\n\n" + OLD.replace("for 1", "for one"))
    assert changed(tmp_path) == ["AGENTS.md:5"]
    git("commit", "-q", "-a", "-m", "new")
    assert changed(tmp_path) == ["AGENTS.md:5"]
    assert changed(tmp_path, "HEAD") == []
    assert changed(tmp_path, "HEAD~1") == ["AGENTS.md:5"]


def test_findings_that_are_left_out_are_counted(git, tmp_path: Path) -> None:
    report = run(Run(tmp_path, (tmp_path,), Settings(), date(2026, 11, 20), diff_base="main"))
    assert (report.findings, report.on_unchanged_lines) == ((), 3)


def test_what_the_other_branch_did_since_is_not_ours(git, tmp_path: Path) -> None:
    git("checkout", "-q", "main")
    (tmp_path / "AGENTS.md").write_text(OLD.replace("for 2", "for two"))
    git("commit", "-q", "-a", "-m", "theirs")
    git("checkout", "-q", "work")
    assert changed(tmp_path) == []


def test_new_files_are_new_throughout(git, tmp_path: Path) -> None:
    (tmp_path / "CLAUDE.md").write_text(FAULT)
    assert changed(tmp_path) == ["CLAUDE.md:1"]
    git("add", "CLAUDE.md")
    assert changed(tmp_path) == ["CLAUDE.md:1"]


def test_a_renamed_file_is_not_new(git, tmp_path: Path) -> None:
    git("mv", "AGENTS.md", "CLAUDE.md")
    assert changed(tmp_path) == []


def test_odd_names_and_line_ends_are_told_apart(git, tmp_path: Path) -> None:
    folder = tmp_path / 'ä "b\\c\td'
    folder.mkdir()
    (folder / "AGENTS.md").write_bytes(b"one\rtwo\r\n\r\nAlways use `gpt-5.4`.\r\n")
    git("add", ".")
    git("commit", "-q", "-m", "odd")
    (folder / "AGENTS.md").write_bytes(b"one\rtwo\r\n\r\nAlways use `gpt-5.4`!\r\n")
    assert len(changed(tmp_path, "HEAD")) == 1
    assert changed(folder, "HEAD") == ["AGENTS.md:4"]


def test_text_that_looks_like_a_diff_leads_nobody_astray() -> None:
    diff = (
        b"diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n"
        b"@@ -1 +1,2 @@\n--- a/y.md\n+++ b/AGENTS.md\n+@@ -1 +1,900 @@\n"
        b"\\ No newline at end of file\n"
        b"@@ -9,2 +10,0 @@\n-a\n-b\n"
        b'diff --git a/q b/q\n--- a/q\n+++ "b/q\\"\\303\\244\\t"\n@@ -0,0 +4 @@\n+x\n'
    )
    hunks = read_hunks(diff.splitlines(keepends=True))
    assert hunks.lines == {"x.md": (range(1, 3),), 'q"ä\t': (range(4, 5),)}
    assert hunks.old_paths == {'q"ä\t': "q"}


@pytest.mark.parametrize("ref", ["", "-h", "--output=PWNED", "nope", "HEAD:AGENTS.md", "a\nb"])
def test_a_ref_that_names_no_commit_is_one_clear_error(git, tmp_path: Path, ref: str) -> None:
    with pytest.raises(ConfigError, match="--diff-base"):
        changed_lines(tmp_path, ref)
    assert not (tmp_path / "PWNED").exists()


def test_without_git_or_a_repository_it_says_so(tmp_path: Path, monkeypatch) -> None:
    if shutil.which("git"):
        with pytest.raises(ConfigError, match="finds no repository"):
            changed_lines(tmp_path, "main")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="needs git"):
        changed_lines(tmp_path, "main")


def test_no_attribute_hides_a_file(git, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text("*.md -diff\n")
    (tmp_path / "AGENTS.md").write_text(OLD + FAULT)
    assert changed(tmp_path) == ["AGENTS.md:7"]


@pytest.mark.parametrize(
    ("settings", "attributes"),
    [
        ({"core.fsmonitor": "{}"}, ""),
        ({"diff.external": "{}"}, ""),
        ({"diff.evil.command": "{}"}, "*.md diff=evil"),
        ({"diff.evil.textconv": "{}"}, "*.md diff=evil"),
        ({"filter.evil.clean": "{}", "filter.evil.required": "true"}, "*.md filter=evil"),
        ({"filter.evil.process": "{}", "filter.evil.required": "true"}, "*.md filter=evil"),
        ({"core.hooksPath": "hooks"}, ""),
    ],
)
def test_nothing_that_the_repository_names_is_run(
    git, tmp_path: Path, settings: dict[str, str], attributes: str
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    (tmp_path / "hooks").mkdir()
    for script in (tmp_path / "evil", tmp_path / "hooks" / "post-index-change"):
        script.write_text(f"#!/bin/sh\ntouch '{outside}'\ncat\n")
        script.chmod(0o755)
    (tmp_path / ".gitattributes").write_text(f"{attributes}\n")
    for key, value in settings.items():
        git("config", key, value.format(tmp_path / "evil"))
    (tmp_path / "AGENTS.md").write_text(OLD + FAULT)
    os.utime(tmp_path / "other.txt", (1, 1))
    assert changed(tmp_path) == ["AGENTS.md:7"]
    assert not outside.exists()


def test_settings_for_people_change_nothing(git, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "AGENTS.md").write_text(OLD)
    git("add", ".")
    git("commit", "-q", "-m", "b")
    for key in ("diff.noprefix", "color.diff=always", "diff.interHunkContext=9", "diff.renames=no"):
        name, _, value = key.partition("=")
        git("config", name, value or "true")
    (tmp_path / "b" / "AGENTS.md").write_text("Title.\n\n" + OLD.replace("for 2", "for two"))
    assert changed(tmp_path, "HEAD") == ["b/AGENTS.md:7"]


def test_a_submodule_runs_nothing_either(git, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    module = tmp_path / "module"
    module.mkdir()
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch '{outside}'\n")
    script.chmod(0o755)
    git("-C", "module", "init", "-q")
    git("-C", "module", "commit", "-q", "--allow-empty", "-m", "empty")
    git("add", "module")
    git("commit", "-q", "-m", "module")
    git("-C", "module", "config", "core.fsmonitor", str(script))
    (tmp_path / "AGENTS.md").write_text(OLD + FAULT)
    assert changed(tmp_path) == ["AGENTS.md:7"]
    assert not outside.exists()


def test_what_a_partial_clone_lacks_is_not_fetched(git, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    blob = git("rev-parse", "main:AGENTS.md").strip()
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    git("config", "core.repositoryFormatVersion", "1")
    git("config", "extensions.partialClone", "origin")
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.url", f"ext::touch {outside}")
    git("config", "protocol.ext.allow", "always")
    (tmp_path / "AGENTS.md").write_text(OLD + FAULT)
    with pytest.raises(ConfigError, match="could not compare"):
        changed_lines(tmp_path, "main")
    assert not outside.exists()


def test_a_filter_that_cannot_be_turned_off_ends_it(git, tmp_path: Path) -> None:
    git("config", "filter.a=b.clean", "touch PWNED")
    with pytest.raises(ConfigError, match="cannot be turned off"):
        changed_lines(tmp_path, "main")


def test_the_environment_of_a_hook_does_not_lead_elsewhere(
    git, tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / "AGENTS.md").write_text(OLD + FAULT)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "touch PWNED")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert changed(tmp_path) == ["AGENTS.md:7"]
    assert not (tmp_path / "PWNED").exists()


def test_a_related_place_that_changed_counts(git, tmp_path: Path) -> None:
    routes = "routes:\n  writer:\n    model: gpt-5.4\n    endpoint_family: {}\n{}"
    path = "    endpoint_path: /v1/chat/completions\n"
    (tmp_path / "gateway-routes.yaml").write_text(routes.format("chat_completions", path))
    git("add", ".")
    git("commit", "-q", "-m", "sound")
    (tmp_path / "gateway-routes.yaml").write_text(routes.format("responses", path))
    assert changed(tmp_path, "HEAD") == ["gateway-routes.yaml:5"]


def test_a_place_that_is_told_with_another_counts(git, tmp_path: Path) -> None:
    """Settings that choose one model in several places are one finding."""
    config, small = '{{\n  "model": "openai/gpt-5.4",\n{}  "theme": "x"\n}}\n', '"small_model"'
    (tmp_path / "opencode.json").write_text(config.format(""))
    git("add", ".")
    git("commit", "-q", "-m", "one setting")
    assert changed(tmp_path, "HEAD") == []
    (tmp_path / "opencode.json").write_text(config.format(f'  {small}: "openai/gpt-5.4",\n'))
    assert changed(tmp_path, "HEAD") == ["opencode.json:2"]


def test_a_shallow_clone_is_told(git, tmp_path: Path) -> None:
    git("commit", "-q", "--allow-empty", "-m", "more")
    git("clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "shallow"))
    with pytest.raises(ConfigError, match=r"which is a shallow clone: .*`fetch-depth: 0`"):
        changed_lines(tmp_path / "shallow", "origin/main")
    with pytest.raises(ConfigError, match=r"names no commit of this repository$"):
        changed_lines(tmp_path, "origin/main")
