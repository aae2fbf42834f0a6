"""Everything that one file gives to the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from agentlint.findings import Notice

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

F = TypeVar("F")


class FileFacts(Struct, frozen=True, dict=True):
    """`facts` stand in the order in which they were found; `notices` say what was not read."""

    path: str
    kind: str
    facts: tuple[Fact, ...] = ()
    notices: tuple[Notice, ...] = ()

    def of(self, kind: type[F]) -> tuple[F, ...]:
        return self._by_type.get(kind, ())

    @cached_property
    def _by_type(self) -> Mapping[type, tuple[Any, ...]]:
        return by_type(self.facts)


def by_type(facts: Iterable[Fact]) -> Mapping[type, tuple[Any, ...]]:
    """The facts of each type, in their order."""
    groups: defaultdict[type, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[type(fact)].append(fact)
    return {kind: tuple(group) for kind, group in groups.items()}
