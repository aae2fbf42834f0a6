"""Which files a run reads, and what makes it read each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.discovery import (
    FileError,
    FileKind,
    classify,
    kind_by_suffix,
    most_bytes,
    read_bytes,
    recognise_content,
    recognise_definition,
)
from agentlint.engine.collected import Collected
from agentlint.engine.load import is_borne_out
from agentlint.engine.request import Run
from agentlint.facts.file_facts import FileFacts

_NOUNS = {
    FileKind.INSTRUCTION: "instruction file",
    FileKind.CONFIG: "config",
    FileKind.DOCUMENT: "document",
    FileKind.CODE: "program",
    FileKind.NOTEBOOK: "notebook",
    FileKind.LOG: "log",
}
_SECRETS = "secrets alone"
_MODULE = "module, since a program imports its model from there"
_CONTEXT = "not checked: read for what the others name"


class ReadFile(Struct, frozen=True):
    """`why` says in words for people what it is read as, and what tells so; `pulled_in_by` is the path of
    the file that alone makes it an instruction file, "" for none."""

    path: str
    kind: FileKind
    why: str
    pulled_in_by: str = ""


def read_files(request: Run, collected: Collected) -> Iterator[ReadFile]:
    """The files that were judged, in order of their paths, then those that were read beside them."""
    for file in collected.project.files:
        kind, reason = FileKind(file.kind), collected.reasons.get(file.path)
        if reason:
            yield ReadFile(file.path, kind, f"{_NOUNS[kind]}, because of", reason.path)
        else:
            yield ReadFile(file.path, kind, _why(request, file, kind))
    for file in collected.project.context:
        yield ReadFile(file.path, FileKind(file.kind), _CONTEXT)


def _why(request: Run, file: FileFacts, kind: FileKind) -> str:
    path, noun = file.path, _NOUNS[kind]
    known = classify(path)
    if known:
        return f"{noun}, by its name ({known[1]})"
    if kind is FileKind.INSTRUCTION:
        definition = recognise_definition(path, _data(request, path))
        how = (
            f"its folder and front matter ({definition})"
            if definition
            else "the name of a link to it"
        )
        return f"{noun}, by {how}"
    signature = recognise_content(_data(request, path), kind) if kind_by_suffix(path) else None
    if signature and is_borne_out(signature, file):
        return f"{noun}, by its content ({signature.id})"
    if kind is FileKind.CODE:
        return _MODULE
    is_named = kind in (FileKind.DOCUMENT, FileKind.NOTEBOOK)
    return f"{noun}, since it was named" if is_named else _SECRETS


def _data(request: Run, path: str) -> bytes:
    """What a file holds, nothing where it cannot be read any more."""
    if request.stdin:
        return request.stdin.data
    try:
        return read_bytes(f"{request.root}/{path}", most_bytes(path))
    except FileError:
        return b""
