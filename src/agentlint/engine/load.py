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


def load(candidate: Candidate) -> Loaded | Notice | None:
    """The facts of a file, a notice for one that could not be read, None for one of no interest.

    One that was named is never None: a notice says why it gives nothing.
    """
    try:
        data = bytes_of(candidate)
    except FileError as error:
        return unread(candidate, error)
    return load_bytes(candidate, data)


def bytes_of(candidate: Candidate) -> bytes:
    """What a file holds; raises FileError for one that is larger than files of its kind may be."""
    # The thousands of files of other kinds need not be looked at for their suffix as well.
    if candidate.kind is FileKind.NOTEBOOK:
        return read_bytes(candidate.file, most_bytes(candidate.path))
    return read_bytes(candidate.file)


def unread(candidate: Candidate, error: FileError) -> Notice | None:
    """What to tell of a file whose bytes could not be had.

    One that only its content could tell is passed over in silence unless it may be one of ours: a large
    lock file or data set is no news, and a large file that begins like a route config is.
    """
    if candidate.named or candidate.known or _begins_as_ours(candidate, error):
        return Notice(candidate.path, 0, error.kind, error.message)
    return None


def load_bytes(candidate: Candidate, data: bytes) -> Loaded | Notice | None:
    """As `load`, for bytes at hand."""
    found = _found(candidate, data)
    return _answer(candidate, data, found) if candidate.named else found


def _found(candidate: Candidate, data: bytes) -> Loaded | Notice | None:
    """What a walk makes of a file."""
    if not candidate.asked_for and is_generated(data, candidate.format):
        return None
    definition = _definition(candidate, data)
    if definition:
        return _in_full(candidate.path, data, FileKind.INSTRUCTION, definition)
    if candidate.known:
        if _is_of_no_kind(candidate):
            return _of_secrets(_loaded(candidate.path, data, extract_plain))
        return _in_full(
            candidate.path,
            data,
            candidate.kind,
            candidate.format,
            shown=candidate.shown,
            keeping=candidate.keeping,
        )
    signature = recognise_content(data, candidate.kind)
    if signature:
        loaded = _in_full(candidate.path, data, candidate.kind, signature.id)
        if isinstance(loaded, Loaded) and is_borne_out(signature, loaded.facts):
            return loaded
        if isinstance(loaded, Notice) and not signature.weak:
            return loaded
    return _of_secrets(_searched(candidate, data))


def _answer(candidate: Candidate, data: bytes, found: Loaded | Notice | None) -> Loaded | Notice:
    """What whoever named a file is told of what was `found` in it: a config that was searched and holds no
    credential is one that was read, and a notebook is read whatever it holds; of all others a notice says
    why they were not."""
    if isinstance(found, Loaded):
        return _with_notice_of_page(candidate, found)
    if found:
        return found
    if candidate.kind is FileKind.NOTEBOOK:
        return _in_full(candidate.path, data, candidate.kind, candidate.format)
    searched = None if candidate.known else _searched(candidate, data)
    if searched:
        return searched
    source = _source(candidate.path, data)
    return source if isinstance(source, Notice) else _not_known(candidate, _why(candidate, data))


def _definition(candidate: Candidate, data: bytes) -> str:
    """The row of an instruction file that a page is by its front matter, "" for none, nor for one that its
    tool looks for elsewhere."""
    if candidate.kind is not FileKind.DOCUMENT or candidate.format or candidate.shown:
        return ""
    return recognise_definition(candidate.path, data)


def _searched(candidate: Candidate, data: bytes) -> Loaded | Notice | None:
    """A config of which nothing is told but the credentials that stand in it; None where none can."""
    format_id = searched_as(data) if candidate.kind is FileKind.CONFIG else ""
    if not format_id:
        return None
    return _loaded(candidate.path, data, partial(extract_secrets, format_id=format_id))


def _of_secrets(loaded: Loaded | Notice | None) -> Loaded | Notice | None:
    """A file of which nothing but its credentials is told; None where it has none, or is no text."""
    if not isinstance(loaded, Loaded):
        return loaded if loaded and loaded.kind.is_failure else None
    has_failed = any(notice.kind.is_failure for notice in loaded.facts.notices)
    return loaded if has_failed or loaded.facts.of(SecretCandidate) else None


def _with_notice_of_page(candidate: Candidate, loaded: Loaded) -> Loaded:
    """A page that no run over its folder would judge is told as such: a reader of the report would take it
    for checked instructions."""
    facts = loaded.facts
    is_page = candidate.asked_for and not candidate.format and candidate.kind is FileKind.DOCUMENT
    if not is_page or facts.kind == FileKind.INSTRUCTION or _is_as_promised(facts):
        return loaded
    notices = (*facts.notices, _not_known(candidate, _NO_INSTRUCTION))
    return replace(loaded, facts=replace(facts, notices=notices))


def _not_known(candidate: Candidate, why: str) -> Notice:
    return Notice(candidate.path, 0, NoticeKind.NOT_KNOWN, why)


def _why(candidate: Candidate, data: bytes) -> str:
    """Why nothing is told of a file that was read."""
    if not candidate.asked_for and is_generated(data, candidate.format):
        return _GENERATED
    return _OF_NO_KIND if _is_of_no_kind(candidate) else _TELLS_NOTHING


def _is_of_no_kind(candidate: Candidate) -> bool:
    """Whether neither name nor suffix of a file that was named tells how to read it."""
    is_config = candidate.kind is FileKind.CONFIG and not candidate.format
    return is_config and kind_by_suffix(candidate.path) is None


def is_borne_out(signature: Signature, facts: FileFacts) -> bool:
    """Whether a file whose text bears a signature turned out to be what that promises."""
    return not signature.weak or _is_as_promised(facts)


def _is_as_promised(facts: FileFacts) -> bool:
    """Whether a file that was parsed for its words turned out to hold what they promised."""
    if facts.kind == FileKind.DOCUMENT:
        return bool(facts.of(Record) or facts.of(InstructionContract))
    return bool(facts.of(Route) or facts.of(NamedModel) or facts.of(PossibleCall))


def _in_full(
    path: str,
    data: bytes,
    kind: FileKind,
    format_id: str,
    *,
    shown: bool = False,
    keeping: Keeping = Keeping.NOTHING,
) -> Loaded | Notice:
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


def _begins_as_ours(candidate: Candidate, error: FileError) -> bool:
    """Whether a file that is too large begins like one that agentlint reads."""
    if error.kind is not NoticeKind.TOO_LARGE:
        return False
    try:
        with open(candidate.file, "rb") as file:
            signature = recognise_content(file.read(MAX_BYTES), candidate.kind)
    except OSError:
        return False
    return signature is not None and not signature.weak
