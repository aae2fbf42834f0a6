"""The facts of one file as JSON, for whoever writes a rule: what a check would be given."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from agentlint.facts.file_facts import FileFacts
from agentlint.reporters.safe import safe
from agentlint.text import SourceFile, Span

VERSION = 1


def render(file: FileFacts, source: SourceFile) -> str:
    """Every fact with the name of its type; a span tells offsets, line and column of its start."""
    document = {
        "version": VERSION,
        "path": safe(file.path),
        "kind": str(file.kind),
        "facts": [{"fact": type(fact).__name__, **_plain(fact, source)} for fact in file.facts],
        "notices": [_plain(notice, source) for notice in file.notices],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any, source: SourceFile) -> Any:
    match value:
        case Span():
            place = source.position(value.start)
            return {"start": value.start, "end": value.end, **asdict(place)}
        case None | bool() | int() | float():
            return value
        case StrEnum():
            return str(value)
        case str():
            return safe(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item, source) for item in value]
        case set() | frozenset():
            return sorted((_plain(item, source) for item in value), key=repr)
        case dict():
            return {safe(str(key)): _plain(item, source) for key, item in value.items()}
        case Struct():
            names = value.__struct_fields__
            return {name: _plain(getattr(value, name), source) for name in names}
    return safe(repr(value))
