"""Files that an instruction file, or the config of a tool, pulls into the context of an agent.

Claude Code and Gemini CLI take `@path` in a text for the file of that name, below the folder of the text,
or of the project in a command; other tools are told of files in their config (`pulls_in` in
`rules/data/files.toml`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from agentlint.discovery import FileKind, classify
from agentlint.knowledge.data import words
from agentlint.text import Pattern, Span

IMPORTED = "imported"
"""The format of a file that another one imports: its own imports are followed."""
LISTED = "listed"
"""The format of a file that a config lists."""

_NAMED = Pattern(r"@(?<!\S@)[^\s@`]{1,400}")
# As above before escapes are read, and whatever stands before it.
_MAY_BE_NAMED = Pattern(r"@[^\s@`]{1,1000}")
_AFTER_A_NAME = ".,;:!?)]}>\"'*_"


class InstructionImport(Struct, frozen=True, omit_defaults=True):
    """`target` is a path from the root, of a file that may not be there; `listed` ones stand in the config
    of a tool and may be globs, as ignore files have them."""

    path: str
    target: str
    span: Span
    listed: bool = False


def named_files(text: str) -> Iterator[tuple[str, int]]:
    """The name of each file that a text imports, and where its `@` stands, but for instruction files
    that are read wherever they lie."""
    for match in _NAMED.finditer(text):
        name = _name(match[0])
        if _is_news(name):
            yield name, match.start()


def may_name_files(text: str) -> bool:
    """Whether a Markdown text may import a file, told without parsing it."""
    return "@" in text and any(_is_news(_name(match[0])) for match in _MAY_BE_NAMED.finditer(text))


def target_from(folder: str, name: str) -> str | None:
    """What a name leads to from a folder; None for what lies outside of the root, or on another host."""
    if name.startswith(("/", "~")) or ":" in name or "\0" in name:
        return None
    target = posixpath.normpath(posixpath.join(folder, name))
    return None if target in (".", "..") or target.startswith("../") else target


def is_text(path: str) -> bool:
    """Whether a file is one of those that are read as instructions where they are pulled in."""
    return path.lower().endswith(words("files", "imports", "suffixes"))


def is_instruction(path: str) -> bool:
    """Whether a file is read as instructions by its own name."""
    known = classify(path)
    return known is not None and known[0] is FileKind.INSTRUCTION


def _name(found: str) -> str:
    return found[1:].partition("#")[0].rstrip(_AFTER_A_NAME)


def _is_news(name: str) -> bool:
    if not is_text(name):
        return False
    last = name.rpartition("/")[2]
    # In small letters it may be a page of documentation, which the folder tells.
    return not (last.rpartition(".")[0].isupper() and is_instruction(last))
