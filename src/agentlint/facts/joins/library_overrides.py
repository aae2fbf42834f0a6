"""Calls of a library whose ways another module of the program may have changed."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.library_override import LibraryOverride
from agentlint.facts.route import LEFT_OPEN, Route
from agentlint.facts.tree import SOMEONE

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

_EVERYWHERE = ""
_INSTALLED_BY = ("pyproject.toml", "setup.py", "setup.cfg")


def with_overrides(
    files: list[FileFacts], holds: Callable[[str], bool], *, whole: bool
) -> list[FileFacts]:
    """The facts of a repository, in which nobody is said to answer a call that leaves it to a library where
    a module within reach changes that, or may do so as not the `whole` repository was read: which modules
    one program loads, only whoever starts it tells. `holds` tells whether a path leads to a file."""
    calling = _folders_that_call(files)
    everywhere: Mapping[str, Set[str]] = {library: {_EVERYWHERE} for library in calling}
    changed = _reaches(files, calling, holds) if whole else everywhere
    return [_changed(file, changed) for file in files] if changed else files


def _folders_that_call(files: list[FileFacts]) -> Mapping[str, Set[str]]:
    """The folders with calls of each library somewhere below."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        for library in {route.library for route in file.of(Route)} - {""}:
            found[library].update(_folders_above(file.path))
    return found


def _reaches(
    files: list[FileFacts], calling: Mapping[str, Set[str]], holds: Callable[[str], bool]
) -> Mapping[str, Set[str]]:
    """The folders below which modules may be in one program with one that changes a library, for each."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        for library in {fact.library for fact in file.of(LibraryOverride)}:
            folder = _program_of(file.path, holds)
            own = folder in calling.get(library, ())
            found[library].add(folder if own else _EVERYWHERE)
    return found


def _program_of(path: str, holds: Callable[[str], bool]) -> str:
    """The nearest folder above a module whose name no import can spell (`week-1`, `2_agents`): no program
    elsewhere imports the module, unless it is installed from there."""
    for folder in _folders_above(path):
        if any(holds(posixpath.join(folder, name)) for name in _INSTALLED_BY):
            return _EVERYWHERE
        if not posixpath.basename(folder).isidentifier():
            return folder
    return _EVERYWHERE


def _folders_above(path: str) -> Iterator[str]:
    """The folders that a file is in, the nearest first and the root last."""
    while path:
        path = posixpath.dirname(path)
        yield path


def _changed(file: FileFacts, changed: Mapping[str, Set[str]]) -> FileFacts:
    named = {route.library for route in file.of(Route)} & changed.keys()
    libraries = {one for one in named if not changed[one].isdisjoint(_folders_above(file.path))}
    if not libraries:
        return file
    return replace(file, facts=tuple(_left_open(fact, libraries) for fact in file.facts))


def _left_open(fact: Fact, libraries: Set[str]) -> Fact:
    if not isinstance(fact, Route) or fact.library not in libraries:
        return fact
    return replace(fact, provider=SOMEONE, chosen_family=LEFT_OPEN)
