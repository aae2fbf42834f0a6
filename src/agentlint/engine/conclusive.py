"""What a run on part of a repository may call gone: what no file that it did not read could bring.

A hook is given the files of a commit, and an editor a text. That a rule finds nothing there says that a
comment is needless, or that a fault of the baseline is mended, only if the rest of the repository has no
say in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from agentlint.discovery import FileKind, kind_by_suffix
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.instruction_import import is_instruction, is_text
from agentlint.facts.model_constant import ModelConstant
from agentlint.facts.project import Project, Reach
from agentlint.facts.route import Route
from agentlint.knowledge.pages import rule_pages
from agentlint.rules import load_rule

IsConclusive: TypeAlias = Callable[[str, str], bool]
"""Whether no further file could bring a finding in a file (its path) of a rule (its id)."""


def conclusiveness(project: Project) -> IsConclusive:
    """What a run that read `project` is conclusive of: everything where that is the whole repository,
    nothing where the search for what its findings hang on was cut."""
    judged = {file.path: file for file in project.files}

    def is_conclusive(path: str, rule: str) -> bool:
        if project.reach is not Reach.PART:
            return project.reach is Reach.WHOLE
        return _is_conclusive(path, judged.get(path), rule)

    return is_conclusive


def _is_conclusive(path: str, file: FileFacts | None, rule: str) -> bool:
    if may_be_pulled_in(path) and (file is None or file.kind != FileKind.INSTRUCTION):
        return False
    page = rule_pages().get(rule)
    is_module = may_be_imported(path) and _names_models(file)
    depends_on_others = is_module or _leaves_to_library(file)
    if page and depends_on_others and not page.by_engine and Route in load_rule(rule).on:
        return False
    if page is None or not page.cross_file:
        return True
    if page.by_engine:
        return False
    kinds = load_rule(rule).on
    # A rule that is handed one fact at a time finds nothing in a file that has none for it.
    return Project not in kinds and not (file and any(map(file.of, kinds)))


def _names_models(file: FileFacts | None) -> bool:
    """Whether a module may have a name for a model: one of which nothing was read may."""
    return file is None or file.kind != FileKind.CODE or bool(file.of(ModelConstant))


def _leaves_to_library(file: FileFacts | None) -> bool:
    """Whether a program has calls of which any other module may change who answers."""
    return file is not None and any(route.library for route in file.of(Route))


def may_be_imported(path: str) -> bool:
    """Whether a program elsewhere may call a model that it has from a file."""
    return kind_by_suffix(path) is FileKind.CODE


def may_be_pulled_in(path: str) -> bool:
    """Whether another file may make a file an instruction, which its own name does not."""
    return is_text(path) and not is_instruction(path)
