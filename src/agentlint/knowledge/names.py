"""How model IDs are spelled: prefixes, regions, snapshots and tags around a vendor's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from agentlint.knowledge.data import Row, rows, table, word_set
from agentlint.text import Pattern, compile_pattern

MAX_ID = 200

_FRAGMENT = Pattern(r"<([a-z]{1,12})>")
_MAX_PREFIXES = 6
_SNAPSHOT = Pattern(r"[-@](20\d\d-\d\d-\d\d|20\d{6})\Z")
_TAGS = Pattern(r"(?:@(?!20)\w{1,12})?(?::[\w:]{1,40})?(?:\[1m\])?\Z")
_REVISION = Pattern(r"(?:-v\d)?(?::\d{1,2})?\Z")
_FILE_OR_HOST = Pattern(
    r"\.(?:md|mdx|json|jsonl|ya?ml|toml|txt|py|ts|tsx|js|rs|go|sh|csv|html?|gguf|safetensors|bin|com"
    r"|org|net|io|ai|dev|local)\Z"
)
_OWNER_END = Pattern(r"[./]")
_SEPARATOR = Pattern(r"::|[/:]")


class ModelName(Struct, frozen=True):
    """A model reference taken apart. `us.anthropic.claude-opus-4-1-20250805-v1:0` has the base
    `claude-opus-4-1`; `openrouter/openai/o3-pro:free` the prefixes `openrouter`, `openai`.

    `id` is what follows the prefixes, as written; `base` is the ID in lower case without region,
    owner, snapshot date and tags; `vendor` is None where no pattern knows the ID. `platform` is the
    cloud whose spelling it has: `bedrock` for an owner with a dot, `vertex_ai` for one with `@`.
    """

    text: str
    prefixes: tuple[str, ...]
    id: str
    base: str
    snapshot: str | None
    vendor: str | None
    platform: str | None = None

    @property
    def key(self) -> str:
        """`base` in the one spelling that tables are compared in: hosts disagree on `.` and `-`."""
        return self.base.replace(".", "-")


def parse_model(text: str) -> ModelName:
    """Take any model reference apart; it need not be one that a pattern knows."""
    return _parsed(text.strip()[:MAX_ID])


@lru_cache(4096)
def _parsed(text: str) -> ModelName:
    known = recognise(text)
    if known is not None:
        return known
    *_, start = _peeled(text)
    return _name(text, start, context_only(text[start:]))


def listed_model(text: str) -> ModelName:
    """An ID as tables and catalogues list it, with an owner before it at most; its vendor is not
    looked up, as every pattern of every vendor would be compiled for that."""
    return _name(text, text.rfind("/") + 1, None)


def recognise(token: str) -> ModelName | None:
    """The model that the whole of `token` names, or None: no part of a longer word ever counts."""
    return _recognised(token) if len(token) <= MAX_ID else None


@lru_cache(4096)
def _recognised(token: str) -> ModelName | None:
    if _FILE_OR_HOST.search(token):
        return None
    for start in _peeled(token):
        vendor = _vendor_of(token[start:], token[:start])
        if vendor is not None:
            return _name(token, start, vendor)
    return None


def context_only(text: str) -> str | None:
    """The vendor of a name such as `o1` or `command-r`, which is too plain to be an ID in prose."""
    return _context_only().get(text.lower())


def unpacked(text: str) -> str:
    """An ID without the words for the format and the precision in which weights are packed."""
    return _packing().sub("", text)


def vendors_own(model_id: str) -> str:
    """An ID in lower case without what hosts add to the same model: a region and an owner before it,
    how it runs (`:free`, `-cloud`, `[1m]`) and that it is the newest (`-latest`) behind it."""
    name = model_id.lower()
    owner = _owner().match(name)
    return _added().sub("", name[owner.end() :] if owner else name, count=1)


def publisher_of(model_id: str) -> str:
    """The organisation before an ID of open weights as Hugging Face writes them, with its slash: that of
    `google/gemma-3-4b-it` is `google/`; "" for an ID without one."""
    owner = model_id[: model_id.find("/") + 1]
    return owner if owner.lower() in _row("open_weights")["anchors"] else ""


def without_host(model_id: str) -> str:
    """An ID in lower case without the name that some put before that of the model: `meta-llama-3.1-8b`."""
    return _hosts().sub("", model_id.lower(), count=1)


@cache
def words_of_hosts() -> frozenset[str]:
    """What hosts add to the name of open weights that they run, by words: `versatile`, `free`."""
    variants: Sequence[str] = table("model_patterns")["fragments"]["run"]
    own = word_set("model_patterns", "of_hosts", "words")
    return own.union(word for variant in variants for word in variant.split(":"))


def effort_is_a_setting(vendor: str | None) -> bool:
    """Whether calls of a vendor's models say how hard to think, and the models' names need not."""
    return vendor in _vendors_with_effort()


def behind_slash() -> frozenset[str]:
    """What says behind an ID and a slash how hard the model is to think."""
    return word_set("model_patterns", "behind_slash", "words")


def without_effort(token: str) -> str:
    """A token without the word behind a slash that says how hard the model is to think, as users of Codex
    write it (`gpt-5.6-sol/high`); "" where it ends in no such word, or what stands before is no ID of a
    vendor whose calls say so."""
    head, slash, effort = token.rpartition("/")
    if not slash or effort not in behind_slash():
        return ""
    name = recognise(head)
    return head if name and effort_is_a_setting(name.vendor) else ""


@cache
def anchors() -> tuple[str, ...]:
    """Strings one of which every recognised ID holds, in the case in which it is written."""
    found = {anchor for row in rows("model_patterns", "vendor") for anchor in row["anchors"]}
    return tuple(sorted(found))


@cache
def _segments() -> re.Pattern[str]:
    return compile_pattern(_any_of(table("model_patterns")["prefixes"]["segments"]))


@cache
def _paths() -> re.Pattern[str]:
    return compile_pattern(_any_of(table("model_patterns")["prefixes"]["paths"]))


@cache
def _context_only() -> Mapping[str, str]:
    return {
        name: row["name"]
        for row in rows("model_patterns", "vendor")
        for name in row.get("context_only", ())
    }


@cache
def _vendors_with_effort() -> frozenset[str]:
    return frozenset(row["vendor"] for row in rows("model_patterns", "effort"))


def _owner_vendor(vendor: str, candidate: str) -> str:
    """The vendor that an ID of a marketplace names: `openai.gpt-5.4`, `deepseek-ai/DeepSeek-R1`."""
    owners: Mapping[str, str] | None = _row(vendor).get("owners")
    if owners is None:
        return vendor
    region = _region().match(candidate)
    owner = _OWNER_END.split(candidate[region.end() if region else 0 :], maxsplit=1)[0]
    return owners.get(owner, owner)


@cache
def _region() -> re.Pattern[str]:
    return compile_pattern(_filled("<region>"))


@cache
def _packing() -> re.Pattern[str]:
    return compile_pattern(rf"(?<![a-z0-9]){_filled('<packing>')}(?![a-z0-9])", re.IGNORECASE)


@cache
def _hosts() -> re.Pattern[str]:
    return compile_pattern(_filled(r"\A<hosts>"))


@cache
def _added() -> re.Pattern[str]:
    return compile_pattern(_filled("<added>"))


@cache
def _row(vendor: str) -> Row:
    return next(row for row in rows("model_patterns", "vendor") if row["name"] == vendor)


@cache
def _vendors() -> tuple[tuple[str, str], ...]:
    """The vendors, each by every anchor of its own."""
    return tuple(
        (anchor.lower(), row["name"])
        for row in rows("model_patterns", "vendor")
        for anchor in row["anchors"]
    )


@cache
def _pattern(vendor: str, flags: re.RegexFlag) -> re.Pattern[str]:
    return compile_pattern(_filled("<head><patterns><tail>", _row(vendor)), flags)


def display_name() -> str:
    """An expression for the name of a model in a picker: `Claude Sonnet 4.6 (copilot)`."""
    return _filled("<display>", table("model_patterns")["values"])


def spoken_name() -> str:
    """One for what a sentence calls a model whose ID it gives as well: `Claude Sonnet 4.6`."""
    return _filled("<spoken>", table("model_patterns")["values"])


def _filled(pattern: str, row: Row | None = None) -> str:
    """`pattern` with every `<name>` spelled out, those of `row` and those inside others included."""
    fragments: Row = {**table("model_patterns")["fragments"], **(row or {})}
    while _FRAGMENT.search(pattern):
        pattern = _FRAGMENT.sub(lambda match: _any_of(fragments[match[1]]), pattern)
    return pattern


def _any_of(patterns: str | Sequence[str]) -> str:
    return patterns if isinstance(patterns, str) else f"(?:{'|'.join(patterns)})"


def _peeled(token: str) -> Iterator[int]:
    """Where the ID may start: at 0, and after each known prefix in turn."""
    yield 0
    start = 0
    for _ in range(_MAX_PREFIXES):
        end = _prefix_end(token, start)
        if end is None:
            return
        start = end
        yield start


def _prefix_end(token: str, start: int) -> int | None:
    separator = _SEPARATOR.search(token, start)
    if separator is None or separator.end() == len(token):
        return None
    # OpenRouter writes its floating aliases with a tilde: `~anthropic/claude-opus-latest`.
    word = token[start : separator.start()].lower().removeprefix("~")
    prefixes = word_set("model_patterns", "prefixes", "words")
    if word in prefixes or (start and _segments().fullmatch(word)):
        return separator.end()
    path = _paths().match(token, start)
    return path.end() if path else None


def _vendor_of(candidate: str, prefix: str) -> str | None:
    """The vendor whose pattern matches the whole candidate. Behind a provider any case will do:
    `ovhcloud/Mistral-7B-Instruct-v0.3` is an ID, `Mistral-7B-Instruct-v0.3` the name of a product.
    Plain words are an ID behind one in lower case only: `DeepSeek/Qwen` are two brands.
    """
    lowered = candidate.lower()
    for anchor, vendor in _vendors():
        if anchor in lowered and _matches(vendor, candidate, any_case=bool(prefix)):
            return _owner_vendor(vendor, lowered)
    plain = prefix.islower() and candidate == lowered
    return context_only(candidate) if plain else None


def _matches(vendor: str, candidate: str, *, any_case: bool) -> bool:
    """Most are written as the vendor writes them, and to compile a pattern takes milliseconds."""
    if _pattern(vendor, re.ASCII).fullmatch(candidate):
        return True
    return any_case and bool(_pattern(vendor, re.ASCII | re.IGNORECASE).fullmatch(candidate))


def _name(text: str, start: int, vendor: str | None) -> ModelName:
    prefixes = tuple(word for word in _SEPARATOR.split(text[:start]) if word)
    name, platform, snapshot = text[start:].lower(), None, None
    owner = _owner().match(name)
    if owner:
        platform = "bedrock"
        name = _REVISION.sub("", name[owner.end() :])
    elif "@" in name:
        platform = "vertex_ai"
    name = _TAGS.sub("", name)
    dated = _SNAPSHOT.search(name)
    if dated:
        name, snapshot = name[: dated.start()], dated[1]
    return ModelName(text, prefixes, text[start:], name, snapshot, vendor, platform)


@cache
def _owner() -> re.Pattern[str]:
    """A geography, an owner with a dot, or both: `us.anthropic.`, `openai.`."""
    return compile_pattern(_filled(r"<region>?(?:[a-z0-9]{2,12}\.(?=[a-z]))|<region>"))
