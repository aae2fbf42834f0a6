"""Whether a model is named as weights that code loads, trains, converts or measures."""

from __future__ import annotations

from functools import cache, lru_cache

from msgspec import Struct

from agentlint.facts.wording.brackets import closing_bracket, opening_bracket
from agentlint.knowledge.data import rows, word_set, words
from agentlint.knowledge.providers import is_in_ollamas_cloud
from agentlint.text import Pattern, snake_case

# How far around a model the call or mapping may reach that it is given to.
_REACH = 1_000
_LONGEST_CALL = 300
_LONGEST_NAME = 120
_CALL = Pattern(r"([A-Za-z_]\w{0,60})\s{0,2}(?:<[\w, ]{0,40}>)?\Z")
_CALLED = Pattern(r"([A-Za-z_]\w{0,60})\(")
# `from_pretrained(model_id)`, or what its own class keeps: `from_pretrained(self.model_id)`
_GIVEN = Pattern(r"[(,=]\s{0,40}((?:self\.)?[A-Za-z_]\w{0,60})(?=\s{0,40}[,)])")
_KEPT_BY = "self."
_CLASS = Pattern(r"\bclass[ \t]{1,4}([A-Za-z_]\w{0,60})")
_DEFINED = Pattern(r"\b(?:def|function|fn)\s{1,4}\w{1,60}\Z")
_KEY = Pattern(
    r"--(?P<option>[A-Za-z][\w-]{1,40})(?![\w-])|(?<![\w-])(?P<key>[A-Za-z]\w{1,40})[\"']?\s{0,8}[:=]"
)
_WORD = Pattern(r"[A-Za-z][A-Za-z0-9]{2,20}(?:_[A-Za-z0-9]{1,12}){0,2}")
# What a command runs, behind what starts it: `torchrun --nproc 2 finetune.py`, `python -m app.benchmark`.
_SCRIPT = Pattern(
    r"\s{0,40}(?:[$>%│├└╰─→•]{1,4}\s{1,4}){0,2}(?:[A-Z_]{1,40}=\S{0,200}\s{1,4}){0,4}"
    r"(?:(?:sudo|time|uvx?|poetry|pipenv|run|python3?(?:\.\d{1,2})?|node|bash|sh|deno|bun|npx|tsx|torchrun"
    r"|accelerate|deepspeed|launch|srun|modal|-{1,2}[A-Za-z][\w-]{0,40}(?:=\S{1,80})?|\d{1,4})\s{1,4}){0,8}"
    r"(?:[^\s\"'`;&|()/-][^\s\"'`;&|()/]{0,60}/){0,8}(?P<name>[A-Za-z][\w.-]{1,80})(?=\s|\Z)"
)
_LETTERS = Pattern(r"[a-z]{1,40}")
_FINE_TUNE = Pattern(r"fine[_-]?tun")
# Open weights by their name: with their owner, or with how many parameters they have.
_OPEN_BY_NAME = Pattern(r"/|(?<![a-z0-9.])\d{1,4}(?:\.\d{1,2})?[bm](?![a-z0-9])")
_AT_A_HOST = Pattern(
    r"--(?:\w{1,20}-)?(?:provider|base-url|api-base|api-key|api-url|endpoint|host|url)(?![\w-])"
)


class _Keys(Struct, frozen=True):
    """Keys that are told whole, and the beginnings of others."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def hold(self, key: str) -> bool:
        return key in self.whole or key.startswith(self.beginnings)


def may_be_weights(vendor: str, model_id: str) -> bool:
    """Whether the vendor publishes the weights of a model, as far as its name tells; the ID of weights
    may hold their owner: `google/gemma-3-1b-it`."""
    published = _closed().get(vendor)
    name = model_id.lower().rpartition("/")[2]
    return published is None or (bool(published) and name.startswith(published))


def may_be_own_weights(vendor: str, model_id: str) -> bool:
    """As `may_be_weights`, but for what Ollama runs in its cloud: whether one may run it oneself."""
    return may_be_weights(vendor, model_id) and not is_in_ollamas_cloud(model_id)


def names_weights(key: str) -> bool:
    """Whether the name of a setting, an option or a variable says that its model is a base to work on."""
    key_words = f"_{_plain(key)}_"
    return any(f"_{base}_" in key_words for base in words("weights", "keys", "base"))


def loads(text: str, at: int) -> bool:
    """Whether the model at `at` is given to a call that reads weights."""
    if not _loaders_in(text):
        return False
    opening = opening_bracket(text, at, _REACH)
    call = _CALL.search(text, max(0, opening - _LONGEST_NAME), opening) if opening >= 0 else None
    return text[opening : opening + 1] == "(" and call is not None and _reads(call[1], text)


def loads_by_name(text: str, name: str, at: int) -> bool:
    """Whether the model at `at` is what `name` stands for, as a variable or by the default of a parameter,
    and a call that reads weights is given that name; or an argument by which a class of the sample that
    keeps it reads them."""
    loaded = _loaded_names(text)
    kept = f"{_KEPT_BY}{name}" in loaded
    if name not in loaded and not kept:
        return False
    opening = opening_bracket(text, at, _REACH)
    if opening < 0 or _DEFINED.search(text, max(0, opening - _LONGEST_NAME), opening):
        return True
    call = _CALL.search(text, max(0, opening - _LONGEST_NAME), opening) if kept else None
    return call is not None and call[1] in _classes_of(text)


def works_on_weights(given: str) -> bool:
    """Whether a command, or what a call or a mapping is `given`, trains, packs or measures a model."""
    keys = (match["option"] or match["key"] for match in _KEY.finditer(given))
    if any(_work().hold(_plain(key)) for key in keys):
        return True
    benchmarks = word_set("weights", "benchmarks", "words")
    return any(word.lower() in benchmarks for word in _WORD.findall(given))


def is_given_to_work(command: str, model_id: str) -> bool:
    """Whether a `command` has a script train, pack or measure a model, by what the script is called, whose
    ID tells that it is open weights, and names nobody who answers for them."""
    run = _SCRIPT.match(command) if _OPEN_BY_NAME.search(model_id.lower()) else None
    if run is None or _AT_A_HOST.search(command):
        return False
    name = run["name"].lower()
    spoken = frozenset(_LETTERS.findall(name))
    return not spoken.isdisjoint(word_set("weights", "scripts", "words")) or bool(
        _FINE_TUNE.search(name)
    )


@lru_cache(8)
def may_work_on_weights(text: str) -> bool:
    """Whether any part of a sample may train, pack or measure a model: most have none that does."""
    return works_on_weights(text)


def bracketed(text: str, at: int) -> str:
    """What stands in the innermost brackets around `at`, "" where none open within reach."""
    opening = opening_bracket(text, at, _REACH)
    return text[opening + 1 : closing_bracket(text, at, _REACH)] if opening >= 0 else ""


def _plain(key: str) -> str:
    """A key in lower case with `_` between its words: `--base-model`, `baseModel`, `BASE_MODEL`."""
    last = key.rpartition(".")[2].strip("-").replace("-", "_")
    return snake_case(last)


@cache
def _closed() -> dict[str, tuple[str, ...]]:
    return {row["vendor"]: tuple(row["open"]) for row in rows("weights", "closed")}


@lru_cache(8)
def _loaders_in(text: str) -> frozenset[str]:
    """The names, or their ends, of calls that read weights where a sample calls one of them."""
    return frozenset(
        name
        for row in rows("weights", "loader")
        if not row["beside"] or any(word in text for word in row["beside"])
        for name in row["names"]
        if name in text
    )


def _reads(call: str, text: str) -> bool:
    return call.endswith(tuple(_loaders_in(text)))


@lru_cache(8)
def _classes_of(text: str) -> frozenset[str]:
    return frozenset(_CLASS.findall(text))


@lru_cache(8)
def _loaded_names(text: str) -> frozenset[str]:
    """What the calls of a sample that read weights are given by its name."""
    calls = _CALLED.finditer(text) if _loaders_in(text) else ()
    given = (_first_arguments(text, call.end(1)) for call in calls if _reads(call[1], text))
    return frozenset(name for arguments in given for name in _GIVEN.findall(arguments))


def _first_arguments(text: str, opening: int) -> str:
    """The arguments of a call up to the first bracket that closes."""
    end = text.find(")", opening, opening + _LONGEST_CALL)
    return text[opening : end + 1]


@cache
def _work() -> _Keys:
    keys = words("weights", "keys", "work")
    starred = tuple(key.removesuffix("*") for key in keys if key.endswith("*"))
    return _Keys(frozenset(key for key in keys if not key.endswith("*")), starred)
