"""Modules that are read because a program imports the model that it calls from them.

Most of them only hold constants, and nothing in them tells that they are worth reading. A hook is to
report on the files that it was given: of a module that it was not given, rules only know what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from agentlint.discovery import Candidate, FileKind, readable
from agentlint.engine.load import Loaded
from agentlint.engine.request import Run
from agentlint.engine.texts import Unopened
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.joins.imported_models import importing, modules_of
from agentlint.facts.model_constant import ModelConstant
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
    files = [item.facts for item in loaded]
    paths = _looked_for(files)
    found = [path for path in paths if holds(path)][:MAX_MODULES]
    wanted = set(readable(request.root, filter(request.covers, found), request.settings.exclude))
    judged: list[L | Loaded] = list(loaded)
    context: list[Loaded] = []
    for path in found:
        module = read(Candidate(path, str(request.root), FileKind.CODE, asked_for=True))
        if not isinstance(module, Loaded):
            continue  # of what only constants were hoped of, nobody needs to hear that it is unread
        if path in wanted and module.facts.of(ModelConstant):
            judged.append(module)
        else:
            context.append(module)
    return sorted(judged, key=lambda item: item.facts.path), context


def _looked_for(files: Iterable[FileFacts]) -> list[str]:
    """Where the modules would be that models are imported from, without those that are known."""
    files = list(files)
    known = {file.path for file in files}
    names = {
        (route.path, route.model_import.name): None
        for file in files
        for route in importing(file)
        if route.model_import
    }
    paths = dict.fromkeys(module.path for name in names for module in modules_of(*name))
    return [path for path in paths if path not in known][:MAX_LOOKED_FOR]
