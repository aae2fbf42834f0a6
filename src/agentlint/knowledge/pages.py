"""The rule pages as data: what `explain` prints, SARIF carries and the tests run."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from agentlint.findings import Applicability, Severity
from agentlint.knowledge.bundle import bundle
from agentlint.knowledge.location import rules_dir
from agentlint.text import Pattern

_METADATA = Pattern(r"^```toml rule\n(?P<toml>.{0,4000}?)^```\n", re.MULTILINE | re.DOTALL)
_TITLE = Pattern(r"# (?P<title>[^\n]{1,200})\n")
_KEYS = frozenset(
    "id severity category reads cross-file more-when-strict about-credentials summary profile by fix cwe"
    " security-severity references".split()
)
_CASE = Pattern(r"^## (?:Bad|Good):", re.MULTILINE)


class Reference(Struct, frozen=True):
    url: str
    verified_on: str


class RulePage(Struct, frozen=True):
    """One rule as its page tells it.

    `strict` rules run under the strict profile or when selected. `by_engine` marks the few that
    speak about the run itself (suppressions, a rule that crashed) and have no function in `rules/`.
    `reads` names the kinds of fact without any of which its function has nothing to say, so that a
    rule is only loaded where there is something for it to read. What a `cross_file` rule finds in a file
    may be brought by another one, which a run on the first alone does not read. One that
    `says_more_when_strict` finds under the strict profile what it does not find without. What one
    `about_credentials` finds is accepted by its fingerprint in the settings, and by a comment that
    accepts it for another tool. `cwe` and `security_severity` (0.1 to 10.0) are set for security rules
    only. `fix` is the surest that a fix of the rule can be, None for no fix.
    """

    id: str
    title: str
    severity: Severity
    category: str
    summary: str
    strict: bool = False
    by_engine: bool = False
    reads: tuple[str, ...] = ()
    cross_file: bool = False
    says_more_when_strict: bool = False
    about_credentials: bool = False
    cwe: str = ""
    security_severity: str = ""
    fix: Applicability | None = None
    references: tuple[Reference, ...] = ()

    @property
    def text(self) -> str:
        """The whole page in Markdown."""
        return (rules_dir() / f"{self.id}.md").read_text(encoding="utf-8")

    @property
    def help(self) -> str:
        """The page for readers: without its metadata and its cases."""
        return _METADATA.sub("", self.prose, count=1).strip() + "\n"

    @property
    def prose(self) -> str:
        """The page in Markdown as far as its first case."""
        text = self.text
        case = _CASE.search(text)
        return text[: case.start()] if case else text

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases of the page in Markdown, in order, each from its heading on."""
        text = self.text
        starts = [case.start() for case in _CASE.finditer(text)]
        ends = [*starts[1:], len(text)]
        return tuple(text[start:end] for start, end in zip(starts, ends, strict=True))


class PageError(ValueError):
    """A rule page that breaks the form; raised for our own pages only, never for linted files."""


@cache
def rule_pages() -> dict[str, RulePage]:
    """Every rule page by rule id, in alphabetical order; raises PageError."""
    compiled = bundle()
    if compiled:
        return decode(compiled.pages, type=dict[str, RulePage])
    files = sorted(rules_dir().glob("*.md"))
    return {file.stem: parse_page(file.stem, file.read_text(encoding="utf-8")) for file in files}


@cache
def credential_rules() -> frozenset[str]:
    """The rules about a credential in a file."""
    return frozenset(page.id for page in rule_pages().values() if page.about_credentials)


def parse_page(stem: str, text: str) -> RulePage:
    """A page from its file name (without `.md`) and text; raises PageError."""
    import tomllib

    title, metadata = _TITLE.match(text), _METADATA.search(text)
    if not title or not metadata:
        raise PageError(f"{stem}: a page starts with a title and a ```toml rule``` block")
    facts: dict[str, Any] = tomllib.loads(metadata["toml"])
    unknown = facts.keys() - _KEYS
    if unknown:
        raise PageError(f"{stem}: unknown metadata {', '.join(sorted(unknown))}")
    if facts["id"] != stem:
        raise PageError(f"{stem}: the id {facts['id']!r} is not the file's name")
    return RulePage(
        id=stem,
        title=title["title"],
        severity=Severity(facts["severity"]),
        category=facts["category"],
        summary=facts["summary"],
        strict=facts.get("profile") == "strict",
        by_engine=facts.get("by", "rule") == "engine",
        reads=tuple(facts.get("reads", ())),
        cross_file=facts.get("cross-file", False),
        says_more_when_strict=facts.get("more-when-strict", False),
        about_credentials=facts.get("about-credentials", False),
        cwe=facts.get("cwe", ""),
        security_severity=facts.get("security-severity", ""),
        fix=Applicability(facts["fix"]) if "fix" in facts else None,
        references=tuple(Reference(**reference) for reference in facts.get("references", ())),
    )
