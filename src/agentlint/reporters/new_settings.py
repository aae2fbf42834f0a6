"""A settings file for a repository, with the keys that its facts call for and no others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from agentlint.discovery import is_test_path
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.values.value import ValueKind
from agentlint.findings import Finding
from agentlint.text import Pattern

_HEAD = "# `agentlint config schema` tells every key.\n"
_VARIABLE = Pattern(r"[A-Z][A-Z0-9_]{0,100}")
_FOLDER = Pattern(r"[\w./@+ -]{1,200}")


def render(project: Project, findings: Iterable[Finding], baseline: str | None = None) -> str:
    """The text of an `agentlint.toml`; `findings` are those of a run without settings."""
    return _HEAD + "".join(_lines(project, findings, baseline))


def _lines(project: Project, findings: Iterable[Finding], baseline: str | None) -> Iterator[str]:
    if baseline:
        yield f"baseline = {json.dumps(baseline)}\n"
    folders = _test_folders(findings)
    if folders:
        yield f"exclude = {json.dumps(folders, ensure_ascii=False)}  # texts that are wrong on purpose\n"
    variable = _gateway_variable(project.all(Route))
    if variable:
        yield f'\n[gateway]\nbase-url-env = "{variable}"\n'


def _test_folders(findings: Iterable[Finding]) -> list[str]:
    """The outermost folders of test material that findings stand in."""
    found = (_test_folder(finding.path) for finding in findings if is_test_path(finding.path))
    return sorted({folder for folder in found if folder and _FOLDER.fullmatch(folder)})


def _test_folder(path: str) -> str | None:
    parts = path.split("/")
    folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return next((folder for folder in folders if is_test_path(f"{folder}/x")), None)


def _gateway_variable(routes: Iterable[Route]) -> str | None:
    """The variable that the repository's route tables take their base URL from, if it is one."""
    names = Counter(
        route.base_url.ref
        for route in routes
        if route.kind is RouteKind.TABLE
        and route.scope is RouteScope.REPOSITORY
        and route.base_url.kind is ValueKind.ENV_REF
        and route.base_url.ref
        and _VARIABLE.fullmatch(route.base_url.ref)
    )
    return next(iter(names)) if len(names) == 1 else None
