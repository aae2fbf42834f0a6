"""A template of a record, filled in as far as the facts of a repository go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from agentlint.facts.contract import InstructionContract
from agentlint.facts.joins.names import table_aliases
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.knowledge.records import FieldRule, Form, RecordKind
from agentlint.reporters.safe import safe

Item: TypeAlias = Mapping[str, str]
Content: TypeAlias = str | Sequence[str] | Sequence[Item]

LAYOUTS = ("yaml", "json")
_BAD_ALIAS = "invalid-alias"
_MOST_CHOICES = 6
_INSTRUCTIONS = ("AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md")


def render(kind: RecordKind, project: Project, layout: str | None = None) -> str:
    """The template of a kind of record; `layout` is one of LAYOUTS, None for that of the guide."""
    written = [field for field in kind.fields if field.fill or field.placeholder]
    content = {field.name: _filled(field, kind, project) for field in written}
    if (layout or kind.layout) == "json":
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    return "".join(f"{name}:{_yaml(value)}\n" for name, value in content.items())


def _filled(field: FieldRule, kind: RecordKind, project: Project) -> Content:
    if field.name == kind.items:
        return _items(kind, project)
    found = [safe(text) for text in _found(field.fill, project)]
    if field.form is Form.LIST:
        return found or [field.placeholder]
    if len(found) == 1:
        return found[0]
    return f"<{'|'.join(found)}>" if 1 < len(found) <= _MOST_CHOICES else field.placeholder


def _found(fill: str, project: Project) -> list[str]:
    """What the repository tells for a field; of several answers the author chooses."""
    routes = [r for r in project.all(Route) if r.scope is RouteScope.REPOSITORY and r.effective]
    match fill.split():
        case ["aliases" | "alias"]:
            return sorted(table_aliases(routes))
        case ["family"]:
            return sorted({route.family.value for route in routes if route.family})
        case ["family", "of", role]:
            return sorted({r.family.value for r in routes if r.family and r.role.raw == role})
        case ["model"]:
            return sorted({route.model.literal for route in routes if route.model.literal})
        case ["instruction"]:
            return _instruction_source(project)
        case ["note"]:
            return [file.path for file in project.files if "rollback" in file.path.lower()][:1]
    return []


def _instruction_source(project: Project) -> list[str]:
    named = [c.source.literal for c in project.all(InstructionContract) if c.source.literal]
    present = [name for name in _INSTRUCTIONS if project.file(name)]
    return [*named, *present][:1]


def _items(kind: RecordKind, project: Project) -> list[Item]:
    """One result for each alias of the repository, and one for an alias that does not exist."""
    aliases = [safe(alias) for alias in _found("aliases", project)] or [
        kind.item_fields[0].placeholder
    ]
    return [
        {field.name: field.placeholder for field in kind.item_fields} | {"alias": alias}
        for alias in (*aliases, _BAD_ALIAS)
    ]


def _yaml(value: Content) -> str:
    """A value as it stands after its key; every text is quoted, which JSON and YAML do alike."""
    if isinstance(value, str):
        return f" {_quoted(value)}"
    return "".join(f"\n  - {_yaml_item(item)}" for item in value)


def _yaml_item(item: str | Item) -> str:
    if isinstance(item, str):
        return _quoted(item)
    return "\n    ".join(f"{name}: {_quoted(text)}" for name, text in item.items())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
