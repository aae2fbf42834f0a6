"""The settings of a run: those of the settings file, and on top of them those of the command line."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from agentlint.config import (
    EVERY_RULE,
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
from agentlint.discovery import pattern_from_root, why_never
from agentlint.engine.request import Run
from agentlint.findings import Notice, NoticeKind
from agentlint.knowledge.pages import rule_pages
from agentlint.text import one_line

_HERE = "./"


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

    @property
    def may_narrow(self) -> bool:
        """Whether a run may look into less than the settings of the repository have it look into."""
        return replace(self, extend_select=()) != Overrides()


def run_settings(root: Path, start: Path, overrides: Overrides) -> Settings:
    """The settings of a run that is started in the folder `start`; raises ConfigError.

    They are looked for from there up to the root, and at the root itself where `start` is none of its
    folders. What the run is asked to read plays no part, so that a file is judged alone as it is among
    others.
    """
    refuse_unknown_rules(overrides)
    rules = list(rule_pages())
    of_file = _from_file(root, start, overrides, rules)
    settings = _with_exclude(_with_rules(of_file, overrides, rules), overrides.exclude, root)
    if _runs_any(settings):
        return settings
    # Where the file alone leaves no rule, that is the place to look at.
    where = "" if _runs_any(of_file) else _name(of_file, root)
    message = "no rule is left to run: all that are selected are ignored as well"
    return _with_unused(settings, (_unused(where, message),))


def refuse_unknown_rules(overrides: Overrides) -> None:
    """Raise ConfigError for what a command line names that is no rule."""
    for key in ("select", "extend_select", "ignore"):
        check_rules(getattr(overrides, key), rule_pages(), f"--{key.replace('_', '-')}")


def _runs_any(settings: Settings) -> bool:
    pages = rule_pages().values()
    return any(settings.enabled(page.id, strict_only=page.strict) for page in pages)


def _with_rules(settings: Settings, overrides: Overrides, rules: Collection[str]) -> Settings:
    """The settings with the rules that a command line names, which beat those of the file as they do in
    ruff: whoever types a rule wants to see what it says."""
    if overrides.profile:
        settings = replace(settings, profile=overrides.profile, select=())
    if overrides.select:
        settings = replace(settings, select=overrides.select, extend_select=(), ignore=())
    kept = _without(settings.ignore, overrides.extend_select, rules)
    return replace(
        settings,
        extend_select=settings.extend_select + overrides.extend_select,
        ignore=kept + overrides.ignore,
    )


def _without(
    ignore: tuple[str, ...], wanted: Collection[str], rules: Collection[str]
) -> tuple[str, ...]:
    """The rules to ignore but those that are wanted."""
    if not wanted or EVERY_RULE in wanted:
        return () if wanted else ignore
    ignored = rules if EVERY_RULE in ignore else ignore
    return tuple(rule for rule in ignored if rule not in wanted)


def run_over(root: Path, folder: Path, today: date, overrides: Overrides) -> Run:
    """The run over the whole of a root that `agentlint check` in a folder of it makes, with the
    settings of that folder and the model facts that they name; raises ConfigError."""
    settings = run_settings(root, folder, overrides)
    return with_catalogue(Run(root=root, paths=(root,), settings=settings, today=today))


def with_catalogue(run: Run) -> Run:
    """The run with the model facts that its settings name; raises ConfigError."""
    if run.settings.models.catalogue is None:
        return run
    from agentlint.engine.catalogue import catalogue_of

    return replace(run, catalogue=catalogue_of(run.settings, run.root))


def with_baseline(run: Run) -> Run:
    """The run with the baseline that its settings name; raises ConfigError."""
    if run.settings.baseline is None:
        return run
    from agentlint.engine.baseline import settings_baseline

    return replace(run, baseline=settings_baseline(run.settings, run.root))


def _from_file(root: Path, start: Path, overrides: Overrides, rules: list[str]) -> Settings:
    if overrides.config:
        settings = read_settings(overrides.config, rules, str(overrides.config))
        return _from_root(settings, ".", root)
    if overrides.isolated:
        return Settings()
    found = find_settings(start if root in start.parents else root, root)
    if found is None:
        return Settings()
    name = settings_name(found, root)
    settings = _from_root(
        read_settings(found, rules, name), found.parent.relative_to(root).as_posix(), root
    )
    if not hides_a_table(found, root):
        return settings
    hidden = settings_name(found.with_name(PYPROJECT), root)
    message = "[tool.agentlint] is not used: the agentlint.toml beside it has the settings"
    return _with_unused(settings, (_unused(hidden, message),))


def _from_root(settings: Settings, folder: str, root: Path) -> Settings:
    """The settings of a file, with its patterns and paths, which are told from `folder`, told from the
    root."""
    name = _name(settings, root)
    catalogue = settings.models.catalogue
    entries = settings.per_file_ignores
    return _with_unused(
        replace(
            settings,
            exclude=tuple(_pattern_from_root(pattern, folder) for pattern in settings.exclude),
            per_file_ignores=tuple(
                PerFileIgnore(_pattern_from_root(entry.pattern, folder), entry.rules)
                for entry in entries
            ),
            baseline=settings.baseline and _path_from_root(settings.baseline, folder),
            models=replace(
                settings.models, catalogue=catalogue and _path_from_root(catalogue, folder)
            ),
        ),
        (
            *_unmatched(settings.exclude, root, name, "exclude"),
            *(
                notice
                for entry in entries
                for notice in _unmatched((entry.pattern,), root, name, "per-file-ignores")
            ),
        ),
    )


def _path_from_root(path: str, folder: str) -> str:
    return path if folder == "." else posixpath.join(folder, path)


def _with_exclude(settings: Settings, patterns: tuple[str, ...], root: Path) -> Settings:
    """The settings with further patterns, told from the root, of paths not to read."""
    if not patterns:
        return settings
    exclude = (*settings.exclude, *(_pattern_from_root(pattern, ".") for pattern in patterns))
    unmatched = _unmatched(patterns, root, "", "--exclude", settings.exclude)
    return _with_unused(replace(settings, exclude=exclude), unmatched)


def _pattern_from_root(pattern: str, folder: str) -> str:
    """A pattern as an ignore file of the root would have it. What begins with `./`, which no pattern of
    git's can match, is meant from the folder on."""
    sign = "!" if pattern.startswith("!") else ""
    body = pattern.removeprefix("!")
    if body.startswith(_HERE):
        pattern = f"{sign}/{body.removeprefix(_HERE).lstrip('/')}"
    return pattern if folder == "." else pattern_from_root(pattern, folder)


def _unmatched(
    patterns: Iterable[str], root: Path, file: str, key: str, before: Collection[str] = ()
) -> Iterator[Notice]:
    """A notice for each pattern that can match no path, or take back none that `before`, or one in
    front of it, excludes."""
    excludes = any(not pattern.startswith("!") for pattern in before)
    for pattern in patterns:
        why = _why_unmatched(pattern, root)
        if not why and pattern.startswith("!") and not excludes:
            why = "`!` takes back what a pattern before it takes, and there is none"
        excludes = excludes or not pattern.startswith("!")
        if why:
            yield _unused(file, f"`{key}`: `{one_line(pattern)}` matches nothing: {why}")


def _why_unmatched(pattern: str, root: Path) -> str:
    above = root.as_posix()
    if root.parent != root and f"{pattern}/".startswith(f"{above}/"):
        return "a leading `/` is the folder that patterns are relative to, not the root of the disk"
    return why_never(_pattern_from_root(pattern, "."))


def _name(settings: Settings, root: Path) -> str:
    return settings_name(settings.source, root) if settings.source else ""


def _unused(path: str, message: str) -> Notice:
    return Notice(path, 0, NoticeKind.UNUSED_SETTINGS, message)


def _with_unused(settings: Settings, notices: Iterable[Notice]) -> Settings:
    return replace(settings, unused=(*settings.unused, *notices))
