"""Calls of a library whose ways another module of the program may have changed."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.library_override import LibraryOverride
from agentlint.facts.route import FamilySource, Route
from agentlint.facts.tree import SOMEONE
from agentlint.knowledge.families import Family

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact


def with_overrides(files: list[FileFacts], *, whole: bool) -> list[FileFacts]:
    """The facts of a repository, in which nobody is said to answer a call that leaves it to a library where
    any module changes that, or may do so as not the `whole` repository was read: which modules one program
    loads, only whoever starts it tells."""
    changed = {fact.library for file in files for fact in file.of(LibraryOverride)}
    if not whole:
        changed |= {route.library for file in files for route in file.of(Route)} - {""}
    return [_changed(file, changed) for file in files] if changed else files


def _changed(file: FileFacts, libraries: Set[str]) -> FileFacts:
    if not any(route.library in libraries for route in file.of(Route)):
        return file
    return replace(file, facts=tuple(_left_open(fact, libraries) for fact in file.facts))


def _left_open(fact: Fact, libraries: Set[str]) -> Fact:
    if not isinstance(fact, Route) or fact.library not in libraries:
        return fact
    return replace(fact, provider=SOMEONE, family=Family.AUTO, family_source=FamilySource.DEFAULT)
