"""JSON with comments: values, places, and agreement with the standard reader."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.documents import DataDocument, Mapping, Node, ProblemKind, Scalar, Sequence, parse
from agentlint.text import Region


def read(text: str) -> DataDocument:
    document = parse("json", Region.whole(text))
    assert isinstance(document, DataDocument)
    return document


def value_of(node: Node) -> Any:
    match node:
        case Mapping(entries=entries):
            return {entry.key.text: value_of(entry.value) for entry in entries}
        case Sequence(items=items):
            return [value_of(item) for item in items]
        case Scalar():
            return node.text if node.kind == "string" else json.loads(node.text)


@pytest.mark.parametrize(
    ("text", "value", "written", "kind"),
    [
        ('"a b"', "a b", "a b", "string"),
        ('""', "", "", "string"),
        (r'"\"\\\/\b\f\n\r\t"', '"\\/\b\f\n\r\t', r"\"\\\/\b\f\n\r\t", "string"),
        (r'"\u00e9\ud83d\ude00"', "\u00e9\U0001f600", r"\u00e9\ud83d\ude00", "string"),
        (r'"\ud83d"', "\ufffd", r"\ud83d", "string"),
        ("-12", "-12", "-12", "integer"),
        ("1.5E-3", "1.5E-3", "1.5E-3", "float"),
        ("true", "true", "true", "boolean"),
        ("null", "null", "null", "null"),
    ],
)
def test_a_value_and_its_place(text: str, value: str, written: str, kind: str) -> None:
    file = f'// c\r\n{{"k": {text},}}\r\n'
    (root,) = read(file).roots
    assert isinstance(root, Mapping)
    node = root.get("k")
    assert isinstance(node, Scalar)
    assert (node.text, node.span.cut(file), node.kind) == (value, written, kind)
    assert node.outer.cut(file) == text
    assert root.span.cut(file) == f'{{"k": {text},}}'


def test_comments_and_trailing_commas_are_no_problem() -> None:
    text = '/* a */ {"k": [1, 2, // b\n], /* c\n */ "url": "http://x/*y*/"}//d'
    document = read(text)
    assert document.problems == ()
    assert [one.span().cut(text) for one in document.comments] == [
        "/* a */",
        "// b",
        "/* c\n */",
        "//d",
    ]
    assert value_of(document.roots[0]) == {"k": [1, 2], "url": "http://x/*y*/"}


def test_a_repeated_key_is_noticed_and_the_last_one_counts() -> None:
    text = '{"k": 1, "a": {"k": 2}, "k": 3}'
    document = read(text)
    (duplicate,) = document.duplicate_keys
    assert (duplicate.first.outer.start, duplicate.repeated.outer.start) == (1, text.rindex('"k"'))
    assert value_of(document.roots[0])["k"] == 3


def test_nothing_but_blanks_and_comments_is_no_value_and_no_problem() -> None:
    document = read(" // only\n")
    assert (document.roots, document.problems) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "{'a': 1}",
        "[1 2]",
        "[",
        '{"a"}',
        '{"a": }',
        "[,]",
        "[1,,2]",
        '"open',
        '"a\nb"',
        r'"\q"',
        r'"\u12"',
        "tru",
        "truex",
        "01",
        "1.",
        "+1",
        "NaN",
        "{} {}",
        "/* open",
        "]",
    ],
)
def test_what_is_no_json_is_a_problem(text: str) -> None:
    document = read(text)
    assert [problem.kind for problem in document.problems] == [ProblemKind.SYNTAX]
    assert document.roots == ()


def test_depth_and_number_of_values_are_limited() -> None:
    assert read("[" * 400 + "]" * 400).problems == ()
    for text in ("[" * 501 + "]" * 501, '{"a":' * 501, f"[{'1,' * 60_001}]"):
        assert [problem.kind for problem in read(text).problems] == [ProblemKind.LIMIT]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(value=VALUES, indent=st.sampled_from([None, 0, 2, "\t"]), ascii_only=st.booleans())
@settings(max_examples=150)
def test_what_json_writes_we_read(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    document = read(text)
    assert document.problems == ()
    assert value_of(document.roots[0]) == value


@given(text=st.text(alphabet='{}[]:,"\\ \n01.e-untrfalse/*', max_size=30))
@settings(max_examples=300)
def test_what_json_accepts_we_accept(text: str) -> None:
    try:
        value = json.loads(text)
    except ValueError:
        return
    if "N" in text or "I" in text:  # NaN and Infinity, which are not JSON
        return
    assert value_of(read(text).roots[0]) == value
