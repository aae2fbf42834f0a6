"""Settings that say of an entry whether it counts: `enabled: false`, `archived: yes`."""

from __future__ import annotations

from collections.abc import Mapping

from agentlint.facts.values.value import Value
from agentlint.knowledge.data import word_set

_OFF, _ON = ("false", "no", "off"), ("true", "yes", "on")


def is_switched_off(values: Mapping[str, Value]) -> bool:
    """Whether a mapping says that it is out of use; `values` are what it holds by plain keys."""
    return _says(values, "switches", _OFF) or _says(values, "gone", _ON)


def _says(values: Mapping[str, Value], which: str, words: tuple[str, ...]) -> bool:
    keys = word_set("named_models", "not_chosen", which)
    return any(values[key].raw.lower() in words for key in keys.intersection(values))
