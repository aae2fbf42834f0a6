"""Findings with their repairs as edits of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from agentlint.discovery import FileKind
from agentlint.facts.extract import language_of
from agentlint.facts.project import Project
from agentlint.findings import Finding
from agentlint.fixes import FileSyntax, spelled
from agentlint.fixes.syntax import PYTHON
from agentlint.text import SourceFile


def with_fixes(
    findings: Sequence[Finding], project: Project, sources: Mapping[str, SourceFile]
) -> list[Finding]:
    """The findings, those with a repair that their file has room for with the fix as well.

    Two that would have one variable hold different values have none: one value would open what the
    other is for.
    """
    torn = _torn_variables(findings, sources)
    files: dict[str, FileSyntax] = {}
    for finding in findings:
        source = sources.get(finding.path)
        if finding.repair and source and finding.path not in files:
            files[finding.path] = FileSyntax(source, language(finding.path, project))
    return [
        replace(finding, help=f"{finding.help}, each value under a name of its own")
        if finding.repair and finding.repair.variable in torn
        else _with_fix(finding, files.get(finding.path))
        for finding in findings
    ]


def _torn_variables(
    findings: Sequence[Finding], sources: Mapping[str, SourceFile]
) -> frozenset[str]:
    """The variables that several repairs would move different values into."""
    held: dict[str, set[str]] = {}
    for finding in findings:
        if finding.repair and finding.repair.variable and finding.path in sources:
            text = sources[finding.path].text[finding.span.start : finding.span.end]
            held.setdefault(finding.repair.variable, set()).add(text)
    return frozenset(variable for variable, values in held.items() if len(values) > 1)


def _with_fix(finding: Finding, syntax: FileSyntax | None) -> Finding:
    if finding.repair is None or syntax is None:
        return finding
    return replace(finding, fix=spelled(finding.repair, syntax))


def language(path: str, project: Project) -> str:
    """The language that a file of the project was read in."""
    file = project.file(path)
    kind = FileKind(file.kind) if file else FileKind.DOCUMENT
    return PYTHON if kind is FileKind.CODE else language_of(path, kind)
