"""One file's text in, all of its facts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from agentlint.discovery import (
    FileKind,
    Keeping,
    is_for_development,
    is_run_as_test,
    is_test_path,
)
from agentlint.documents import DataDocument, Problem, ProblemKind
from agentlint.facts.credentials.candidates import named_values, secret_candidates
from agentlint.facts.credentials.headings import is_headed_for_development, is_to_be_copied
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.reading import (
    SEARCHED,
    Read,
    document_of,
    read_code,
    read_foreign,
    read_notebook,
    read_text,
    with_comments,
)
from agentlint.facts.hidden_text import hidden_text
from agentlint.facts.local_file import local_files
from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut
from agentlint.findings import Notice, NoticeKind
from agentlint.knowledge.formats import find_format
from agentlint.text import ANY_BYTES, Pattern, Region, SourceFile

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

_EXAMPLE_NAME = Pattern(
    r"(?:^|[._/-])(?:example|sample|cookbook|template|dist|tmpl|tpl)s?(?:[._/-]|$)", re.IGNORECASE
)
# direnv has the shell run the first, and scripts have the second name as well.
_MAY_BE_SCRIPT = Pattern(r"(?:^|/)(?:\.envrc(?:\.[^/]{1,200})?|env)\Z", re.IGNORECASE)
# https://helm.sh/docs/chart_template_guide/getting_started/
_CHART_FOLDER = Pattern(r"(?:^|/)templates/")
_CHART_VALUE = Pattern(
    r"\{\{-?[ \t]{0,20}[^{}\n]{0,200}?(?:\.(?:Values|Release|Chart)\.|include[ \t]{1,4}\")"
)
_CONFLICT = "a merge conflict is left in the file"
_PROBLEM_KINDS = {
    ProblemKind.SYNTAX: NoticeKind.SYNTAX,
    ProblemKind.LIMIT: NoticeKind.LIMIT,
    ProblemKind.ENCODING: NoticeKind.NOT_TEXT,
}


def extract(
    source_file: SourceFile,
    kind: FileKind,
    format_id: str = "",
    *,
    shown: bool = False,
    keeping: Keeping = Keeping.NOTHING,
) -> FileFacts:
    """Everything that the rules may know of one file.

    `kind`, `format_id`, `shown` and `keeping` are what discovery told. What a file sets that is only shown
    is an example; its credentials are as open to whoever reads it. Never raises for any text: what cannot
    be parsed is a notice, and what a plain scan of the text can find is found all the same.
    """
    source, region = _source(source_file, format_id), Region.whole(source_file.text)
    if kind is FileKind.NOTEBOOK:
        read = read_notebook(source_file, region, source)
    elif not source_file.is_utf8:
        read = with_comments(read_foreign(source_file, region, source), source_file, source)
    elif kind is FileKind.CODE:
        read = with_comments(read_code(region, source), source_file, source)
    else:
        read = with_comments(read_text(region, kind, source, shown=shown), source_file, source)
    facts = (
        *read.facts,
        *local_files(source, keeping),
        *(() if source_file.encoding == ANY_BYTES else hidden_text(source_file, kind, source)),
    )
    is_quiet = _is_mere_test(kind, source)
    problems = () if is_quiet else _problems(read, source_file)
    left_out = () if is_quiet else tuple(fact for fact in facts if isinstance(fact, LeftOut))
    notices = (*_notices(problems, source_file, format_id), *_left_out(left_out, source_file))
    return FileFacts(source.path, kind, tuple(_without_left_out(facts)), notices)


def extract_secrets(source_file: SourceFile, format_id: str) -> FileFacts:
    """Nothing but the credentials of a config, and what its comments accept. Never raises, as `extract`."""
    source, region = _source(source_file, format_id), Region.whole(source_file.text)
    if not source_file.is_utf8:
        read = read_foreign(source_file, region, source)
    else:
        document = document_of(region, FileKind.CONFIG, source)
        secrets = secret_candidates(region, tuple(named_values(document)), source)
        read = Read(tuple(secrets), document, document.problems)
    facts = with_comments(read, source_file, source).facts
    notices = tuple(_notices(read.problems, source_file, format_id))
    return FileFacts(source.path, FileKind.CONFIG, tuple(_without_left_out(facts)), notices)


def extract_plain(source_file: SourceFile) -> FileFacts:
    """The credentials that their own shape gives away in a text of no kind that agentlint reads, and what
    looks like a comment that accepts them. Never raises, as `extract`."""
    source, region = _source(source_file, ""), Region.whole(source_file.text)
    unread = Problem(ProblemKind.SYNTAX, "of no kind that is read", region.span(0, 0))
    read = Read(tuple(secret_candidates(region, (), source)), DataDocument("", region), (unread,))
    facts = with_comments(read, source_file, source).facts
    return FileFacts(source.path, FileKind.CONFIG, tuple(_without_left_out(facts)))


def _source(source_file: SourceFile, format_id: str) -> Source:
    path = source_file.path
    return Source(
        path,
        format_id,
        _scope(source_file, format_id),
        is_test_path(path),
        for_development=is_for_development(path)
        or is_headed_for_development(source_file.text, format_id),
        to_be_copied=is_to_be_copied(source_file.text, path, format_id),
    )


def _is_mere_test(kind: FileKind, source: Source) -> bool:
    """Whether a program is a test that no rule judges: nobody needs to hear what of it is unread."""
    if not source.in_test or kind not in (FileKind.CODE, FileKind.NOTEBOOK):
        return False
    from agentlint.facts.smoke_test import is_smoke_test

    return not is_smoke_test(source.path)


def _without_left_out(facts: Iterable[Fact | LeftOut]) -> Iterator[Fact]:
    """The facts of a file without the parts of it that were left out, of which notices tell."""
    return (fact for fact in facts if not isinstance(fact, LeftOut))


def _scope(source_file: SourceFile, format_id: str) -> RouteScope:
    path = source_file.path
    if is_test_path(path) and not is_run_as_test(path, format_id):
        return RouteScope.TEST
    if _is_chart_template(source_file):
        path = _CHART_FOLDER.sub("/", path)
    return RouteScope.EXAMPLE if _EXAMPLE_NAME.search(path) else RouteScope.REPOSITORY


def _problems(read: Read, source_file: SourceFile) -> tuple[Problem, ...]:
    """What was not read, but for the syntax of a template that Helm has yet to render, and for the commands
    of what may be a script: those are no fault."""
    if not read.problems or not (
        _MAY_BE_SCRIPT.search(source_file.path) or _is_chart_template(source_file)
    ):
        return read.problems
    return tuple(one for one in read.problems if one.kind is not ProblemKind.SYNTAX)


def _is_chart_template(source_file: SourceFile) -> bool:
    """Whether Helm renders the file and installs what comes out: a template is no example there."""
    in_folder = _CHART_FOLDER.search(source_file.path) is not None
    return in_folder and _CHART_VALUE.search(source_file.text) is not None


def _notices(
    problems: tuple[Problem, ...], source_file: SourceFile, format_id: str
) -> Iterator[Notice]:
    # What is never closed is missed behind the last line, where an editor has none to show.
    end = len(source_file.text.rstrip())
    if any(one.kind is ProblemKind.SYNTAX for one in problems):
        conflict = _start_of_conflict(source_file.text)
        if conflict is not None:
            line = source_file.position(conflict).line
            yield Notice(source_file.path, line, NoticeKind.SYNTAX, _CONFLICT)
            problems = tuple(one for one in problems if one.kind is not ProblemKind.SYNTAX)
    for problem in problems:
        start, kind = min(problem.span.start, end), _PROBLEM_KINDS[problem.kind]
        line = source_file.position(start).line
        searched = SEARCHED if kind is NoticeKind.LIMIT else ""
        message = f"{problem.message}{searched}"
        if kind is NoticeKind.SYNTAX and _takes_json5(format_id):
            message = "JSON5 is read only where it is JSON with comments"
        yield Notice(source_file.path, line, kind, message)


def _start_of_conflict(text: str) -> int | None:
    """Where the first mark stands that a merge left in a text, if those that end it follow."""
    lines = f"\n{text}"
    start = at = lines.find("\n<<<<<<< ")
    for mark in ("\n=======", "\n>>>>>>> "):
        at = lines.find(mark, at) if at >= 0 else at
    return start if at >= 0 else None


def _takes_json5(format_id: str) -> bool:
    reader = find_format(format_id)
    return reader is not None and reader.takes_json5


def _left_out(parts: Iterable[LeftOut], source_file: SourceFile) -> Iterator[Notice]:
    """One notice a reason; the first place is enough to look at."""
    first = {part.reason: part for part in reversed(tuple(parts))}
    for part in first.values():
        line = source_file.position(part.span.start).line
        yield Notice(source_file.path, line, NoticeKind.LIMIT, f"not read: {part.reason}")
