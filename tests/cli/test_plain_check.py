"""A command line that is read without click is read as click reads it."""

from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentlint.cli import check as check_command
from agentlint.cli.check_options import CheckOptions
from agentlint.cli.plain_check import plain_options

FLAGS = [
    option
    for parameter in check_command.command.params
    if isinstance(parameter, click.Option) and parameter.is_flag
    for option in parameter.opts
]
WORDS = st.sampled_from(
    [
        *FLAGS,
        "--",
        "-",
        "./-",
        "",
        "-h",
        "--help",
        "--jobs",
        "--jobs=2",
        "--fi",
        "--output-format",
        "json",
    ]
) | st.text(st.characters(exclude_characters="\0"), max_size=4)  # no command line holds one


def read_by_click(words: list[str], monkeypatch: pytest.MonkeyPatch) -> CheckOptions:
    read: list[CheckOptions] = []
    with monkeypatch.context() as patched:
        patched.setattr(check_command, "check", lambda options: read.append(options) or 0)
        with pytest.raises(SystemExit):
            check_command.command.main(words, standalone_mode=False)
    return read[0]


@given(words=st.lists(WORDS, max_size=6))
def test_it_is_read_as_click_reads_it(words: list[str]) -> None:
    options = plain_options(words)
    if options is not None:
        assert options == read_by_click(words, pytest.MonkeyPatch())


def test_hooks_are_plain() -> None:
    for flag in FLAGS:
        assert plain_options([flag, "AGENTS.md", "b/.env"]) is not None


@pytest.mark.parametrize(
    "words",
    [["--jobs", "2"], ["--", "-x"], ["-"], [""], ["--help"], ["a", "--jobs=2"]],
)
def test_what_is_more_than_flags_and_paths_is_for_click(words: list[str]) -> None:
    assert plain_options(words) is None


def test_a_shell_that_completes_asks_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AGENTLINT_COMPLETE", "bash_complete")
    assert plain_options([]) is None
