"""What an instruction file, or the config of a tool, says that it pulls into the context of an agent."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from itertools import takewhile

from agentlint.discovery import classify
from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    InlineKind,
    MarkdownDocument,
    Node,
    Scalar,
    inlines,
)
from agentlint.facts.instruction_import import (
    IMPORTED,
    InstructionImport,
    is_instruction,
    is_text,
    named_files,
    target_from,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import at, listed, scalars
from agentlint.knowledge.data import rows, word_set
from agentlint.text import Pattern, Region

# https://github.github.com/gh-aw/reference/imports/, https://github.github.com/gh-aw/reference/templating/
_AGENTIC_WORKFLOW = "agentic-workflow"
_IN_PROMPT = Pattern(
    r"\{\{#(?:runtime-)?import\??:?[ \t]{1,8}(?P<name>[^\s{}]{1,400})[ \t]{0,8}\}\}"
)
_PART_OF_FILE = Pattern(r"(?:#[^#]{1,200}|:\d{1,9}-\d{1,9})?\??\Z")
_GITHUB = ".github"
_NO_TEXT = (BlockKind.FENCE, BlockKind.INDENTED_CODE, BlockKind.HTML)


def text_imports(document: MarkdownDocument, source: Source) -> Iterator[InstructionImport]:
    """The files that the text of a document imports, each once."""
    if source.format != IMPORTED and source.format not in word_set("files", "imports", "formats"):
        return
    folder, seen = _folder_of_names(source), {source.path}
    for region in (region for block in document.blocks for region in _texts(block)):
        for name, start in named_files(region.text):
            target = target_from(folder, name)
            if target and target not in seen:
                seen.add(target)
                span = region.span(start, start + 1 + len(name))
                yield InstructionImport(source.path, target, span)


def workflow_imports(document: MarkdownDocument, source: Source) -> Iterator[InstructionImport]:
    """The files of the repository that an agentic workflow takes into its prompt, wherever each may lie."""
    if source.format != _AGENTIC_WORKFLOW:
        return
    folder = posixpath.dirname(source.path)
    roots = document.front_matter.roots if document.front_matter else ()
    for scalar in (scalar for root in roots for scalar in _imported_by(root)):
        for target in _parts(scalar.text.strip(), (folder,)):
            yield InstructionImport(source.path, target, scalar.span)
    region = document.region
    for match in _IN_PROMPT.finditer(region.text) if "{{#" in region.text else ():
        for target in _parts(match["name"], (folder, _GITHUB)):
            yield InstructionImport(source.path, target, region.span(*match.span("name")))


def _imported_by(root: Node) -> Iterator[Scalar]:
    """What front matter lists as `imports`, by itself or beside the inputs that it is given."""
    for item in listed(at(root, "imports")):
        named = (item, at(item, "uses"), at(item, "path"))
        yield from (node for node in named if isinstance(node, Scalar))


def _parts(name: str, folders: Iterable[str]) -> Iterator[str]:
    """Where a file may lie of which a workflow names the whole or a part; nowhere for a foreign one."""
    path = _PART_OF_FILE.sub("", name)
    at_root = path.startswith(("/", f"{_GITHUB}/"))
    for folder in ("",) if at_root else folders:
        target = target_from(folder, path.lstrip("/")) if "@" not in path else None
        if target:
            yield target


def config_imports(document: DataDocument, source: Source) -> Iterator[InstructionImport]:
    """The files that the config of a tool lists, but for those that are instruction files by name.

    A tool opens the config that bears its name; a copy or a draft under another one lists nothing.
    """
    for row in rows("files", "pulls_in"):
        if source.format != row["format"] or not _is_opened(source):
            continue
        for root in document.roots:
            for scalar in scalars(at(root, *row["keys"])):
                for target in _listed(source, scalar.text.strip(), anywhere=row["anywhere"]):
                    below = f"{target}/**" if row["folders"] and not is_text(target) else target
                    if not is_instruction(below):
                        yield InstructionImport(source.path, below, scalar.span, listed=True)


def _folder_of_names(source: Source) -> str:
    """The folder from which on a text names files: its own, or the one that holds the tool's folder."""
    folder = posixpath.dirname(source.path)
    if source.format not in word_set("files", "imports", "from_project"):
        return folder
    above = takewhile(lambda part: not part.startswith("."), folder.split("/"))
    return "/".join(above)


def _texts(block: Block) -> Iterator[Region]:
    if block.kind in _NO_TEXT or "@" not in block.region.text:
        return
    for region in block.cells or (block.region,):
        for inline in inlines(region):
            if inline.kind is InlineKind.TEXT:
                yield inline.region


def _is_opened(source: Source) -> bool:
    known = classify(source.path)
    return known is not None and known[1] == source.format


def _listed(source: Source, name: str, *, anywhere: bool) -> Iterator[str]:
    """Where a name in a config may lead: from the folder of the config, and from the one above where
    that is the folder of a tool (`.opencode`)."""
    folder = posixpath.dirname(source.path)
    above = posixpath.dirname(folder)
    of_tool = posixpath.basename(folder).startswith(".")
    if anywhere:
        folders = [posixpath.join(above if of_tool else folder, "**")]
    else:
        folders = [folder, above] if of_tool else [folder]
    for base in folders:
        target = target_from(base, name) if name else None
        if target:
            yield target
