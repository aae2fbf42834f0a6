"""What `agentlint check --show-files` prints: the files that a check reads, and the settings in use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from agentlint.cli.printing import print_text
from agentlint.cli.run_options import viewpoint_on
from agentlint.config import ConfigError, settings_name
from agentlint.engine import Run, collect
from agentlint.engine.collected import Collected
from agentlint.engine.read_files import ReadFile, read_files
from agentlint.reporters.concise_format import notice_line
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import counted
from agentlint.reporters.viewpoint import Viewpoint

_JSON = "json"
_FORMATS = ("full", "concise", _JSON)
_WIDEST = 60


def show_files(request: Run, output_format: str) -> bool:
    """Print the files of a run to standard output, and to standard error the settings and what was not
    read; False where agentlint failed on a file. Raises ConfigError for a format without such a list."""
    if output_format not in _FORMATS:
        raise ConfigError(f"--show-files prints these formats only: {', '.join(_FORMATS)}")
    collected = collect(request)
    files = list(read_files(request, collected))
    viewpoint = viewpoint_on(request.root)
    if output_format == _JSON:
        print_text(_object(files, _settings(request, Viewpoint())))
    else:
        print_text("".join(_rows(files, viewpoint)))
        print_text(_summary(files, collected, _settings(request, viewpoint)), to_errors=True)
    notices = sorted({*collected.notices, *request.settings.unused})
    lines = (f"{notice_line(notice, viewpoint)}\n" for notice in notices)
    print_text("".join(lines), to_errors=True)
    return not any(notice.kind.is_failure for notice in notices)


def _settings(request: Run, viewpoint: Viewpoint) -> str | None:
    """The settings file in use, by its name where `--config` named one that is none of the root's."""
    source = request.settings.source
    if source is None:
        return None
    name = settings_name(source, request.root)
    return safe(viewpoint.path(name) if request.root in source.parents else name)


def _summary(files: Sequence[ReadFile], collected: Collected, settings: str | None) -> str:
    beside = len(collected.project.context)
    checked = f"{counted(len(files) - beside, 'file')} to check"
    read = f", {beside} more to read" if beside else ""
    origin = f"the settings of {settings}" if settings else "no settings file"
    return f"{checked}{read}, {origin}.\n"


def _rows(files: Sequence[ReadFile], viewpoint: Viewpoint) -> Iterator[str]:
    names = [safe(viewpoint.path(file.path)) for file in files]
    width = min(_WIDEST, max(map(len, names), default=0))
    for name, file in zip(names, files, strict=True):
        yield f"{name:{width}}  {_why(file, viewpoint)}\n"


def _why(file: ReadFile, viewpoint: Viewpoint) -> str:
    return f"{file.why} {safe(viewpoint.path(file.pulled_in_by))}".rstrip()


def _object(files: Sequence[ReadFile], settings: str | None) -> str:
    root = Viewpoint()
    rows = [
        {"path": safe(file.path), "kind": str(file.kind), "why": _why(file, root)} for file in files
    ]
    found = {"version": 1, "settings": settings, "files": rows}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
