"""From a candidate to its facts, or to the notice that says why there are none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import (
    MAX_BYTES,
    Candidate,
    FileError,
    FileKind,
    Keeping,
    Signature,
    classify_or_guess,
    is_generated,
    kind_by_suffix,
    most_bytes,
    read_bytes,
    recognise_content,
    recognise_definition,
    searched_as,
    source_of,
)
from agentlint.facts.contract import InstructionContract
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.extract import extract, extract_plain, extract_secrets
from agentlint.facts.named_model import NamedModel
from agentlint.facts.possible_call import PossibleCall
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Notice, NoticeKind
from agentlint.text import SourceFile

_TELLS_NOTHING = "neither its name nor its text tells of instructions to agents or of model calls"
_OF_NO_KIND = "agentlint reads no files of this kind; secrets were looked for all the same"
_NO_INSTRUCTION = (
    "no instruction file by its name: secrets and samples were looked at, and what its text tells an agent"
    " was not"
)
_GENERATED = "a tool writes this file and says so in it: nobody edits it by hand"


class Loaded(Struct, frozen=True):
    source: SourceFile
    facts: FileFacts


def load(candidate: Candidate, edited: bytes | None = None) -> Loaded | Notice | None:
    """The facts of a file, a notice for one that could not be read, None for one of no interest.

    `edited` stands in for what the file holds.
    """
    try:
        data = bytes_of(candidate) if edited is None else edited
    except FileError as error:
        return _unread(candidate, error)
    return load_candidate(candidate, data)


def bytes_of(candidate: Candidate) -> bytes:
    """What a file holds; raises FileError for one that is larger than files of its kind may be."""
    # The thousands of files of other kinds need not be looked at for their suffix as well.
    if candidate.kind is FileKind.NOTEBOOK:
        return read_bytes(candidate.file, most_bytes(candidate.path))
    return read_bytes(candidate.file)


def load_candidate(candidate: Candidate, data: bytes) -> Loaded | Notice | None:
    """As `load`, for the bytes of a candidate that are at hand."""
    if not candidate.asked_for and is_generated(data, candidate.format):
        return None
    definition = _definition(candidate, data)
    if definition:
        return load_bytes(candidate.path, data, FileKind.INSTRUCTION, definition)
    if candidate.known:
        if _is_of_no_kind(candidate.path, candidate.kind, candidate.format):
            return _of_secrets(_loaded(candidate.path, data, extract_plain))
        return load_bytes(
            candidate.path,
            data,
            candidate.kind,
            candidate.format,
            shown=candidate.shown,
            keeping=candidate.keeping,
        )
    signature = recognise_content(data, candidate.kind)
    if signature:
        loaded = load_bytes(candidate.path, data, candidate.kind, signature.id)
        if isinstance(loaded, Loaded) and is_borne_out(signature, loaded.facts):
            return loaded
        if isinstance(loaded, Notice) and not signature.weak:
            return loaded
    return _searched(candidate, data) if candidate.kind is FileKind.CONFIG else None


def _definition(candidate: Candidate, data: bytes) -> str:
    """The row of an instruction file that a page is by its front matter, "" for none, nor for one that its
    tool looks for elsewhere."""
    if candidate.kind is not FileKind.DOCUMENT or candidate.format or candidate.shown:
        return ""
    return recognise_definition(candidate.path, data)


def _searched(candidate: Candidate, data: bytes) -> Loaded | Notice | None:
    """A config of which nothing is told but the credentials that stand in it; None where none do."""
    format_id = searched_as(data)
    if not format_id:
        return None
    return _of_secrets(_loaded_searched(candidate.path, data, format_id))


def _loaded_searched(path: str, data: bytes, format_id: str) -> Loaded | Notice:
    return _loaded(path, data, partial(extract_secrets, format_id=format_id))


def _of_secrets(loaded: Loaded | Notice) -> Loaded | Notice | None:
    """A file of which nothing but its credentials is told; None where it has none, or is no text."""
    if isinstance(loaded, Notice):
        return loaded if loaded.kind.is_failure else None
    has_failed = any(notice.kind.is_failure for notice in loaded.facts.notices)
    return loaded if has_failed or loaded.facts.of(SecretCandidate) else None


def load_named(candidate: Candidate) -> Loaded | Notice:
    """What a file that was named gives, where `load` gave nothing: a config that was searched and holds no
    credential is one that was read, and a notebook is searched whatever it holds; of all others a notice
    says why they were not."""
    try:
        return load_named_bytes(candidate, bytes_of(candidate))
    except FileError as error:
        return Notice(candidate.path, 0, error.kind, error.message)


def load_named_bytes(candidate: Candidate, data: bytes) -> Loaded | Notice:
    """As `load_named`, for the bytes of a candidate that are at hand."""
    if candidate.kind is FileKind.CONFIG and not candidate.known:
        format_id = searched_as(data)
        if format_id:
            return _loaded_searched(candidate.path, data, format_id)
    if candidate.kind is FileKind.NOTEBOOK:
        return load_bytes(candidate.path, data, candidate.kind, candidate.format)
    source = _source(candidate.path, data)
    if isinstance(source, Notice):
        return source
    return Notice(candidate.path, 0, NoticeKind.NOT_KNOWN, _why_unknown(candidate, data))


def unknown_page(candidate: Candidate, facts: FileFacts) -> Notice | None:
    """What to tell of a page that was named and that no run over its folder would judge: a reader of the
    report would take it for checked instructions."""
    is_page = candidate.asked_for and not candidate.format and candidate.kind is FileKind.DOCUMENT
    if not is_page or facts.kind == FileKind.INSTRUCTION or _is_told(facts):
        return None
    return Notice(candidate.path, 0, NoticeKind.NOT_KNOWN, _NO_INSTRUCTION)


def _why_unknown(candidate: Candidate, data: bytes) -> str:
    if not candidate.asked_for and is_generated(data, candidate.format):
        return _GENERATED
    if _is_of_no_kind(candidate.path, candidate.kind, candidate.format):
        return _OF_NO_KIND
    return _TELLS_NOTHING


def _is_of_no_kind(path: str, kind: FileKind, format_id: str) -> bool:
    """Whether neither name nor suffix of a file that was named tells how to read it."""
    return kind is FileKind.CONFIG and not format_id and kind_by_suffix(path) is None


def is_borne_out(signature: Signature, facts: FileFacts) -> bool:
    """Whether a file whose text bears a signature turned out to be what that promises."""
    return not signature.weak or _is_told(facts)


def _is_told(facts: FileFacts) -> bool:
    """Whether a file that was parsed for its words turned out to hold what they promised."""
    if facts.kind == FileKind.DOCUMENT:
        return bool(facts.of(Record) or facts.of(InstructionContract))
    return bool(facts.of(Route) or facts.of(NamedModel) or facts.of(PossibleCall))


def load_bytes(
    path: str,
    data: bytes,
    kind: FileKind,
    format_id: str,
    *,
    shown: bool = False,
    keeping: Keeping = Keeping.NOTHING,
) -> Loaded | Notice:
    """As `load`, for bytes at hand."""
    extractor = partial(extract, kind=kind, format_id=format_id, shown=shown, keeping=keeping)
    return _loaded(path, data, extractor)


def _loaded(
    path: str, data: bytes, extracted: Callable[[SourceFile], FileFacts]
) -> Loaded | Notice:
    source = _source(path, data)
    if isinstance(source, Notice):
        return source
    try:
        return Loaded(source, extracted(source))
    except Exception as error:  # one file must never stop the run
        from agentlint.findings.failure import failure

        return _by_shapes_alone(source, failure(path, "agentlint failed on this file", error))


def _by_shapes_alone(source: SourceFile, failed: Notice) -> Loaded | Notice:
    """What can be told of a file that agentlint fails on: the credentials that need no parser."""
    try:
        facts = extract_plain(source)
    except Exception:
        return failed
    return Loaded(source, replace(facts, notices=(*facts.notices, failed)))


def _source(path: str, data: bytes) -> SourceFile | Notice:
    most = most_bytes(path)
    if len(data) > most:
        return Notice(path, 0, NoticeKind.TOO_LARGE, f"more than the limit of {most} bytes")
    try:
        return source_of(path, data)
    except FileError as error:
        return Notice(path, 0, error.kind, error.message)


def facts_of_bytes(path: str, data: bytes) -> FileFacts | None:
    """The facts of a text that `path` held once; None where it could not be read."""
    kind, format_id = classify_or_guess(path)
    definition = recognise_definition(path, data) if kind is FileKind.DOCUMENT else ""
    if definition:
        kind, format_id = FileKind.INSTRUCTION, definition
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
