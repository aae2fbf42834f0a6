"""From options and the settings file to the settings of a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import replace

from agentlint.cli.day import judging_day
from agentlint.config import (
    PYPROJECT,
    SETTINGS_FILE,
    Profile,
    Settings,
    check_rules,
    find_settings,
    read_settings,
)
from agentlint.discovery import find_root
from agentlint.engine import Run
from agentlint.knowledge.pages import rule_pages

if TYPE_CHECKING:
    from agentlint.knowledge.catalogue import Catalogue


F = TypeVar("F", bound=Callable[..., object])
_RUN_OPTIONS = (
    click.option("--select", metavar="RULES", multiple=True, help="Run these rules only (or ALL)."),
    click.option(
        "--extend-select", metavar="RULES", multiple=True, help="Run these rules as well."
    ),
    click.option("--ignore", metavar="RULES", multiple=True, help="Do not run these rules."),
    click.option(
        "--profile", type=click.Choice([str(p) for p in Profile]), help="The set of rules."
    ),
    click.option("--exclude", metavar="PATTERN", multiple=True, help="Do not read these paths."),
    click.option("--force-exclude", is_flag=True, help="Exclude paths even if they are named."),
    click.option("--config", type=click.Path(path_type=Path), help="Read this settings file."),
    click.option("--isolated", is_flag=True, help="Read no settings file."),
    click.option("--as-of", metavar="DATE", help="Judge dates as of this day, not today."),
)


def run_options(command: F) -> F:
    """The options of every command that runs the rules; `request_of` reads them."""
    for option in reversed(_RUN_OPTIONS):
        command = option(command)
    return command


def request_of(paths: Sequence[Path], options: Mapping[str, Any]) -> Run:
    """A run over `paths`; raises ConfigError."""
    root = root_of(paths)
    settings = load_run_settings(root, paths, options)
    return Run(
        root=root,
        paths=tuple(Path(os.path.abspath(path)) for path in paths),
        settings=settings,
        today=judging_day(options["as_of"]),
        force_exclude=options["force_exclude"],
        catalogue=_catalogue_of(settings, root),
    )


def _catalogue_of(settings: Settings, root: Path) -> Catalogue | None:
    if settings.models.catalogue is None:
        return None
    from agentlint.engine.catalogue import catalogue_of

    return catalogue_of(settings, root)


def root_of(paths: Iterable[Path]) -> Path:
    """The root of a run over `paths`."""
    return find_root(paths, (SETTINGS_FILE, PYPROJECT))


def load_run_settings(root: Path, paths: Iterable[Path], options: Mapping[str, Any]) -> Settings:
    """The settings file's settings with the command line's on top; raises ConfigError."""
    rules = rule_pages().keys()
    settings = _from_file(root, paths, options, rules)
    changes: dict[str, Any] = {}
    for option in ("select", "extend_select", "ignore"):
        names = [name for value in options[option] for name in _split(value)]
        if names:
            checked = check_rules(names, rules, f"--{option.replace('_', '-')}")
            changes[option] = checked if option == "select" else getattr(settings, option) + checked
    if options["profile"]:
        changes["profile"] = Profile(options["profile"])
    if options["exclude"]:
        changes["exclude"] = (*settings.exclude, *options["exclude"])
    return replace(settings, **changes)


def _from_file(
    root: Path, paths: Iterable[Path], options: Mapping[str, Any], rules: Iterable[str]
) -> Settings:
    if options["config"]:
        return read_settings(options["config"], list(rules))
    if options["isolated"]:
        return Settings()
    folders = [path if os.path.isdir(path) else path.parent for path in map(_real, paths)]
    found = find_settings(Path(os.path.commonpath(folders)), root)
    return read_settings(found, list(rules)) if found else Settings()


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _split(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]
