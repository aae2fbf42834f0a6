"""Instruction contracts, and whether the file that each names is there: no walk reads a plain page."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agentlint.facts.contract import InstructionContract
from agentlint.facts.file_facts import FileFacts

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact


def with_named_sources(files: list[FileFacts], holds: Callable[[str], bool]) -> list[FileFacts]:
    """The facts of a repository, in which every contract knows whether its source exists. `holds` tells
    whether a path leads to a file, be it one that the run was asked for or not."""
    return [
        replace(file, facts=tuple(_looked_up(fact, holds) for fact in file.facts))
        if file.of(InstructionContract)
        else file
        for file in files
    ]


def _looked_up(fact: Fact, holds: Callable[[str], bool]) -> Fact:
    if not isinstance(fact, InstructionContract) or not fact.source.literal:
        return fact
    *folders, _ = fact.path.split("/")
    # A contract may be meant for a part of the tree: its paths are told from any folder above it.
    above = accumulate(folders, posixpath.join, initial="")
    name = fact.source.raw.removeprefix("./")
    return replace(fact, source_exists=any(holds(posixpath.join(at, name)) for at in above))
