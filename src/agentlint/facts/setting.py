"""A variable or an input that a file sets by name."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.values.value import Located, Value


class Setting(Struct, frozen=True):
    """A name and its value, which has no literal where that looks like a credential."""

    name: Located[str]
    value: Value
