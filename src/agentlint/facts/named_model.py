"""A model that a config names together with who serves it, where nobody knows the config's reader."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.route import RouteScope
from agentlint.facts.values.value import ABSENT, Value
from agentlint.text import Span


class NamedModel(Struct, frozen=True):
    """One entry of a table of models that a team's own program reads.

    It says less than a `Route`: neither what the reader calls the entry, nor how it takes a base URL,
    nor whether it speaks to the provider directly where the entry does not say otherwise. `provider`
    is a row of `rules/data/providers.toml`, and `model` the ID at `span`, where `is_default` says that
    it stands there for a variable that nobody sets: `${MODEL:-gpt-5.4}`.
    """

    path: str
    provider: str
    model: str
    span: Span
    scope: RouteScope = RouteScope.REPOSITORY
    is_default: bool = False
    pointer: tuple[str, ...] = ()
    base_url: Value = ABSENT
    credential: Value = ABSENT
    fallbacks: tuple[Value, ...] = ()
