"""Finding and reading the settings file. The file is data from a stranger: no paths out, no code."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from agentlint.config.errors import ConfigError, access_failure, did_you_mean
from agentlint.config.keys import KEYS, TABLES, Key, Shape
from agentlint.config.settings import (
    EVERY_RULE,
    AcceptedSecret,
    Gateway,
    Models,
    PerFileIgnore,
    Profile,
    Roles,
    Secrets,
    Settings,
)
from agentlint.config.toml_file import MAX_BYTES, TomlError, has_section, tables_of
from agentlint.findings import Severity
from agentlint.text import Pattern, one_line

P = TypeVar("P", tuple[str, ...], dict[str, Any])

SETTINGS_FILE = "agentlint.toml"
PYPROJECT = "pyproject.toml"
MAX_ENTRIES = 1000
"""Patterns or names of one key, each of which every file is asked for."""
OPTIONS_OF_CHECK = frozenset(
    "output-format output force-exclude diff-base show-suppressed fix unsafe-fixes fix-only show-fixes"
    " no-ignores statistics exit-zero fail-on strict-collection jobs no-cache isolated as-of".split()
)
"""Options that people look for among the settings, where other linters have them."""
_EXTEND = "extend-"
_LIKE_A_KEY = 0.82
"""Short keys of other tools (`rules`, `role`) are as like ours as misspelled ones are at less."""
_MOST_MISTAKES = 5
_TURNED_OFF = "; `ignore` turns a rule off"
_TOOL = "tool"
_HEADER_OF_PYPROJECT = "; `[tool.agentlint]` is for pyproject.toml, here its keys stand at the top"
_FINGERPRINT = Pattern(r"[0-9a-fA-F]{32}")
_ACCEPTED: dict[str, tuple[type, str]] = {
    "fingerprint": (str, "a string"),
    "reason": (str, "a string"),
    "until": (date, "a date"),
}


def find_settings(start: Path, stop: Path) -> Path | None:
    """The nearest settings file in `start` or its parents up to and including `stop`.

    A pyproject.toml is one only where it has a table of ours; what is wrong with any other is nothing
    to us. Raises ConfigError for an agentlint.toml that is no file, or a link out of `stop`.
    """
    for folder in (start, *start.parents):
        own, pyproject = folder / SETTINGS_FILE, folder / PYPROJECT
        if os.path.lexists(own):
            _refuse_strange(own, stop)
            return own
        if os.path.isfile(pyproject) and _is_inside(pyproject, stop) and has_section(pyproject):
            return pyproject
        if folder == stop:
            return None
    return None


def hides_a_table(found: Path, stop: Path) -> bool:
    """Whether a pyproject.toml beside the settings file `found` has a table of ours, which is not read."""
    pyproject = found.with_name(PYPROJECT)
    if found == pyproject or not os.path.isfile(pyproject):
        return False
    return _is_inside(pyproject, stop) and has_section(pyproject)


def settings_name(file: Path, root: Path) -> str:
    """The path of a settings file from the root on, its last part for one that `--config` named."""
    return file.relative_to(root).as_posix() if root in file.parents else file.name


def settings_error(message: str, settings: Settings, root: Path) -> ConfigError:
    """The error of a key whose value cannot be used, with the file that has it."""
    if settings.source is None:
        return ConfigError(message)
    name = one_line(settings_name(settings.source, root))
    return ConfigError(f"{name}: {message}", settings.source)


def read_settings(path: Path, rules: Collection[str], name: str = "") -> Settings:
    """Settings from a file; `rules` are the known rule ids, and messages begin with `name`, by
    default the last part of the path.

    Raises ConfigError for a file that cannot be read, is not TOML, or has an unknown or ill-shaped
    key.
    """
    name = one_line(name or path.name)
    try:
        with path.open("rb") as file:
            raw = tables_of(file.read(MAX_BYTES + 1))
        if path.name == PYPROJECT:
            raw = _section(raw)
        return load_settings(raw, rules, source=path)
    except OSError as error:
        raise ConfigError(access_failure(error, name), path) from None
    except (TomlError, ConfigError) as error:
        raise ConfigError(f"{name}: {error}", path) from None


def load_settings(raw: dict[str, Any], rules: Collection[str], *, source: Path | None) -> Settings:
    """Settings from parsed TOML; raises ConfigError as `read_settings` does."""
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for table, name, value in _flatten(raw):
        try:
            if not table and name in TABLES:
                _typed(name, value, dict, "a table")
            key = _key(table, name)
            values[key.path] = _checked(key, value, rules)
        except ConfigError as error:
            mistakes.append(str(error))
    if mistakes:
        more = len(mistakes) - _MOST_MISTAKES
        listed = "; also: ".join(mistakes[:_MOST_MISTAKES])
        raise ConfigError(f"{listed}; and {more} more" if more > 0 else listed)
    return Settings(
        profile=values.get("profile", Profile.DEFAULT),
        select=values.get("select", ()),
        extend_select=values.get("extend-select", ()),
        ignore=values.get("ignore", ()),
        exclude=values.get("exclude", ()),
        baseline=values.get("baseline"),
        per_file_ignores=values.get("per-file-ignores", ()),
        severity=MappingProxyType(values.get("severity", {})),
        gateway=Gateway(values.get("gateway.base-url-env"), values.get("gateway.bridges")),
        models=Models(
            values.get("models.approved", ()),
            values.get("models.catalogue"),
            values.get("models.approval-days", Models().approval_days),
        ),
        roles=Roles(values.get("roles.shared-model-reason", "").strip()),
        secrets=Secrets(values.get("secrets.allow", ())),
        source=source,
    )


def check_rules(names: Iterable[str], rules: Collection[str], key: str) -> tuple[str, ...]:
    """`names` as a tuple; raises ConfigError for one that is no rule."""
    checked = tuple(names)
    for name in checked:
        if name != EVERY_RULE and name not in rules:
            hint = did_you_mean(name, (*rules, EVERY_RULE)) or "; `agentlint rules` lists the rules"
            raise ConfigError(f"{key}: unknown rule {_quoted(name)}{hint}")
    return checked


def _refuse_strange(file: Path, root: Path) -> None:
    """Raise ConfigError for what has the name of a settings file and is not one of the root."""
    name = one_line(settings_name(file, root))
    if not _is_inside(file, root):
        raise ConfigError(f"{name}: a link out of the root", file)
    if not os.path.isfile(file):
        reason = "a link that leads nowhere" if os.path.islink(file) else "not a regular file"
        raise ConfigError(f"{name}: {reason}", file)


def _is_inside(path: Path, root: Path) -> bool:
    """Whether `path` is a file of the root; settings of a stranger may not point elsewhere."""
    return root in Path(os.path.realpath(path)).parents


def _section(raw: dict[str, Any]) -> dict[str, Any]:
    """The table of ours in a pyproject.toml, empty for none."""
    tool = _typed(_TOOL, raw.get(_TOOL, {}), dict, "a table")
    section: dict[str, Any] = _typed("tool.agentlint", tool.get("agentlint", {}), dict, "a table")
    return section


def _flatten(raw: dict[str, Any]) -> Iterable[tuple[str, str, Any]]:
    for name, value in raw.items():
        if name not in TABLES:
            yield "", name, value
        elif isinstance(value, dict):
            yield from ((name, inner, inner_value) for inner, inner_value in value.items())
        else:
            yield "", name, value


def _key(table: str, name: str) -> Key:
    for key in KEYS:
        if (key.table, key.name) == (table, name):
            return key
    raise ConfigError(
        f"unknown key {_quoted(f'{table}.{name}' if table else name)}{_hint(table, name)}"
    )


def _hint(table: str, name: str) -> str:
    """What whoever wrote an unknown key may have meant, or else the keys that there are."""
    known = [key.name for key in KEYS if key.table == table] + ([] if table else list(TABLES))
    if not table and name == _TOOL:
        return _HEADER_OF_PYPROJECT
    if not table and name in OPTIONS_OF_CHECK:
        return f"; `--{name}` is an option of `agentlint check`, and no setting"
    if name.removeprefix(_EXTEND) in known:
        return f"; did you mean `{name.removeprefix(_EXTEND)}`?"
    return did_you_mean(name, known, _LIKE_A_KEY) or f"; there are {', '.join(known)}"


def _checked(key: Key, value: Any, rules: Collection[str]) -> Any:
    match key.shape:
        case Shape.PROFILE:
            return Profile(_one_of(key.path, value, [str(profile) for profile in Profile]))
        case Shape.RULES:
            return check_rules(_strings(key.path, value), rules, key.path)
        case Shape.GLOBS | Shape.STRINGS:
            return _few(key.path, _strings(key.path, value))
        case Shape.STRING:
            return _typed(key.path, value, str, "a string")
        case Shape.BOOLEAN:
            return _typed(key.path, value, bool, "true or false")
        case Shape.DAYS:
            return _days(key.path, value)
        case Shape.ACCEPTED_SECRETS:
            return _accepted_secrets(key.path, value)
        case Shape.RULES_BY_GLOB:
            table = _few(key.path, _typed(key.path, value, dict, "a table"))
            return tuple(
                PerFileIgnore(glob, check_rules(_strings(where, names), rules, where))
                for glob, names in table.items()
                for where in [f"{key.path}.{_quoted(glob)}"]
            )
        case Shape.SEVERITY_BY_RULE:
            return _severities(key.path, value, rules)


def _severities(path: str, value: Any, rules: Collection[str]) -> dict[str, Severity]:
    table = _typed(path, value, dict, "a table")
    if EVERY_RULE in table:
        raise ConfigError(f"{path}: {_quoted(EVERY_RULE)} is no rule; name each rule")
    choices = [str(severity) for severity in Severity]
    return {
        rule: Severity(_one_of(f"{path}.{rule}", table[rule], choices, _TURNED_OFF))
        for rule in check_rules(table, rules, path)
    }


def _one_of(path: str, value: Any, choices: list[str], otherwise: str = "") -> str:
    """`value`, if it is a choice; else an error, which ends with the nearest one, or with `otherwise`."""
    if value in choices:
        return str(value)
    shown = _quoted(value) if isinstance(value, str) else _kind(value)
    hint = did_you_mean(value, choices) if isinstance(value, str) else ""
    raise ConfigError(f"{path}: expected {' or '.join(choices)}, got {shown}{hint or otherwise}")


def _strings(path: str, value: Any) -> tuple[str, ...]:
    items = _typed(path, value, list, "a list of strings")
    other = next((item for item in items if not isinstance(item, str)), None)
    if other is not None:
        raise ConfigError(f"{path}: expected a list of strings, got one with {_kind(other)}")
    return tuple(items)


def _few(path: str, entries: P) -> P:
    """What is looked at for every file, as it is; raises ConfigError for too many."""
    if len(entries) > MAX_ENTRIES:
        raise ConfigError(f"{path}: more than {MAX_ENTRIES:,} entries")
    return entries


def _days(path: str, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    shown = value if type(value) is int else _kind(value)  # to Python `true` is a number as well
    raise ConfigError(f"{path}: expected a number of days above 0, got {shown}")


def _accepted_secrets(path: str, value: Any) -> tuple[AcceptedSecret, ...]:
    items = _typed(path, value, list, "a list")
    return tuple(_accepted_secret(f"{path}.{number}", item) for number, item in enumerate(items, 1))


def _accepted_secret(path: str, item: Any) -> AcceptedSecret:
    """A fingerprint, or a table of one with its reason and the last day on which it counts."""
    table = item if isinstance(item, dict) else {"fingerprint": item}
    for name in table.keys() - _ACCEPTED.keys():
        raise ConfigError(f"{path}: unknown key {_quoted(name)}{did_you_mean(name, _ACCEPTED)}")
    given = {
        name: _typed(f"{path}.{name}", value, *_ACCEPTED[name]) for name, value in table.items()
    }
    fingerprint = given.get("fingerprint", "")
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise ConfigError(f"{path}: expected a fingerprint of 32 hexadecimal digits")
    until = given.get("until")
    return AcceptedSecret(
        fingerprint.lower(),
        given.get("reason", "").strip(),
        until.date() if isinstance(until, datetime) else until,
    )


def _typed(path: str, value: Any, kind: type, expected: str) -> Any:
    if isinstance(value, kind):
        return value
    raise ConfigError(f"{path}: expected {expected}, got {_kind(value)}")


def _kind(value: Any) -> str:
    names = {
        bool: "a boolean",
        str: "a string",
        int: "a number",
        float: "a number",
        dict: "a table",
    }
    return names.get(type(value), "a list" if isinstance(value, list) else "a date")


def _quoted(name: str) -> str:
    return f"`{one_line(name)}`"
