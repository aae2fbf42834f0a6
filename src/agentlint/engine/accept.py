"""Findings about credentials that the settings accept, and entries there that accept nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from agentlint.config import AcceptedSecret, Settings
from agentlint.engine.day import expired_message, is_expired
from agentlint.engine.per_file_ignores import without_ignored
from agentlint.engine.request import Run
from agentlint.engine.suppress import INVALID, UNUSED
from agentlint.facts.project import Project
from agentlint.findings import Finding, Suppressed, number_repeats
from agentlint.knowledge.pages import credential_rules, rule_pages
from agentlint.rules import Context
from agentlint.text import SourceFile, Span


def accept(findings: Iterable[Finding], request: Run) -> tuple[list[Finding], list[Suppressed]]:
    """(kept, accepted): `findings` without those about credentials that the settings accept."""
    reasons = {
        entry.fingerprint: entry.reason
        for entry in request.settings.secrets.allow
        if not is_expired(entry.until, request.today)
    }
    kept: list[Finding] = []
    accepted: list[Suppressed] = []
    for finding in findings:
        if finding.rule in credential_rules() and finding.fingerprint in reasons:
            accepted.append(Suppressed(finding, None, reasons[finding.fingerprint]))
        else:
            kept.append(finding)
    return kept, accepted


def settings_source(root: Path, settings: Settings) -> SourceFile | None:
    """The text of the settings file; None for one outside of `root`, which may serve others too."""
    file = Path(os.path.realpath(settings.source)) if settings.source else None
    if file is None or root not in file.parents:
        return None
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return SourceFile(file.relative_to(root).as_posix(), text)


def about_entries(
    found: Iterable[Finding], project: Project, request: Run, source: SourceFile
) -> Sequence[Finding]:
    """What is wrong with the entries of the settings file `source`, after a run over everything.

    `found` is all that the rules found, whatever took it back.
    """
    known = {finding.fingerprint for finding in found if finding.rule in credential_rules()}
    about = _about_entries(known, project, request, source)
    return number_repeats(without_ignored(about, request.settings))


def _about_entries(
    known: set[str], project: Project, request: Run, source: SourceFile
) -> Iterator[Finding]:
    pages, settings, today = rule_pages(), request.settings, request.today
    for entry in settings.secrets.allow:
        rule = INVALID if is_expired(entry.until, today) else UNUSED
        silent = rule == UNUSED and (entry.fingerprint in known or not _all_ran(settings))
        if silent or not settings.enabled(rule, strict_only=pages[rule].strict):
            continue
        yield Context(pages[rule], project, settings, today).finding(
            source.path,
            _place(entry, source),
            "nothing to accept: no finding has this fingerprint"
            if rule == UNUSED
            else expired_message("entry", entry.until),
            help="remove the entry"
            if rule == UNUSED
            else "rotate the credential, or set a new date",
            subject=f"secrets.allow: {entry.fingerprint}",
        )


def _place(entry: AcceptedSecret, source: SourceFile) -> Span:
    """Where the entry names its fingerprint: in a string, before a comment that may name it as well."""
    written = re.compile(re.escape(entry.fingerprint), re.IGNORECASE | re.ASCII)
    found = list(written.finditer(source.text))
    quoted = (at for at in found if source.text[at.start() - 1 : at.start()] in ('"', "'"))
    at = next(quoted, found[0] if found else None)
    return Span(*at.span()) if at else Span(0, 0)


def _all_ran(settings: Settings) -> bool:
    pages = rule_pages()
    return all(
        settings.enabled(rule, strict_only=pages[rule].strict) for rule in credential_rules()
    )
