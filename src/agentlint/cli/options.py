"""From options and the settings file to the settings of a run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

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
from agentlint.knowledge.pages import rule_pages


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
    folders = [path if path.is_dir() else path.parent for path in map(_real, paths)]
    found = find_settings(Path(os.path.commonpath(folders)), root)
    return read_settings(found, list(rules)) if found else Settings()


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _split(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]
