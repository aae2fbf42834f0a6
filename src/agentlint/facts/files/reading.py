"""What the document of a file gives: a config, a page, a program, a notebook, or what cannot be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import FileKind, is_dockerfile
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
from agentlint.facts.credentials.made_up import (
    BUILD,
    PIPELINES,
    MadeUp,
    made_up_beside_switches,
    made_up_for_build,
    made_up_for_run,
)
from agentlint.facts.files.prefilter import body_may_tell
from agentlint.facts.files.wide_lines import narrowed
from agentlint.facts.route import RouteScope
from agentlint.facts.secret import DefaultCredential, SecretCandidate
from agentlint.facts.source import Source
from agentlint.facts.suppression import may_suppress
from agentlint.facts.truncation import LeftOut
from agentlint.text import ANY_BYTES, Pattern, Region, SourceFile

if TYPE_CHECKING:
    from agentlint.documents.code import CodeDocument
    from agentlint.facts.fact import Fact
    from agentlint.facts.suppression import Suppression

SEARCHED = " (secrets were looked for all the same)"
"""What a notice says of a text that was not parsed."""
_MODEL_KEY = Pattern(r"^[ \t]{0,80}[\"']?model[\"']?[ \t]{0,80}:", re.MULTILINE)


class Read(Struct, frozen=True):
    """What one document gave."""

    facts: tuple[Fact | LeftOut, ...]
    document: Document | CodeDocument
    problems: tuple[Problem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no part of the document was left out."""
        return not self.problems and not any(isinstance(fact, LeftOut) for fact in self.facts)


def read_foreign(source_file: SourceFile, region: Region, source: Source) -> Read:
    """A text in an encoding that the tools which it is for do not read: what they would do with it is
    nothing to tell, but whoever opens it sees its secrets."""
    problem = _encoding_problem(source_file, region)
    nothing = DataDocument("", region)
    return Read(tuple(secret_candidates(narrowed(region), (), source)), nothing, (problem,))


def _encoding_problem(source_file: SourceFile, region: Region) -> Problem:
    fault, span = "UTF-16 text, not UTF-8", region.span()
    if source_file.encoding == ANY_BYTES:
        fault, at = _first_fault(source_file.data)
        fault, span = f"{fault} (byte {at})", region.span(at, at + 1)
    return Problem(ProblemKind.ENCODING, f"{fault}{SEARCHED}", span)


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


def read_text(region: Region, kind: FileKind, source: Source, *, shown: bool) -> Read:
    """A config, a page or a log; `shown` says that no tool reads it where it lies."""
    document = document_of(region, kind, source)
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
    return Read((*facts, *secrets, *weak), document, problems)


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
    return replace(
        source, scope=source.scope if source.scope is RouteScope.TEST else RouteScope.EXAMPLE
    )


def _made_up(document: Document, source: Source) -> MadeUp:
    if source.format == BUILD:
        return made_up_for_build()
    if source.format in PIPELINES:
        return made_up_for_run(document)
    return made_up_beside_switches(document)


def document_of(region: Region, kind: FileKind, source: Source) -> Document:
    language = language_of(source.path, kind)
    if language == "markdown" and not body_may_tell(region.text):
        return without_body(region)
    return parse(language, region)


def read_code(region: Region, source: Source) -> Read:
    """A program; what reads programs is imported for the first of them."""
    from agentlint.documents.languages import parse_code
    from agentlint.facts.files.program_facts import program_facts

    document = parse_code(region)
    return Read(tuple(program_facts(document, region, source)), document, document.problems)


def read_notebook(source_file: SourceFile, region: Region, source: Source) -> Read:
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
    cell_facts = tuple(program_facts(document, searched, source))
    in_cells = (*document.problems, *program.problems)
    read = Read(cell_facts, document, (*unread, *in_cells))
    move = Move(notebook.region, cells, source_file)
    facts = map(move.moved, with_comments(read, cells, source).facts)
    printed = printed_tokens(notebook, source_file.text, source)
    return Read((*facts, *printed), document, (*unread, *map(move.moved, in_cells)))


def with_comments(read: Read, source_file: SourceFile, source: Source) -> Read:
    """What a file gave and what its comments accept."""
    return replace(read, facts=(*read.facts, *_suppressions(read, source_file, source)))


def _suppressions(read: Read, source_file: SourceFile, source: Source) -> Iterator[Suppression]:
    """Those in the comments of a file; what reads comments is imported for the first that may have any."""
    if may_suppress(source_file.text) or _may_be_accepted(read, source_file):
        from agentlint.facts.files.comments import suppressions

        is_broken = bool(read.problems) or read.document.region.text != source_file.text
        in_unread = not read.is_whole
        yield from suppressions(
            read.document, source_file, source, is_broken=is_broken, in_unread=in_unread
        )


def _may_be_accepted(read: Read, source_file: SourceFile) -> bool:
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
