"""What `agentlint check --show-files` prints: the files that a check reads, and the settings in use."""

from __future__ import annotations

import json
from collections.abc import Sequence

from agentlint.cli.writing import print_text
from agentlint.config import ConfigError, settings_name
from agentlint.engine import Run, collect
from agentlint.engine.read_files import ReadFile, read_files
from agentlint.reporters.concise_format import notice_line
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import counted

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
    source = request.settings.source
    settings = settings_name(source, request.root) if source else None
    if output_format == _JSON:
        print_text(_object(files, settings))
    else:
        print_text("".join(_rows(files)))
        told = f"the settings of {safe(settings)}" if settings else "no settings file"
        beside = len(collected.project.context)
        checked = f"{counted(len(files) - beside, 'file')} to check"
        read = f", {beside} more to read" if beside else ""
        print_text(f"{checked}{read}, {told}.\n", to_errors=True)
    notices = sorted({*collected.notices, *request.settings.unused})
    print_text("".join(f"{notice_line(notice)}\n" for notice in notices), to_errors=True)
    return not any(notice.kind.is_failure for notice in notices)


def _rows(files: Sequence[ReadFile]) -> list[str]:
    names = [safe(file.path) for file in files]
    width = min(_WIDEST, max(map(len, names), default=0))
    return [f"{name:{width}}  {safe(file.why)}\n" for name, file in zip(names, files, strict=True)]


def _object(files: Sequence[ReadFile], settings: str | None) -> str:
    rows = [
        {"path": safe(file.path), "kind": str(file.kind), "why": safe(file.why)} for file in files
    ]
    told = {"version": 1, "settings": settings and safe(settings), "files": rows}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
