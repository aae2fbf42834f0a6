"""From options and the settings file to the settings of a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from agentlint.config import ConfigError, Profile, Settings, not_found
from agentlint.discovery import find_root
from agentlint.engine import Run
from agentlint.engine.day import judging_day
from agentlint.engine.run_settings import Overrides, run_settings, with_catalogue
from agentlint.reporters.viewpoint import Viewpoint
from agentlint.text import Pattern

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


F = TypeVar("F", bound=Callable[..., object])


class _NamedPath(click.Path):
    """A path that says something: `"$CHANGED"` of a variable that is empty does not mean this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("a path is required, and this one is empty", param, ctx)
        return super().convert(value, param, ctx)


def complete_rules(
    ctx: click.Context,  # noqa: ARG001 - what click passes
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """The rules that the last name of a list with commas may become."""
    from click.shell_completion import CompletionItem

    from agentlint.knowledge.pages import rule_pages

    before, comma, begun = incomplete.rpartition(",")
    pages = rule_pages().values()
    return [
        CompletionItem(f"{before}{comma}{page.id}", help=page.title)
        for page in pages
        if page.id.startswith(begun)
    ]


# Whether a file can be read, the reading tells: of one among many in a notice, else in one line.
PATH = _NamedPath(readable=False, path_type=Path)
EXCLUDE_HELP = "Do not read these paths: a gitignore pattern from the root."
# As between rules; a comma in a set or in braces belongs to the pattern.
_BETWEEN_PATTERNS = Pattern(r",(?![^\[{]{0,1000}[\]}])")
_RUN_OPTIONS = (
    click.option(
        "--select",
        metavar="RULES",
        multiple=True,
        shell_complete=complete_rules,
        help="Run these rules only (or ALL), whatever the settings say.",
    ),
    click.option(
        "--extend-select",
        metavar="RULES",
        multiple=True,
        shell_complete=complete_rules,
        help="Run these rules as well, even if ignored.",
    ),
    click.option(
        "--ignore",
        metavar="RULES",
        multiple=True,
        shell_complete=complete_rules,
        help="Do not run these rules.",
    ),
    click.option(
        "--profile",
        type=click.Choice([str(p) for p in Profile]),
        help="The set of rules, in place of the settings' `select`.",
    ),
    click.option(
        "--exclude",
        metavar="PATTERN",
        multiple=True,
        help=EXCLUDE_HELP,
    ),
    click.option("--force-exclude", is_flag=True, help="Exclude paths even if they are named."),
    click.option("--config", type=PATH, help="Read this settings file."),
    click.option("--isolated", is_flag=True, help="Read no settings file."),
    click.option(
        "--as-of",
        metavar="DATE",
        help="Judge dates as of this day, not SOURCE_DATE_EPOCH or today.",
    ),
)


def run_options(command: F) -> F:
    """The options of every command that runs the rules; `request_of` reads them."""
    for option in reversed(_RUN_OPTIONS):
        command = option(command)
    return command


def request_of(paths: Sequence[Path], options: Mapping[str, Any]) -> Run:
    """A run over `paths`; raises ConfigError."""
    root = root_of(paths)
    run = Run(
        root=root,
        paths=tuple(Path(os.path.abspath(path)) for path in paths),
        settings=load_run_settings(root, options),
        today=judging_day(options["as_of"]),
        force_exclude=options["force_exclude"],
    )
    return with_catalogue(run)


def named(paths: Sequence[Path]) -> tuple[Path, ...]:
    """`paths`, or the current folder for none; raises ConfigError for one that is not there."""
    for path in paths:
        if not os.path.lexists(path):
            raise ConfigError(not_found(path))
    return tuple(paths) or (Path(),)


def root_of(paths: Iterable[Path]) -> Path:
    """The root of a run over `paths`; raises ConfigError where the current folder was removed."""
    try:
        return find_root(paths)
    except FileNotFoundError:
        raise ConfigError("the current folder is not there any more") from None


def load_run_settings(root: Path, options: Mapping[str, Any]) -> Settings:
    """The settings file's settings with the command line's on top; raises ConfigError."""
    return run_settings(root, _current_folder() or root, overrides_of(options))


def _current_folder() -> Path | None:
    """The real path; None where the folder was removed, which a run over other folders need not know."""
    try:
        return Path(os.path.realpath(os.curdir))
    except FileNotFoundError:
        return None


def viewpoint_on(root: Path) -> Viewpoint:
    """Where whoever typed the command stands; at the root, where no way leads from there to it."""
    here = _current_folder()
    if here is None or here == root:
        return Viewpoint()
    if root in here.parents:
        return Viewpoint(folder=here.relative_to(root).as_posix())
    try:
        return Viewpoint(way=Path(os.path.relpath(root, here)).as_posix())
    except ValueError:  # another drive of Windows
        return Viewpoint()


def overrides_of(options: Mapping[str, Any]) -> Overrides:
    """What the options say on top of a settings file."""
    return Overrides(
        select=_names(options["select"]),
        extend_select=_names(options["extend_select"]),
        ignore=_names(options["ignore"]),
        profile=Profile(options["profile"]) if options["profile"] else None,
        exclude=tuple(p for value in options["exclude"] for p in _BETWEEN_PATTERNS.split(value)),
        config=options["config"],
        isolated=options["isolated"],
    )


def _names(values: Iterable[str]) -> tuple[str, ...]:
    """The rules that an option names, which may hold several in one word."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
