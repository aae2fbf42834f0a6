"""Which findings a comment takes back, and which comments take nothing back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from sys import maxsize
from typing import TypeAlias

from msgspec import Struct

from agentlint.config import EVERY_RULE, Settings
from agentlint.engine.conclusive import IsConclusive
from agentlint.engine.day import expired_message, is_expired
from agentlint.engine.per_file_ignores import ignored_in_files, without_ignored
from agentlint.engine.request import Run
from agentlint.facts.project import Project
from agentlint.facts.suppression import Suppression
from agentlint.facts.values.value import Located
from agentlint.findings import (
    Applicability,
    Finding,
    Location,
    NoComment,
    Repair,
    Suppressed,
    number_repeats,
)
from agentlint.knowledge.pages import rule_pages
from agentlint.rules import Context
from agentlint.text import SourceFile, Span

# Comparing a name with every rule is for names that people wrote.
_MOST_COMPARED, _LONGEST_COMPARED = 200, 80

UNUSED, INVALID = "unused-suppression", "invalid-suppression"


def suppress(
    findings: Sequence[Finding],
    project: Project,
    request: Run,
    sources: Mapping[str, SourceFile],
    is_conclusive: IsConclusive,
    strict: Iterable[Finding],
) -> tuple[list[Finding], list[Suppressed]]:
    """(kept, suppressed): the findings that stand, those about suppressions among them, and those
    that a comment took back. A comment is needless only where it `is_conclusive` that its rule finds
    nothing, the settings let it speak there, and it has no finding under the `strict` profile either."""
    found = [(_line(finding, sources), finding) for finding in findings]
    comments, unused = _taken_back(
        _targets(project, request.today),
        [line for line, _ in found],
        _silent_lines(findings, strict, sources),
    )
    suppressed = [
        Suppressed(finding, Location(comment.path, comment.span), comment.reason)
        for line, finding in found
        if (comment := comments.get(line))
    ]
    standing = [(line, finding) for line, finding in found if line not in comments]
    needless = _needless(unused, [line for line, _ in standing], request.settings, is_conclusive)
    about = number_repeats(
        without_ignored(_about_comments(project, needless, request), request.settings)
    )
    return [*(finding for _, finding in standing), *about], suppressed


class _Rule(Struct, frozen=True):
    """A rule in a file."""

    path: str
    rule: str


_Line: TypeAlias = tuple[_Rule, int]
"""A rule in a file, and the line on which it has a finding."""


class _Target(Struct, frozen=True):
    """One rule name of one comment."""

    comment: Suppression
    name: Located[str]


class _Needless(Struct, frozen=True):
    """A target that takes nothing back. `elsewhere` is the line near it on which its rule has a finding
    that stands, 0 for none: the comment may have been meant for that."""

    target: _Target
    elsewhere: int


def _targets(project: Project, today: date) -> list[_Target]:
    """What the comments in force name, in the order in which they take findings back."""
    targets = [
        _Target(comment, name)
        for comment in project.all(Suppression)
        if not comment.fault and not is_expired(comment.until, today)
        for name in comment.rules
    ]
    return sorted(targets, key=_place)


def _silent_lines(
    findings: Iterable[Finding], strict: Iterable[Finding], sources: Mapping[str, SourceFile]
) -> Iterator[_Line]:
    """The lines of findings that are reported elsewhere, or not in this profile: a comment there is not
    unused."""
    for finding in findings:
        for span in finding.repeats:
            yield _line_of(finding, span, sources)
    for finding in strict:
        yield _line(finding, sources)


def _taken_back(
    targets: Iterable[_Target], found: Iterable[_Line], silent: Iterable[_Line]
) -> tuple[dict[_Line, Suppression], list[_Target]]:
    """(comments, unused): the comment that takes back the findings of a rule on a line, of several the
    first of `targets`; and those of them that have nothing to take back.

    Each is asked for the lines that it is meant for, in which findings are looked up: it may be meant for
    many lines, and each of those for many comments.
    """
    numbers: defaultdict[_Rule, set[int]] = defaultdict(set)
    for rule, line in chain(found, silent):
        numbers[rule].add(line)
    lines = {rule: sorted(of_rule) for rule, of_rule in numbers.items()}
    standing = {rule: list(of_rule) for rule, of_rule in lines.items()}
    comments: dict[_Line, Suppression] = {}
    unused: list[_Target] = []
    for target in targets:
        comment, rule = target.comment, _Rule(target.comment.path, target.name.value)
        left = standing.get(rule, [])
        taken = _within(left, comment)
        comments.update(((rule, line), comment) for line in left[taken])
        del left[taken]
        reached = _within(lines.get(rule, []), comment)
        if reached.start == reached.stop:
            unused.append(target)
    return comments, unused


def _within(lines: Sequence[int], comment: Suppression) -> slice:
    """The part of sorted `lines` that a comment is meant for."""
    reach = comment.reach
    first, last = (1, maxsize) if comment.whole_file else (reach.first, reach.last)
    return slice(bisect_left(lines, first), bisect_right(lines, last))


def _needless(
    unused: Iterable[_Target],
    standing: Iterable[_Line],
    settings: Settings,
    is_conclusive: IsConclusive,
) -> list[_Needless]:
    """Those of the unused targets that no other tool, file or setting needs; `standing` are the lines of
    the findings that no comment took back."""
    lines: defaultdict[_Rule, list[int]] = defaultdict(list)
    for rule, line in standing:
        lines[rule].append(line)
    for of_rule in lines.values():
        of_rule.sort()
    is_ignored = ignored_in_files(settings)
    return [
        _Needless(target, _line_near(target, lines))
        for target in unused
        if not (target.comment.in_unread or target.comment.of_another_tool)
        and is_conclusive(target.comment.path, target.name.value)
        and not is_ignored(target.name.value, target.comment.path)
    ]


def _line_near(target: _Target, standing: Mapping[_Rule, Sequence[int]]) -> int:
    """The line of a finding that no target took back, in what `target` stands at; 0 for none."""
    reach = target.comment.reach
    lines = standing.get(_Rule(target.comment.path, target.name.value), ())
    behind = bisect_left(lines, reach.first)
    near = (*lines[behind : behind + 1], *lines[max(0, behind - 1) : behind])
    within = (line for line in near if reach.around_first <= line <= reach.around_last)
    return next(within, 0)


def _line(finding: Finding, sources: Mapping[str, SourceFile]) -> _Line:
    return _line_of(finding, finding.span, sources)


def _line_of(finding: Finding, span: Span, sources: Mapping[str, SourceFile]) -> _Line:
    line = sources[finding.path].position(span.start).line
    return _Rule(finding.path, finding.rule), line


def _place(target: _Target) -> tuple[str, Span]:
    return target.comment.path, target.comment.span


def _about_comments(
    project: Project, needless: Sequence[_Needless], request: Run
) -> Iterator[Finding]:
    pages, settings, today = rule_pages(), request.settings, request.today
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
        for one in needless:
            yield from _unused(one.target, one.elsewhere, context)


def _meant(comments: Iterable[Suppression]) -> dict[str, str]:
    """The rule that an unknown name was probably meant to be, for as many names as people misspell."""
    known = rule_pages()
    named = dict.fromkeys(name.value for comment in comments for name in comment.rules)
    compared = [name for name in named if name not in known and len(name) <= _LONGEST_COMPARED]
    if not compared:
        return {}
    from difflib import get_close_matches

    close = {
        name: get_close_matches(name.lower(), known, n=1) for name in compared[:_MOST_COMPARED]
    }
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
    if is_expired(comment.until, today):
        yield context.finding(
            comment.path,
            comment.span,
            expired_message("suppression", comment.until),
            help="mend what it hides, or set a new date with its reason",
            subject="expired",
        )
    known = rule_pages()
    for name in comment.rules:
        if name.value not in known:
            nearest = meant.get(name.value)
            is_every = name.value.upper() == EVERY_RULE
            yield context.finding(
                comment.path,
                name.span,
                f"this suppression names `{name.value}`, which is no rule: name each rule"
                if is_every
                else f"this suppression names the unknown rule `{name.value}`",
                help=f"did you mean `{nearest}`?"
                if nearest
                else "`agentlint rules` lists the rules",
                subject=name.value,
            )


def _unused(target: _Target, elsewhere: int, context: Context) -> Iterator[Finding]:
    """A comment that took nothing back, unless its rule did not run or does not exist."""
    name = target.name.value
    page = rule_pages().get(name)
    if page is None:
        return
    if not context.settings.enabled(page.id, strict_only=page.strict):
        return
    reach = "in this file" if target.comment.whole_file else "on the line it is meant for"
    is_misplaced = bool(elsewhere) and not target.comment.whole_file
    but = f", but does on line {elsewhere}" if is_misplaced else ""
    yield context.finding(
        target.comment.path,
        target.name.span,
        f"nothing to suppress: `{name}` finds nothing {reach}{but}",
        help=f"move the comment to line {elsewhere}, or above it" if but else "remove the comment",
        subject=name,
        repair=None if is_misplaced else _taken_out(target),
    )


def _taken_out(target: _Target) -> Repair:
    comment, name = target.comment, target.name
    return Repair(
        f"remove `{name.value}` from the comment"
        if len(comment.rules) > 1
        else "remove the comment",
        Applicability.SAFE,
        (NoComment(comment.span, tuple(rule.span for rule in comment.rules), name.span),),
    )
