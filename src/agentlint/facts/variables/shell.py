"""What the commands of a shell set for the programs that they start later, as far as a file tells it.

How a step of GitHub Actions sets a variable for those behind it:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from msgspec import Struct, field

from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.facts.variables.settings import setting
from agentlint.text import Pattern, Region

Lookup: TypeAlias = Callable[[str], Value]

_COMMAND = r"(?:^|[;&|({])[ \t]{0,40}"
_CHANGED = Pattern(
    r"(?<![\w$])(?P<name>[A-Z][A-Z0-9_]{2,80})(?P<set>[ \t]{0,4}(?::?=(?!=)|<<))"
    r"|\b(?:unset|export|read)[ \t]{1,4}(?:-\w{1,8}[ \t]{1,4}){0,3}(?P<touched>[A-Z][A-Z0-9_]{2,80})\b(?!=)"
    rf"|(?P<file>{_COMMAND}(?:(?:source|\.|eval)(?=[ \t\"'$(])|export[ \t]{{1,4}}\$\()"
    r"(?![^\r\n;&|]{0,200}activate)[^\r\n;&|]{0,200}?env)"
    r"|\.(?P<config>claude|codex)/(?:settings|config)",
    re.MULTILINE,
)
# `cat .env >> "$GITHUB_ENV"`, and not `process.env.NAME`.
_SETTINGS_FILE = Pattern(r"\.env(?:\.[a-z]{2,20}\b|(?![\w.\[(]))")
_EXPORT = Pattern(rf"{_COMMAND}export[ \t]{{1,4}}\Z", re.MULTILINE)
_REACH = 60
# A value that stands there whole; any other is only known when the script runs.
_WHOLE = Pattern(
    r"=(?:\"(?P<double>[^\"\\\r\n$`]{1,400})\"|'(?P<single>[^'\r\n$]{1,400})'"
    r"|(?P<plain>[^\s\"'\\$`;&|()<>#]{1,400}))(?=[\s;&|)]|\Z)"
)
_TO_LATER_STEPS = "GITHUB_ENV"


def _unset(_: str) -> Value:
    return ABSENT


class ShellVariables(Struct):
    """The variables of one shell after all that it has `read`; `outside` tells the others.

    A variable of which only a run can tell the value is a reference without a place.
    """

    outside: Lookup = _unset
    _own: dict[str, tuple[Region, Region] | None] = field(default_factory=dict)
    _configured: set[str] = field(default_factory=set)
    _has_read_file: bool = False

    def read(self, script: Region, start: int = 0, end: int | None = None) -> None:
        """Go on to `end`."""
        end = len(script.text) if end is None else end
        for found in _CHANGED.finditer(script.text, start, end):
            if found["file"]:
                self._own.clear()
                self._has_read_file = True
            elif found["config"]:
                self._configured.add(found["config"])
            else:
                name = found["name"] or found["touched"]
                is_exported = found["set"] and _is_exported(script.text, found.start())
                self._own[name] = _written(script, found, end) if is_exported else None

    def read_earlier_step(self, script: Region) -> None:
        """What a step hands to those behind it, each of which has a shell of its own."""
        other = ShellVariables(self.outside)
        other.read(script)
        self._configured |= other._configured
        if _TO_LATER_STEPS in script.text:
            hands_on_file = _SETTINGS_FILE.search(script.text) is not None
            self._has_read_file |= other._has_read_file or hands_on_file
            self._own |= dict.fromkeys(other._own)

    def follow(self, other: ShellVariables, names: Iterable[str], *, certain: bool = True) -> None:
        """Go on where `other` ends, as far as `names` are concerned; not `certain` where it may have
        been another shell."""
        self._configured |= other._configured
        self._has_read_file |= other._has_read_file
        for name in names:
            if name in other._own:
                self._own[name] = other._own[name] if certain else None

    def in_step(self, outside: Lookup) -> ShellVariables:
        """The shell of the next step, which `outside` gives variables, with what earlier ones handed on."""

        def variable(name: str) -> Value:
            value = self._own_value(name)
            return outside(name) if value is None else value

        return ShellVariables(variable, _configured=set(self._configured))

    def with_prefix(self, script: Region, start: int, end: int) -> ShellVariables:
        """The variables of a command before which some are set for it alone: `NAME=value claude`."""
        own = ShellVariables(self, _configured=self._configured)
        for found in _CHANGED.finditer(script.text, start, end):
            if found["name"]:
                own._own[found["name"]] = _written(script, found, end)
        return own

    def writes_settings_of(self, tool: str) -> bool:
        """Whether a command names the file of settings in the folder of a tool, such as `claude`."""
        return tool in self._configured

    def __call__(self, name: str) -> Value:
        """The value of a variable, ABSENT where it is not set."""
        value = self._own_value(name)
        return self.outside(name) if value is None else value

    def _own_value(self, name: str) -> Value | None:
        """What this shell tells of a variable; None where it tells nothing."""
        if name not in self._own:
            return unknown(name) if name and self._has_read_file else None
        written = self._own[name]
        value = setting(*written).value if written else ABSENT
        return value if value.literal else unknown(name)


def unknown(name: str) -> Value:
    """The value of a variable that may be set, to what nobody here knows."""
    return Value(f"${name}", ValueKind.ENV_REF, None, name)


def _is_exported(script: str, name: int) -> bool:
    return _EXPORT.search(script, max(0, name - _REACH), name) is not None


def _written(script: Region, found: re.Match[str], end: int) -> tuple[Region, Region] | None:
    value = _WHOLE.match(script.text, found.end("name"), end)
    if value is None or value.lastgroup is None:
        return None
    return script.cut(*found.span("name")), script.cut(*value.span(value.lastgroup))
