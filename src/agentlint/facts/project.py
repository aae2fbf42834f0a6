"""What the whole repository says: the facts of every file, joined."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar, cast

from msgspec import Struct

from agentlint.facts.file_facts import F, FileFacts, by_type
from agentlint.facts.route import Route

T = TypeVar("T")


class Reach(StrEnum):
    """How much of a repository was read: all of it, some files with all that these call for, or some
    files with only the nearest of that."""

    WHOLE = "whole"
    PART = "part"
    CUT = "cut"


class Project(Struct, frozen=True, dict=True):
    """`files` are in order of their paths; `context` are files read only because others link to
    them, and no rule reports on those. That no file says a thing is known by `reach` alone."""

    files: tuple[FileFacts, ...]
    context: tuple[FileFacts, ...] = ()
    reach: Reach = Reach.WHOLE

    @classmethod
    def of(
        cls,
        files: Iterable[FileFacts],
        context: Iterable[FileFacts] = (),
        reach: Reach = Reach.WHOLE,
    ) -> Project:
        return cls(tuple(files), tuple(context), reach)

    def all(self, kind: type[F]) -> tuple[F, ...]:
        return self._by_type.get(kind, ())

    def everywhere(self, kind: type[F]) -> tuple[F, ...]:
        """As `all`, with the files that were read as context."""
        return self._everywhere_by_type.get(kind, ())

    def file(self, path: str) -> FileFacts | None:
        return self._by_path.get(path)

    def folder(self, path: str) -> tuple[FileFacts, ...]:
        """The files in the same folder as `path`, itself left out."""
        return tuple(f for f in self._by_folder[posixpath.dirname(path)] if f.path != path)

    def once(self, derive: Callable[[Project], T]) -> T:
        """What `derive` makes of this project, computed the first time that it is asked for."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        return cast("T", self._derived[derive])

    @property
    def kinds(self) -> Set[type]:
        """The types of fact that its files hold, those of the context among them."""
        return self._everywhere_by_type.keys()

    @cached_property
    def _by_type(self) -> Mapping[type, tuple[Any, ...]]:
        return by_type(fact for file in self.files for fact in file.facts)

    @cached_property
    def _everywhere_by_type(self) -> Mapping[type, tuple[Any, ...]]:
        if not self.context:
            return self._by_type
        return by_type(fact for file in (*self.files, *self.context) for fact in file.facts)

    @cached_property
    def _derived(self) -> dict[Callable[[Project], object], object]:
        return {}

    @cached_property
    def aliases(self) -> Mapping[str, tuple[Route, ...]]:
        """Every name that a route table of the repository defines, with its routes."""
        table: defaultdict[str, list[Route]] = defaultdict(list)
        for route in self.everywhere(Route):
            if route.alias.literal and not route.in_example:
                table[route.alias.literal].append(route)
        return {alias: tuple(found) for alias, found in table.items()}

    @cached_property
    def _by_path(self) -> Mapping[str, FileFacts]:
        return {file.path: file for file in (*self.context, *self.files)}

    @cached_property
    def _by_folder(self) -> Mapping[str, list[FileFacts]]:
        folders: defaultdict[str, list[FileFacts]] = defaultdict(list)
        for file in (*self.files, *self.context):
            folders[posixpath.dirname(file.path)].append(file)
        return folders
