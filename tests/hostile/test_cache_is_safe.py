"""The cache holds no secret, is nobody's but the user's, and can be forged by nobody else."""

from __future__ import annotations

import os
import random
import re
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run, files, run
from agentlint.engine.cache import Cache
from agentlint.knowledge.data import rows
from agentlint.knowledge.secret_shapes import TABLE
from agentlint.reporters import render

TODAY = date(2026, 11, 20)
MANY = 60
SECRET = sample("github-token", random.Random(9))
MADE_UP = "sk-" + "proj-" + "A1b2C3d4" * 6
"""The shape of a credential in a text that no generator gives."""
PIECES = [text[at : at + 12].encode() for text in (SECRET, MADE_UP) for at in range(8, 28)]


@pytest.fixture(autouse=True)
def every_run_counts_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MANY", 0)


def check(root: Path, cache: Path | None) -> str:
    return render("json", run(Run(root, (root,), Settings(), TODAY, cache=cache)))


def kept_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_no_part_of_a_secret_is_kept(tmp_path: Path) -> None:
    root, folder = tmp_path / "root", tmp_path / "cache"
    texts = {
        f"name-{SECRET}/AGENTS.md": "# Team\n\nAlways use `gpt-5.4`.\n",
        f"{SECRET}.instructions.md": "# Team\n",
        f"{SECRET}.json": "{}\n",
        "AGENTS.md": f"# Call {MADE_UP}\n\nAlways use `gpt-5.4`.\n\n## Never x{MADE_UP}\n",
        "CLAUDE.md": f"# {SECRET}\n\nMigrate to https://{SECRET}@gateway.example/v1.\n",
        "GEMINI.md": f"<!-- agentlint: ignore[hardcoded-model-id] {MADE_UP} -->\n`gpt-5.4`\n",
        "litellm.yaml": f"model_list:\n- model_name: {MADE_UP}\n  litellm_params: {{model: a/b}}\n",
        "a/litellm.yaml": (
            f"model_list:\n- model_name: a\n  litellm_params: {{model: a/{SECRET},"
            f" api_key: {SECRET}, api_base: 'https://u:{SECRET}@h/v1'}}\n"
        ),
        ".github/workflows/a.yml": (
            "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
            f"    - run: curl -H {MADE_UP} https://api.openai.com/v1/responses\n"
            f"      env: {{K: {SECRET}}}\n"
        ),
        "app.py": f"import openai\nopenai.OpenAI(api_key='{SECRET}').responses.create(model='{MADE_UP}')\n",
        "clean/AGENTS.md": "# Witness of the cache\n\nAlways use `gpt-5.4`, then roll back.\n",
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    cold = check(root, None)
    for _ in range(2):
        assert check(root, folder) == cold
    kept = kept_of(folder)
    assert b"Witness of the cache" in kept
    assert not [piece for piece in PIECES if piece in kept]


@pytest.mark.parametrize("kind", sorted(row["id"] for row in rows(TABLE, "token")))
def test_no_known_kind_of_secret_is_kept(kind: str, tmp_path: Path) -> None:
    value = sample(kind, random.Random(4))
    root, folder = tmp_path / "root", tmp_path / "cache"
    for name, text in {
        "AGENTS.md": f"# Use {value} here\n\nAlways use `{value}`.\n",
        "litellm.yaml": f"model_list:\n- model_name: '{value}'\n  litellm_params: {{model: 'a/{value}'}}\n",
        "clean/AGENTS.md": "# Witness of the cache\n\nAlways use `gpt-5.4`, then roll back.\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    check(root, folder)
    kept = kept_of(folder)
    assert b"Witness of the cache" in kept
    words = [word for word in re.split(r"\s", value) if len(word) > 11]
    assert not [word for word in words if word.encode() in kept]


def test_the_folder_is_closed_to_others(tmp_path: Path) -> None:
    root, folder = tmp_path / "root", tmp_path / "home" / "cache"
    root.mkdir()
    (root / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    check(root, folder)
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="needs modes of files")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o1777])
def test_a_folder_that_others_may_write_is_not_used(mode: int, tmp_path: Path) -> None:
    root, folder = tmp_path / "root", tmp_path / "cache"
    for made in (root, folder):
        made.mkdir()
    folder.chmod(mode)
    (root / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    assert check(root, folder) == check(root, None)
    assert list(folder.iterdir()) == []


def test_a_folder_below_the_root_is_not_used(tmp_path: Path) -> None:
    """A repository may hold forged facts, and a job may set XDG_CACHE_HOME into its checkout."""
    (tmp_path / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    (tmp_path / "link").symlink_to(tmp_path)
    cold = check(tmp_path, None)
    for folder in (tmp_path / ".cache" / "agentlint", tmp_path, tmp_path / "link" / "x"):
        assert check(tmp_path, folder) == cold
        assert Cache.of(folder, tmp_path) is None
    assert sorted(file.name for file in tmp_path.iterdir()) == ["AGENTS.md", "link"]


def _command(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-B", "-m", "agentlint", *words],
        cwd=root,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A root that is large enough for the command line to use the cache."""
    root = tmp_path / "root"
    for number in range(MANY):
        (root / str(number)).mkdir(parents=True)
        (root / str(number) / "AGENTS.md").write_text(f"# Team {number}\n")
    (root / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    return root


def test_a_committed_cache_means_nothing(large: Path, tmp_path: Path) -> None:
    """Whatever is written for a harmless twin of the repository does not hide what the root has."""
    home = tmp_path / "home"
    expected = _command(large, "check", ".", "--no-cache", XDG_CACHE_HOME=str(home))
    assert not home.exists()
    _command(large, "check", ".", XDG_CACHE_HOME=str(home))
    for name in (".agentlint_cache", ".cache/agentlint"):
        shutil.copytree(home / "agentlint", large / name)
    (large / "AGENTS.md").write_text("Always use `gpt-5.2`.\n")
    for where in (str(home), str(large / ".cache"), str(large)):
        told = _command(large, "check", ".", XDG_CACHE_HOME=where)
        assert (told.returncode, told.stderr) == (1, b"")
        assert told.stdout == expected.stdout.replace(b"gpt-5.4", b"gpt-5.2")


@pytest.mark.parametrize("cache", ["/dev/null", "/proc", "relative", "missing/\udcff"])
def test_where_no_cache_can_be_the_run_is_as_good(cache: str, large: Path) -> None:
    expected = _command(large, "check", ".", "--no-cache")
    for home in (cache, ""):
        environment = {"XDG_CACHE_HOME": home, "HOME": cache}
        told = _command(large, "check", ".", **environment)
        assert (told.returncode, told.stdout, told.stderr) == (1, expected.stdout, b"")
    assert sorted({file.name for file in large.iterdir() if not file.name.isdecimal()}) == [
        "AGENTS.md"
    ]


def test_a_cleaned_cache_is_empty(large: Path, own_cache: Path) -> None:
    _command(large, "check", ".")
    assert len(list(own_cache.glob("*.facts"))) == 1
    assert _command(large, "cache", "dir").stdout.decode() == f"{own_cache}\n"
    assert _command(large, "cache", "clean").stdout == b"Removed the facts of 1 repository.\n"
    assert _command(large, "cache", "clean").stdout == b"Removed the facts of 0 repositories.\n"
    assert not list(own_cache.glob("*.facts"))
