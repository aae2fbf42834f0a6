"""From a candidate to its facts, or to the notice that says why there are none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from agentlint.discovery import (
    MAX_BYTES,
    Candidate,
    FileError,
    FileKind,
    classify_or_guess,
    is_generated,
    read_bytes,
    recognise_content,
    searched_as,
    source_of,
)
from agentlint.facts.contract import InstructionContract
from agentlint.facts.extract import extract, extract_secrets
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.named_model import NamedModel
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Notice, NoticeKind
from agentlint.text import SourceFile


class Loaded(Struct, frozen=True):
    source: SourceFile
    facts: FileFacts


def load(candidate: Candidate, edited: bytes | None = None) -> Loaded | Notice | None:
    """The facts of a file, a notice for one that could not be read, None for one of no interest.

    `edited` stands in for what the file holds.
    """
    try:
        data = read_bytes(candidate.file) if edited is None else edited
    except FileError as error:
        return _unread(candidate, error)
    return load_candidate(candidate, data)


def load_candidate(candidate: Candidate, data: bytes) -> Loaded | Notice | None:
    """As `load`, for the bytes of a candidate that are at hand."""
    if not candidate.asked_for and is_generated(data, candidate.format):
        return None
    if candidate.known:
        return load_bytes(candidate.path, data, candidate.kind, candidate.format)
    signature = recognise_content(data, candidate.kind)
    if signature:
        loaded = load_bytes(candidate.path, data, candidate.kind, signature.id)
        if not signature.weak or (isinstance(loaded, Loaded) and _is_told(loaded.facts)):
            return loaded
    return _searched(candidate, data) if candidate.kind is FileKind.CONFIG else None


def _searched(candidate: Candidate, data: bytes) -> Loaded | None:
    """A config of which nothing is told but the credentials that stand in it; None where none do."""
    format_id = searched_as(data)
    if not format_id:
        return None
    loaded = _loaded(candidate.path, data, partial(extract_secrets, format_id=format_id))
    return loaded if isinstance(loaded, Loaded) and loaded.facts.of(SecretCandidate) else None


def _is_told(facts: FileFacts) -> bool:
    """Whether a file that was parsed for its words turned out to hold what they promised."""
    if facts.kind == FileKind.DOCUMENT:
        return bool(facts.of(Record) or facts.of(InstructionContract))
    return bool(facts.of(Route) or facts.of(NamedModel))


def load_bytes(path: str, data: bytes, kind: FileKind, format_id: str) -> Loaded | Notice:
    """As `load`, for bytes at hand."""
    return _loaded(path, data, partial(extract, kind=kind, format_id=format_id))


def _loaded(
    path: str, data: bytes, extracted: Callable[[SourceFile], FileFacts]
) -> Loaded | Notice:
    if len(data) > MAX_BYTES:
        return Notice(path, 0, NoticeKind.TOO_LARGE, f"more than the limit of {MAX_BYTES} bytes")
    try:
        source = source_of(path, data)
    except FileError as error:
        return Notice(path, 0, error.kind, error.message)
    try:
        return Loaded(source, extracted(source))
    except Exception as error:  # one file must never stop the run
        message = f"agentlint failed on this file: {type(error).__name__}"
        return Notice(path, 0, NoticeKind.INTERNAL, message)


def facts_of_bytes(path: str, data: bytes) -> FileFacts | None:
    """The facts of a text that `path` held once; None where it could not be read."""
    kind, format_id = classify_or_guess(path)
    signature = None if format_id else recognise_content(data, kind)
    loaded = load_bytes(path, data, kind, signature.id if signature else format_id)
    return loaded.facts if isinstance(loaded, Loaded) else None


def _unread(candidate: Candidate, error: FileError) -> Notice | None:
    """A file that only its content could tell is passed over in silence unless it may be one of ours.

    A large lock file or data set is no news; a large file that begins like a route config is.
    """
    if candidate.known:
        return Notice(candidate.path, 0, error.kind, error.message)
    if error.kind is NoticeKind.TOO_LARGE:
        try:
            with open(candidate.file, "rb") as file:
                signature = recognise_content(file.read(MAX_BYTES), candidate.kind)
        except OSError:
            return None
        if signature and not signature.weak:
            return Notice(candidate.path, 0, error.kind, error.message)
    return None
