"""Front matter that is no strict YAML is read key by key, exactly, or left with its problem."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from agentlint.documents import (
    DataDocument,
    Mapping,
    MarkdownDocument,
    Scalar,
    ScalarKind,
    parse,
    walk,
    yaml_keys,
    yaml_stream,
)
from agentlint.text import Region

AGENT = """\
name: reviewer
description: Reviews code. Use when: code changed
model: some-model
"""
REFUSED = "description: Use when: code changed\n"


def front_matter(inside: str) -> tuple[DataDocument, str]:
    text = f"---\n{inside}---\n\n# Title\n"
    document = parse("markdown", Region.whole(text))
    assert isinstance(document, MarkdownDocument)
    assert document.front_matter is not None
    return document.front_matter, text


def leaves(document: DataDocument) -> list[tuple[str, str]]:
    return [
        (".".join(pointer), node.text)
        for root in document.roots
        for pointer, node in walk(root)
        if isinstance(node, Scalar)
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_description_with_a_colon_hides_no_other_key(line_break: str) -> None:
    document, text = front_matter(AGENT.replace("\n", line_break))
    assert document.problems == ()
    (root,) = document.roots
    assert isinstance(root, Mapping)
    assert root.span.cut(text) == AGENT.replace("\n", line_break).rstrip()
    description, model = root.get("description"), root.get("model")
    assert isinstance(description, Scalar)
    assert isinstance(model, Scalar)
    assert (description.kind, description.text, description.quoted) == (
        ScalarKind.STRING,
        "Reviews code. Use when: code changed",
        False,
    )
    assert model.span.cut(text) == model.text == "some-model"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hint: [--dry] [--yes]", [("hint", "[--dry] [--yes]")]),
        ("globs: *.ts,*.tsx", [("globs", "*.ts,*.tsx")]),
        ("owner: @someone", [("owner", "@someone")]),
        ("title: `a` and b", [("title", "`a` and b")]),
        ('say: "a" when: b', [("say", '"a" when: b')]),
        ("say: it's: b", [("say", "it's: b")]),
        ("say: so:", [("say", "so:")]),
        ("tools: [a, 'b c']", [("tools.0", "a"), ("tools.1", "b c")]),
        ('say: "a\\tb"', [("say", "a\tb")]),
        ("say: 'it''s: b'", [("say", "it's: b")]),
        ("empty:", [("empty", "")]),
        ("tools:\n  - a\n  # c\n\n  - b", [("tools.0", "a"), ("tools.1", "b")]),
        ("tools:\n- a\n-\n- b", [("tools.0", "a"), ("tools.1", ""), ("tools.2", "b")]),
        ("related: # c\n  agents: [a]\n", [("related.agents.0", "a")]),
        ("\n# c\n  # d\n   \nyes: no", [("yes", "no")]),
    ],
)
def test_each_key_is_read_by_itself(line: str, said: list[tuple[str, str]]) -> None:
    document, _ = front_matter(f"{REFUSED}{line}\nmodel: m\n")
    assert document.problems == ()
    first, *others = leaves(document)
    assert first == ("description", "Use when: code changed")
    assert others == [*said, ("model", "m")]


@pytest.mark.parametrize(
    "line",
    [
        "  and more",
        "text",
        "say: |\n  a",
        "say: >-\n  # a",
        "say: |",
        "say: a\n  b",
        "say: a\n- b",
        "a b: c",
        "'say': a",
        "say:a",
        "say:#a",
        'say: "a',
        "say: 'a",
        "tools: [a,",
        "say: {a: b",
        "tools:\n  - a: b: c",
        "tools:\n\t- a",
        "- a",
        "...",
        "<<: a",
        "? a",
        "{{ a }}",
        "say: a: b \x07",
        "say: a: b \u2028 c",
    ],
)
def test_any_other_line_leaves_all_of_it_refused(line: str) -> None:
    document, _ = front_matter(f"{REFUSED}{line}\nmodel: m\n")
    assert document == yaml_stream.read(document.region)
    assert document.problems != ()


def test_comments_are_kept_and_are_no_part_of_a_value() -> None:
    document, text = front_matter(
        "# one\nsay: a: b  # two\nmodel: m # three\ntools:\n- t # four\n# five\n"
    )
    assert leaves(document) == [("say", "a: b"), ("model", "m"), ("tools.0", "t")]
    cut = [comment.span().cut(text) for comment in document.comments]
    assert cut == ["# one", "# two", "# three", "# four", "# five"]


def test_a_repeated_key_is_told() -> None:
    document, text = front_matter(f"model: m\n{REFUSED}model: n\nother:\n  a: 1\n  a: 2\n")
    repeated = {one.repeated.span.start for one in document.duplicate_keys}
    assert repeated == {text.rindex("model"), text.rindex("a: 2")}


def test_more_lines_than_front_matter_has_stay_refused() -> None:
    within = "".join(f"k{number}: v\n" for number in range(yaml_keys.MAX_PARTS - 1))
    assert front_matter(REFUSED + within)[0].problems == ()
    assert front_matter(f"{REFUSED}{within}more: v\n")[0].problems != ()


KEYS = st.sampled_from(["name", "model", "allowed-tools", "x_1", "1"])
TEXTS = st.from_regex(
    r"[a-zé你😀\"'\[\]{}*&@%!`>|,-][a-zé你😀 :#\"'\[\]{}\\.,-]{0,12}", fullmatch=True
)
LINES = st.one_of(
    st.builds("{}: {}".format, KEYS, TEXTS),
    st.builds("{}: '{}'".format, KEYS, st.sampled_from(["a", "b: c", ""])),
    st.builds("{}:{}".format, KEYS, st.sampled_from(["", " # c", "\n  - a: 1\n  - b", "\n- 'a'"])),
    st.sampled_from(["# c", "", "  # d", "   "]),
)
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@given(lines=st.lists(LINES, max_size=6), line_break=BREAKS)
@settings(max_examples=300)
def test_the_span_of_every_value_cuts_exactly_its_text(lines: list[str], line_break: str) -> None:
    inside = "\n".join([REFUSED.rstrip(), *lines, ""]).replace("\n", line_break)
    document, text = front_matter(inside)
    event("left as it is" if document.problems else "read")
    for root in document.roots:
        for _, node in walk(root):
            assert root.span.contains(node.span)
            if isinstance(node, Scalar) and "\\" not in (cut := node.span.cut(text)):
                assert cut == node.text
    for comment in document.comments:
        assert comment.span().cut(text) == comment.text


@given(lines=st.lists(LINES, min_size=1, max_size=6), line_break=BREAKS)
@settings(max_examples=300)
@example(lines=["name: a", "model:\n- 'a'", "# c"], line_break="\n")
@example(lines=["name: >", "  # no comment"], line_break="\n")
def test_what_strict_yaml_takes_is_the_same_key_by_key(lines: list[str], line_break: str) -> None:
    region = Region.whole("\n".join([*lines, ""]).replace("\n", line_break))
    strict, read = yaml_stream.read(region), yaml_keys.read(region)
    assume(strict.roots and not strict.problems and read is not None)
    assert read == strict
