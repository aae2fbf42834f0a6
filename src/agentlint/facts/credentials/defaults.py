"""Credentials that work and that everybody knows, such as `sk-1234` and `postgres`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TypeAlias

from agentlint.discovery import is_for_development
from agentlint.facts.credentials.candidates import MADE_UP, NamedValue, kind_by_slot
from agentlint.facts.credentials.made_up import BUILD, PIPELINES
from agentlint.facts.detectors.secrets import (
    find_known_url_passwords,
    is_published_default,
    repeated_lock,
    weak_default,
    weak_in_slot,
    worded_lock,
)
from agentlint.facts.secret import DefaultCredential
from agentlint.facts.source import Source
from agentlint.knowledge.data import word_set
from agentlint.knowledge.formats import expands_shell
from agentlint.text import Pattern, Region

_OF_USER = Pattern(r"(?P<stem>[\w.-]{0,80}?)[_-]?user(?:[_-]?name)?", re.IGNORECASE)
_OF_PASSWORD = Pattern(r"(?P<stem>[\w.-]{0,80}?)[_-]?(?:password|passwd|pass|pwd)", re.IGNORECASE)
_Pair: TypeAlias = tuple[str, str]
_WITH_DEFAULT = Pattern(r"\s{0,8}\$\{(?P<variable>[A-Za-z_]\w{0,80}):?-")


def default_credentials(
    values: Collection[NamedValue], source: Source
) -> Iterator[DefaultCredential]:
    """Passwords and signing keys that work and that everybody knows, outside samples and pipelines.

    Of an item of a list (`- NAME=value`) what is assigned counts. A default is none for a reader that
    takes the whole reference for a text.
    """
    if not _starts_something(source):
        return
    expands = expands_shell(source.format)
    is_started = source.format in word_set("files", "started", "formats")
    users = _users(values) if is_started else {}
    for value in values:
        text = _given(value)
        path = f"{value.path}.{value.name}" if value.is_item else value.path
        pair = _pair(value, _OF_PASSWORD) if users else None
        user = users.get(pair, "") if pair else ""
        if (
            weak_default(path, text)
            or (is_started and worded_lock(path, text))
            or (user and repeated_lock(path, text, user))
            or (kind_by_slot(value, source) and weak_in_slot(text))
        ):
            reference = _WITH_DEFAULT.match(text)
            if reference and not expands:
                continue
            end = len(value.scalar.text)
            span = value.scalar.region.span(end - len(text), end)
            variable = reference["variable"] if reference else ""
            yield DefaultCredential(
                source.path, span, value.name, is_published_default(text), variable
            )


def _given(value: NamedValue) -> str:
    """The text that a value is, or of an item of a list what it assigns."""
    return value.scalar.text[len(value.name) + 1 :] if value.is_item else value.scalar.text


def _users(values: Collection[NamedValue]) -> dict[_Pair, str]:
    """The names of users, by what their variables share with those of the passwords."""
    pairs = ((_pair(value, _OF_USER), value) for value in values)
    return {pair: _given(value) for pair, value in pairs if pair}


def _pair(value: NamedValue, ending: Pattern) -> _Pair | None:
    """The block that a variable with such an ending stands in, and its name without that."""
    named = ending.fullmatch(value.name)
    block = value.path if value.is_item else value.path.rpartition(".")[0]
    return (block, named["stem"].lower()) if named else None


def known_url_passwords(region: Region, source: Source) -> Iterator[DefaultCredential]:
    """Passwords that everybody knows, in the URLs of hosts that anybody can reach."""
    if _starts_something(source):
        for start, end, host in find_known_url_passwords(region.text):
            yield DefaultCredential(source.path, region.span(start, end), host, host=host)


def _starts_something(source: Source) -> bool:
    """Whether a service is started with what stands in a file; an image has what its build asked for, and
    is given others where it is started."""
    no_start = source.format in (*PIPELINES, BUILD)
    return not (source.scope in MADE_UP or no_start or is_for_development(source.path))
