"""A hook of MkDocs: pages of the site that are written elsewhere in the repository.

The start page is README.md, and each rule's page the one that `agentlint explain RULE --all-cases` prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from agentlint.knowledge.pages import RulePage, rule_pages
from agentlint.reporters.addresses import HOME

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"\]\((?!https?:|#)([^)]{1,200})\)")
_METADATA = re.compile(r"^```toml rule\n.*?^```\n", re.MULTILINE | re.DOTALL)
_NAMED_FENCE = re.compile(
    r"^(?P<fence>`{3,6})(?P<language>\w+) (?P<state>path|fixed)=(?P<path>\S+)(?P<unsafe> unsafe)?$",
    re.MULTILINE,
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for path, text in (("index.md", _start()), ("rules/index.md", _list_of_rules()), *_rules()):
        files.append(File.generated(config, path, content=text))
    return files


def _start() -> str:
    """The README, whose links into docs/ stay on the site while others lead to the repository."""

    def target(link: re.Match[str]) -> str:
        path = link[1]
        if path.startswith("docs/"):
            return f"]({path.removeprefix('docs/')})"
        kind = "tree" if (ROOT / path).is_dir() else "blob"
        return f"]({HOME}/{kind}/main/{path})"

    return _LINK.sub(target, (ROOT / "README.md").read_text(encoding="utf-8"))


def _list_of_rules() -> str:
    rows = (
        f"| [{page.id}]({page.id}.md) | {page.severity} | {page.category} | {page.summary} |\n"
        for page in rule_pages().values()
    )
    return "# Rules\n\n| rule | severity | category | |\n|---|---|---|---|\n" + "".join(rows)


def _rules() -> Iterator[tuple[str, str]]:
    for page in rule_pages().values():
        yield f"rules/{page.id}.md", _rule(page)


def _rule(page: RulePage) -> str:
    """A page with its metadata told in a line, and the files of its cases named above their texts."""
    profile = " · strict profile only" if page.strict else ""
    facts = f"`{page.id}` · {page.severity} · {page.category}{profile}\n"
    text = _METADATA.sub(lambda _: facts, page.text, count=1)
    return _NAMED_FENCE.sub(_labelled, text)


def _labelled(fence: re.Match[str]) -> str:
    option = "--unsafe-fixes" if fence["unsafe"] else "--fix"
    after = f" after `{option}`" if fence["state"] == "fixed" else ""
    return f"`{fence['path']}`{after}\n\n{fence['fence']}{fence['language']}"
