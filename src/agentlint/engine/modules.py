"""Modules that are read because a program imports the model that it calls from them.

Most of them only hold constants, and nothing in them tells that they are worth reading. A hook is to
report on the files that it was given: of a module that it was not given, rules only know what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from agentlint.discovery import Candidate, FileKind, readable
from agentlint.engine.load import Loaded
from agentlint.engine.request import Run
from agentlint.engine.texts import Unopened
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.joins.imported_models import (
    MAX_REEXPORTS,
    importing,
    modules_of,
    origins_of,
    reexported,
)
from agentlint.facts.model_constant import ModelConstant
from agentlint.facts.reexport import Reexport
from agentlint.findings import Notice

MAX_MODULES = 200
"""Modules that are read in one run."""
MAX_LOOKED_FOR = 4_000
"""Files that are looked for in one run."""

L = TypeVar("L", Loaded, Loaded | Unopened)


def with_modules(
    request: Run,
    loaded: Sequence[L],
    holds: Callable[[str], bool],
    read: Callable[[Candidate], Loaded | Notice | None],
) -> tuple[list[L | Loaded], list[Loaded]]:
    """What was loaded together with the modules that it has models from, in order of the paths; and those
    modules that the run is not to report on, or that tell of no model."""
    judged: list[L | Loaded] = list(loaded)
    context: list[Loaded] = []
    known = {item.facts.path: item.facts for item in loaded}
    names, looked_for, left = _imported(known.values()), set(known), MAX_MODULES
    most = len(looked_for) + MAX_LOOKED_FOR
    for _ in range(MAX_REEXPORTS + 1):
        paths = _paths_of(names, looked_for)[: most - len(looked_for)]
        found = [path for path in paths if holds(path)][:left]
        looked_for.update(paths)
        left -= len(found)
        covered = filter(request.covers, found)
        wanted = set(readable(request.root, covered, request.settings.exclude))
        for path in found:
            module = read(Candidate(path, str(request.root), FileKind.CODE, asked_for=True))
            if not isinstance(module, Loaded):
                continue  # of what only constants were hoped of, nobody needs to hear that it is unread
            known[path] = module.facts
            if path in wanted and module.facts.of(ModelConstant):
                judged.append(module)
            else:
                context.append(module)
        origins = origins_of(item for file in known.values() for item in file.of(Reexport))
        further = (pair for name in names for pair in reexported(*name, origins))
        names = dict.fromkeys(islice(further, MAX_LOOKED_FOR))
    return sorted(judged, key=lambda item: item.facts.path), context


def _imported(files: Iterable[FileFacts]) -> dict[tuple[str, str], None]:
    """(importer, name) of each model that is imported, in order."""
    return {
        (route.path, route.model_import.name): None
        for file in files
        for route in importing(file)
        if route.model_import
    }


def _paths_of(names: Iterable[tuple[str, str]], known: Container[str]) -> list[str]:
    """Where the modules would be that models are imported from, without those that are known."""
    paths = dict.fromkeys(module.path for name in names for module in modules_of(*name))
    return [path for path in paths if path not in known]
