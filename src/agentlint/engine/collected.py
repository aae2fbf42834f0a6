"""What a run read before any rule looks at it: its own files, and those that they call for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import Candidate, classify_or_guess
from agentlint.engine.conclusive import IsConclusive, conclusiveness
from agentlint.engine.load import Loaded, load_bytes
from agentlint.engine.request import Run
from agentlint.engine.texts import Texts, Unopened
from agentlint.facts.contract import InstructionContract
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.instruction_import import InstructionImport
from agentlint.facts.possible_call import PossibleCall
from agentlint.facts.project import Project, Reach
from agentlint.facts.route import Route
from agentlint.findings import Notice, NoticeKind
from agentlint.knowledge.dead_routes import replaced_at
from agentlint.text import SourceFile

if TYPE_CHECKING:
    from agentlint.engine.changed_lines import ChangedLines
    from agentlint.engine.reader import Reader


class Collected(Struct, frozen=True):
    """What a run read before any rule looked at it: the facts, and the texts that they stand in.

    `settings` is the settings file of a run that can tell what in it serves nothing, and one of the
    sources. `reasons` are what pulled in the files that are instructions for that alone. `is_conclusive`
    says what files that were not read have no say in.
    """

    project: Project
    sources: Mapping[str, SourceFile]
    notices: tuple[Notice, ...]
    is_conclusive: IsConclusive
    settings: SourceFile | None = None
    reasons: Mapping[str, InstructionImport] = {}


def collected_from(
    request: Run,
    loaded: Sequence[Loaded | Unopened],
    notices: Sequence[Notice],
    reader: Reader,
    changes: ChangedLines | None = None,
) -> Collected:
    """What the files of a run and `reader`, who finds those that they call for, come to; `notices` are of
    files that could not be loaded, and `changes` make moves of routes."""
    before = {item.facts.path for item in loaded}
    unread: Sequence[Notice] = ()
    reasons: Mapping[str, InstructionImport] = {}
    if any(item.facts.of(InstructionImport) for item in loaded):
        from agentlint.engine.imports import with_imports

        loaded, unread, reasons = with_imports(request, loaded, reader.read)
    modules: Sequence[Loaded] = ()
    imports_models = any(_imports_model(item.facts) for item in loaded)
    if imports_models:
        from agentlint.engine.modules import with_modules

        loaded, modules = with_modules(request, loaded, reader.holds, reader.read)
    pulled = {item.facts.path for item in loaded} - before | reasons.keys()
    notices = [*_but_of(pulled, notices), *unread]
    files = _with_moves([item.facts for item in loaded], request, changes)
    if imports_models:
        from agentlint.facts.joins.imported_models import with_imported_models

        files = with_imported_models(files, [item.facts for item in modules])
    whole = request.stdin is None and request.root in request.paths
    settings = _settings_source(request) if whole and not notices else None
    notices += (notice for file in files for notice in file.notices)
    context, limits = _context(reader, files, whole=whole)
    notices += limits
    files = _completed(files, [item.facts for item in context], reader.holds, whole=whole)
    reach = Reach.WHOLE if whole else Reach.CUT if limits else Reach.PART
    project = Project.of(files, (item.facts for item in (*context, *modules)), reach)
    return Collected(
        project=project,
        sources=_sources([*loaded, *context, *modules], [settings] if settings else []),
        notices=tuple(notices),
        is_conclusive=conclusiveness(project),
        settings=settings,
        reasons=reasons,
    )


def _imports_model(file: FileFacts) -> bool:
    """Whether a program may have the model that it calls from another module."""
    return bool(file.of(PossibleCall)) or any(route.model_import for route in file.of(Route))


def _completed(
    files: list[FileFacts],
    context: Sequence[FileFacts],
    holds: Callable[[str], bool],
    *,
    whole: bool,
) -> list[FileFacts]:
    """The facts of files, with what other files change in them, before any rule sees one."""
    routes = [route for file in files for route in file.of(Route)]
    if any(route.settings_path for route in routes):
        from agentlint.facts.joins.claude_settings import with_settings

        files = with_settings(files, context)
    if any(route.library for route in routes):
        from agentlint.facts.joins.library_overrides import with_overrides

        files = with_overrides(files, holds, whole=whole)
    if any(replaced_at(file.path) for file in files if file.of(Route)):
        from agentlint.facts.joins.replaced_files import with_replaced

        files = with_replaced(files, holds)
    if any(file.of(InstructionContract) for file in files):
        from agentlint.facts.joins.named_sources import with_named_sources

        files = with_named_sources(files, holds)
    return files


def _but_of(pulled: Set[str], notices: Iterable[Notice]) -> Iterator[Notice]:
    """The notices but those that say of files that nothing told what they are, before something did."""
    return (n for n in notices if n.kind is not NoticeKind.NOT_KNOWN or n.path not in pulled)


def _context(
    reader: Reader, files: Sequence[FileFacts], *, whole: bool
) -> tuple[tuple[Loaded | Unopened, ...], tuple[Notice, ...]]:
    if not any(file.facts for file in files):
        return (), ()
    from agentlint.engine.context import context_files

    return context_files(reader, files, whole=whole)


def _settings_source(request: Run) -> SourceFile | None:
    if not request.settings.secrets.allow:
        return None
    from agentlint.engine.accept import settings_source

    return settings_source(request.root, request.settings)


def _with_moves(
    files: Sequence[FileFacts], request: Run, changes: ChangedLines | None
) -> list[FileFacts]:
    """The facts of files, with those that only their state before the change can tell."""
    if changes is None:
        return list(files)
    from agentlint.engine.changed_lines import files_before
    from agentlint.facts.joins.route_moves import route_moves

    changed = {file.path: file for file in files if file.path in changes.lines and file.of(Route)}
    for path, data in files_before(request.root, changes, list(changed)):
        before = load_bytes(Candidate(path, str(request.root), *classify_or_guess(path)), data)
        if isinstance(before, Loaded):
            after = changed[path]
            moves = route_moves(before.facts, after)
            changed[path] = replace(after, facts=(*after.facts, *moves))
    return [changed.get(file.path, file) for file in files]


def _sources(
    loaded: Sequence[Loaded | Unopened], others: Sequence[SourceFile]
) -> Mapping[str, SourceFile]:
    at_hand = (*others, *(item.source for item in loaded if isinstance(item, Loaded)))
    unopened = [item for item in loaded if isinstance(item, Unopened)]
    if unopened:
        return Texts(unopened, at_hand)
    return {source.path: source for source in at_hand}
