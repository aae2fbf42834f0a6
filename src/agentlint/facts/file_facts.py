"""Everything that one file gives to the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from msgspec import Struct

from agentlint.findings import Notice

if TYPE_CHECKING:
    from agentlint.facts.call_site import CallSite
    from agentlint.facts.contract import InstructionContract
    from agentlint.facts.curl_calls import CurlCall
    from agentlint.facts.exposure import Exposure
    from agentlint.facts.hidden_text import HiddenText
    from agentlint.facts.local_file import LocalFile
    from agentlint.facts.mention import ModelMention
    from agentlint.facts.record import Record
    from agentlint.facts.repeated_key import RepeatedKey
    from agentlint.facts.route import Route
    from agentlint.facts.routing_order import RoutingOrder
    from agentlint.facts.secret import DefaultCredential, SecretCandidate
    from agentlint.facts.section import Link, MigrationBlock, RouteMove, Section, WayBackKey
    from agentlint.facts.smoke_test import SmokeTest
    from agentlint.facts.suppression import Suppression
    from agentlint.facts.workflow import WorkflowStep

    Fact: TypeAlias = (
        Route
        | RouteMove
        | ModelMention
        | SecretCandidate
        | DefaultCredential
        | Section
        | Link
        | WayBackKey
        | MigrationBlock
        | Suppression
        | LocalFile
        | HiddenText
        | CallSite
        | WorkflowStep
        | RepeatedKey
        | Exposure
        | CurlCall
        | RoutingOrder
        | SmokeTest
        | Record
        | InstructionContract
    )

F = TypeVar("F")


class FileFacts(Struct, frozen=True, dict=True):
    """`facts` stand in the order in which they were found; `notices` say what was not read."""

    path: str
    kind: str
    facts: tuple[Fact, ...] = ()
    notices: tuple[Notice, ...] = ()

    def of(self, kind: type[F]) -> tuple[F, ...]:
        return cast("tuple[F, ...]", tuple(self._by_type.get(kind, ())))

    @cached_property
    def _by_type(self) -> Mapping[type, Sequence[Fact]]:
        by_type: defaultdict[type, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            by_type[type(fact)].append(fact)
        return by_type
