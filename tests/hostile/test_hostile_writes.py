"""What writes on a stranger's tree writes only what was asked for, and nowhere else."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run
from agentlint.engine.fixing import fix, write
from agentlint.findings import NoticeKind

ORDER = "Always use `gpt-5.4` for reviews.\n"
UNUSED = "<!-- agentlint: ignore[hardcoded-model-id] gone -->\n\nText.\n"
ENTRY = "routes:\n  a: {model: gpt-5.4, endpoint_path: /v1/responses}\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a link out of it, and files of others that nothing may change."""
    root = tmp_path / "repository"
    (root / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "AGENTS.md").write_text(UNUSED)
    (root / "elsewhere").symlink_to("../precious")
    (root / "AGENTS.md").write_text(ORDER)
    return root


def _state(folder: Path) -> Mapping[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize(
    "name",
    [
        "../outside.jsonl",
        "{root}/../outside.jsonl",
        "elsewhere/known.jsonl",
        "AGENTS.md",
        ".git/hooks/pre-commit",
        ".GIT/config",
        "sub/../../outside.jsonl",
    ],
)
def test_a_strangers_settings_send_no_baseline_anywhere(
    name: str, repository: Path, agentlint
) -> None:
    named = name.format(root=repository)
    (repository / "agentlint.toml").write_text(f'baseline = "{named}"\n')
    before = _state(repository.parent)
    result = agentlint(repository, "baseline")
    assert result.returncode == 2
    assert result.stderr.startswith("Error: agentlint.toml: baseline: the ")
    assert _state(repository.parent) == before


def test_a_baseline_is_written_anew_where_the_settings_name_one(repository: Path, agentlint):
    (repository / "agentlint.toml").write_text('baseline = "known.jsonl"\n')
    for _ in range(2):
        assert agentlint(repository, "baseline").stdout == "Wrote 1 finding to known.jsonl.\n"
    assert agentlint(repository, "check").returncode == 0


def test_fixes_leave_links_and_files_with_several_names_alone(repository: Path) -> None:
    other = repository.parent / "precious" / "AGENTS.md"
    (repository / "CLAUDE.md").symlink_to(other)
    (repository / "GEMINI.md").hardlink_to(other)
    (repository / "AGENTS.md").write_text(UNUSED)
    os.mkfifo(repository / "WARP.md")
    fixed = _write(repository)
    assert other.read_text() == UNUSED
    assert [file.path for file in fixed.files] == ["AGENTS.md"]
    told = {(n.path, n.kind) for n in fixed.report.notices}
    assert ("GEMINI.md", NoticeKind.NOT_FIXED) in told
    assert ("CLAUDE.md", NoticeKind.OUTSIDE_ROOT) in told
    assert sorted(os.listdir(repository.parent / "precious")) == ["AGENTS.md"]


def test_a_file_that_is_another_when_it_is_written_is_left_alone(repository: Path) -> None:
    """Between reading and writing a stranger's hook may put a link or another text in its place."""
    other = repository.parent / "precious" / "AGENTS.md"
    for change in (_becomes_a_link, _becomes_another_text, _goes_away, _comes_under_a_link):
        (repository / "sub").mkdir()
        (repository / "sub" / "AGENTS.md").write_text(UNUSED)
        request = _request(repository)
        fixed = fix(request)
        assert [file.path for file in fixed.files] == ["sub/AGENTS.md"]
        change(repository)
        written = write(request, fixed)
        assert written.files == ()
        assert other.read_text() == UNUSED
        told = [n for n in written.report.notices if n.kind is NoticeKind.NOT_FIXED]
        assert [n.path for n in told] == ["sub/AGENTS.md"], change
        _clear(repository / "sub")


def _becomes_a_link(root: Path) -> None:
    (root / "sub/AGENTS.md").unlink()
    (root / "sub/AGENTS.md").symlink_to("../../precious/AGENTS.md")


def _becomes_another_text(root: Path) -> None:
    (root / "sub/AGENTS.md").write_text(UNUSED + "more\n")


def _goes_away(root: Path) -> None:
    (root / "sub/AGENTS.md").unlink()


def _comes_under_a_link(root: Path) -> None:
    _clear(root / "sub")
    (root / "sub").symlink_to("../precious")


def _clear(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
        return
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def test_the_diff_of_a_hostile_file_is_harmless(
    repository: Path, agentlint, assert_harmless
) -> None:
    secret = sample("openai-project-key", random.Random(3))
    name = "a\u202e\u001b[31m\n::error file=pwn::x\nb.instructions.md"
    folder = repository / ".github" / "instructions"
    folder.mkdir(parents=True)
    (folder / name).write_text(f"key {secret}\n{UNUSED}key {secret} \u202e \u001b]0;x\u0007\n")
    (folder / f"{secret}.instructions.md").write_text(UNUSED)
    (repository / "AGENTS.md").write_text(f"::error file=pwn::x\n\n{UNUSED}")
    for options in (("--diff",), ("--fix", "--show-fixes")):
        result = agentlint(repository, "check", *options)
        assert secret not in result.stdout + result.stderr
        assert "AGENTS.md" in result.stdout + result.stderr
        assert_harmless({"errors": result.stderr})
        # Lines of a diff begin with a sign, so that none of them is an order.
        assert_harmless({"diff": result.stdout})
    assert "agentlint:" not in (folder / name).read_text()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000_000,
        "routes: " + "[" * 50_000,
        "routes: " + "{a: " * 60 + "{model: gpt-5.4}" + "}" * 60,
        "routes: &a [*a]\n",
        "\ufeff" + ENTRY + "\x00",
    ],
    ids=["large", "deep", "nested", "circle", "nul"],
)
def test_a_file_that_cannot_be_fixed_stays_as_it_is(text: str, repository: Path) -> None:
    (repository / "routes.yaml").write_bytes(text.encode())
    fixed = _write(repository)
    assert (repository / "routes.yaml").read_bytes() == text.encode()
    assert not [n for n in fixed.report.notices if n.kind is NoticeKind.INTERNAL]
    assert not [name for name in os.listdir(repository) if name.startswith(".routes")]


def _request(root: Path) -> Run:
    root = root.resolve()
    return Run(root, (root,), Settings(), date(2026, 11, 20))


def _write(root: Path):
    request = _request(root)
    return write(request, fix(request, unsafe=True))
