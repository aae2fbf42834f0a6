"""Files that are read only because what is judged depends on them; no rule reports on these.

A hook is given a few changed files, and a finding in one of them may hang on another: the note that
a migration links to, the route table that makes a name an alias, or the record of an approval.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from agentlint.discovery import Candidate, FileKind, discover
from agentlint.engine.load import Loaded
from agentlint.engine.texts import Unopened
from agentlint.facts.contract import InstructionContract
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.mention import ModelMention, Stance
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.routing_order import RoutingOrder
from agentlint.facts.section import Link, MigrationBlock, RouteMove, Section
from agentlint.findings import Notice

_MARKDOWN = (".md", ".mdx", ".markdown")
MAX_NEIGHBOURS = 50


LoadEach: TypeAlias = Callable[[Sequence[Candidate]], Iterable["Loaded | Unopened | Notice | None"]]


def context_files(
    root: Path, files: Sequence[FileFacts], load_each: LoadEach, *, whole: bool
) -> tuple[FileFacts, ...]:
    """The facts of further files that `files` call for; `whole` says that nothing was left out."""
    known = {file.path for file in files}
    wanted = dict.fromkeys(path for file in files if _moves(file) for path in _beside(root, file))
    candidates = [
        Candidate(path, str(root / path), FileKind.DOCUMENT) for path in wanted if path not in known
    ]
    kinds = frozenset() if whole else frozenset(kind for file in files for kind in _joined(file))
    if kinds:
        found = discover(root, [root]).candidates
        candidates += [c for c in found if c.kind in kinds and c.path not in known]
    results = load_each([one for one in candidates if _is_inside(root, one.file)])
    return tuple(result.facts for result in results if isinstance(result, Loaded | Unopened))


def _joined(file: FileFacts) -> tuple[FileKind, ...]:
    """The kinds of file that the findings of one file may hang on."""
    if any(isinstance(fact, Record | InstructionContract) for fact in file.facts):
        return (FileKind.CONFIG, FileKind.LOG, FileKind.INSTRUCTION, FileKind.DOCUMENT)
    if file.of(Route) or _binds_model(file):
        return (FileKind.CONFIG, FileKind.LOG)
    return ()


def _moves(file: FileFacts) -> bool:
    if any(isinstance(fact, MigrationBlock | Record | RouteMove) for fact in file.facts):
        return True
    return any(section.migration is not None for section in file.of(Section))


def _binds_model(file: FileFacts) -> bool:
    binding = (Stance.DIRECTIVE, Stance.ASSIGNED)
    binds = any(mention.stance in binding for mention in file.of(ModelMention))
    return binds or bool(file.of(RoutingOrder))


def _beside(root: Path, file: FileFacts) -> Iterator[str]:
    """Markdown files that a file links to, and those that share its folder."""
    yield from (link.target for link in file.of(Link) if link.target.lower().endswith(_MARKDOWN))
    folder = file.path.rpartition("/")[0]
    try:
        names = sorted(os.listdir(root / folder))
    except OSError:
        return
    neighbours = [name for name in names if name.lower().endswith(_MARKDOWN)]
    yield from (f"{folder}/{name}" if folder else name for name in neighbours[:MAX_NEIGHBOURS])


def _is_inside(root: Path, file: str) -> bool:
    real = Path(os.path.realpath(file))
    return root in real.parents and os.path.isfile(real)
