"""Telling what a file is: by name first, then by the bytes that only such a file holds."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from agentlint.discovery.candidate import FileKind
from agentlint.knowledge.data import rows, table, word_set, words
from agentlint.text import Pattern

_KIND_OF_SUFFIX = {
    **dict.fromkeys((".yaml", ".yml", ".json", ".jsonc", ".toml"), FileKind.CONFIG),
    ".py": FileKind.CODE,
    **dict.fromkeys((".md", ".mdx", ".markdown"), FileKind.DOCUMENT),
    **dict.fromkeys((".jsonl", ".ndjson"), FileKind.LOG),
}
_HEADER_BYTES = 2048

_ENVIRONMENT_OR_COMPOSE = Pattern(r"\A\.env\b|\.env\Z|compose[\w.-]{0,60}\.ya?ml\Z")
_NOT_IN_WORDS = Pattern(r"[._-]")
_DATE_AT_END = Pattern(r"[._-]?20\d\d[._-]?[01]\d[._-]?[0-3]\d(?:[._t-]?\d{4,6})?\Z")
# ASCII as JSON, TOML and YAML may write it in a quoted key.
_ESCAPED_LETTER = re.compile(rb"\\(?:u00|U000000|x)([2-7][0-9a-fA-F])")


class _Row(Struct, frozen=True):
    id: str
    kind: FileKind
    names: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    not_suffixes: tuple[str, ...]
    folders: frozenset[str]
    words: tuple[str, ...]

    def may_know(self, homes: frozenset[str], suffix: str) -> bool:
        """Whether the row may know a file of this suffix, in these of the folders that rows name."""
        if self.folders and self.folders.isdisjoint(homes):
            return False
        ends = (*self.names, *self.suffixes)
        return bool(self.prefixes) or any(_suffix(end) == suffix for end in ends)

    def matches(self, name: str) -> bool:
        """Whether the row knows a file of its folders by its name, in lower case."""
        if not (
            name in self.names or name.startswith(self.prefixes) or name.endswith(self.suffixes)
        ):
            return False
        if name.endswith(self.not_suffixes):
            return False
        return not self.words or any(word in name for word in self.words)


class _Group(Struct, frozen=True):
    """Anchors that must all stand in a file; `words` are those of `config_words` that they spell."""

    words: frozenset[bytes]
    first: bytes
    others: tuple[bytes, ...]


class Signature(Struct, frozen=True):
    """The bytes that tell a file. A `weak` one only makes a file worth parsing.

    Every anchor of one of the `groups` must stand in it, and one of each of the `choices`. It tells no
    file of more than `max_bytes` (0 for any), and a text inside another file only if `embedded`.
    """

    id: str
    groups: tuple[_Group, ...]
    choices: tuple[tuple[bytes, ...], ...] = ()
    weak: bool = False
    max_bytes: int = 0
    embedded: bool = True

    def matches(self, data: bytes, words: frozenset[bytes]) -> bool:
        """Whether this is what `data` is, which holds these of `config_words`.

        Most files lack one of the words of a group, or else its first anchor.
        """
        if self.max_bytes and len(data) > self.max_bytes:
            return False
        for group in self.groups:
            if (
                group.words <= words
                and group.first in data
                and all(anchor in data for anchor in group.others)
            ):
                return all(_holds_one(data, choice) for choice in self.choices)
        return False


def _holds_one(data: bytes, anchors: tuple[bytes, ...]) -> bool:
    # A generator would take longer than what it looks for, in the thousands of files of a repository.
    for anchor in anchors:  # noqa: SIM110
        if anchor in data:
            return True
    return False


def classify(path: str) -> tuple[FileKind, str] | None:
    """The kind and format of a relative path by its name alone; None where the name says nothing."""
    kind, format_id = kind_and_format(path)
    return (kind, format_id) if kind and format_id else None


def kind_and_format(path: str) -> tuple[FileKind | None, str]:
    """As `classify`; of a file that its name does not tell, the kind it may be, and no format."""
    lowered = path.lower()
    start = lowered.rfind("/") + 1
    name = lowered[start:]
    suffix = _suffix(name)
    for row in _known(_homes(lowered[:start]), suffix).rows_for(name):
        if row.matches(name) and not (name in row.names and _is_page(path)):
            return row.kind, row.id
    if name in word_set("files", "prune", "lock_files"):
        return None, ""
    return _KIND_OF_SUFFIX.get(suffix), ""


def _is_page(path: str) -> bool:
    """Whether a file such as `docs/agents.md` or `skills/pay/agents.md` is a page of documentation, or of a
    skill, and no instruction file."""
    name = path.rpartition("/")[2]
    if not name.lower().endswith(".md") or name[:-3].isupper():
        return False
    return is_in_pages(path) or _is_page_of_skill(path)


def _is_page_of_skill(path: str) -> bool:
    """Whether a file in small letters lies in a folder of a skill, `skills/<name>/`, or below it."""
    *folders, name = path.split("/")
    return name in word_set("files", "pages", "of_skills") and "skills" in folders[:-1]


def is_in_pages(path: str) -> bool:
    """Whether a relative path lies in a folder of documentation or samples."""
    return _lies_in(path, word_set("files", "pages", "folders"))


def _lies_in(path: str, folders: frozenset[str]) -> bool:
    return not folders.isdisjoint(path.lower().split("/")[:-1])


def classify_or_guess(path: str) -> tuple[FileKind, str]:
    """As `classify`, with a guess by its suffix for a file that was named but that no row knows."""
    guess = FileKind.DOCUMENT if _suffix(path) == ".mdc" else FileKind.CONFIG
    return classify(path) or (kind_by_suffix(path) or guess, "")


def kind_by_suffix(path: str) -> FileKind | None:
    """What a file that its name does not tell may be, if it is worth a look at its bytes."""
    return _KIND_OF_SUFFIX.get(_suffix(path))


def is_markdown_page(path: str) -> bool:
    """Whether a path ends as pages for people do; `.mdc` are the rules of an editor's agent."""
    return kind_by_suffix(path) is FileKind.DOCUMENT


def _suffix(path: str) -> str:
    at = path.rfind(".")
    return path[at:].lower() if at >= 0 else ""


def recognise_content(data: bytes, kind: FileKind = FileKind.CONFIG) -> Signature | None:
    """The first signature of a file of this kind whose anchors stand in `data`, or None."""
    if kind is not FileKind.DOCUMENT:
        data = _unescaped(data)
    words = frozenset(word for word in _words_of(kind) if word in data)
    if words or kind is not FileKind.CONFIG:
        for signature in _signatures(kind):
            if signature.matches(data, words):
                return signature
    return None


def searched_as(data: bytes) -> str:
    """The row of a config that no rule judges and that may hold credentials of an agent, "" for none."""
    data = _unescaped(data)
    words = frozenset(word for word in _searched_words() if word in data)
    if words:
        for row in _searched():
            if row.matches(data, words):
                return row.id
    return ""


def _unescaped(data: bytes) -> bytes:
    if b"\\" not in data:
        return data
    return _ESCAPED_LETTER.sub(lambda match: bytes.fromhex(match[1].decode()), data)


@cache
def weak_formats() -> frozenset[str]:
    """The formats that a weak signature may stand for: who reads such a file is not certain."""
    return frozenset(signature.id for signature in _signatures(FileKind.CONFIG) if signature.weak)


def is_generated(data: bytes, format_id: str) -> bool:
    """Whether a file of a format that tools also write says that nobody edits it by hand."""
    if format_id not in word_set("files", "generated", "formats"):
        return False
    lines = data[:_HEADER_BYTES].removeprefix(BOM_UTF8).lower().splitlines()
    comments = [line for line in lines if line.lstrip().startswith(b"#")]
    marks = [mark.encode() for mark in words("files", "generated", "marks")]
    return any(mark in line for line in comments for mark in marks)


def is_test_path(path: str) -> bool:
    """Whether a relative path lies in a folder of test material, or is named as a test."""
    *folders, name = path.lower().split("/")
    if name in word_set("files", "tests", "names"):
        return True
    if not word_set("files", "tests", "folders").isdisjoint(folders):
        return True
    ends = words("files", "tests", "ends")
    if any(folder.endswith(ends) for folder in folders):
        return True
    if _ENVIRONMENT_OR_COMPOSE.search(name):
        return not word_set("files", "tests", "words").isdisjoint(_NOT_IN_WORDS.split(name))
    return any(fnmatchcase(name, pattern) for pattern in words("files", "tests", "programs"))


def is_run_as_test(path: str, format_id: str) -> bool:
    """Whether a config is test material by nothing but a folder whose configs of its format are run, and
    are no fixtures: the suites of an evaluation."""
    if format_id not in word_set("files", "tests", "run", "formats"):
        return False
    *folders, name = path.lower().split("/")
    run = word_set("files", "tests", "run", "folders")
    others = (folder for folder in folders if folder not in run)
    return not is_test_path("/".join((*others, name)))


def is_for_development(path: str) -> bool:
    """Whether a settings file of an environment or a Compose file says by its name or a folder's that it is
    for one's own machine, or a file lies in a folder of documentation, where it is shown and not run, or
    of what an editor starts there."""
    *folders, name = path.lower().split("/")
    of_editors = word_set("files", "development", "folders")
    if is_documentation(path) or not of_editors.isdisjoint(folders):
        return True
    if not _ENVIRONMENT_OR_COMPOSE.search(name):
        return False
    development = word_set("files", "development", "words")
    return not development.isdisjoint((*folders, *_NOT_IN_WORDS.split(name)))


def is_documentation(path: str) -> bool:
    """Whether a relative path lies in a folder of documentation, where a config is shown and not read."""
    return _lies_in(path, word_set("files", "documentation", "folders"))


def is_put_away(path: str) -> bool:
    """Whether a relative path lies in a folder of what nobody runs or reads any more."""
    *folders, _ = path.lower().split("/")
    may_hold_others = tool_folders() | word_set("files", "documentation", "folders")
    has_own_top = bool(folders) and folders[0] in may_hold_others
    top = folders[1:2] if has_own_top else folders[:1]
    at_top = bool(top) and top[0] in word_set("files", "put_away", "top")
    names = word_set("files", "put_away", "folders")
    return at_top or any(folder in names or _is_copy(folder) for folder in folders)


def _is_copy(folder: str) -> bool:
    """Whether a folder is named as the copy of a tool's, or with a date as one of anything:
    `.claude-backup`, `backup-2026-01-18`."""
    date = _DATE_AT_END.search(folder)
    name = folder[: date.start()] if date else folder
    *_, word = _NOT_IN_WORDS.split(name)
    if word not in word_set("files", "put_away", "copies"):
        return False
    original = name.removesuffix(word).rstrip("._-")
    return original in tool_folders() if original else date is not None


@cache
def tool_folders() -> frozenset[str]:
    """The hidden folders at the top of a repository in which rows look for files: `.github`."""
    return frozenset(part for part in _homes_by_first_part() if part.startswith("."))


def home_at_root(path: str, format_id: str) -> tuple[str, str] | None:
    """What stands above a file ("a/b", "" for nothing), and the folder that its tool looks for at the root
    of a checkout alone; None for a file that is read wherever it lies."""
    for folder in _only_at_root().get(format_id, ()):
        above, found, _ = f"/{path.lower()}".partition(f"/{folder}/")
        if found:
            return path[: max(0, len(above) - 1)], folder
    return None


@cache
def _only_at_root() -> dict[str, tuple[str, ...]]:
    """The folders of the formats whose files their tools look for at the root of a checkout alone."""
    rows = (row for row in table("files")[FileKind.CONFIG] if row.get("only_at_root"))
    return {row["id"]: tuple(sorted(_folders(row))) for row in rows}


def is_pruned(folder_name: str) -> bool:
    """Whether a folder of this name is never entered."""
    return folder_name.lower() in _pruned_folders()


@cache
def _pruned_folders() -> frozenset[str]:
    return word_set("files", "prune", "folders") | word_set("files", "prune", "vendored")


class _Known(Struct, frozen=True):
    """The rows that may know the files of one suffix in one kind of folder.

    `named` are those that may know a file of a name that one of them gives; any other file only the
    `patterned` may, by how its name begins or ends.
    """

    named: dict[str, tuple[_Row, ...]]
    patterned: tuple[_Row, ...]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]

    def rows_for(self, name: str) -> tuple[_Row, ...]:
        """The rows to ask of a file: most files of a repository are of no row."""
        if name in self.named:
            return self.named[name]
        may_match = name.startswith(self.prefixes) or name.endswith(self.suffixes)
        return self.patterned if may_match else ()


@lru_cache(1024)
def _known(homes: frozenset[str], suffix: str) -> _Known:
    rows = tuple(row for row in _rows() if row.may_know(homes, suffix))
    patterned = tuple(row for row in rows if row.prefixes or row.suffixes)
    return _Known(
        named={
            name: tuple(row for row in rows if name in row.names or row in patterned)
            for name in {name for row in rows for name in row.names}
        },
        patterned=patterned,
        prefixes=tuple({prefix for row in patterned for prefix in row.prefixes}),
        suffixes=tuple({end for row in patterned for end in row.suffixes}),
    )


# A walk asks for all files of a folder before it goes on to the next one.
@lru_cache(64)
def _homes(folder: str) -> frozenset[str]:
    """The folders named by rows that a folder ("a/b/", in lower case) is or lies in."""
    by_first_part = _homes_by_first_part()
    return frozenset(
        home
        for part in folder.split("/")
        for home in by_first_part.get(part, ())
        if _within(home) in f"/{folder}"
    )


@cache
def _within(home: str) -> str:
    """What every path below a folder of a row holds."""
    return f"/{home.removesuffix('*')}" if home.endswith("*") else f"/{home}/"


@cache
def _homes_by_first_part() -> dict[str, list[str]]:
    homes: dict[str, list[str]] = {}
    for home in {home for row in _rows() for home in row.folders}:
        homes.setdefault(home.partition("/")[0], []).append(home)
    return homes


@cache
def _rows() -> tuple[_Row, ...]:
    files = table("files")
    return tuple(
        _row(kind, facts)
        for kind in (FileKind.INSTRUCTION, FileKind.CONFIG, FileKind.DOCUMENT)
        for facts in files[kind]
    )


def _row(kind: FileKind, facts: dict[str, Any]) -> _Row:
    return _Row(
        id=facts["id"],
        kind=kind,
        names=frozenset(name.lower() for name in facts.get("name", [])),
        prefixes=tuple(facts.get("prefix", [])),
        suffixes=tuple(facts.get("suffix", [])),
        not_suffixes=tuple(facts.get("not_suffix", [])),
        folders=_folders(facts),
        words=tuple(facts.get("words", [])),
    )


def _folders(facts: dict[str, Any]) -> frozenset[str]:
    folder = facts.get("folder", [])
    folders = [folder] if isinstance(folder, str) else folder
    return frozenset(folder.lower() for folder in folders)


@cache
def _signatures(kind: FileKind) -> tuple[Signature, ...]:
    return tuple(
        Signature(
            id=row["id"],
            groups=tuple(_group(anchors, _words_of(kind)) for anchors in _encoded(row["anchors"])),
            choices=tuple(map(tuple, _encoded(row["one_of_each"]))),
            weak=row["weak"],
            max_bytes=row["max_bytes"],
            embedded=row["embedded"],
        )
        for row in rows("files", "signature")
        if row["kind"] == kind
    )


@cache
def _searched() -> tuple[Signature, ...]:
    return tuple(
        Signature(
            id=row["id"],
            groups=tuple(
                _group(anchors, _searched_words()) for anchors in _encoded(row["anchors"])
            ),
            max_bytes=row.get("max_bytes", 0),
        )
        for row in table("files")["searched"]["row"]
    )


@cache
def _searched_words() -> tuple[bytes, ...]:
    return tuple(word.encode() for word in words("files", "searched", "words"))


def _group(anchors: list[bytes], words: tuple[bytes, ...]) -> _Group:
    first, *others = anchors
    spelled = (word for word in words if any(word in anchor for anchor in anchors))
    return _Group(frozenset(spelled), first, tuple(others))


@cache
def _words_of(kind: FileKind) -> tuple[bytes, ...]:
    """Words of which every config that a signature knows has one, and few others do."""
    if kind is not FileKind.CONFIG:
        return ()
    return tuple(word.encode() for word in words("files", "signatures", "config_words"))


def _encoded(groups: list[list[str]]) -> list[list[bytes]]:
    return [[anchor.encode() for anchor in group] for group in groups]
