"""What a Dockerfile sets: variables of each stage, at their places, and nothing of other instructions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentlint.documents import DataDocument, Mapping, ProblemKind, Scalar, parse
from agentlint.documents.limits import MAX_CHARACTERS
from agentlint.text import Region


def read(text: str) -> DataDocument:
    document = parse("dockerfile", Region.whole(text))
    assert isinstance(document, DataDocument)
    return document


def stages(text: str) -> list[list[tuple[str, str, str]]]:
    """Name, value and what stands in the file for it, of each stage that sets anything."""
    found = []
    for root in read(text).roots:
        assert isinstance(root, Mapping)
        entries = [(one.key, one.value) for one in root.entries]
        assert all(key.span.cut(text) == key.text for key, _ in entries)
        found.append(
            [(k.text, v.text, v.outer.cut(text)) for k, v in entries if isinstance(v, Scalar)]
        )
    return found


@pytest.mark.parametrize(
    ("text", "name", "value", "written"),
    [
        ("ENV A=b", "A", "b", "b"),
        ("  env\tA=b  ", "A", "b", "b"),
        ("ONBUILD ENV A=b", "A", "b", "b"),
        ("ARG A=b", "A", "b", "b"),
        ("ENV A b c", "A", "b c", "b c"),
        ("ENV A b=c", "A", "b=c", "b=c"),
        ('ENV A "b c"', "A", "b c", '"b c"'),
        ('ENV A="b c"', "A", "b c", '"b c"'),
        ("ENV A='b \\c'", "A", "b \\c", "'b \\c'"),
        ("ENV A=b\\ c", "A", "b c", "b\\ c"),
        ('ENV A="b\\"c\\n"', "A", 'b"c\\n', '"b\\"c\\n"'),
        ('ENV A=b"c d"e', "A", "bc de", 'b"c d"e'),
        ("ENV A=", "A", "", ""),
        ("ENV A=${B:-c}", "A", "${B:-c}", "${B:-c}"),
        ("ENV A=b#c", "A", "b#c", "b#c"),
        ("ENV A='open", "A", "open", "'open"),
        ("ENV \\\n  A=b", "A", "b", "b"),
        ("ENV \\\r\n# why\r\n\r\n  A=b\r\n", "A", "b", "b"),
        ("ENV A=b\\\nc", "A", "bc", "b\\\nc"),
        ("# escape=`\nENV A=c:\\b`\n\n", "A", "c:\\b", "c:\\b"),
        ("# syntax=docker/dockerfile:1\n# escape = `\nENV A=`\n b", "", "", ""),
        ("ENV A=\u503c\U0001f600", "A", "\u503c\U0001f600", "\u503c\U0001f600"),
    ],
)
def test_a_value_is_read_as_docker_does_and_known_as_written(
    text: str, name: str, value: str, written: str
) -> None:
    assert stages(text) == ([[(name, value, written)]] if name else [[("A", "", "")]])


def test_one_instruction_sets_several() -> None:
    text = "ENV A=b \\\n    # of the server\n    C=\"d e\" \\\n\n    F='g'\nARG H I=j\n"
    assert stages(text) == [
        [("A", "b", "b"), ("C", "d e", '"d e"'), ("F", "g", "'g'"), ("I", "j", "j")]
    ]


def test_each_stage_has_its_own() -> None:
    text = "ARG V=1\nFROM a AS b\nENV A=b\nFROM c\nFROM b\nENV A=c\n"
    assert [[value for _, value, _ in stage] for stage in stages(text)] == [["1"], ["b"], ["c"]]


@pytest.mark.parametrize(
    "text",
    [
        "RUN a && \\\nENV A=b\n",
        "RUN <<EOF\nENV A=b\nEOF\n",
        "RUN cat <<-'E1' > x && cat <<E2\nENV A=b\n\t\tE1\nENV C=d\nE2\n",
        "COPY <<x.conf /etc/\nENV A=b\nx.conf\n",
        "# ENV A=b\n",
        "LABEL A=b\n",
        "ENV\n",
        "ENV A\n",
        "ENV =b\n",
        "ENV 1A=b\n",
        "ENVA=b\n",
        "ARG A\n",
        "",
    ],
)
def test_nothing_else_is_set(text: str) -> None:
    assert stages(text) == []
    assert read(text).problems == ()


@pytest.mark.parametrize(
    "before",
    [
        "RUN <<EOF\nnothing ends it\n",
        "RUN tr a b <<<'x'\n",
        "RUN echo \\\\\n",
        "RUN echo $((1 << EOF))\n",
    ],
)
def test_what_opens_nothing_hides_nothing(before: str) -> None:
    assert stages(f"{before}ENV A=b\n") == [[("A", "b", "b")]]


def test_comments_are_told() -> None:
    text = "# syntax=x\n  # one\nENV A=b \\\n  # two\n  C=d # no comment\n"
    assert [comment.text for comment in read(text).comments] == ["# syntax=x", "# one", "# two"]


def test_a_text_may_be_too_large() -> None:
    document = read("#" * (MAX_CHARACTERS + 1))
    assert [problem.kind for problem in document.problems] == [ProblemKind.LIMIT]


@given(st.text(alphabet="ENVARGFROMRUN=<>A b\"'\\`#\n\r\t$-", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for comment in read(text).comments:
        assert comment.span().cut(text) == comment.text
    stages(text)
