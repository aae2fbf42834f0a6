"""Adopting agentlint in an old repository: what was found before is written down, and only what is
new is reported.

A baseline is a text file of JSON Lines: a head, then one entry a line in order of path and rule, so
that two branches that each add entries merge. It holds no line numbers and no text of any file.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from agentlint.config import ConfigError, Settings, access_failure, not_found, settings_error
from agentlint.discovery import FileError, read_bytes
from agentlint.facts.detectors.redaction import redact
from agentlint.facts.secret import SecretCandidate, touched
from agentlint.findings import BaselineEntry, Comparison, Finding, identity
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.text import SourceFile, Span, one_line
from agentlint.text.hashing import hex_digest

VERSION = 1
MAX_BYTES = 16 * 1024 * 1024
_HEAD = "agentlint-baseline"
# The mark of a conflict may stand above it.
_LONGEST_HEAD = 4 * len(_HEAD)
_HASH_DIGITS = 4
_NONE = "not a baseline; `agentlint baseline` writes one"


class LineHashes:
    """A short hash of the line of each finding, blanks apart and without whatever was found on it.

    No hash is made over a credential, and with its few digits it could tell little of one that
    nobody found.
    """

    def __init__(
        self,
        findings: Iterable[Finding],
        sources: Mapping[str, SourceFile],
        secrets: Mapping[str, Sequence[SecretCandidate]],
    ) -> None:
        self._sources = sources
        self._spans: defaultdict[tuple[str, int], list[Span]] = defaultdict(list)
        for finding in findings:
            self._spans[finding.path, self._line(finding)].append(finding.span)
        self._secrets = secrets
        self._hash = cache(self._hash_of_line)

    def of(self, finding: Finding) -> str:
        return self._hash(finding.path, self._line(finding))

    def _line(self, finding: Finding) -> int:
        return self._sources[finding.path].position(finding.span.start).line

    def _hash_of_line(self, path: str, line: int) -> str:
        source = self._sources[path]
        whole = source.line_span(line)
        cut = (secret.span for secret in touched(self._secrets.get(path, ()), whole))
        kept, at = [], whole.start
        for span in sorted({*self._spans[path, line], *cut}):
            kept.append(source.text[at : max(at, span.start)])
            at = max(at, min(span.end, whole.end))
        kept.append(source.text[at : whole.end])
        words = " ".join(redact("".join(kept)).split())
        return hex_digest(words)[:_HASH_DIGITS]


def entries_of(report: Report) -> tuple[BaselineEntry, ...]:
    """What a baseline says of the findings of a report, in the order of the file."""
    lines = LineHashes(report.findings, report.sources, report.secrets)
    entries = (
        BaselineEntry(
            group[0].rule,
            safe(group[0].path),
            fingerprint,
            len(group),
            tuple(lines.of(finding) for finding in group),
        )
        for fingerprint, group in _by_identity(report.findings).items()
    )
    return tuple(sorted(entries, key=lambda entry: entry.sort_key))


def entries_to_keep(file: Path, was_judged: Callable[[BaselineEntry], bool]) -> list[BaselineEntry]:
    """The entries of a baseline that a run did not look into, none where there is no such file.

    Raises ConfigError for one that cannot be read or understood.
    """
    if not _first_bytes(file).strip():
        return []
    return [entry for entry in _joined(read_baseline(file)).values() if not was_judged(entry)]


def united(
    found: Iterable[BaselineEntry], kept: Iterable[BaselineEntry]
) -> tuple[BaselineEntry, ...]:
    """What a run on part of a repository found, with what it kept of an earlier baseline, in the order of
    the file. It may have kept what it found some places of."""
    entries = _joined((*found, *kept)).values()
    return tuple(sorted(entries, key=lambda entry: entry.sort_key))


def write_baseline(entries: Iterable[BaselineEntry]) -> str:
    """The text of a baseline file."""
    objects: list[dict[str, Any]] = [{_HEAD: VERSION}]
    objects += (
        {
            "path": entry.path,
            "rule": entry.rule,
            "fingerprint": entry.fingerprint,
            "count": entry.count,
            "lines": entry.lines,
        }
        for entry in entries
    )
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects)


def is_baseline(beginning: bytes) -> bool:
    """Whether a file that begins so holds a baseline, of whatever version."""
    return f'{{"{_HEAD}":'.encode() in beginning[:_LONGEST_HEAD]


def settings_baseline(settings: Settings, root: Path) -> tuple[BaselineEntry, ...] | None:
    """The baseline that the settings name, None for none; raises ConfigError."""
    if settings.baseline is None:
        return None
    file = Path(os.path.realpath(root / settings.baseline))
    if root not in file.parents:
        raise settings_error("baseline: the path leads out of the root", settings, root)
    if not os.path.exists(file):
        raise settings_error(
            f"baseline: {not_found(settings.baseline)}; `agentlint baseline` writes it",
            settings,
            root,
        )
    return read_baseline(file)


def baseline_to_write(settings: Settings, root: Path) -> Path | None:
    """Where the baseline that the settings name is written, None for none.

    The settings may be a stranger's. Raises ConfigError for a path that leads out of the root, through
    a link or among git's own files, and for a file that is anything but a baseline.
    """
    if settings.baseline is None:
        return None
    file = Path(os.path.abspath(root / settings.baseline))
    if root not in file.parents or Path(os.path.realpath(file)) != file:
        message = "baseline: the path leads out of the root, or through a link"
        raise settings_error(message, settings, root)
    if any(part.lower() == ".git" for part in file.relative_to(root).parts):
        raise settings_error("baseline: the path leads among the files of git", settings, root)
    head = _first_bytes(file)
    if head and not is_baseline(head):
        message = "baseline: the file holds something else, and is not overwritten"
        raise settings_error(message, settings, root)
    return file


def _first_bytes(file: Path) -> bytes:
    """How a file begins, with nothing for one that is not there."""
    if not os.path.lexists(file):
        return b""
    try:
        return read_bytes(file, MAX_BYTES)[:_LONGEST_HEAD]
    except FileError as error:
        raise ConfigError(f"baseline: {error.message}") from None


def read_baseline(file: Path) -> tuple[BaselineEntry, ...]:
    """The entries of a baseline file; raises ConfigError for one that cannot be read or understood."""
    name = one_line(file.name)
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(access_failure(error, file)) from None
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{name}: larger than {MAX_BYTES // 1024 // 1024} MiB")
    if not data.strip():
        raise ConfigError(f"{name}: {_NONE}")
    return tuple(_entries(data.split(b"\n"), name))


def _entries(lines: Sequence[bytes], name: str) -> Iterator[BaselineEntry]:
    head = _object(lines[0], f"{name}:1")
    if _HEAD not in head:
        raise ConfigError(f"{name}: {_NONE}")
    if head[_HEAD] != VERSION:
        raise ConfigError(
            f"{name}: a baseline of another version; `agentlint baseline` writes it anew"
        )
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            yield _entry(_object(line, f"{name}:{number}"), f"{name}:{number}")


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ConfigError(f"{where}: not a line of JSON") from None
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: not an entry of a baseline")
    return value


def _entry(raw: Mapping[str, Any], where: str) -> BaselineEntry:
    try:
        entry = BaselineEntry(
            raw["rule"], raw["path"], raw["fingerprint"], raw["count"], tuple(raw.get("lines", ()))
        )
    except (KeyError, TypeError):
        raise ConfigError(f"{where}: not an entry of a baseline") from None
    words = (entry.rule, entry.path, entry.fingerprint, *entry.lines)
    # In Python `true` is a number as well.
    is_count = type(entry.count) is int and entry.count > 0
    if not is_count or not all(isinstance(word, str) for word in words):
        raise ConfigError(f"{where}: not an entry of a baseline")
    return entry


def compare(
    findings: Sequence[Finding],
    baseline: Iterable[BaselineEntry],
    lines: LineHashes,
    was_judged: Callable[[BaselineEntry], bool],
) -> tuple[list[Finding], Comparison]:
    """The findings that the baseline does not know, and what became of its entries.

    `was_judged` says whether a run looked where an entry points, so that finding nothing there means
    that the fault is gone.
    """
    entries = _joined(baseline)
    groups = _by_identity(findings)
    known: set[str] = set()
    for fingerprint, group in groups.items():
        if fingerprint in entries:
            known.update(f.fingerprint for f in _known(group, entries[fingerprint], lines))
    stale = []
    for fingerprint, entry in entries.items():
        gone = entry.count - len(groups.get(fingerprint, ()))
        if gone > 0 and was_judged(entry):
            stale.append(BaselineEntry(entry.rule, entry.path, fingerprint, gone))
    new = [finding for finding in findings if finding.fingerprint not in known]
    ordered = tuple(sorted(stale, key=lambda entry: entry.sort_key))
    return new, Comparison(hidden=len(known), stale=ordered)


def _joined(baseline: Iterable[BaselineEntry]) -> dict[str, BaselineEntry]:
    """The entries by fingerprint; of two for the same, as a merge may leave, the larger counts."""
    entries: dict[str, BaselineEntry] = {}
    for entry in baseline:
        other = entries.get(entry.fingerprint)
        if other is None or entry.count > other.count:
            entries[entry.fingerprint] = entry
    return entries


def _known(group: Sequence[Finding], entry: BaselineEntry, lines: LineHashes) -> list[Finding]:
    """Those of `group` that the entry stands for: the ones on lines that it knows, then the first."""
    left = Counter(entry.lines)
    on_known_lines: list[Finding] = []
    elsewhere: list[Finding] = []
    for finding in group:
        line = lines.of(finding)
        (on_known_lines if left[line] > 0 else elsewhere).append(finding)
        left[line] -= 1
    return [*on_known_lines, *elsewhere][: max(0, entry.count)]


def _by_identity(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[identity(finding)].append(finding)
    return groups
