"""Which findings a comment takes back, and which comments take nothing back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from msgspec import Struct

from agentlint.config import Settings
from agentlint.facts.project import Project
from agentlint.facts.suppression import Suppression
from agentlint.facts.values import Located
from agentlint.findings import (
    Applicability,
    Finding,
    Location,
    NoComment,
    Repair,
    Suppressed,
    number_repeats,
)
from agentlint.knowledge.pages import RulePage, rule_pages
from agentlint.rules import Context
from agentlint.text import SourceFile

# Comparing a name with every rule is for names that people wrote.
_MOST_COMPARED, _LONGEST_COMPARED = 200, 80

UNUSED, INVALID = "unused-suppression", "invalid-suppression"


def suppress(
    findings: Iterable[Finding],
    project: Project,
    settings: Settings,
    today: date,
    sources: Mapping[str, SourceFile],
) -> tuple[list[Finding], list[Suppressed]]:
    """(kept, suppressed): the findings that stand, those about suppressions among them, and those
    that a comment took back."""
    following = cache(lambda path: _following_lines(sources[path]))
    targets = [
        _Target(comment, name, _places(comment, name.value, following))
        for comment in project.all(Suppression)
        if not comment.fault and not _is_expired(comment, today)
        for name in comment.rules
    ]
    first_at: dict[_Place, _Target] = {}
    for target in targets:
        for place in target.places:
            first_at.setdefault(place, target)
    used: set[_Place] = set()
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        line = sources[finding.path].position(finding.span.start).line
        hits = {_Place(finding.path, finding.rule, at) for at in (line, None)} & first_at.keys()
        used |= hits
        if hits:
            comment = min((first_at[hit].comment for hit in hits), key=lambda one: one.span)
            written = Location(comment.path, comment.span)
            suppressed.append(Suppressed(finding, written, comment.reason))
        else:
            kept.append(finding)
    unused = [
        target
        for target in targets
        if used.isdisjoint(target.places) and not target.comment.in_unread
    ]
    kept += number_repeats(_about_comments(project, unused, settings, today))
    return kept, suppressed


class _Place(Struct, frozen=True):
    """Where a rule is silenced: a line of a file, None for every line of it."""

    path: str
    rule: str
    line: int | None


class _Target(Struct, frozen=True):
    """One rule name of one comment, and the places that it is meant for."""

    comment: Suppression
    name: Located[str]
    places: frozenset[_Place]


def _places(
    comment: Suppression, rule: str, following: Callable[[str], Sequence[int]]
) -> frozenset[_Place]:
    """The line of the comment, and for a comment alone on its line the next that says anything."""
    lines: set[int | None] = {comment.line}
    if comment.whole_file:
        lines = {None}
    elif comment.alone:
        lines.add(following(comment.path)[comment.line] or comment.line)
    return frozenset(_Place(comment.path, rule, line) for line in lines)


def _following_lines(source: SourceFile) -> list[int]:
    """For each line from 0 on, the next that says more than a suppression; 0 where none does."""
    following = [0] * (source.line_count + 1)
    for line in range(source.line_count, 0, -1):
        text = source.line_text(line).strip(" \t>")
        says = text and "agentlint:" not in text
        following[line - 1] = line if says else following[line]
    return following


def _is_expired(comment: Suppression, today: date) -> bool:
    return comment.until is not None and comment.until < today


def _about_comments(
    project: Project, unused: Sequence[_Target], settings: Settings, today: date
) -> Iterator[Finding]:
    pages = rule_pages()
    enabled = {
        rule: settings.enabled(rule, strict_only=pages[rule].strict) for rule in (UNUSED, INVALID)
    }
    if enabled[INVALID]:
        context = Context(pages[INVALID], project, settings, today)
        comments = project.all(Suppression)
        meant = _meant(comments)
        for comment in comments:
            yield from _invalid(comment, meant, today, context)
    if enabled[UNUSED]:
        context = Context(pages[UNUSED], project, settings, today)
        for target in unused:
            yield from _unused(target, context)


def _meant(comments: Iterable[Suppression]) -> dict[str, str]:
    """The rule that an unknown name was probably meant to be, for as many names as people misspell."""
    known = rule_pages()
    named = dict.fromkeys(name.value for comment in comments for name in comment.rules)
    compared = [name for name in named if name not in known and len(name) <= _LONGEST_COMPARED]
    if not compared:
        return {}
    from difflib import get_close_matches

    close = {name: get_close_matches(name, known, n=1) for name in compared[:_MOST_COMPARED]}
    return {name: found[0] for name, found in close.items() if found}


def _invalid(
    comment: Suppression, meant: Mapping[str, str], today: date, context: Context
) -> Iterator[Finding]:
    if comment.fault:
        yield context.finding(
            comment.path,
            comment.span,
            f"this suppression has no effect: {comment.fault}",
            subject="malformed",
        )
        return
    if _is_expired(comment, today):
        yield context.finding(
            comment.path,
            comment.span,
            f"this suppression counted until {comment.until} and has no effect any more",
            help="mend what it hides, or set a new date with its reason",
            subject="expired",
        )
    known = rule_pages()
    for name in comment.rules:
        if name.value not in known:
            nearest = meant.get(name.value)
            yield context.finding(
                comment.path,
                name.span,
                f"this suppression names the unknown rule `{name.value}`",
                help=f"did you mean `{nearest}`?"
                if nearest
                else "`agentlint rules` lists the rules",
                subject=name.value,
            )


def _unused(target: _Target, context: Context) -> Iterator[Finding]:
    """A comment that took nothing back, unless its rule did not run or does not exist."""
    page = rule_pages().get(target.name.value)
    if page is None:
        return
    if not context.settings.enabled(page.id, strict_only=page.strict):
        return
    reach = "in this file" if target.comment.whole_file else "on the line it is meant for"
    yield context.finding(
        target.comment.path,
        target.name.span,
        f"nothing to suppress: `{target.name.value}` finds nothing {reach}",
        help="remove the comment",
        subject=target.name.value,
        repair=_taken_out(target, page),
    )


def _taken_out(target: _Target, page: RulePage) -> Repair:
    """Safe for a rule that reads one file at a time: others may find more in a run over more files."""
    comment, name = target.comment, target.name
    return Repair(
        f"remove `{name.value}` from the comment"
        if len(comment.rules) > 1
        else "remove the comment",
        Applicability.UNSAFE if "Project" in page.reads else Applicability.SAFE,
        (NoComment(comment.span, tuple(rule.span for rule in comment.rules), name.span),),
    )
