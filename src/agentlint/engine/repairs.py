"""Findings with their repairs as edits of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from agentlint.discovery import FileKind, kind_by_suffix
from agentlint.facts.files.reading import language_of
from agentlint.facts.project import Project
from agentlint.findings import Finding
from agentlint.fixes import FileSyntax, spelled, why_not_replaced
from agentlint.fixes.syntax import PYTHON
from agentlint.text import SourceFile


def with_fixes(
    findings: Sequence[Finding], project: Project, sources: Mapping[str, SourceFile]
) -> list[Finding]:
    """The findings, those with a repair that their file has room for with the fix as well.

    Two that would have one variable hold different values have none: one value would open what the
    other is for. Nor has one whose value its file holds at a place that no fix changes: the two have to
    stay the same.
    """
    torn = _torn_variables(findings, sources)
    files: dict[str, FileSyntax] = {}
    for finding in findings:
        source = sources.get(finding.path)
        if finding.repair and source and finding.path not in files and _is_edited(source):
            files[finding.path] = FileSyntax(source, language(finding.path, project))
    fixed = [
        replace(finding, help=f"{finding.help}, each value under a name of its own")
        if finding.repair and finding.repair.variable in torn
        else _with_fix(finding, files.get(finding.path))
        for finding in findings
    ]
    split = _split_values(fixed, sources)
    return [
        replace(
            finding, fix=None, help=f"{finding.help}, at every place of this file that holds it"
        )
        if _moved(finding, sources) in split and finding.fix
        else finding
        for finding in fixed
    ]


def refusals(root: Path, findings: Iterable[Finding]) -> dict[str, str]:
    """Why no fix is written to some of the files that findings with a fix stand in, by path."""
    paths = {finding.path for finding in findings if finding.fix}
    return {path: why for path in paths if (why := why_not_replaced(root, path))}


def _torn_variables(
    findings: Sequence[Finding], sources: Mapping[str, SourceFile]
) -> frozenset[str]:
    """The variables that several repairs would move different values into."""
    held: dict[str, set[str]] = {}
    for finding in findings:
        moved = _moved(finding, sources)
        if moved and finding.repair:
            held.setdefault(finding.repair.variable, set()).add(moved[1])
    return frozenset(variable for variable, values in held.items() if len(values) > 1)


def _split_values(
    findings: Sequence[Finding], sources: Mapping[str, SourceFile]
) -> frozenset[tuple[str, str]]:
    """The values that fixes would move into a variable at some of their places in a file, by its path."""
    moved = Counter(filter(None, (_moved(finding, sources) for finding in findings if finding.fix)))
    return frozenset(
        (path, value)
        for (path, value), times in moved.items()
        if sources[path].text.count(value) > times
    )


def _moved(finding: Finding, sources: Mapping[str, SourceFile]) -> tuple[str, str] | None:
    """The file and the text that a repair would move into a variable."""
    if not finding.repair or not finding.repair.variable or finding.path not in sources:
        return None
    return finding.path, finding.span.cut(sources[finding.path].text)


def _with_fix(finding: Finding, syntax: FileSyntax | None) -> Finding:
    if finding.repair is None or syntax is None:
        return finding
    return replace(finding, fix=spelled(finding.repair, syntax))


def _is_edited(source: SourceFile) -> bool:
    """Whether fixes are spelled for a file. A notebook is JSON that its editor writes: what a fix puts into
    a cell would have to be escaped, and the editor may have the cell open in another state."""
    return kind_by_suffix(source.path) is not FileKind.NOTEBOOK


def language(path: str, project: Project) -> str:
    """The language that a file of the project was read in."""
    file = project.file(path)
    kind = FileKind(file.kind) if file else FileKind.DOCUMENT
    return PYTHON if kind is FileKind.CODE else language_of(path, kind)
