"""Markdown blocks: what is what, where it stands, and that nothing hides."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    InlineKind,
    Mapping,
    MarkdownDocument,
    ProblemKind,
    inlines,
    parse,
)
from agentlint.text import Region


def read(text: str) -> MarkdownDocument:
    document = parse("markdown", Region.whole(text))
    assert isinstance(document, MarkdownDocument)
    return document


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.region.text) for block in read(text).blocks]


def only(text: str) -> Block:
    (block,) = read(text).blocks
    return block


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n", [("heading", "One")]),
        ("###  Three ## \n", [("heading", "Three")]),
        ("#\n", [("heading", "")]),
        ("# C# and # more #\n", [("heading", "C# and # more")]),
        ("#hash\n", [("paragraph", "#hash")]),
        ("Two\nlines\n===\n", [("heading", "Two\nlines")]),
        ("a\n  b  \n\nc", [("paragraph", "a\n  b"), ("paragraph", "c")]),
        ("> a\n> b\nlazy\n", [("paragraph", "a\nb\nlazy")]),
        ("- a\n  b\n1) c\n", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("```yaml\na: 1\n```\n", [("fence", "a: 1\n")]),
        ("~~~\na\n\n b\n~~~\n", [("fence", "a\n\n b\n")]),
        ("````md\n```\nx\n```\n````\n", [("fence", "```\nx\n```\n")]),
        ("```\nopen\n", [("fence", "open\n")]),
        ("```\n```\n", [("fence", "")]),
        ("  ```\n  a\n   b\n c\n  ```\n", [("fence", "a\n b\nc\n")]),
        ("- ```\n  a\n\n    b\n  ```\n", [("fence", "a\n\n  b\n")]),
        ("> - ```\n>   a\n> \n>   b\n", [("fence", "a\n\nb\n")]),
        ("    code\n\n      more\n", [("indented_code", "code\n\n  more\n")]),
        ("<div>\n<b>x</b>\n\ny\n", [("html", "<div>\n<b>x</b>\n"), ("paragraph", "y")]),
        ("<rules>\n- x\n</rules>\n", [("paragraph", "<rules>"), ("paragraph", "x\n</rules>")]),
        (
            "<example>\n```\na\n\nb\n```\n</example>\n\nc\n",
            [
                ("paragraph", "<example>"),
                ("fence", "a\n\nb\n"),
                ("paragraph", "</example>"),
                ("paragraph", "c"),
            ],
        ),
        (
            "<details>\n```\na\n```\n</details>\n",
            [("html", "<details>\n"), ("fence", "a\n"), ("html", "</details>\n")],
        ),
        ("<pre>\n```\na\n</pre>\n", [("html", "<pre>\n```\na\n</pre>\n")]),
        ("<!--\n```\na -->\n", [("html", "<!--\n```\na -->\n")]),
        ("***\n---\n___\n", []),
        ("[a]: http://x.y\n", [("paragraph", "[a]: http://x.y")]),
        ("text\n---\nmore\n", [("heading", "text"), ("paragraph", "more")]),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_blocks_and_their_content(
    text: str, expected: list[tuple[str, str]], line_break: str
) -> None:
    file = text.replace("\n", line_break)
    assert blocks(file) == expected
    for block in read(file).blocks:
        assert block.region.exact
        for word in re.finditer(r"\w+", block.region.text):
            assert block.region.span(*word.span()).cut(file) == word[0]


def test_a_fence_knows_its_info_and_whole_extent() -> None:
    text = "x\n\n> - ~~~ YAML title=a\n>   a: 1\n>   ~~~\n\ny\n"
    fence = read(text).blocks[1]
    assert (fence.info, fence.language) == ("YAML title=a", "yaml")
    assert fence.span.cut(text) == "~~~ YAML title=a\n>   a: 1\n>   ~~~"
    assert (fence.in_list, fence.depth) == (True, 2)


def test_headings_know_their_level_and_extent() -> None:
    text = "## Two ##\n\nOne\n===\n"
    two, one = read(text).blocks
    assert (two.level, two.span.cut(text)) == (2, "## Two ##")
    assert (one.level, one.span.cut(text)) == (1, "One\n===")


def test_depth_counts_quotes_and_lists() -> None:
    found = {block.region.text: block for block in read("a\n> b\n>> c\n\n- d\n  > e\n").blocks}
    assert {text: block.depth for text, block in found.items()} == {
        "a": 0, "b": 1, "c": 2, "d": 1, "e": 2,
    }  # fmt: skip
    assert [text for text, block in found.items() if block.in_list] == ["d", "e"]


def test_table_rows_have_cells_with_places() -> None:
    text = (
        "> | Model | Use |\n> |---|:-:|\n> | `a\\|b` | 好 \U0001f600 |\n> | x | y | extra |\n> z\n"
    )
    header, first, second, third = read(text).blocks
    assert [row.header for row in (header, first, second, third)] == [True, False, False, False]
    assert [cell.text for cell in first.cells] == ["`a|b`", "好 \U0001f600"]
    assert [cell.span().cut(text) for cell in first.cells] == ["`a\\|b`", "好 \U0001f600"]
    assert [cell.span().cut(text) for cell in second.cells] == ["x", "y", "extra"]
    assert [cell.span().cut(text) for cell in third.cells] == ["z"]
    assert first.region.span().cut(text) == "| `a\\|b` | 好 \U0001f600 |"


@pytest.mark.parametrize(
    "text",
    [
        "- a | b\n  --|--\n  c | d\n",
        "1. a | b\n   --|--\n",
        "t\n2. a | b\n--|--\n",
        "|a|b|\n|-|-|\n||\n",
    ],
)
def test_the_cells_of_a_header_in_a_list_are_exact(text: str) -> None:
    rows = [block for block in read(text).blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows[0].header
    assert all(cell.exact for row in rows for cell in row.cells)
    assert rows[0].cells[-1].span().cut(text) == "b"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_front_matter_is_data_and_no_block(line_break: str) -> None:
    text = '---\nname: x\ndescription: "two\n  lines"\n--- \n# Title\n'.replace("\n", line_break)
    document = read(text)
    assert document.front_matter is not None
    (root,) = document.front_matter.roots
    assert isinstance(root, Mapping)
    description = root.get("description")
    assert description is not None
    assert description.span.cut(text) == f"two{line_break}  lines"
    assert [block.region.text for block in document.blocks] == ["Title"]
    assert document.blocks[0].region.span().cut(text) == "Title"


def test_toml_front_matter() -> None:
    text = "+++\nmodel = 'x'\n+++\nbody\n"
    front_matter = read(text).front_matter
    assert front_matter is not None
    assert front_matter.language == "toml"
    assert blocks(text) == [("paragraph", "body")]


@pytest.mark.parametrize(
    "text",
    [
        "\n---\na: 1\n---\n",
        "x\n\n---\na: 1\n\n---\n",
        "---\na: 1\n",
        "----\na: 1\n----\n",
        " ---\na: 1\n---\n",
    ],
)
def test_a_mark_elsewhere_or_unclosed_begins_no_front_matter(text: str) -> None:
    document = read(text)
    assert document.front_matter is None
    assert "a: 1" in "".join(block.region.text for block in document.blocks)


def test_empty_front_matter() -> None:
    document = read("---\n---\nbody\n")
    assert document.front_matter is not None
    assert (document.front_matter.roots, document.front_matter.problems) == ((), ())


def test_comments_are_found_in_blocks_and_in_lines_but_not_in_code() -> None:
    text = (
        "<!-- one\n\ntwo --> x\n\npara <!-- three --> `<!-- code -->`\n\n"
        "| <!-- four --> |\n|---|\n\n```\n<!-- fence -->\n```\n\n    <!-- code -->\n\n"
        "<div><!-- five --></div>\n\n<!-- open\n"
    )
    comments = [comment.span().cut(text) for comment in read(text).comments]
    assert comments == [
        "<!-- one\n\ntwo -->", "<!-- three -->", "<!-- four -->", "<!-- five -->", "<!-- open\n",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["> " * 150 + "hidden\n", "".join(f"{'  ' * n}- a\n" for n in range(80)), "- " * 120 + "x\n"],
)
def test_what_the_nesting_limit_drops_is_reported(text: str) -> None:
    assert [problem.kind for problem in read(text).problems] == [ProblemKind.LIMIT]


def test_quotes_that_make_the_parser_read_lines_again_are_given_up() -> None:
    document = read(">> \n    {\n" * 5_000)
    assert [problem.kind for problem in document.problems] == [ProblemKind.LIMIT]


def test_many_quotes_before_text_are_read() -> None:
    document = read("> a\n# b\nc\nd\n" * 2_000)
    assert document.problems == ()
    assert len(document.blocks) == 6_000


def test_deep_but_sane_nesting_is_read() -> None:
    document = read("> " * 60 + "seen\n")
    assert document.problems == ()
    assert document.blocks[0].region.text == "seen"


def test_a_tab_that_a_list_takes_a_part_of_keeps_its_place() -> None:
    text = "- a\n\n\t\tcode x\n1.\t```\n\tk: v\n\t\tw\n\t```\n"
    _, code, fence = read(text).blocks
    assert (code.kind, code.region.text) == (BlockKind.INDENTED_CODE, "  code x\n")
    assert code.region.span(2, 6).cut(text) == "code"
    at = fence.region.text.index("w")
    assert fence.region.span(at, at + 1).cut(text) == "w"


def test_yaml_in_a_fence_in_a_list_in_a_quote_has_places_in_the_file() -> None:
    text = (
        "> 1. x\n>    ```yaml\n>    a:\n>      - 'b'\n>    c: |\n>      d\n>\n>      e\n>    ```\n"
    )
    fence = read(text).blocks[1]
    data = parse("yaml", fence.region)
    assert isinstance(data, DataDocument)
    assert data.problems == ()
    (root,) = data.roots
    assert isinstance(root, Mapping)
    inner = root.get("c")
    assert inner is not None
    assert inner.span.cut(text) == "d\n>\n>      e\n"


LINE = st.tuples(
    st.lists(st.sampled_from(["> ", ">", "- ", "1. ", "  ", "    ", "\t", " ", "* ", "+\t"]), max_size=4),
    st.sampled_from(
        ["", "", "# ", "## ", "```", "```yaml ", "~~~", "````", "| ", "|-|-|", "---", "===", "<div>",
         "<!-- ", "</div>", "[r]: ", "    ", "\\", "<x y='", "***", "a | "]
    ),
    st.booleans(),
    st.sampled_from(["", " ", "  ", " -->", " #", " |", "```", "\t", "\\"]),
).map(lambda parts: ("".join(parts[0]) + parts[1], parts[2], parts[3]))  # fmt: skip


@given(lines=st.lists(LINE, max_size=14), line_break=st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=400)
def test_no_word_of_a_document_hides_and_each_is_in_its_place(
    lines: list[tuple[str, bool, str]], line_break: str
) -> None:
    text = line_break.join(
        before + (f"w{number}w" if word else "") + after
        for number, (before, word, after) in enumerate(lines)
    )
    document = read(text)
    seen = set()
    for block in document.blocks:
        for region in (block.region, *block.cells):
            for word in re.finditer(r"w\d+w", region.text):
                seen.add(word[0])
                place = region.span(*word.span()).cut(text)
                assert place == word[0] if region.exact else word[0] in place
        seen.update(re.findall(r"w\d+w", block.info))
    if document.front_matter:
        seen.update(re.findall(r"w\d+w", document.front_matter.region.text))
    assert seen == set(re.findall(r"w\d+w", text))


@given(lines=st.lists(LINE, max_size=14))
@settings(max_examples=200)
def test_what_markdown_it_reads_is_exact(lines: list[tuple[str, bool, str]]) -> None:
    """The fallback to whole lines is for the parser's oddities; none is known today."""
    text = "\n".join(before + ("word" if word else "") + after for before, word, after in lines)
    for block in read(text).blocks:
        assert block.region.exact
        assert all(cell.exact for cell in block.cells)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain *em* __b__", "T:plain *em* __b__"),
        ("a `b` c", "T:a |C:b|T: c"),
        ("``a ` b`` `c", "C:a ` b|T: `c"),
        ("\\`a\\` `\\`", "T:`a` |C:\\"),
        ("[t](u)", "L:t|U:u"),
        ("[t `c` [i] x](u 'title') y", "L:t |C:c|L: [i] x|U:u|T: y"),
        ("[t](<a b> (t))", "L:t|U:a b"),
        ("[t](a(b)c)", "L:t|U:a(b)c"),
        ("[t](a b)", "T:[t](a b)"),
        ("[t] (u)", "T:[t] (u)"),
        ("[t]()", "L:t|U:"),
        ("[t][ref] [t][]", "L:t|U:ref|T: [t][]"),
        ("\\[t](u) [t\\](u)", "T:[t](u) [t](u)"),
        ("![alt](src) [![a](b)](c)", "L:alt|U:src|T: |L:a|U:b|U:c"),
        ("[a [b](c) d](e)", "T:[a |L:b|U:c|T: d](e)"),
        ("[a`](u)`", "T:[a|C:](u)"),
        ("[l]: http://u 'x'", "L:l|U:http://u|T: 'x'"),
        ("[^1]: note", "T:[^1]: note"),
        ("<https://a.b/c> <me@x.y>", "A:https://a.b/c|T: |A:me@x.y"),
        ("see https://a.b/c_(d)?e=f. (http://x/y)", "T:see |A:https://a.b/c_(d)?e=f|T:. (|A:http://x/y|T:)"),
        ("**https://a.b** \u3010https://a.b/c\u3011", "T:**|A:https://a.b|T:** \u3010|A:https://a.b/c|T:\u3011"),
        ("xhttp://no", "T:xhttp://no"),
        ("a <!-- c --> b", "T:a |X:<!-- c -->|T: b"),
        ("a <!-- open", "T:a <!-- open"),
        ("<!--> x", "X:<!-->|T: x"),
        ("`<!--` x -->", "C:<!--|T: x -->"),
        ("<b class='x y'>t</b> <br/>", "H:<b class='x y'>|T:t|H:</b>|T: |H:<br/>"),
        ("1 < 2 <not a tag", "T:1 < 2 <not a tag"),
        ("a\\\nb", "T:a\\\nb"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_line_is_parted_into_text_code_links_and_comments(text: str, expected: str) -> None:
    letters = {
        InlineKind.TEXT: "T", InlineKind.CODE: "C", InlineKind.LINK_TEXT: "L",
        InlineKind.LINK_TARGET: "U", InlineKind.AUTOLINK: "A", InlineKind.COMMENT: "X",
        InlineKind.HTML: "H",
    }  # fmt: skip
    parts = inlines(Region.whole(text))
    assert "|".join(f"{letters[part.kind]}:{part.region.text}" for part in parts) == expected


@given(
    text=st.lists(
        st.sampled_from(
            ["`", "``", "[", "]", "(", ")", "](", "][", "<", ">", "\\", "!", "<!--", "-->", "a", " ",
             "word", "\n", "https://a.b", "<a b='", "'", '"', "\u4f60", "\U0001f600", "|", "*", "http://"]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
@settings(max_examples=500)
def test_inline_parts_are_in_order_and_lose_no_word(text: str) -> None:
    parts = [part.region for part in inlines(Region.whole(text))]
    spans = [region.span() for region in parts]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    between = text
    for span in reversed(spans):
        between = between[: span.start] + between[span.end :]
    assert re.search(r"\w", between) is None or "(" in between  # titles fall between the parts
    for region in parts:
        for word in re.finditer(r"\w+", region.text):
            assert region.span(*word.span()).cut(text) == word[0]
