"""Where an extractor reads: the file, and what is known of the text at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar, cast

from msgspec import Struct

from agentlint.documents import Node
from agentlint.facts.route import RouteScope

T = TypeVar("T")


class Source(Struct, frozen=True, dict=True):
    """`format` is the row of `rules/data/files.toml` that knew the file, "" for none.

    `scope` says whether a tool reads the text or people do; `in_test` marks test material, and
    `for_development` what is for the machine of whoever works on the project. `to_be_copied` marks a file
    that says that a copy of it is what is read.
    """

    path: str
    format: str = ""
    scope: RouteScope = RouteScope.REPOSITORY
    in_test: bool = False
    for_development: bool = False
    to_be_copied: bool = False

    @property
    def pipeline_scope(self) -> RouteScope:
        """The scope of what a pipeline calls, where the file is one that its host runs."""
        return RouteScope.CI if self.scope is RouteScope.REPOSITORY else self.scope

    def once(self, derive: Callable[[Node, Source], T], root: Node) -> T:
        """What `derive` makes of a tree of this file, computed the first time that it is asked for."""
        key = derive, id(root)
        if key not in self._derived:
            self._derived[key] = root, derive(root, self)  # a tree that is kept keeps its id
        return cast("T", self._derived[key][1])

    @cached_property
    def _derived(self) -> dict[tuple[Callable[[Node, Source], object], int], tuple[Node, object]]:
        return {}
