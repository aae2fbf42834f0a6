"""From the options of a command and the settings file to a run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from agentlint.config import ConfigError, Profile, Settings, not_found
from agentlint.discovery import find_root
from agentlint.engine import Run
from agentlint.engine.day import judging_day
from agentlint.engine.run_settings import Overrides, run_settings, with_catalogue
from agentlint.reporters.viewpoint import Viewpoint
from agentlint.text import Pattern

# As between rules; a comma in a set or in braces belongs to the pattern.
_BETWEEN_PATTERNS = Pattern(r",(?![^\[{]{0,1000}[\]}])")


STANDARD_INPUT = Path("-")


class RunOptions(Struct, frozen=True):
    """The options of every command that runs the rules, as they are given: `options.run_options`."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    config: Path | None = None
    isolated: bool = False
    as_of: str | None = None


def request_of(paths: Sequence[Path], options: RunOptions) -> Run:
    """A run over `paths`; raises ConfigError."""
    root = root_of(paths)
    run = Run(
        root=root,
        paths=tuple(Path(os.path.abspath(path)) for path in paths),
        settings=load_run_settings(root, options),
        today=judging_day(options.as_of),
        force_exclude=options.force_exclude,
    )
    return with_catalogue(run)


def path_of(argument: str) -> Path:
    """The path of an argument; `./-` is a file, which pathlib takes for the `-` of standard input."""
    path = Path(argument)
    return path.absolute() if path == STANDARD_INPUT and argument != "-" else path


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


def load_run_settings(root: Path, options: RunOptions) -> Settings:
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


def overrides_of(options: RunOptions) -> Overrides:
    """What the options say on top of a settings file; raises ConfigError."""
    select = _names(options.select)
    if options.select and not select:
        # As of a variable that is empty: all rules would run in place of none.
        raise ConfigError("--select: a rule is required, and none is named")
    return Overrides(
        select=select,
        extend_select=_names(options.extend_select),
        ignore=_names(options.ignore),
        profile=Profile(options.profile) if options.profile else None,
        exclude=tuple(p for value in options.exclude for p in _BETWEEN_PATTERNS.split(value)),
        config=options.config,
        isolated=options.isolated,
    )


def _names(values: Iterable[str]) -> tuple[str, ...]:
    """The rules that an option names, which may hold several in one word."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
