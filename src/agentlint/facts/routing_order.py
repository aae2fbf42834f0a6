"""An order in an instruction file: send this kind of work to that alias, model or endpoint."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from agentlint.facts.values.value import Located

EVERYTHING = "*"


class TargetKind(StrEnum):
    ALIAS = "alias"
    MODEL = "model"
    ENDPOINT = "endpoint"


class RoutingOrder(Struct, frozen=True):
    """`tasks` are the kinds of work in plain words, `*` for all of it and none where nobody said.

    `format` is the row of `rules/data/files.toml` that knew the file, which tells who reads it.
    `target` is as written; of an endpoint, the name of its family. `of_tool` says that it is a word by
    which a tool that reads the file, or that the text names, chooses a model itself.
    """

    path: str
    format: str
    kind: TargetKind
    target: Located[str]
    tasks: tuple[str, ...] = ()
    of_tool: bool = False
