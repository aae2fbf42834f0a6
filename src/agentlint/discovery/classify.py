"""Telling what a file is by its name alone."""

from functools import cache, lru_cache

from msgspec import Struct, convert

from agentlint.discovery.candidate import FileKind
from agentlint.discovery.places import homes_of, is_in_docs_or_samples
from agentlint.knowledge.data import Row, table, word_set, words

_KIND_OF_SUFFIX = {
    **dict.fromkeys((".yaml", ".yml", ".json", ".jsonc", ".toml"), FileKind.CONFIG),
    ".py": FileKind.CODE,
    ".ipynb": FileKind.NOTEBOOK,
    **dict.fromkeys((".md", ".mdx", ".markdown"), FileKind.DOCUMENT),
    **dict.fromkeys((".jsonl", ".ndjson"), FileKind.LOG),
}


_DOCKERFILE = "dockerfile"


_COLUMNS = {
    "names": "name",
    "prefixes": "prefix",
    "suffixes": "suffix",
    "not_suffixes": "not_suffix",
    "folders": "folder",
}


class _Row(Struct, frozen=True, rename=_COLUMNS):
    id: str
    kind: FileKind
    names: frozenset[str]
    folders: frozenset[str]
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    not_suffixes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

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
    kind = _KIND_OF_SUFFIX.get(suffix)
    return None if kind is FileKind.CONFIG and _is_lock_file(name) else kind, ""


def _is_lock_file(name: str) -> bool:
    """Whether a tool writes a file of this name, in lower case, for itself alone."""
    is_named = name in word_set("files", "prune", "lock_files")
    return is_named or name.endswith(_lock_suffixes())


@cache
def _lock_suffixes() -> tuple[str, ...]:
    return words("files", "prune", "lock_suffixes")


def _is_page(path: str) -> bool:
    """Whether a file such as `docs/agents.md` or `skills/pay/agents.md` is a page of documentation, or of a
    skill, and no instruction file."""
    name = path.rpartition("/")[2]
    if not name.lower().endswith(".md") or name[:-3].isupper():
        return False
    return is_in_docs_or_samples(path) or _is_page_of_skill(path)


def _is_page_of_skill(path: str) -> bool:
    """Whether a file in small letters lies in a folder of a skill, `skills/<name>/`, or below it."""
    *folders, name = path.split("/")
    return name in word_set("files", "pages", "of_skills") and "skills" in folders[:-1]


def classify_or_guess(path: str) -> tuple[FileKind, str]:
    """As `classify`, with a guess by its suffix for a file that was named but that no row knows."""
    guess = FileKind.DOCUMENT if _suffix(path) == ".mdc" else FileKind.CONFIG
    return classify(path) or (kind_by_suffix(path) or guess, "")


def is_dockerfile(path: str) -> bool:
    """Whether a file is read line by line as a Dockerfile, which no suffix tells."""
    known = classify(path)
    return known is not None and known[1] == _DOCKERFILE


def kind_by_suffix(path: str) -> FileKind | None:
    """What a file that its name does not tell may be, if it is worth a look at its bytes."""
    return _KIND_OF_SUFFIX.get(_suffix(path))


def is_markdown_page(path: str) -> bool:
    """Whether a path ends as pages for people do; `.mdc` are the rules of an editor's agent."""
    return kind_by_suffix(path) is FileKind.DOCUMENT


def _suffix(path: str) -> str:
    at = path.rfind(".")
    return path[at:].lower() if at >= 0 else ""


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


def _row(kind: FileKind, facts: Row) -> _Row:
    names = [name.lower() for name in facts.get("name", [])]
    return convert({**facts, "kind": kind, "name": names, "folder": homes_of(facts)}, _Row)
