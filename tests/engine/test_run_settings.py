"""What a command line says beats the settings file, and what in either can have no effect is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentlint.config import EVERY_RULE, Profile, Settings
from agentlint.engine.run_settings import Overrides, run_settings
from agentlint.knowledge.pages import rule_pages

NOTHING = Overrides()
A, B, STRICT = "hardcoded-model-id", "literal-secret", "missing-endpoint-family"


def settings_of(root: Path, text: str, overrides: Overrides = NOTHING) -> Settings:
    (root / "agentlint.toml").write_text(text)
    return run_settings(root, root, overrides)


def running(settings: Settings) -> set[str]:
    pages = rule_pages().values()
    return {page.id for page in pages if settings.enabled(page.id, strict_only=page.strict)}


def test_select_replaces_what_the_file_says_of_rules(tmp_path: Path) -> None:
    for text in (f'ignore = ["{A}"]\n', 'ignore = ["ALL"]\n', f'extend-select = ["{B}"]\n'):
        assert running(settings_of(tmp_path, text, Overrides(select=(A,)))) == {A}
    everything = Overrides(select=(EVERY_RULE,))
    assert running(settings_of(tmp_path, f'ignore = ["{A}"]\n', everything)) == set(rule_pages())


def test_extend_select_reaches_an_ignored_rule_and_that_one_alone(tmp_path: Path) -> None:
    both = f'ignore = ["{A}", "{B}"]\n'
    ran = running(settings_of(tmp_path, both, Overrides(extend_select=(A,))))
    assert A in ran
    assert B not in ran
    only = settings_of(tmp_path, 'ignore = ["ALL"]\n', Overrides(extend_select=(A,)))
    assert running(only) == {A}
    everything = settings_of(tmp_path, both, Overrides(extend_select=(EVERY_RULE,)))
    assert running(everything) == set(rule_pages())


def test_profile_replaces_the_select_of_the_file_and_not_its_ignore(tmp_path: Path) -> None:
    text = f'select = ["{B}"]\nignore = ["{A}"]\n'
    ran = running(settings_of(tmp_path, text, Overrides(profile=Profile.STRICT)))
    assert {B, STRICT} <= ran
    assert A not in ran


def test_what_is_ignored_on_the_command_line_stays_ignored(tmp_path: Path) -> None:
    overrides = Overrides(select=(A,), extend_select=(B,), ignore=(A,))
    assert running(settings_of(tmp_path, f'select = ["{A}"]\n', overrides)) == {B}
    kept = settings_of(tmp_path, f'ignore = ["{A}"]\n', Overrides(ignore=(B,)))
    assert not {A, B} & running(kept)


def test_no_rule_left_is_told_where_that_was_written(tmp_path: Path) -> None:
    (of_file,) = settings_of(tmp_path, 'ignore = ["ALL"]\n').unused
    assert of_file.path == "agentlint.toml"
    (of_options,) = settings_of(tmp_path, "", Overrides(ignore=(EVERY_RULE,))).unused
    assert of_options.path == ""


@pytest.mark.parametrize(
    "pattern",
    [
        "../x", "a/./b", ".", "./", "", "#x", "svc\\team", "svc\\", "C:/svc", "svc//team", "[", "[]x",
        "{svc,lib}", "svc/{a,b}/c", "!svc", "!./svc", "x" * 1001,
    ],
)  # fmt: skip
def test_a_pattern_that_can_match_nothing_is_told(tmp_path: Path, pattern: str) -> None:
    (told,) = settings_of(tmp_path, f"exclude = ['{pattern}']\n").unused
    assert (told.path, told.message[:10]) == ("agentlint.toml", "`exclude`:")
    (told,) = settings_of(tmp_path, f"[per-file-ignores]\n'{pattern}' = ['ALL']\n").unused
    assert told.message.startswith("`per-file-ignores`:")
    (told,) = settings_of(tmp_path, "", Overrides(exclude=(pattern,))).unused
    assert (told.path, told.message[:12]) == ("", "`--exclude`:")


@pytest.mark.parametrize(
    "pattern",
    [
        "svc", "./svc", "/svc", "svc/", "svc/**", "**/a", "nothere/**", "*.md", "[ab]x", "[!a]", "\\!x",
        "\\#x", "a b", "a,b", "{{cookiecutter.name}}", "{{ a, b }}", "{name}", "\\{a,b\\}", "..a", "...",
        ".env*", "a\\ ",
    ],
)  # fmt: skip
def test_a_pattern_that_may_match_is_not(tmp_path: Path, pattern: str) -> None:
    assert not settings_of(tmp_path, f"exclude = ['{pattern}']\n").unused
    assert not settings_of(tmp_path, f"[per-file-ignores]\n'{pattern}' = ['ALL']\n").unused


def test_an_absolute_path_is_told_and_what_takes_back_something_is_not(tmp_path: Path) -> None:
    assert settings_of(tmp_path, f"exclude = ['{tmp_path.as_posix()}/svc']\n").unused
    assert not settings_of(tmp_path, "exclude = ['svc/*', '!svc/a']\n").unused
    assert not settings_of(tmp_path, "exclude = ['svc/*']\n", Overrides(exclude=("!svc/a",))).unused


def test_dot_slash_is_the_folder_of_the_file(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "exclude = ['./svc']\n").exclude == ("/svc",)
    assert settings_of(tmp_path, "", Overrides(exclude=("./a/b", "!./a/b/c"))).exclude == (
        "/a/b",
        "!/a/b/c",
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/agentlint.toml").write_text("exclude = ['./svc', '../x']\n")
    below = run_settings(tmp_path, tmp_path / "sub", Overrides())
    assert below.exclude[0] == "/sub/svc"
    assert [notice.path for notice in below.unused] == ["sub/agentlint.toml"]
