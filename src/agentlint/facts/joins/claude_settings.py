"""Steps of a pipeline that name the settings of Claude Code in their own checkout."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.route import Route
from agentlint.facts.tree import implied
from agentlint.facts.values.value import ABSENT

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

_AT_ROOT = frozenset({".claude/settings.json", ".claude/settings.local.json"})


def with_settings(files: Iterable[FileFacts], context: Iterable[FileFacts]) -> list[FileFacts]:
    """The facts of a repository, in which a step that names settings in the `.claude` of the checkout calls
    Claude's own vendor, as a step does that names none: where settings send Claude Code is told by a route
    of theirs. Settings that were not read in full may say more, and leave the step as it is."""
    files = list(files)
    read = {file.path for file in (*files, *context) if not file.notices} & _AT_ROOT
    return [_without_doubt(file, read) for file in files] if read else files


def _without_doubt(file: FileFacts, read: Set[str]) -> FileFacts:
    if not any(route.settings_path in read for route in file.of(Route)):
        return file
    return replace(file, facts=tuple(_to_vendor(fact, read) for fact in file.facts))


def _to_vendor(fact: Fact, read: Set[str]) -> Fact:
    if not isinstance(fact, Route) or fact.settings_path not in read:
        return fact
    return replace(fact, base_url=ABSENT, provider=implied("anthropic"))
