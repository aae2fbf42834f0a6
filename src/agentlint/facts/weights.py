"""Whether a model is named as weights that code loads, trains, converts or measures."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from agentlint.facts.lookups import opening_bracket
from agentlint.knowledge.data import rows, table
from agentlint.text import Pattern

# How far around a model the call or mapping may reach that it is given to, and the import of its loader.
_REACH = 1_000
_IMPORT_REACH = 4_000
_MOST_USES = 8
_CALL = Pattern(r"([A-Za-z_]\w{0,60})\s{0,2}(?:<[\w, ]{0,40}>)?\Z")
_KEY = Pattern(
    r"--(?P<option>[A-Za-z][\w-]{1,40})(?![\w-])|(?<![\w-])(?P<key>[A-Za-z]\w{1,40})[\"']?\s{0,8}[:=]"
)
_WORD = Pattern(r"[A-Za-z][A-Za-z0-9]{2,20}(?:_[A-Za-z0-9]{1,12}){0,2}")
_CAMEL_HUMP = Pattern(r"(?<=[a-z0-9])(?=[A-Z])")
_OPENING, _CLOSING = "([{", ")]}"


class _Keys(Struct, frozen=True):
    """Keys that are told whole, and the beginnings of others."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def hold(self, key: str) -> bool:
        return key in self.whole or key.startswith(self.beginnings)


def may_be_weights(vendor: str, model_id: str) -> bool:
    """Whether the vendor publishes the weights of a model, as far as its name tells."""
    published = _closed().get(vendor)
    return published is None or (bool(published) and model_id.lower().startswith(published))


def names_weights(key: str) -> bool:
    """Whether the name of a setting, an option or a variable says that its model is a base to work on."""
    words = f"_{_plain(key)}_"
    return any(f"_{base}_" in words for base in table("weights")["keys"]["base"])


def loads(text: str, model: int) -> bool:
    """Whether the model at `model` is given to a call that reads weights."""
    opening = opening_bracket(text, model, _REACH)
    if text[opening : opening + 1] != "(":
        return False
    call = _CALL.search(text, max(0, opening - _REACH), opening)
    beside = _beside(call[1]) if call else None
    if beside is None:
        return False
    around = text[max(0, opening - _IMPORT_REACH) : model + _IMPORT_REACH]
    return not beside or any(word in around for word in beside)


def is_loaded(text: str, key: str, start: int) -> bool:
    """Whether what is set as `key` is given to a call that reads weights, further down in a sample."""
    at = start
    for _ in range(_MOST_USES):
        at = text.find(key, at, start + _IMPORT_REACH)
        if at < 0:
            return False
        if loads(text, at):
            return True
        at += len(key)
    return False


def works_on_weights(given: str) -> bool:
    """Whether a command, or what a call or a mapping is `given`, trains, packs or measures a model."""
    keys = (match["option"] or match["key"] for match in _KEY.finditer(given))
    if any(_work().hold(_plain(key)) for key in keys):
        return True
    return any(word.lower() in _benchmarks() for word in _WORD.findall(given))


def bracketed(text: str, model: int) -> str:
    """What stands in the innermost brackets around `model`, "" where none open within reach."""
    opening = opening_bracket(text, model, _REACH)
    return text[opening + 1 : _closing(text, model)] if opening >= 0 else ""


def _closing(text: str, start: int) -> int:
    """Where the bracket closes that is open at `start`, or the reach ends."""
    opened = 0
    last = min(len(text), start + _REACH)
    for at in range(start, last):
        if text[at] in _OPENING:
            opened += 1
        elif text[at] in _CLOSING:
            if not opened:
                return at
            opened -= 1
    return last


def _plain(key: str) -> str:
    """A key in lower case with `_` between its words: `--base-model`, `baseModel`, `BASE_MODEL`."""
    last = key.rpartition(".")[2].strip("-").replace("-", "_")
    return _CAMEL_HUMP.sub("_", last).lower()


@cache
def _closed() -> dict[str, tuple[str, ...]]:
    return {row["vendor"]: tuple(row["open"]) for row in rows("weights", "closed")}


def _beside(call: str) -> tuple[str, ...] | None:
    """The words one of which tells that a call of this name reads weights; None for another call."""
    for row in rows("weights", "loader"):
        if call.endswith(tuple(row["names"])):
            return tuple(row["beside"])
    return None


@cache
def _work() -> _Keys:
    keys = table("weights")["keys"]["work"]
    starred = tuple(key.removesuffix("*") for key in keys if key.endswith("*"))
    return _Keys(frozenset(key for key in keys if not key.endswith("*")), starred)


@cache
def _benchmarks() -> frozenset[str]:
    return frozenset(table("weights")["benchmarks"]["words"])
