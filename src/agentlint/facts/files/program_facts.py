"""What a program tells: the models that it calls, and the credentials that stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents.code import CodeDocument
from agentlint.facts.credentials.candidates import secret_candidates
from agentlint.facts.fact import Fact
from agentlint.facts.programs.call_sites import call_facts
from agentlint.facts.programs.client_settings import credential_values
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.constants import model_constants
from agentlint.facts.programs.reexports import reexports
from agentlint.facts.programs.smoke_tests import smoke_tests
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut
from agentlint.text import Region


def program_facts(
    document: CodeDocument, searched: Region, source: Source
) -> Iterator[Fact | LeftOut]:
    """`searched` is the text that credentials are looked for in: that of the program, and what may stand
    around it."""
    names = Names.of(document)
    yield from call_facts(names, source)
    yield from model_constants(names, source)
    yield from reexports(names, source)
    yield from smoke_tests(names, source)
    yield from secret_candidates(searched, tuple(credential_values(names, source)), source)
