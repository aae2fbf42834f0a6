"""Credentials that work and that everybody knows, such as `sk-1234` and `postgres`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from agentlint.facts.credentials.candidates import (
    MADE_UP,
    NamedValue,
    kind_by_slot,
    words_of_project,
)
from agentlint.facts.credentials.made_up import BUILD, PIPELINES
from agentlint.facts.credentials.repeated import Known, unique_credentials
from agentlint.facts.credentials.servers import server_variables, service_of
from agentlint.facts.detectors.secrets import (
    bare_value,
    find_known_url_passwords,
    is_published_default,
    judge_value,
    weak_default,
    weak_in_slot,
    worded_lock,
)
from agentlint.facts.detectors.secrets.plain_words import is_to_be_changed
from agentlint.facts.secret import DefaultCredential
from agentlint.facts.source import Source
from agentlint.knowledge.data import word_set
from agentlint.knowledge.formats import expands_shell
from agentlint.text import Pattern, Region

_WITH_DEFAULT = Pattern(r"\s{0,8}\$\{(?P<variable>[A-Za-z_]\w{0,80}):?-")


def default_credentials(
    values: Iterable[NamedValue], source: Source
) -> Iterator[DefaultCredential]:
    """Passwords and signing keys that work and that everybody knows, outside samples and pipelines.

    One that stands in several places of a file is told at one. Of an item of a list (`- NAME=value`) what
    is assigned counts. A default is none for a reader that takes the whole reference for a text.
    """
    known = tuple(values)
    if _starts_something(source) and not _is_template(known, source):
        yield from unique_credentials(_known(known, source))


def _is_template(values: Sequence[NamedValue], source: Source) -> bool:
    """Whether a file says that its copy is what is read, and holds no credential of anybody's."""
    if not source.to_be_copied:
        return False
    return not any(judge_value(value.path, value.scalar.text) for value in values)


def _known(values: Sequence[NamedValue], source: Source) -> Iterator[Known]:
    servers = server_variables(values, source.format)
    project = words_of_project(values, source)
    expands = expands_shell(source.format)
    is_started = source.format in word_set("files", "started", "formats")
    is_client = source.format in word_set("files", "clients", "formats")
    for value in values:
        start = len(value.name) + 1 if value.is_item else 0
        text = value.scalar.text[start:]
        path = f"{value.path}.{value.name}" if value.is_item else value.path
        if is_client and is_to_be_changed(bare_value(text)):
            continue  # the server has the password that is to be put here
        if (
            weak_default(path, text)
            or (is_started and worded_lock(path, text))
            or (kind_by_slot(value, source) and weak_in_slot(text, project))
        ):
            reference = _WITH_DEFAULT.match(text)
            if reference and not expands:
                continue
            span = value.scalar.region.span(start, start + len(text))
            variable = reference["variable"] if reference else ""
            is_published = is_published_default(text)
            fact = DefaultCredential(
                source.path, span, value.name, is_published, variable, reader=source.format
            )
            service = service_of(value.path)
            starts = value.name in servers.get(service, ())
            yield Known(bare_value(text), fact, service if starts else "")


def known_url_passwords(region: Region, source: Source) -> Iterator[DefaultCredential]:
    """Passwords that everybody knows, in the URLs of hosts that anybody can reach."""
    if _starts_something(source):
        for start, end, host in find_known_url_passwords(region.text):
            yield DefaultCredential(source.path, region.span(start, end), host, host=host)


def _starts_something(source: Source) -> bool:
    """Whether a service is started with what stands in a file; an image has what its build asked for, and
    is given others where it is started."""
    no_start = source.format in (*PIPELINES, BUILD)
    return not (source.scope in MADE_UP or no_start or source.for_development)
