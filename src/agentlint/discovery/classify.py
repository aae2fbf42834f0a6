"""Telling what a file is: by name first, then by the bytes that only such a file holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from agentlint.discovery.candidate import FileKind
from agentlint.knowledge.data import table

DATA_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".jsonc", ".toml"})
MARKDOWN_SUFFIXES = frozenset({".md", ".mdx", ".mdc", ".markdown"})


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    kind: FileKind
    names: frozenset[str]
    suffixes: tuple[str, ...]
    folders: tuple[str, ...]
    words: tuple[str, ...]

    def matches(self, name: str, folder: str) -> bool:
        """Whether the row knows a file; `name` and `folder` ("/a/b/") are in lower case."""
        if self.folders and not any(part in folder for part in self.folders):
            return False
        if self.words and not any(word in name for word in self.words):
            return False
        return name in self.names or name.endswith(self.suffixes)


@dataclass(frozen=True, slots=True)
class Signature:
    """The bytes that tell a config. A `weak` one only makes a file worth parsing."""

    id: str
    anchors: tuple[tuple[bytes, ...], ...]
    weak: bool


def classify(path: str) -> tuple[FileKind, str] | None:
    """The kind and format of a relative path by its name alone; None where the name says nothing."""
    lowered = path.lower()
    folder, _, name = lowered.rpartition("/")
    folder = f"/{folder}/"
    for row in _rows():
        if row.matches(name, folder) and not (name in row.names and _is_page(path)):
            return row.kind, row.id
    return None


def _is_page(path: str) -> bool:
    """Whether a file such as `docs/agents.md` is a page of documentation and no instruction file."""
    *folders, name = path.split("/")
    if not name.endswith(".md") or name != name.lower():
        return False
    return any(folder.lower() in _page_folders() for folder in folders)


def classify_or_guess(path: str) -> tuple[FileKind, str]:
    """As `classify`, with a guess by its suffix for a file that was named but that no row knows."""
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    guess = FileKind.DOCUMENT if suffix in MARKDOWN_SUFFIXES else FileKind.CONFIG
    return classify(path) or (guess, "")


def may_hold_routes(path: str) -> bool:
    """Whether a file that its name does not tell is worth a look at its bytes."""
    return path[path.rfind(".") :].lower() in DATA_SUFFIXES if "." in path else False


def recognise_content(data: bytes) -> Signature | None:
    """The first signature whose anchors stand in `data`, or None."""
    for signature in _signatures():
        if any(all(anchor in data for anchor in group) for group in signature.anchors):
            return signature
    return None


def is_test_path(path: str) -> bool:
    """Whether a relative path lies in a folder of test material."""
    return any(part in _test_folders() for part in PurePosixPath(path.lower()).parts[:-1])


def is_pruned(folder_name: str) -> bool:
    """Whether a folder of this name is never entered."""
    return folder_name.lower() in _pruned_folders()


@cache
def _rows() -> tuple[_Row, ...]:
    files = table("files")
    return tuple(
        _row(kind, facts)
        for kind in (FileKind.INSTRUCTION, FileKind.CONFIG, FileKind.DOCUMENT)
        for facts in files[kind]
    )


def _row(kind: FileKind, facts: dict[str, Any]) -> _Row:
    folder = facts.get("folder", [])
    folders = [folder] if isinstance(folder, str) else folder
    return _Row(
        facts["id"],
        kind,
        frozenset(name.lower() for name in facts.get("name", [])),
        tuple(facts.get("suffix", [])),
        tuple(f"/{folder.lower()}/" for folder in folders),
        tuple(facts.get("words", [])),
    )


@cache
def _signatures() -> tuple[Signature, ...]:
    return tuple(
        Signature(
            row["id"],
            tuple(tuple(anchor.encode() for anchor in group) for group in row["anchors"]),
            row.get("weak", False),
        )
        for row in table("files")["signature"]
    )


@cache
def _page_folders() -> frozenset[str]:
    return frozenset(table("files")["pages"]["folders"])


@cache
def _pruned_folders() -> frozenset[str]:
    prune = table("files")["prune"]
    return frozenset(prune["folders"]) | frozenset(prune["vendored"])


@cache
def _test_folders() -> frozenset[str]:
    return frozenset(table("files")["tests"]["folders"])
