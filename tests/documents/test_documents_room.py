"""What every caller of the room relies on: lazy parsers, known words, no exceptions."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.documents import DataDocument, MarkdownDocument, data_language, inlines, parse, walk
from agentlint.text import Region

LANGUAGES = ("yaml", "toml", "json", "markdown", "dotenv")


def test_importing_the_room_imports_no_parser() -> None:
    code = (
        "import sys, agentlint.documents;"
        "bad = {'ruamel', 'markdown_it', 'tomllib', 'json'} & {m.partition('.')[0] for m in sys.modules};"
        "sys.exit(f'imported {bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_reading_yaml_does_not_import_the_markdown_parser() -> None:
    code = (
        "import sys; from agentlint.documents import parse; from agentlint.text import Region;"
        "parse('yaml', Region.whole('a: 1'));"
        "sys.exit('markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("yaml", "yaml"),
        (".yml", "yaml"),
        ("YAML", "yaml"),
        ("jsonc", "json"),
        ("json5", "json"),
        (".toml", "toml"),
        ("env", "dotenv"),
        (".env", "dotenv"),
        ("md", "markdown"),
        (".mdc", "markdown"),
        ("mdx", "markdown"),
        ("python", None),
        ("", None),
    ],
)
def test_words_that_name_a_language(word: str, language: str | None) -> None:
    assert data_language(word) == language


def test_a_language_without_a_parser_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="no parser"):
        parse("cobol", Region.whole("x"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_text_is_a_document_without_problems(language: str) -> None:
    document = parse(language, Region.whole(""))
    assert document.problems == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_over_the_size_limit_is_refused_aloud(language: str) -> None:
    document = parse(language, Region.whole(" " * (600 * 1024)))
    assert [problem.kind for problem in document.problems] == ["limit"]


@pytest.mark.parametrize("language", ["yaml", "toml", "markdown", "dotenv"])
def test_a_text_of_too_many_lines_is_refused_aloud(language: str) -> None:
    document = parse(language, Region.whole("\n" * 20_001))
    assert [problem.kind for problem in document.problems] == ["limit"]
    assert parse(language, Region.whole("\r\n" * 19_000)).problems == ()


FRAGMENTS = st.sampled_from(
    [
        *"{}[]()<>|!&*?:,-#'\"\\%@`~=+.$ \t\n\r_/",
        "\r\n",
        "\n  ",
        "\n    ",
        ": ",
        "- ",
        "? ",
        "---\n",
        "+++\n",
        "...\n",
        "<<: ",
        "&a ",
        "*a",
        "!!str ",
        "!t ",
        "%YAML 1.1\n",
        '"""',
        "'''",
        "```",
        "~~~",
        "````yaml\n",
        "> ",
        ">> ",
        "1. ",
        "# ",
        "|\n",
        ">-\n",
        "|a|b|\n|-|-|\n",
        "<!--",
        "-->",
        "](",
        "][",
        "https://a.b/",
        "[[",
        "]]",
        "a.b",
        "a = 1",
        "key",
        "value",
        "1",
        "true",
        "null",
        "//",
        "/*",
        "*/",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\U0010ffff",
        "\\x41",
        "export ",
        "${A:-b}",
        "\u00e9",
        "\u4f60\u597d",
        "\U0001f600",
        "\u2028",
        "\x85",
        "\xa0",
        "\ufeff",
        "\0",
        "\ud800",
        "\x1b",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(FRAGMENTS, max_size=40).map("".join),
)


def regions(document: DataDocument | MarkdownDocument) -> list[Region]:
    """Every region that a document holds."""
    if isinstance(document, DataDocument):
        scalars = [
            region
            for root in document.roots
            for _, node in walk(root)
            for region in (
                [node.region]
                if hasattr(node, "region")
                else [entry.key.region for entry in getattr(node, "entries", ())]
            )
        ]
        return [*scalars, *document.comments]
    blocks = [part for block in document.blocks for part in (block.region, *block.cells)]
    parts = [inline.region for block in blocks for inline in inlines(block)]
    front = regions(document.front_matter) if document.front_matter else []
    return [*blocks, *parts, *document.comments, *front]


def dishonest_runs(region: Region, file: str) -> list[object]:
    """Runs that call themselves verbatim and are not, other than one blank for another."""
    wrong: list[object] = []
    for run in region.runs:
        said, written = (
            text.replace("\0", "\ufffd").split()
            for text in (region.text[run.start : run.end], file[run.origin : run.origin_end])
        )
        if run.verbatim and said != written:
            wrong.append((run, said, written))
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=TEXTS)
@settings(max_examples=150)
def test_no_text_raises_and_no_region_lies(language: str, text: str) -> None:
    document = parse(language, Region.whole(text))
    for region in regions(document):
        assert region.runs[0].start == 0
        assert region.runs[-1].end == len(region.text)
        if region.exact:
            assert dishonest_runs(region, text) == []
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


@pytest.mark.parametrize("language", LANGUAGES)
@given(fragments=st.lists(FRAGMENTS, min_size=1, max_size=6), times=st.integers(200, 2000))
@settings(max_examples=40, deadline=5000)
def test_a_repeated_pattern_neither_raises_nor_hangs(
    language: str, fragments: list[str], times: int
) -> None:
    text = "".join(fragments) * times
    document = parse(language, Region.whole(text[: 64 * 1024]))
    if isinstance(document, MarkdownDocument):
        for block in document.blocks:
            inlines(block.region)


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_never_quote_the_file(language: str) -> None:
    canary = "Zq7wX9"
    found = 0
    for text in (
        f"{canary}: [{canary}\n",
        f'{{"{canary}": {canary}}}',
        f"*{canary}",
        f"%{canary} {canary}\n",
        f"a: !{canary}!x y",
        f'{canary} = "\\q{canary}"',
        f"a = 1\n{canary} = 1\n{canary} = 2\n",
        f"[{canary}]\n[{canary}]\n",
        f'a: "\\{canary}"',
    ):
        problems = parse(language, Region.whole(text)).problems
        found += len(problems)
        assert all(canary not in problem.message for problem in problems)
    assert found or language == "markdown"  # to which every text is one
