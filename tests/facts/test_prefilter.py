"""A Markdown text whose body is passed over unparsed has no fact that a rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fuzz.mutator import corpus, mutant
from hypothesis import example, given
from hypothesis import strategies as st
from tests.pages.case_files import case_files

from agentlint.discovery import FileKind
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files import reading
from agentlint.facts.files.extract import extract
from agentlint.facts.files.prefilter import body_may_tell
from agentlint.facts.section import Link, Section
from agentlint.text import SourceFile

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = 1_500

# Halves of what makes a fact, to stand on one line or on two.
FRAGMENTS = [
    *("Migrate the agents to the", "gateway", "Switch", "providers", "from OpenAI", "to Azure"),
    *("move every route", "onto the LLM", "proxy", "point the base", "URL", "at", "model", "api"),
    *("roll", "back", "rolls", "backs", "backups", "Restore", "undo it", "go to the old one"),
    *("way", "revert"),
    *("use route alias", "`review-fast`", "the Responses", "API", "chat completions", "endpoint"),
    *("from Chat Completions", "completions→responses", "assistants ->", "to the Responses API"),
    *("Always use", "gpt-5.4", "claude-opus-4-1", "anthropic/", "for reviews", "openai", "to"),
    *("```yaml", "```", "~~~~ json", "~~~~", "routes:", "model: a", '{"wire_api": 1}', "    ```"),
    *("<!-- agentlint: ignore[x] y -->", "curl https://a.example/v1/responses", "<b>", "k\u017fi"),
    *("@docs/a.md", "see @b.txt.", "`@c.md`", "\\@d.md", "@e\\_f.md", "@AGENTS.md", "@../g.md"),
    *("# Plan", "---", "| task | route alias |", "|-|-|", "| a | `b` |", "[x](y.md)", "text", ""),
]
MARKS = ["", "", "", "> ", "- ", "  ", "1. ", ">> ", "    ", "\t", "> - ", "* > "]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines of a few fragments each, in and out of quotes and lists."""
    line = st.tuples(
        st.sampled_from(MARKS),
        st.lists(st.sampled_from(FRAGMENTS), max_size=3).map(" ".join),
        st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"]),
    ).map("".join)
    return "".join(draw(st.lists(line, max_size=12)))


def told(text: str, kind: FileKind) -> tuple[list[object], object]:
    """What rules look at: of sections and links, those that tell of a move or the way back."""
    facts = extract(SourceFile("AGENTS.md", text), kind, "agents-md")
    return list(_telling(facts)), facts.notices


def _telling(facts: FileFacts) -> Iterator[object]:
    for fact in facts.facts:
        silent = isinstance(fact, Section) and not fact.migration and not fact.way_back
        if not silent and not (isinstance(fact, Link) and not fact.says_rollback):
            yield fact


@pytest.fixture(scope="module")
def compare() -> Iterator[Callable[[str], bool]]:
    """Asserts that a text tells the same with and without the prefilter; whether it was passed over."""
    patch = pytest.MonkeyPatch()

    def compared(text: str) -> bool:
        if body_may_tell(text):
            return False
        for kind in (FileKind.INSTRUCTION, FileKind.DOCUMENT):
            with patch.context() as off:
                off.setattr(reading, "body_may_tell", lambda text: True)
                parsed = told(text, kind)
            assert told(text, kind) == parsed, text
        return True

    yield compared
    patch.undo()


def test_the_prefilter_loses_nothing_of_mutants(compare: Callable[[str], bool]) -> None:
    passed_over = sum(compare(mutant(seed).text) for seed in range(MUTANTS))
    assert passed_over > MUTANTS / 20


def test_the_prefilter_loses_nothing_of_cases_and_pages(compare: Callable[[str], bool]) -> None:
    pages = (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *case_files())
    texts = [*(text for _, text in corpus()), *(page.read_text(encoding="utf-8") for page in pages)]
    assert sum(map(compare, texts)) > 20


@given(documents())
@example("> ````yaml\n> ```\n> routes: {writer: {model: a}}\n> ````\n")
@example("- ```yaml\n      ```\n  routes: {writer: {model: a}}\n  ```\n")
@example("Switch the agents from OpenAI\n> to Azure\n")
@example("> point the base\n> > URL at the proxy from here\n")
def test_the_prefilter_loses_nothing_of_documents(
    compare: Callable[[str], bool], text: str
) -> None:
    compare(text)


@pytest.mark.parametrize(
    "text",
    [
        "> " * 60 + "deep\n",
        "- " * 60 + "deep\n",
        "\t" * 30 + "- deep\n",
        ("> " * 20 + "quote\n    code\n") * 300,
        "line\n" * 20_001,
        "x" * 300_000,
    ],
)
def test_what_a_parser_gives_up_on_is_left_to_it_to_tell(text: str) -> None:
    assert body_may_tell(text)
