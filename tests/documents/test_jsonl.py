"""JSON lines: one root a line, each at its place, and a broken line costs only itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.documents import DataDocument, Mapping, Scalar, parse
from agentlint.text import Region


def read(text: str) -> DataDocument:
    document = parse("jsonl", Region.whole(text))
    assert isinstance(document, DataDocument)
    return document


def test_each_line_is_a_root_that_knows_its_place() -> None:
    text = '{"a": "x"}\r\n\n{"a": "y"}\n'
    values = [root.get("a") for root in read(text).roots if isinstance(root, Mapping)]
    places = [value.span for value in values if isinstance(value, Scalar)]
    assert [text[place.start : place.end] for place in places] == ["x", "y"]


def test_a_broken_line_is_told_once_and_the_others_are_read() -> None:
    document = read('{"a": 1}\n{"a": \nnot json\n{"a": 2}\n')
    assert len(document.roots) == 2
    (problem,) = document.problems
    assert problem.span.start >= 9


def test_a_data_set_is_not_read_and_says_so() -> None:
    document = read("{}\n" * 10_001)
    assert document.roots == ()
    assert "10,000 lines" in document.problems[0].message


@given(st.text(alphabet='{}[]",: \n\r\\a1', max_size=60))
@settings(max_examples=60)
def test_no_text_raises(text: str) -> None:
    assert read(text).language == "jsonl"
