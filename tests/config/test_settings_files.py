"""Which file holds the settings: ours in every spelling, and never what is wrong with another tool's."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from agentlint.config import ConfigError, Profile, find_settings, read_settings
from agentlint.config.toml_file import MAX_BYTES, MAX_KEY_DOTS, TomlError, tables_of

RULES = ["hardcoded-model-id", "literal-secret"]
FOREIGN = {
    "no table of ours": "[project]\nname = 'x'\n",
    "a comment names it": "# see [tool.agentlint] in the docs\n[project]\nname = 'x'\n",
    "a string names it": 'readme = """\n[tool.agentlint]\nprofile = "strict"\n"""\n',
    "a tool that is no table": "tool = 1 # [tool.agentlint]\n",
    "an array of tools": "[[tool]]\nagentlint = 1\n",
    "broken": "[project\nname = \n",
    "broken, with ours in a comment": "# [tool.agentlint]\n[project\n",
    "broken, with a dependency on us": "[project]\ndependencies = ['agentlint']\nname = \n",
    "too large": "[project]\n" + "# agentlint.\n" * (MAX_BYTES // 10),
    "too deep": "agentlint.x = " + "[" * 5_000,
    "keys too long": "x" + ".a" * 5_000 + " = 1 # agentlint.\n",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_pyproject_of_others_hides_nothing_and_stops_nothing(tmp_path: Path, text: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text(text)
    assert find_settings(inner, inner) is None
    (tmp_path / "agentlint.toml").write_text("")
    assert find_settings(inner, tmp_path) == tmp_path / "agentlint.toml"


def test_a_pyproject_that_is_not_utf_8_or_leads_out_or_nowhere_is_of_others(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    file = root / "pyproject.toml"
    file.write_bytes(b"# agentlint. caf\xe9\n[project]\n")
    assert find_settings(root, root) is None
    file.unlink()
    (tmp_path / "outside.toml").write_text("[tool.agentlint]\nprofile = 'strict'\n")
    file.symlink_to("../outside.toml")
    assert find_settings(root, root) is None
    file.unlink()
    file.symlink_to("pyproject.toml")
    assert find_settings(root, root) is None


@pytest.mark.parametrize(
    "text",
    [
        "[tool.agentlint]\nprofile = 'strict'\n",
        "[ tool . agentlint ]\nprofile = 'strict'\n",
        "[tool]\nagentlint = {profile = 'strict'}\n",
        "[tool]\nagentlint.profile = 'strict'\n",
        "tool.agentlint.profile = 'strict'\n",
        "tool = {agentlint = {profile = 'strict'}}\n",
        "[tool.\"agentlint\"]\nprofile = 'strict'\n",
        "['tool'.'agentlint']\r\nprofile = 'strict'\r\n",
        "\ufeff[tool.agentlint]\nprofile = 'strict'\n",
    ],
)
def test_every_spelling_of_the_table_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text.encode())
    found = find_settings(tmp_path, tmp_path)
    assert found
    assert read_settings(found, RULES).profile is Profile.STRICT


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[tool.agentlint]\nprofile = \n", "not valid TOML: Invalid value (at line 2, column 11)"),
        (
            "[tool]\nagentlint.profile = strict\n",
            "not valid TOML: Invalid value (at line 2, column 21)",
        ),
        ("[tool.agentlint.severity]\n[project\n", "not valid TOML: Expected ']' "),
        ("[tool.agentlint]\n" + "#" * MAX_BYTES, "larger than 256 KiB"),
        ("[tool]\nagentlint = 1\n", "tool.agentlint: expected a table, got a number"),
        ("[[tool.agentlint]]\n", "tool.agentlint: expected a table, got a list"),
        ("[tool.agentlint]\nprofil = 1\n", "unknown key `profil`; did you mean `profile`?"),
    ],
)
def test_a_mistake_in_a_pyproject_with_our_table_is_told(
    tmp_path: Path, text: str, line: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    found = find_settings(tmp_path, tmp_path)
    assert found
    with pytest.raises(ConfigError) as error:
        read_settings(found, RULES)
    assert str(error.value).startswith(f"pyproject.toml: {line}")
    assert error.value.file == found


def test_a_pyproject_that_was_asked_for_is_told_of_what_is_no_table(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text("tool = 1\n")
    with pytest.raises(ConfigError, match=r"^pyproject\.toml: tool: expected a table, got a num"):
        read_settings(file, RULES)


def test_a_byte_order_mark_and_dots_that_are_in_no_key_are_read(tmp_path: Path) -> None:
    file = tmp_path / "agentlint.toml"
    dots = "." * (MAX_KEY_DOTS + 1)
    file.write_bytes(
        f"\ufeff# {dots}\nexclude = ['{dots}', \"\"\"\n\\\"{dots}\n\"\"\", '''\n{dots}''']\n".encode()
    )
    assert read_settings(file, RULES).exclude == (dots, f'\n"{dots}\n'[1:], dots)
    numbers = ", ".join(["1.5"] * 200)
    assert len(tables_of(f"a = [{numbers}]\n".encode())["a"]) == 200


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a" + ".a" * 101 + " = 1\n", "a key with more than 100 dots"),
        ("a = {" + "'x' . \"y\".b." * 50 + "c = 1}\n", "a key with more than 100 dots"),
        ("[" + "a." * 50_000 + "a]\n", "a key with more than 100 dots"),
        ("x = " + "[" * 3_000, "not valid TOML: nested too deeply"),
        ("x = " + "1" * 5_000, "not valid TOML: a number with too many digits"),
        (b"x = '\xe9'", "not UTF-8 text"),
        ("#" * (MAX_BYTES + 1), "larger than 256 KiB"),
    ],
)
def test_what_cannot_be_read_is_told_as_it_is(text: str | bytes, line: str) -> None:
    with pytest.raises(TomlError) as error:
        tables_of(text.encode() if isinstance(text, str) else text)
    assert str(error.value) == line


@pytest.mark.parametrize("piece", ['"""\\', "'''a", '"\\"', '"""a', "'", "a . ", "a.\t", ". "])
def test_the_search_for_long_keys_takes_no_longer_for_hostile_texts(piece: str) -> None:
    text = ("x" + "." * (MAX_KEY_DOTS + 1) + "\n" + piece * MAX_BYTES)[:MAX_BYTES]
    started = time.process_time()
    with pytest.raises(TomlError):
        tables_of(text.encode())
    assert time.process_time() - started < 2


def test_an_agentlint_toml_that_is_no_file_is_told(tmp_path: Path) -> None:
    own = tmp_path / "sub" / "agentlint.toml"
    own.mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"^sub/agentlint\.toml: not a regular file$"):
        find_settings(tmp_path / "sub", tmp_path)
    own.rmdir()
    for target in ("nowhere.toml", "agentlint.toml"):
        own.symlink_to(target)
        with pytest.raises(ConfigError, match=r"^sub/agentlint\.toml: a link that leads nowhere$"):
            find_settings(tmp_path / "sub", tmp_path)
        own.unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(own)
        with pytest.raises(ConfigError, match="not a regular file"):
            find_settings(tmp_path / "sub", tmp_path)


def test_a_severity_for_all_rules_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "agentlint.toml"
    file.write_text("[severity]\nALL = 'error'\n")
    with pytest.raises(ConfigError, match="severity: `ALL` is no rule; name each rule"):
        read_settings(file, RULES)
