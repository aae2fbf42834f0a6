"""The settings of a run: those of the settings file, and on top of them those of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from agentlint.config import (
    Profile,
    Settings,
    check_rules,
    find_settings,
    read_settings,
    settings_name,
)
from agentlint.engine.request import Run
from agentlint.knowledge.pages import rule_pages


class Overrides(Struct, frozen=True):
    """What a command line says. `config` is read in place of the file that would be found, and with
    `isolated` none is."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: Profile | None = None
    exclude: tuple[str, ...] = ()
    config: Path | None = None
    isolated: bool = False


def run_settings(root: Path, paths: Iterable[Path], overrides: Overrides) -> Settings:
    """The settings of a run over `paths`; raises ConfigError."""
    rules = list(rule_pages())
    settings = _from_file(root, paths, overrides, rules)
    changes: dict[str, Any] = {}
    for key in ("select", "extend_select", "ignore"):
        names = getattr(overrides, key)
        if names:
            checked = check_rules(names, rules, f"--{key.replace('_', '-')}")
            changes[key] = checked if key == "select" else getattr(settings, key) + checked
    if overrides.profile:
        changes["profile"] = overrides.profile
    if overrides.exclude:
        changes["exclude"] = (*settings.exclude, *overrides.exclude)
    return replace(settings, **changes)


def run_over(root: Path, folder: Path, today: date, overrides: Overrides) -> Run:
    """The run over the whole of a root that `agentlint check` in a folder of it makes, with the
    settings of that folder and the model facts that they name; raises ConfigError."""
    settings = run_settings(root, (folder,), overrides)
    run = Run(root=root, paths=(root,), settings=settings, today=today)
    if settings.models.catalogue is None:
        return run
    from agentlint.engine.catalogue import catalogue_of

    return replace(run, catalogue=catalogue_of(settings, root))


def with_baseline(run: Run) -> Run:
    """The run with the baseline that its settings name; raises ConfigError."""
    if run.settings.baseline is None:
        return run
    from agentlint.engine.baseline import settings_baseline

    return replace(run, baseline=settings_baseline(run.settings, run.root))


def _from_file(
    root: Path, paths: Iterable[Path], overrides: Overrides, rules: list[str]
) -> Settings:
    if overrides.config:
        return read_settings(overrides.config, rules, str(overrides.config))
    if overrides.isolated:
        return Settings()
    folders = [path if os.path.isdir(path) else path.parent for path in map(_real, paths)]
    found = find_settings(Path(os.path.commonpath(folders)), root)
    return read_settings(found, rules, settings_name(found, root)) if found else Settings()


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
