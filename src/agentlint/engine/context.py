"""Files that are read only because what is judged depends on them; no rule reports on these.

A hook is given a few changed files, and a finding in one of them may hang on another: the note that
a migration links to, the route table that makes a name an alias, or the record of an approval.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from agentlint.discovery import Candidate, Discovered, FileKind, is_markdown_page
from agentlint.engine.load import Loaded
from agentlint.engine.reader import Reader
from agentlint.engine.texts import Unopened
from agentlint.facts.contract import InstructionContract
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.mention import ModelMention, Stance
from agentlint.facts.named_model import NamedModel
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.routing_order import RoutingOrder
from agentlint.facts.section import Link, MigrationBlock, RouteMove, Section
from agentlint.findings import Notice
from agentlint.rules.shared.way_back import names_note

MAX_NEIGHBOURS = 50
"""Pages of one folder. What is not read here can only bring a finding, never hide one: pages beside a
migration are asked for the way back."""


def context_files(
    reader: Reader, files: Sequence[FileFacts], *, whole: bool
) -> tuple[tuple[Loaded | Unopened, ...], tuple[Notice, ...]]:
    """Further files that `files` call for, and what limits were reached in looking for them; `whole` says
    that nothing was left out."""
    root = reader.root
    known = {file.path for file in files}
    moving = [file for file in files if _moves(file)]
    linked = (link.target for file in moving for link in file.of(Link))
    folders = dict.fromkeys(posixpath.dirname(file.path) for file in moving)
    wanted = dict.fromkeys(
        (
            *(target for target in linked if is_markdown_page(target)),
            *(path for folder in folders for path in _pages(reader, folder)),
        )
    )
    linked_to = (
        Candidate(path, str(root), FileKind.DOCUMENT, asked_for=True)
        for path in wanted
        if path not in known
    )
    candidates = [one for one in linked_to if reader.holds(one.path)]
    kinds = frozenset() if whole else frozenset(kind for file in files for kind in _joined(file))
    below = reader.below_root(kinds) if kinds else Discovered((), ())
    candidates += [one for one in below.candidates if one.path not in known]
    results = reader.load(replace(below, candidates=tuple(candidates)))
    read = tuple(result for result in results if isinstance(result, Loaded | Unopened))
    return read, below.notices


def _joined(file: FileFacts) -> tuple[FileKind, ...]:
    """The kinds of file that the findings of one file may hang on."""
    if any(isinstance(fact, Record | InstructionContract) for fact in file.facts):
        return (FileKind.CONFIG, FileKind.LOG, FileKind.INSTRUCTION, FileKind.DOCUMENT)
    names_models = bool(file.of(Route)) or bool(file.of(NamedModel))
    if names_models or _binds_model(file):
        return (FileKind.CONFIG, FileKind.LOG)
    return ()


def _moves(file: FileFacts) -> bool:
    if any(isinstance(fact, MigrationBlock | Record | RouteMove) for fact in file.facts):
        return True
    return any(section.migration is not None for section in file.of(Section))


def _binds_model(file: FileFacts) -> bool:
    binding = (Stance.DIRECTIVE, Stance.ASSIGNED, Stance.EXAMPLE)
    binds = any(mention.stance in binding for mention in file.of(ModelMention))
    return binds or bool(file.of(RoutingOrder))


def _pages(reader: Reader, folder: str) -> Iterator[str]:
    """The Markdown files of a folder, rollback notes first: there may be more of them than are read."""
    names = sorted(reader.names_in(folder), key=lambda name: (not names_note(name), name))
    pages = [name for name in names if is_markdown_page(name)]
    yield from (posixpath.join(folder, name) for name in pages[:MAX_NEIGHBOURS])
