"""Endpoint families: the protocols that a model call can speak, by name, by path and by tool."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from agentlint.knowledge.data import rows, table, word_set
from agentlint.text import Pattern


class Family(StrEnum):
    """One protocol, however a path or a tool spells it; see `rules/data/endpoint_families.toml`."""

    CHAT_COMPLETIONS = "chat_completions"
    RESPONSES = "responses"
    ANTHROPIC_MESSAGES = "anthropic_messages"
    GEMINI_GENERATE_CONTENT = "gemini_generate_content"
    GEMINI_INTERACTIONS = "gemini_interactions"
    BEDROCK_CONVERSE = "bedrock_converse"
    COMPLETIONS = "completions"
    EMBEDDINGS = "embeddings"
    RERANK = "rerank"
    IMAGES = "images"
    AUDIO_SPEECH = "audio_speech"
    AUDIO_TRANSCRIPTIONS = "audio_transcriptions"
    REALTIME = "realtime"
    VIDEO = "video"
    MODERATIONS = "moderations"
    OCR = "ocr"
    SEARCH = "search"
    BATCH = "batch"
    PASSTHROUGH = "passthrough"
    AUTO = "auto"
    """Chosen for each request by whoever reads the route."""
    UNKNOWN = "unknown"
    """Declared with a word that no table holds."""

    @property
    def claims_nothing(self) -> bool:
        """Whether it leaves open which protocol calls speak."""
        return self in _CLAIMING_NOTHING


_CLAIMING_NOTHING = (Family.AUTO, Family.UNKNOWN, Family.PASSTHROUGH, Family.BATCH)

CHAT_TO_RESPONSES = (Family.CHAT_COMPLETIONS, Family.RESPONSES)
"""The bridge by which a chat model's call reaches a model that Responses alone serves."""

GENERIC = "generic"

_MAX_PATH = 2048
_SEPARATORS = Pattern(r"[\s.-]")
_NAME_PART = Pattern(r"[a-z]{1,40}")
_ORIGIN = Pattern(r"[a-z][a-z0-9+.-]{0,20}:(?://[^/]{0,400})?")


def family_of_word(word: str, *, dialect: str = GENERIC) -> Family | None:
    """The family that `word` names, or None.

    `dialect` is the tool that reads the word (`kong`, `litellm`, `codex`, `copilot` ...): a tool
    knows its own words only. "generic" stands for tables that people write for each other. Raises
    KeyError for a dialect that has no table.
    """
    words = _generic_words() if dialect == GENERIC else _dialects()[dialect]
    return words.get(_normal(word))


def family_in_other_words(word: str) -> Family | None:
    """The family that `word` names beyond doubt below another key than `endpoint_family`, or None."""
    named = table("endpoint_families")["hand_written"]["words"].get(_normal(word))
    return Family(named) if named else None


def may_name_family(word: str) -> bool:
    """Whether `word` says something of the protocol of a call, be it not which family that is of."""
    vague = word_set("endpoint_families", "hand_written", "vague")
    return "/" not in word and not vague.isdisjoint(_NAME_PART.findall(word.lower()))


def is_word(word: str, *, dialect: str) -> bool:
    """Whether a tool knows `word`, be it as a family or, as LiteLLM's `guardrail`, as something else."""
    return family_of_word(word, dialect=dialect) is not None or _normal(word) in _other(dialect)


def families_known(dialect: str) -> tuple[str, ...]:
    """The words by which a tool names families, in the order of its table."""
    return tuple(_dialects()[dialect])


def required_family_word(model: str, *, dialect: str) -> tuple[str, str] | None:
    """The setting of a tool and the word for it, without which it takes a model for a chat model; None
    where the model's name does not tell that it is another, or the tool knows it."""
    for row in rows("endpoint_families", "dialect"):
        if row["tool"] == dialect and model.startswith(row.get("untold_prefix", "\0")):
            parts = set(_NAME_PART.findall(model.lower()))
            for word, names in row["untold_names"].items():
                if not parts.isdisjoint(names):
                    return row["setting"], word
    return None


def family_of_path(path_or_url: str) -> Family | None:
    """The family that a request path or full URL ends in, or None; query and host play no part."""
    return _family_of_segments(_segments(path_or_url))


@lru_cache(4096)
def _family_of_segments(segments: tuple[str, ...]) -> Family | None:
    for pattern, family in _suffixes():
        tail = segments[-len(pattern) :]
        if len(tail) == len(pattern) and all(map(fnmatchcase, tail, pattern)):
            return family
    return None


def canonical_path(family: Family) -> str:
    """The path to write for a family, such as `/v1/responses`; empty where it has no own path."""
    return _paths().get(family, "")


def path_for(path_or_url: str, served: Family, family: Family) -> str | None:
    """The path of `family` instead of that of `served`, in which `path_or_url` ends.

    What stands before it stays, and the version is left out where it was. None for a path that ends
    in another spelling, and for a family without a path of its own.
    """
    old, new = canonical_path(served), canonical_path(family)
    if not old or not new:
        return None
    for version in ("", "/v1"):
        ending = old.removeprefix(version)
        if path_or_url.endswith(ending) and new.startswith(version):
            return path_or_url.removesuffix(ending) + new.removeprefix(version)
    return None


def nearest_word(word: str, *, dialect: str) -> str | None:
    """The word that `word` was probably meant to be, as `dialect` writes it, for a did-you-mean."""
    from difflib import get_close_matches

    if dialect != GENERIC:
        close = get_close_matches(_normal(word), _dialects()[dialect], n=1, cutoff=0.75)
        return close[0] if close else _sole_word_for(_normal(word), dialect)
    family = family_of_path(word) if "/" in word else None
    if family is not None:
        return family.value
    words = _generic_words()
    close = get_close_matches(_normal(word.rpartition("/")[2]), words, n=1, cutoff=0.75)
    return words[close[0]].value if close else None


def _sole_word_for(generic: str, dialect: str) -> str | None:
    """The one word of a dialect for a family that others call so: `audio_speech` for `tts`."""
    family = _generic_words().get(generic)
    found = [word for word, named in _dialects()[dialect].items() if family and named is family]
    return found[0] if len(found) == 1 else None


def is_slip(word: str, meant: str, *, dialect: str) -> bool:
    """Whether `word` is a path of the family `meant`, or so near to its words alone that it is a slip."""
    from difflib import get_close_matches

    words = _generic_words() if dialect == GENERIC else _dialects()[dialect]
    family = words.get(_normal(meant))
    if "/" in word and family_of_path(word) is family:
        return True
    close = get_close_matches(_normal(word), words, n=9, cutoff=0.85)
    return bool(close) and all(words[other] is family for other in close)


def word_of_family(family: Family, *, dialect: str) -> str:
    """The word by which `dialect` names a family; the family's own name where it has none."""
    words = {} if dialect == GENERIC else _dialects()[dialect]
    return next((word for word, named in words.items() if named is family), family.value)


def _normal(word: str) -> str:
    return _SEPARATORS.sub("_", word.strip().lower())


def _segments(path_or_url: str) -> tuple[str, ...]:
    path = path_or_url.strip()[:_MAX_PATH].lower().rpartition(" ")[2]
    path = path.partition("#")[0].partition("?")[0]
    origin = _ORIGIN.match(path)
    if origin:
        path = path[origin.end() :]
    return tuple(segment for segment in path.split("/") if segment)


@cache
def _generic_words() -> Mapping[str, Family]:
    words: dict[str, Family] = {}
    for row in rows("endpoint_families", "family"):
        family = Family(row["name"])
        words[family.value] = family
        words.update((_normal(word), family) for word in row["words"])
    return words


@cache
def _dialects() -> Mapping[str, Mapping[str, Family]]:
    return {
        row["tool"]: {_normal(word): Family(name) for word, name in row["words"].items()}
        for row in rows("endpoint_families", "dialect")
    }


@cache
def _other(dialect: str) -> frozenset[str]:
    """The words of a tool that stand for no family."""
    found = (row for row in rows("endpoint_families", "dialect") if row["tool"] == dialect)
    return frozenset(word for row in found for word in row.get("other", ()))


@cache
def _paths() -> Mapping[Family, str]:
    return {Family(row["name"]): row["path"] for row in rows("endpoint_families", "family")}


@cache
def _suffixes() -> tuple[tuple[tuple[str, ...], Family], ...]:
    """Path endings with their families, the most telling first: the one that spells out most."""
    patterns = [
        (tuple(suffix.lower().split("/")), Family(row["name"]))
        for row in rows("endpoint_families", "family")
        for suffix in row["suffixes"]
    ]
    return tuple(sorted(patterns, key=_spelled_out, reverse=True))


def _spelled_out(pattern: tuple[tuple[str, ...], Family]) -> tuple[int, int]:
    segments = pattern[0]
    return len(segments), sum(len(segment.replace("*", "")) for segment in segments)
