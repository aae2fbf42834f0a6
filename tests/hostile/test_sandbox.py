"""What a run may do: read files below the root, print, keep its patterns in the cache folder of the user,
and nothing else."""

from __future__ import annotations

import ast
import itertools
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.reporters import FORMATS, render

# Runs agentlint under an audit hook that tells of everything that a linter has no business with.
_WATCHED = """
import os, sys
root = os.getcwd()
told = []
def hook(event, args):
    if event == "open":
        path, mode, flags = args
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes:
            told.append(f"write {path!r}")
    elif event == "import" and args[1] and str(args[1]).startswith(root):
        told.append(f"import {args[0]}")
    elif event.split(".")[0] in ("socket", "subprocess", "urllib", "http", "ftplib", "ctypes"):
        told.append(event)
    elif event in (
        "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename",
        "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate",
        "os.utime", "shutil.rmtree", "pty.spawn", "os.setxattr", "os.kill",
    ):
        told.append(f"{event} {args!r}")
from agentlint.cli import main
sys.argv = ["agentlint", *sys.argv[1:]]
sys.addaudithook(hook)
try:
    main()
except SystemExit as leaving:
    sys.stdout.flush()
    print("TOLD", leaving.code, told, file=sys.stderr)
"""


def trap(root: Path) -> None:
    """A tree whose every part would like to be run, followed or obeyed."""
    for module in ("re", "json", "yaml", "click", "tomllib", "sitecustomize", "conftest", "evil"):
        (root / f"{module}.py").write_text("open('PWNED', 'w')\nimport openai\n")
    for package in ("ruamel", "markdown_it", "agentlint"):
        (root / package).mkdir()
        (root / package / "__init__.py").write_text("open('PWNED', 'w')\n")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text('[core]\n\tfsmonitor = "touch PWNED; false"\n')
    (root / "AGENTS.md").write_text(
        "Always use `gpt-5.4`.\n@/etc/passwd\n@https://e.example/x.md\n[a](../../../../etc/passwd)\n"
    )
    (root / "a.yaml").write_text(
        "litellm_params: !!python/object/apply:os.system ['touch PWNED']\n"
    )
    (root / "CLAUDE.md").symlink_to("/etc/passwd")
    (root / "GEMINI.md").symlink_to("GEMINI.md")
    (root / ".cursor").symlink_to("/etc")
    (root / "up").symlink_to("..")


def told_of(root: Path, command: list[str]) -> str:
    """What a run in a trap does but read and print, as a list that Python reads."""
    trap(root)
    result = subprocess.run(
        [sys.executable, "-P", "-B", "-c", _WATCHED, *command],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    last = result.stderr.splitlines()[-1]
    assert last.startswith("TOLD "), result.stderr
    assert "root:" not in result.stdout
    assert not (root / "PWNED").exists()
    return last.split(" ", 2)[2]


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--no-cache", "."],
        ["routes", "."],
        ["facts", "AGENTS.md"],
        ["check", "--no-cache", "up"],
    ],
)
def test_a_run_reads_and_prints_and_does_nothing_else(tmp_path: Path, command: list[str]) -> None:
    assert told_of(tmp_path, command) == "[]"


def test_a_check_writes_to_the_cache_folder_of_the_user_alone(
    tmp_path: Path, own_cache: Path
) -> None:
    done = ast.literal_eval(told_of(tmp_path, ["check", "."]))
    assert any("patterns" in one for one in done)
    opened_by_number = {one for one in done if re.fullmatch(r"write \d+", one)}
    assert all(str(own_cache) in one for one in done if one not in opened_by_number), done
    assert not any(one.startswith(("import", "socket", "subprocess", "os.exec")) for one in done)


def test_as_a_module_it_runs_nothing_of_the_tree_that_it_stands_in(tmp_path: Path) -> None:
    trap(tmp_path)
    # The package of the tree has the tool's own name: it is not on the path either.
    result = subprocess.run(
        [sys.executable, "-P", "-B", "-m", "agentlint", "check", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    assert "hardcoded-model-id" in result.stdout
    assert not (tmp_path / "PWNED").exists()


@pytest.mark.parametrize(
    "settings",
    [
        "plugins = ['./evil.py']\n",
        "extend = '../../etc/passwd'\n",
        "exclude = [3]\n",
        "[models]\ncatalogue = '../outside.json'\n",
        "[models]\ncatalogue = '/etc/passwd'\n",
        "a" + ".a" * 50_000 + " = 1\n",
        "a = " + "[" * 5_000 + "\n",
        "a = " + "1" * 5_000 + "\n",
        "\0",
    ],
)
def test_settings_of_a_stranger_can_do_nothing(tmp_path: Path, agentlint, settings: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside.json").write_text("{}")
    (root / "evil.py").write_text("open('PWNED', 'w')\n")
    (root / "AGENTS.md").write_text("x\n")
    (root / "agentlint.toml").write_text(settings)
    result = agentlint(root, "check", ".")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert not (root / "PWNED").exists()


def test_settings_that_are_a_link_out_of_the_root_are_refused(tmp_path: Path, agentlint) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside.toml").write_text("ignore = ['ALL']\n")
    (root / "agentlint.toml").symlink_to("../outside.toml")
    result = agentlint(root, "check", ".")
    assert (result.returncode, result.stderr) == (
        2,
        "Error: agentlint.toml: a link out of the root\n",
    )


def test_what_was_passed_over_can_fail_the_run(tmp_path: Path, agentlint) -> None:
    (tmp_path / "AGENTS.md").write_bytes(b"caf\xe9\n")
    assert agentlint(tmp_path, "check", ".").returncode == 0
    assert agentlint(tmp_path, "check", ".", "--strict-collection").returncode == 1
    assert agentlint(tmp_path, "check", ".", "--strict-collection", "--exit-zero").returncode == 1
    (tmp_path / "AGENTS.md").write_text("x\n")
    (tmp_path / "agentlint.toml").write_text(
        'exclude = ["../x"]\n'
    )  # a notice, and nothing was lost
    assert agentlint(tmp_path, "check", ".", "--strict-collection").returncode == 0


def test_special_files_are_told_and_not_opened(tmp_path: Path, agentlint) -> None:
    os.mkfifo(tmp_path / "AGENTS.md")
    (tmp_path / "CLAUDE.md").symlink_to("/dev/zero")
    (tmp_path / "GEMINI.md").symlink_to("/etc/passwd")
    (tmp_path / "WARP.md").symlink_to("nowhere")
    (tmp_path / "CONVENTIONS.md").mkdir()
    told = json.loads(agentlint(tmp_path, "check", ".", "--output-format", "json").stdout)
    assert {notice["path"]: notice["kind"] for notice in told["notices"]} == {
        "AGENTS.md": "not-a-file",
        "CLAUDE.md": "outside-root",
        "GEMINI.md": "outside-root",
        "WARP.md": "unreadable",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads files of mode 0")
def test_what_may_not_be_read_is_told(tmp_path: Path, agentlint) -> None:
    (tmp_path / "AGENTS.md").write_text("x\n")
    (tmp_path / "AGENTS.md").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    told, named = (
        json.loads(agentlint(tmp_path, "check", *paths, "--output-format", "json").stdout)
        for paths in (["."], ["AGENTS.md", "closed"])
    )
    (tmp_path / "closed").chmod(stat.S_IRWXU)
    assert named["notices"] == told["notices"]
    assert {n["path"]: n["kind"] for n in told["notices"]} == {
        "AGENTS.md": "unreadable",
        "closed/": "unreadable",
    }


def mixed(root: Path) -> list[str]:
    names = ["AGENTS.md", "sub/CLAUDE.md", "litellm.yaml", "é/GEMINI.md", "z.instructions.md"]
    for name in names:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("Always use `gpt-5.4` and `claude-opus-4-1`.\n")
    (root / "litellm.yaml").write_text(
        "model_list:\n- {model_name: a, litellm_params: {model: o/x, api_key: os.environ/K}}\n"
        "- {model_name: b, litellm_params: {model: o/y}}\nrouter_settings: {fallbacks: [{a: [c]}]}\n"
    )
    return names


def test_the_order_of_arguments_plays_no_part(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in mixed(tmp_path)]
    seen = set()
    for order in itertools.islice(itertools.permutations(paths), 0, 120, 7):
        report = run(Run(tmp_path, order, Settings(), _day()))
        seen.add("".join(render(form, report) for form in FORMATS))
    assert len(seen) == 1


def _day():  # type: ignore[no-untyped-def]
    from datetime import date

    return date(2026, 11, 20)


def test_the_surroundings_play_no_part(tmp_path: Path, agentlint) -> None:
    root = tmp_path / "root"
    root.mkdir()
    names = mixed(root)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(root, elsewhere / "root")
    surroundings = (
        (root, ".", {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}),
        (root / "sub", "..", {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"}),
        (Path("/"), str(root), {"PYTHONHASHSEED": "2", "LC_ALL": "POSIX"}),
        (elsewhere, "root", {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "20"}),
    )
    seen = set()
    for folder, path, env in surroundings:
        options = ("--as-of", "2026-11-20", "--output-format", "sarif")
        seen.add(agentlint(folder, "check", path, *options, **env).stdout)
    assert len(seen) == 1
    assert all(name.rpartition("/")[2] in seen.copy().pop() for name in names[:3])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_a_tree_of_large_files_stays_within_the_memory(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "AGENTS.md").write_text("Use `gpt-5.4` for reviews.\n\n" * 1500)
    (tmp_path / "CLAUDE.md").write_bytes(b"")
    os.truncate(tmp_path / "CLAUDE.md", 100 << 20)
    # The peak of the process itself: what wait() tells takes in the parent that it was forked from.
    script = (
        "import atexit, sys; from agentlint.cli import main; from pathlib import Path;"
        "tell = lambda: print(Path('/proc/self/status').read_text(), file=sys.stderr);"
        "atexit.register(tell); sys.argv = ['agentlint', 'check', '.', '--output-format', 'sarif'];"
        "main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    peak = next(line for line in result.stderr.splitlines() if line.startswith("VmHWM"))
    assert int(peak.split()[1]) < 256 * 1024
