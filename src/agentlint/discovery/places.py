"""What the folders above a file, and the words of its name, say of it: a test, a page, a copy put away."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise

from agentlint.discovery.candidate import FileKind
from agentlint.knowledge.data import Row, rows, table, word_set, words
from agentlint.text import Pattern

_OF_ENVIRONMENT = Pattern(
    r"\A\.?env(?:rc)?\b|\A\.dev\.vars\b|\.env(?:\.local)?\Z|compose[\w.-]{0,60}\.ya?ml\Z"
    r"|\A(?:docker|container)file\b|\.(?:docker|container)file\Z"
)
_NOT_IN_WORDS = Pattern(r"[._-]")
_DATE_AT_END = Pattern(r"[._-]?20\d\d[._-]?[01]\d[._-]?[0-3]\d(?:[._t-]?\d{4,6})?\Z")


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
    if _OF_ENVIRONMENT.search(name):
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


def is_copy_of_home(path: str) -> bool:
    """Whether a relative path lies where people keep the settings of their own home."""
    return not word_set("files", "home", "folders").isdisjoint(path.lower().split("/"))


def is_for_development(path: str) -> bool:
    """Whether a settings file of an environment, a Compose file or a Dockerfile says by its name or a
    folder's that it is for one's own machine, or a file lies in a folder of documentation, where it is
    shown and not run, or of what an editor starts there."""
    *folders, name = path.lower().split("/")
    of_editors = word_set("files", "development", "folders")
    if is_in_docs(path) or not of_editors.isdisjoint(folders):
        return True
    if not _OF_ENVIRONMENT.search(name):
        return False
    development = word_set("files", "development", "words")
    return not development.isdisjoint((*folders, *_NOT_IN_WORDS.split(name)))


def is_in_docs(path: str) -> bool:
    """Whether a relative path lies in a folder of documentation, where a config is shown and not read."""
    return _lies_in(path, word_set("files", "documentation", "folders"))


def is_in_docs_or_samples(path: str) -> bool:
    """Whether a relative path lies in a folder of documentation or samples."""
    return _lies_in(path, word_set("files", "pages", "folders"))


def _lies_in(path: str, folders: frozenset[str]) -> bool:
    return not folders.isdisjoint(path.lower().split("/")[:-1])


def is_put_away(path: str) -> bool:
    """Whether a relative path lies in a folder of what nobody runs or reads any more."""
    *folders, _ = path.lower().split("/")
    at_top = not _tops(folders).isdisjoint(word_set("files", "put_away", "top"))
    names = word_set("files", "put_away", "folders")
    return at_top or any(folder in names or _is_copy(folder) for folder in folders)


def _tops(folders: list[str]) -> frozenset[str]:
    """The first of the folders of a path, and those right below its documentation and each hidden one: a
    part of a program hardly lies there, while deeper in a tool's folder a skill may have that name."""
    has_docs = not word_set("files", "documentation", "folders").isdisjoint(folders[:1])
    below_hidden = (folder for above, folder in pairwise(folders) if above.startswith("."))
    return frozenset((*folders[: 2 if has_docs else 1], *below_hidden))


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
    files = table("files")
    kinds = (FileKind.INSTRUCTION, FileKind.CONFIG, FileKind.DOCUMENT)
    homes = {home for kind in kinds for row in files[kind] for home in homes_of(row)}
    return frozenset(home.partition("/")[0] for home in homes if home.startswith("."))


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
    files = (*rows("files", FileKind.CONFIG), *rows("files", "definition"))
    return {row["id"]: tuple(sorted(homes_of(row))) for row in files if row.get("only_at_root")}


def one_persons(path: str) -> Row | None:
    """The row of the file that a tool keeps for one person at `path`, None for any other file."""
    for row in rows("files", "local"):
        if f"/{path}".lower().endswith(f"/{row['path']}".lower()):
            return row
    return None


def is_pruned(folder_name: str) -> bool:
    """Whether a folder of this name is never entered."""
    return folder_name.lower() in _pruned_folders()


@cache
def _pruned_folders() -> frozenset[str]:
    return word_set("files", "prune", "folders") | word_set("files", "prune", "vendored")


def homes_of(row: Row) -> frozenset[str]:
    """The folders, in lower case, in one of which a row of the table looks for its files; none for any."""
    folder = row.get("folder", [])
    folders = [folder] if isinstance(folder, str) else folder
    return frozenset(folder.lower() for folder in folders)
