"""The files that set up agentlint in a repository, and how each is brought in."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from agentlint import __version__
from agentlint.discovery import FileError, decode, read_bytes
from agentlint.documents import DataDocument, Mapping, Sequence, parse
from agentlint.reporters.addresses import HOME
from agentlint.text import Pattern, Region

PRE_COMMIT = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/agentlint.yml"
GITLAB = ".gitlab-ci.yml"
_DISTRIBUTION = "agentlint-gateway"
_BRANCH = Pattern(r"ref: refs/(?:remotes/origin|heads)/(?P<name>[\w./-]{1,100})\s{0,4}")
_USUAL_BRANCHES = ("main", "master")
_MAX_BYTES = 256 * 1024
# https://github.com/actions/checkout, tag v7.0.1, verified 2026-11-20.
_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
_HOOK = (
    f"- repo: {HOME}\n"
    f"  rev: v{__version__}\n"
    "  hooks:\n"
    "    - id: agentlint-repo   # the whole repository; `agentlint` looks at the commit's files alone\n"
)
_WORKFLOW_TEXT = """\
name: agentlint
on:
  pull_request:
  push:
    branches: [{branch}]
permissions: {{}}
concurrency:
  group: ${{{{ github.workflow }}}}-${{{{ github.ref }}}}
  cancel-in-progress: true
jobs:
  agentlint:
    name: agentlint
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
      - name: Check the instructions and model routes
        run: >-
          pipx run --spec {distribution}=={version}
          agentlint check --output-format github -o markdown="$GITHUB_STEP_SUMMARY" .
"""
_GITLAB_TEXT = """\
agentlint:
  image: python:3.13-slim
  script:
    - pip install --quiet {distribution}=={version}
    - agentlint check -o gitlab=gl-code-quality-report.json .
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""


class Step(Struct, frozen=True):
    """One thing to do: write `text` to `file`, in place of `before` where it is not None.

    Where `file` is to stay as it is, `advice` says why, and `text` is for a person to put in.
    """

    file: str
    text: str
    before: str | None = None
    advice: str = ""


def settings_step(root: Path, name: str, text: str) -> Step:
    """`text` is the settings file that the repository's facts call for."""
    there = os.path.lexists(root / name)
    return Step(name, "", advice="is there already") if there else Step(name, text)


def hook_step(root: Path) -> Step:
    """The hook as a new configuration of pre-commit, or as one more entry of the one at hand."""
    file = root / PRE_COMMIT
    if not os.path.lexists(file):
        return Step(PRE_COMMIT, f"repos:\n{_indented(_HOOK, '  ')}")
    before = _text(file)
    if before is None:
        return Step(PRE_COMMIT, _HOOK, advice="cannot be read; put this under its `repos:`")
    if HOME in before:
        return Step(PRE_COMMIT, "", advice="has the hook already")
    after = with_entry(before, _HOOK)
    if after is None:
        return Step(PRE_COMMIT, _HOOK, advice="has another form; put this under its `repos:`")
    return Step(PRE_COMMIT, after, before)


def ci_step(root: Path) -> Step:
    """A workflow of GitHub, or a job for people to put into the pipeline of a GitLab repository."""
    if os.path.lexists(root / GITLAB):
        text = _GITLAB_TEXT.format(distribution=_DISTRIBUTION, version=__version__)
        if "agentlint" in (_text(root / GITLAB) or ""):
            return Step(GITLAB, "", advice="names agentlint already")
        return Step(GITLAB, text, advice="is yours to change; put this job into it")
    if os.path.lexists(root / WORKFLOW):
        return Step(WORKFLOW, "", advice="is there already")
    text = _WORKFLOW_TEXT.format(
        branch=_default_branch(root),
        checkout=_CHECKOUT,
        distribution=_DISTRIBUTION,
        version=__version__,
    )
    return Step(WORKFLOW, text)


def with_entry(text: str, entry: str) -> str | None:
    """A YAML text with one more item in its block sequence `repos`, None where that is not safe.

    Everything else of the text stays as it is, to the character.
    """
    repos = _repos(text)
    if repos is None or not repos.items:
        return None
    end = text.find("\n", repos.items[-1].span.end)
    end = len(text) if end < 0 else end + 1
    start = text.rfind("\n", 0, repos.items[0].span.start) + 1
    lead = text[start : repos.items[0].span.start]
    indent = lead[: len(lead) - len(lead.lstrip(" "))]
    newline = "\r\n" if "\r\n" in text else "\n"
    head = text[:end] if text[:end].endswith("\n") else text[:end] + newline
    added = _indented(entry, indent).replace("\n", newline)
    after = head + added + text[end:]
    read = _repos(after)
    grown = read is not None and len(read.items) == len(repos.items) + 1
    return after if grown and lead.lstrip(" ").startswith("-") else None


def _repos(text: str) -> Sequence | None:
    """The node of `repos` in a configuration of pre-commit that has no problem."""
    document = parse("yaml", Region.whole(text))
    if not isinstance(document, DataDocument) or document.problems or len(document.roots) != 1:
        return None
    root = document.roots[0]
    repos = root.get("repos") if isinstance(root, Mapping) else None
    return repos if isinstance(repos, Sequence) else None


def _default_branch(root: Path) -> str:
    """The branch that pushes are checked on: what the remote calls its own, else a usual one that is
    there, else the one that is checked out, which may be a passing one where another is there."""
    git = root / ".git"
    remote, here = (
        _BRANCH.fullmatch(_text(git / name) or "") for name in ("refs/remotes/origin/HEAD", "HEAD")
    )
    if remote:
        return remote["name"]
    packed = (_text(git / "packed-refs") or "").split()
    for name in _USUAL_BRANCHES:
        if f"refs/heads/{name}" in packed or os.path.lexists(git / "refs/heads" / name):
            return name
    return here["name"] if here else _USUAL_BRANCHES[0]


def _text(file: Path) -> str | None:
    """The text of a small regular file without a byte order mark, None for anything else."""
    try:
        text, has_bom = decode(read_bytes(file, _MAX_BYTES))
    except FileError:
        return None
    return None if has_bom else text


def _indented(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}" for line in text.splitlines(keepends=True))
