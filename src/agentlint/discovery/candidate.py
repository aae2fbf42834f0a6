"""A file that may be read, before anyone has read it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentlint.discovery.listing import Listing
    from agentlint.findings import Notice


class FileKind(StrEnum):
    """`instruction`: an agent obeys it. `config`: a tool is routed by it. `document`: people read it.
    `code`: a program that may call models itself. `notebook`: such a program in cells, with the text around
    them. `log`: records are appended to it."""

    INSTRUCTION = "instruction"
    CONFIG = "config"
    DOCUMENT = "document"
    CODE = "code"
    NOTEBOOK = "notebook"
    LOG = "log"


_TOLD_BY_CONTENT = (
    FileKind.CONFIG,
    FileKind.CODE,
    FileKind.NOTEBOOK,
    FileKind.LOG,
    FileKind.DOCUMENT,
)


class Keeping(StrEnum):
    """What keeps one person's own file out of the repository: `nothing`, an ignore file (`ignored`), or
    such a one that comes too late, since git tracks the file (`tracked`)."""

    NOTHING = "nothing"
    IGNORED = "ignored"
    TRACKED = "tracked"


class Candidate(Struct, frozen=True, gc=False):
    """`path` is the real path relative to `root`, with forward slashes; `format` names the row of
    `rules/data/files.toml` that knew the file, and is "" where only its content can tell. `asked_for`
    files were named one by one, or are linked to by one that was, and are of a kind that no walk reads as
    it is: they are read whatever they hold. A hook names its files one by one too, and there a config is
    still told by its content, so that a hook and a run over the repository say the same. A `named` file
    is one of which a person, and no hook, asks to be told why it gives nothing. A file is
    `shown` whose tool looks for it elsewhere and never reads it where it lies: a workflow, in YAML or in
    Markdown, below the root of its checkout. `keeping` is told of one person's own files alone."""

    path: str
    root: str
    kind: FileKind
    format: str = ""
    asked_for: bool = False
    shown: bool = False
    keeping: Keeping = Keeping.NOTHING
    named: bool = False

    @property
    def file(self) -> str:
        """The absolute path; thousands are asked for, and a join costs ten times as much."""
        return f"{self.root}/{self.path}"

    @property
    def known(self) -> bool:
        """Whether the file is read whatever it holds; of others only the content can tell."""
        return bool(self.format) or self.asked_for or self.kind not in _TOLD_BY_CONTENT


class Discovered(Struct, frozen=True):
    """What a walk found, and by the path of the folder ("" or "a/b/") what the next one need not
    list again. `is_cut` says that there was more than the walk was to look at. So many files
    are `passed_over` since they are as they were when they were of no interest."""

    candidates: tuple[Candidate, ...]
    notices: tuple[Notice, ...]
    listings: Mapping[str, Listing] = {}
    is_cut: bool = False
    passed_over: int = 0
