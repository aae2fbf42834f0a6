"""Credentials that work and that everybody knows, such as `sk-1234` and `postgres`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agentlint.discovery import is_for_development
from agentlint.facts.credentials.candidates import MADE_UP, NamedValue, kind_by_slot
from agentlint.facts.credentials.made_up import PIPELINES
from agentlint.facts.detectors.secrets import is_published_default, weak_default, weak_in_slot
from agentlint.facts.secret import DefaultCredential
from agentlint.facts.source import Source
from agentlint.knowledge.formats import expands_shell
from agentlint.text import Pattern

_WITH_DEFAULT = Pattern(r"\s{0,8}\$\{(?P<variable>[A-Za-z_]\w{0,80}):?-")


def default_credentials(
    values: Iterable[NamedValue], source: Source
) -> Iterator[DefaultCredential]:
    """Passwords and signing keys that work and that everybody knows, outside samples and pipelines.

    Of an item of a list (`- NAME=value`) what is assigned counts. A default is none for a reader that
    takes the whole reference for a text.
    """
    if source.scope in MADE_UP or source.format in PIPELINES:
        return
    if is_for_development(source.path):
        return
    expands = expands_shell(source.format)
    for value in values:
        start = len(value.name) + 1 if value.is_item else 0
        text = value.scalar.text[start:]
        path = f"{value.path}.{value.name}" if value.is_item else value.path
        if weak_default(path, text) or (kind_by_slot(value, source) and weak_in_slot(text)):
            reference = _WITH_DEFAULT.match(text)
            if reference and not expands:
                continue
            span = value.scalar.region.span(start, start + len(text))
            variable = reference["variable"] if reference else ""
            yield DefaultCredential(
                source.path, span, value.name, is_published_default(text), variable
            )
