"""Handing each fact to the rules that read its kind; a rule that raises costs only itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from agentlint.config import Profile, Settings
from agentlint.engine.per_file_ignores import without_ignored
from agentlint.engine.request import Run
from agentlint.facts.project import Project
from agentlint.facts.suppression import Suppression
from agentlint.findings import Finding, Notice
from agentlint.knowledge.pages import RulePage, rule_pages
from agentlint.rules import Context, load_rule


def judge(project: Project, request: Run) -> tuple[list[Finding], list[Notice]]:
    """What the enabled rules find, and a notice for each rule that failed.

    A rule that fails keeps the findings that it had already given.
    """
    findings: list[Finding] = []
    notices: list[Notice] = []
    kinds, settings = project.kinds, request.settings
    if not kinds:
        return [], []  # nothing was read that a rule could speak of
    present = {kind.__name__ for kind in (Project, *kinds)}
    for page in enabled_pages(settings):
        if present.isdisjoint(page.reads):
            continue
        try:
            rule = load_rule(page.id)
        except Exception as error:
            notices.append(_crash(page.id, None, error))
            continue
        context = Context(page, project, settings, request.today, request.catalogue)
        for fact in chain.from_iterable(_of_kind(project, kind) for kind in rule.on):
            try:
                findings.extend(rule.check(fact, context))
            except Exception as error:
                notices.append(_crash(page.id, fact, error))
    # Two facts may tell one fault: front matter that binds a model is a mention and a route.
    return without_ignored(dict.fromkeys(findings), settings), notices


def strict_findings(project: Project, request: Run) -> list[Finding]:
    """What rules that comments name find under the strict profile, where another one is in force: such a
    comment is not needless, though its rule finds less now."""
    named = {name.value for comment in project.all(Suppression) for name in comment.rules}
    pages = rule_pages()
    rules = tuple(one for one in sorted(named & pages.keys()) if pages[one].says_more_when_strict)
    if not rules or request.settings.profile is Profile.STRICT:
        return []
    strict = replace(request.settings, profile=Profile.STRICT, select=rules, extend_select=())
    return judge(project, replace(request, settings=strict))[0]


def enabled_pages(settings: Settings) -> Iterator[RulePage]:
    """The pages of the rules to run, those that the engine itself speaks for left out."""
    for page in rule_pages().values():
        if not page.by_engine and settings.enabled(page.id, strict_only=page.strict):
            yield page


def _of_kind(project: Project, kind: type) -> tuple[object, ...]:
    return (project,) if kind is Project else project.all(kind)


def _crash(rule_id: str, fact: object, error: Exception) -> Notice:
    """The notice of a rule that failed on a fact, or before it was given any."""
    from agentlint.findings.failure import failure

    path = getattr(fact, "path", "")
    return failure(path, f"the rule {rule_id} failed{' here' if path else ''}", error)
