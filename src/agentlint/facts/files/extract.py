"""One file's text in, all of its facts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import (
    FileKind,
    Keeping,
    is_dockerfile,
    is_for_development,
    is_run_as_test,
    is_test_path,
)
from agentlint.documents import (
    DataDocument,
    Document,
    MarkdownDocument,
    Problem,
    ProblemKind,
    data_language,
    parse,
    without_body,
)
from agentlint.facts.credentials.candidates import named_values, secret_candidates
from agentlint.facts.credentials.defaults import known_url_passwords
from agentlint.facts.credentials.headings import is_headed_for_development
from agentlint.facts.credentials.made_up import (
    BUILD,
    PIPELINES,
    MadeUp,
    made_up_beside_switches,
    made_up_for_build,
    made_up_for_run,
)
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.prefilter import body_may_tell
from agentlint.facts.hidden_text import hidden_text
from agentlint.facts.local_file import local_files
from agentlint.facts.route import RouteScope
from agentlint.facts.secret import DefaultCredential, SecretCandidate
from agentlint.facts.source import Source
from agentlint.facts.suppression import may_suppress
from agentlint.facts.truncation import LeftOut
from agentlint.findings import Notice, NoticeKind
from agentlint.knowledge.formats import find_format
from agentlint.text import ANY_BYTES, Pattern, Region, SourceFile

if TYPE_CHECKING:
    from agentlint.documents.code import CodeDocument
    from agentlint.facts.fact import Fact
    from agentlint.facts.suppression import Suppression

_EXAMPLE_NAME = Pattern(
    r"(?:^|[._/-])(?:example|sample|template|dist|tmpl|tpl)s?(?:[._/-]|$)", re.IGNORECASE
)
# direnv has the shell run the first, and scripts have the second name as well.
_MAY_BE_SCRIPT = Pattern(r"(?:^|/)(?:\.envrc(?:\.[^/]{1,200})?|env)\Z", re.IGNORECASE)
# https://helm.sh/docs/chart_template_guide/getting_started/
_CHART_FOLDER = Pattern(r"(?:^|/)templates/")
_CHART_VALUE = Pattern(
    r"\{\{-?[ \t]{0,20}[^{}\n]{0,200}?(?:\.(?:Values|Release|Chart)\.|include[ \t]{1,4}\")"
)
_MODEL_KEY = Pattern(r"^[ \t]{0,80}[\"']?model[\"']?[ \t]{0,80}:", re.MULTILINE)
_SEARCHED = " (secrets were looked for all the same)"
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
        read = _read_notebook(source_file, region, source)
    elif not source_file.is_utf8:
        read = _with_comments(_read_foreign(source_file, region, source), source_file, source)
    elif kind is FileKind.CODE:
        read = _with_comments(_read_code(region, source), source_file, source)
    else:
        read = _with_comments(_read(region, kind, source, shown=shown), source_file, source)
    facts = (
        *read.facts,
        *local_files(source, keeping),
        *(() if source_file.encoding == ANY_BYTES else hidden_text(source_file, kind, source)),
    )
    is_quiet = _is_mere_test(kind, source)
    problems = () if is_quiet else _problems(read, source_file)
    left_out = () if is_quiet else tuple(fact for fact in facts if isinstance(fact, LeftOut))
    notices = (*_notices(problems, source_file, format_id), *_left_out(left_out, source_file))
    return FileFacts(source.path, kind, tuple(_told(facts)), notices)


def extract_secrets(source_file: SourceFile, format_id: str) -> FileFacts:
    """Nothing but the credentials of a config, and what its comments accept. Never raises, as `extract`."""
    source, region = _source(source_file, format_id), Region.whole(source_file.text)
    if not source_file.is_utf8:
        read = _read_foreign(source_file, region, source)
    else:
        document = _document(region, FileKind.CONFIG, source)
        secrets = secret_candidates(region, tuple(named_values(document)), source)
        read = _Read(tuple(secrets), document, document.problems)
    facts = _with_comments(read, source_file, source).facts
    notices = tuple(_notices(read.problems, source_file, format_id))
    return FileFacts(source.path, FileKind.CONFIG, tuple(_told(facts)), notices)


def extract_plain(source_file: SourceFile) -> FileFacts:
    """The credentials that their own shape gives away in a text of no kind that agentlint reads, and what
    looks like a comment that accepts them. Never raises, as `extract`."""
    source, region = _source(source_file, ""), Region.whole(source_file.text)
    unread = Problem(ProblemKind.SYNTAX, "of no kind that is read", region.span(0, 0))
    read = _Read(tuple(secret_candidates(region, (), source)), DataDocument("", region), (unread,))
    facts = _with_comments(read, source_file, source).facts
    return FileFacts(source.path, FileKind.CONFIG, tuple(_told(facts)))


def _source(source_file: SourceFile, format_id: str) -> Source:
    path = source_file.path
    return Source(
        path,
        format_id,
        _scope(source_file, format_id),
        is_test_path(path),
        for_development=is_for_development(path)
        or is_headed_for_development(source_file.text, format_id),
    )


def _is_mere_test(kind: FileKind, source: Source) -> bool:
    """Whether a program is a test that no rule judges: nobody needs to hear what of it is unread."""
    if not source.in_test or kind not in (FileKind.CODE, FileKind.NOTEBOOK):
        return False
    from agentlint.facts.smoke_test import is_smoke_test

    return not is_smoke_test(source.path)


def _told(facts: Iterable[Fact | LeftOut]) -> Iterator[Fact]:
    """The facts of a file without the parts of it that were left out, of which notices tell."""
    return (fact for fact in facts if not isinstance(fact, LeftOut))


class _Read(Struct, frozen=True):
    """What one document gave."""

    facts: tuple[Fact | LeftOut, ...]
    document: Document | CodeDocument
    problems: tuple[Problem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no part of the document was left out."""
        return not self.problems and not any(isinstance(fact, LeftOut) for fact in self.facts)


def _read_foreign(source_file: SourceFile, region: Region, source: Source) -> _Read:
    """A text in an encoding that the tools which it is for do not read: what they would do with it is
    nothing to tell, but whoever opens it sees its secrets."""
    problem = _encoding_problem(source_file, region)
    nothing = DataDocument("", region)
    return _Read(tuple(secret_candidates(region, (), source)), nothing, (problem,))


def _encoding_problem(source_file: SourceFile, region: Region) -> Problem:
    told, span = "UTF-16 text, not UTF-8", region.span()
    if source_file.encoding == ANY_BYTES:
        told, at = _first_fault(source_file.data)
        told, span = f"{told} (byte {at})", region.span(at, at + 1)
    return Problem(ProblemKind.ENCODING, f"{told}{_SEARCHED}", span)


def _first_fault(data: bytes) -> tuple[str, int]:
    """Why and where `data` stops being a text in UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    else:
        at = len(data)
    stray = data.find(b"\0", 0, at)
    return ("not UTF-8 text", at) if stray < 0 else ("a NUL byte, so not text", stray)


def _read(region: Region, kind: FileKind, source: Source, *, shown: bool) -> _Read:
    document = _document(region, kind, source)
    settings = _settings(document, source)
    values = tuple(named_values(settings))
    secrets = secret_candidates(region, values, source, _made_up(settings, source))
    problems = document.problems
    facts: Iterable[Fact | LeftOut] = ()
    if not isinstance(document, MarkdownDocument):
        from agentlint.facts.files.config_facts import config_facts

        facts = config_facts(document, values, _as_shown(source) if shown else source)
    elif document.blocks or document.front_matter:
        from agentlint.facts.files.markdown_facts import markdown_facts

        facts = markdown_facts(document, source, kind)
        problems = (*_front_matter_problems(document), *problems)
    weak = known_url_passwords(region, source)
    return _Read((*facts, *secrets, *weak), document, problems)


def _settings(document: Document, source: Source) -> Document:
    """What the reader of a file takes for settings: of a page that is run, its front matter."""
    if source.format in PIPELINES and isinstance(document, MarkdownDocument):
        return document.front_matter or document
    return document


def _front_matter_problems(document: MarkdownDocument) -> Iterator[Problem]:
    """What hides something in front matter. Rules for editors hold globs that no YAML parser takes."""
    front_matter = document.front_matter
    if front_matter is None:
        return
    for problem in front_matter.problems:
        if problem.kind is ProblemKind.LIMIT or _MODEL_KEY.search(front_matter.region.text):
            yield problem


def _as_shown(source: Source) -> Source:
    """A file that no tool reads where it lies; one that tests read stays one of tests."""
    scope = source.scope if source.scope is RouteScope.TEST else RouteScope.EXAMPLE
    return Source(
        source.path, source.format, scope, source.in_test, for_development=source.for_development
    )


def _made_up(document: Document, source: Source) -> MadeUp:
    if source.format == BUILD:
        return made_up_for_build()
    if source.format in PIPELINES:
        return made_up_for_run(document)
    return made_up_beside_switches(document)


def _document(region: Region, kind: FileKind, source: Source) -> Document:
    language = language_of(source.path, kind)
    if language == "markdown" and not body_may_tell(region.text):
        return without_body(region)
    return parse(language, region)


def _read_code(region: Region, source: Source) -> _Read:
    """A program; what reads programs is imported for the first of them."""
    from agentlint.documents.languages import parse_code
    from agentlint.facts.files.program_facts import program_facts

    document = parse_code(region)
    return _Read(tuple(program_facts(document, region, source)), document, document.problems)


def _read_notebook(source_file: SourceFile, region: Region, source: Source) -> _Read:
    """The cells of a notebook as though they were a file of their own, led to their places in the notebook.

    What Jupyter does not open is no program, and whoever looks into it sees its secrets.
    """
    from agentlint.documents.languages import parse_code, parse_notebook
    from agentlint.documents.notebook_program import CellProgram, program_of
    from agentlint.facts.credentials.printed import printed_tokens
    from agentlint.facts.files.moved import Move
    from agentlint.facts.files.program_facts import program_facts

    notebook = parse_notebook(region)
    cells = SourceFile(source_file.path, notebook.text)
    searched = Region.whole(notebook.text)
    unread = list(notebook.problems)
    if not source_file.is_utf8:
        unread.append(_encoding_problem(source_file, region))
    program = CellProgram(Region.whole("")) if unread else program_of(notebook)
    document = parse_code(program.region)
    told = tuple(program_facts(document, searched, source))
    in_cells = (*document.problems, *program.problems)
    read = _Read(told, document, (*unread, *in_cells))
    move = Move(notebook.region, cells, source_file)
    facts = map(move.moved, _with_comments(read, cells, source).facts)
    printed = printed_tokens(notebook, source_file.text, source)
    return _Read((*facts, *printed), document, (*unread, *map(move.moved, in_cells)))


def _with_comments(read: _Read, source_file: SourceFile, source: Source) -> _Read:
    """What a file gave and what its comments accept."""
    return replace(read, facts=(*read.facts, *_suppressions(read, source_file, source)))


def _suppressions(read: _Read, source_file: SourceFile, source: Source) -> Iterator[Suppression]:
    """Those in the comments of a file; what reads comments is imported for the first that may have any."""
    if may_suppress(source_file.text) or _may_be_accepted(read, source_file):
        from agentlint.facts.files.comments import suppressions

        is_broken = bool(read.problems) or read.document.region.text != source_file.text
        in_unread = not read.is_whole
        yield from suppressions(
            read.document, source_file, source, is_broken=is_broken, in_unread=in_unread
        )


def _may_be_accepted(read: _Read, source_file: SourceFile) -> bool:
    """Whether a file with credentials has marks of another tool that looks for them."""
    if not any(isinstance(fact, (SecretCandidate, DefaultCredential)) for fact in read.facts):
        return False
    from agentlint.facts.credentials.marks import may_mark

    return may_mark(source_file.text)


def language_of(path: str, kind: FileKind) -> str:
    """The language of a file; a config of no known one is read as lines of `NAME=value`."""
    if kind is FileKind.LOG:
        return "jsonl"
    if kind is not FileKind.CONFIG:
        return "markdown"
    if is_dockerfile(path):
        return "dockerfile"
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    return data_language(suffix) or "dotenv"


def _scope(source_file: SourceFile, format_id: str) -> RouteScope:
    path = source_file.path
    if is_test_path(path) and not is_run_as_test(path, format_id):
        return RouteScope.TEST
    if _is_chart_template(source_file):
        path = _CHART_FOLDER.sub("/", path)
    return RouteScope.EXAMPLE if _EXAMPLE_NAME.search(path) else RouteScope.REPOSITORY


def _problems(read: _Read, source_file: SourceFile) -> tuple[Problem, ...]:
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
    for problem in problems:
        start, kind = min(problem.span.start, end), _PROBLEM_KINDS[problem.kind]
        line = source_file.position(start).line
        searched = _SEARCHED if kind is NoticeKind.LIMIT else ""
        message = f"{problem.message}{searched}"
        if kind is NoticeKind.SYNTAX and _takes_json5(format_id):
            message = "JSON5 is read only where it is JSON with comments"
        yield Notice(source_file.path, line, kind, message)


def _takes_json5(format_id: str) -> bool:
    reader = find_format(format_id)
    return reader is not None and reader.takes_json5


def _left_out(parts: Iterable[LeftOut], source_file: SourceFile) -> Iterator[Notice]:
    """One notice a reason; the first place is enough to look at."""
    first = {part.reason: part for part in reversed(tuple(parts))}
    for part in first.values():
        line = source_file.position(part.span.start).line
        yield Notice(source_file.path, line, NoticeKind.LIMIT, f"not read: {part.reason}")
