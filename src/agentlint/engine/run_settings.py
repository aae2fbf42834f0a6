"""The settings of a run: those of the settings file, and on top of them those of the command line."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from agentlint.config import (
    PYPROJECT,
    PerFileIgnore,
    Profile,
    Settings,
    check_rules,
    find_settings,
    hides_a_table,
    read_settings,
    settings_name,
)
from agentlint.discovery import told_from_root
from agentlint.engine.request import Run
from agentlint.findings import Notice, NoticeKind
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


def run_settings(root: Path, start: Path, overrides: Overrides) -> Settings:
    """The settings of a run that is started in the folder `start`; raises ConfigError.

    They are looked for from there up to the root, and at the root itself where `start` is none of its
    folders. What the run is asked to read plays no part, so that a file is judged alone as it is among
    others.
    """
    rules = list(rule_pages())
    settings = _from_file(root, start, overrides, rules)
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
    settings = run_settings(root, folder, overrides)
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


def settings_notices(settings: Settings, root: Path) -> Iterator[Notice]:
    """What somebody wrote into settings, or asked for beside them, that nothing comes of."""
    if settings.hidden_table:
        name = settings_name(settings.hidden_table, root)
        message = "[tool.agentlint] is not used: the agentlint.toml beside it has the settings"
        yield Notice(name, 0, NoticeKind.UNUSED_SETTINGS, message)
    pages = rule_pages().values()
    if not any(settings.enabled(page.id, strict_only=page.strict) for page in pages):
        message = "no rule is left to run: all that are selected are ignored as well"
        yield Notice("", 0, NoticeKind.UNUSED_SETTINGS, message)


def _from_file(root: Path, start: Path, overrides: Overrides, rules: list[str]) -> Settings:
    if overrides.config:
        return read_settings(overrides.config, rules, str(overrides.config))
    if overrides.isolated:
        return Settings()
    found = find_settings(start if root in start.parents else root, root)
    if found is None:
        return Settings()
    settings = read_settings(found, rules, settings_name(found, root))
    if hides_a_table(found, root):
        settings = replace(settings, hidden_table=found.with_name(PYPROJECT))
    return _from_root(settings, found.parent.relative_to(root).as_posix())


def _from_root(settings: Settings, folder: str) -> Settings:
    """The settings of a file in `folder`, with its patterns and paths told from the root."""
    if folder == ".":
        return settings
    catalogue = settings.models.catalogue
    return replace(
        settings,
        exclude=tuple(told_from_root(pattern, folder) for pattern in settings.exclude),
        per_file_ignores=tuple(
            PerFileIgnore(told_from_root(entry.pattern, folder), entry.rules)
            for entry in settings.per_file_ignores
        ),
        baseline=settings.baseline and posixpath.join(folder, settings.baseline),
        models=replace(settings.models, catalogue=catalogue and posixpath.join(folder, catalogue)),
    )
