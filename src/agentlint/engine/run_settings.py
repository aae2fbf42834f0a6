"""The settings of a run: those of the settings file, and on top of them those of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
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
