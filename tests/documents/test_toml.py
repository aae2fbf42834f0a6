"""TOML: values, places, tables of every shape, and agreement with tomllib."""

from __future__ import annotations

import datetime
import math
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.documents import DataDocument, Mapping, Node, ProblemKind, Scalar, Sequence, parse
from agentlint.text import Region


def read(text: str) -> DataDocument:
    document = parse("toml", Region.whole(text))
    assert isinstance(document, DataDocument)
    return document


def root(text: str) -> Mapping:
    document = read(text)
    assert document.problems == ()
    (node,) = document.roots
    assert isinstance(node, Mapping)
    return node


def at(node: Node | None, *path: str | int) -> Node:
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(str(step))
        elif isinstance(node, Sequence):
            node = node.items[int(step)]
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("written", "value", "inside", "kind"),
    [
        ('"a b"', "a b", "a b", "string"),
        (r'"\"\\\t\u00e9\U0001F600"', '"\\\t\u00e9\U0001f600', r"\"\\\t\u00e9\U0001F600", "string"),
        ("'a\\b'", "a\\b", "a\\b", "string"),
        ('""', "", "", "string"),
        ('"""\na\n  b"""', "a\n  b", "a\n  b", "string"),
        ('"""a \\\n   b"""', "a b", "a \\\n   b", "string"),
        ('"""a""b"""""', 'a""b""', 'a""b""', "string"),
        ("'''\na\\n'b''''", "a\\n'b'", "a\\n'b'", "string"),
        ('""""""', "", "", "string"),
        ("1_000", "1_000", "1_000", "integer"),
        ("0xFF", "0xFF", "0xFF", "integer"),
        ("-1.5e3", "-1.5e3", "-1.5e3", "float"),
        ("inf", "inf", "inf", "float"),
        ("true", "true", "true", "boolean"),
        ("1979-05-27 07:32:00Z", "1979-05-27 07:32:00Z", "1979-05-27 07:32:00Z", "date"),
        ("1979-05-27", "1979-05-27", "1979-05-27", "date"),
        ("07:32:00", "07:32:00", "07:32:00", "date"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_value_and_its_place(
    written: str, value: str, inside: str, kind: str, line_break: str
) -> None:
    text = f"# c\nother = 1\nk = {written} # c\n".replace("\n", line_break)
    node = at(root(text), "k")
    assert isinstance(node, Scalar)
    assert (node.text, node.kind) == (value, kind)
    assert node.span.cut(text) == inside.replace("\n", line_break)
    assert node.outer.cut(text) == written.replace("\n", line_break)


def test_tables_of_every_shape_become_one_tree() -> None:
    text = """\
top = 1
a.b . "c d" = 2
[tool.x]
inline = { p = 1, q.r = [1, [2], { s = 3 }], }
[[item]]
name = "one"
[item.sub]
deep = 1
[[item]]
name = "two"
[tool]
late = 1
""".replace(", }", " }")
    tree = root(text)
    found = {
        ("top",): "1",
        ("a", "b", "c d"): "2",
        ("tool", "x", "inline", "q", "r", 1, 0): "2",
        ("tool", "x", "inline", "q", "r", 2, "s"): "3",
        ("item", 0, "name"): "one",
        ("item", 0, "sub", "deep"): "1",
        ("item", 1, "name"): "two",
        ("tool", "late"): "1",
    }
    for path, value in found.items():
        node = at(tree, *path)
        assert isinstance(node, Scalar)
        assert node.span.cut(text) == value


def test_a_table_reaches_from_its_header_to_its_last_value() -> None:
    text = "[a]\nk = 1\nl = 2 # c\n\n[b]\n"
    assert at(root(text), "a").span.cut(text) == "[a]\nk = 1\nl = 2"


def test_keys_have_places_too() -> None:
    text = "[ 'a b' . c ]\nd.\"e\" = 1\n"
    first = root(text).entries[0].key
    assert (first.text, first.span.cut(text), first.outer.cut(text)) == ("a b", "a b", "'a b'")


def test_comments_are_found_wherever_they_stand() -> None:
    text = "# one\n[t] # two\nk = [ # three\n 1, # four\n]\ns = '# no'\n"
    comments = [comment.span().cut(text) for comment in read(text).comments]
    assert comments == ["# one", "# two", "# three", "# four"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\na = 2\n", "\n"),
        ("[a]\n[a]\n", "]\n"),
        ("a = 1\n[a]\n", "]\n"),
        ("a = \n", "\n"),
        ("a = [1\n", ""),
        ("a = {b = 1\n", "\n"),
        ("a 1\n", "1\n"),
        ("a = 1 b = 2\n", "b = 2\n"),
        ('a = "open\n', '"open'),
        ('a = "\\q"\n', '\\q"'),
        ('a = """open', '"""open'),
        ("[a\n", "\n"),
        ("= 1\n", "= 1"),
        ("a = 2024-99-99\n", ""),
        ("a = " + "1" * 5_000 + "\n", ""),
        ("a = 1\r", "\r"),
        ("a = \x01\n", ""),
    ],
)
def test_what_is_no_toml_is_a_problem_at_its_place(text: str, place: str) -> None:
    (problem,) = read(text).problems
    assert problem.kind is ProblemKind.SYNTAX
    if place:
        assert text[problem.span.start :].startswith(place)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100 + "]" * 100,
        "a = " + "{a = " * 100 + "1" + "}" * 100,
        "a." * 300 + "a = 1",
        "[" + "a." * 300 + "a]",
        "a = [" + "1," * 70_000 + "]",
    ],
)
def test_depth_and_number_of_values_are_limited(text: str) -> None:
    assert [problem.kind for problem in read(text).problems] == [ProblemKind.LIMIT]


def same(node: Node, value: Any) -> bool:
    match node:
        case Mapping(entries=entries):
            return (
                isinstance(value, dict)
                and [entry.key.text for entry in entries] == list(value)
                and all(same(entry.value, value[entry.key.text]) for entry in entries)
            )
        case Sequence(items=items):
            return (
                isinstance(value, list)
                and len(items) == len(value)
                and all(map(same, items, value))
            )
        case Scalar(kind=kind):
            return same_scalar(kind, node.text, value)


def same_scalar(kind: str, text: str, value: Any) -> bool:
    plain = text.replace("_", "")
    match kind:
        case "string":
            return bool(text == value)
        case "boolean":
            return bool((text == "true") is value)
        case "integer":
            return bool(int(plain, 0 if plain[:2] in ("0x", "0o", "0b") else 10) == value)
        case "float":
            return bool(float(plain) == value) or math.isnan(value)
        case _:
            return isinstance(value, (datetime.date, datetime.time))


STATEMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "[a]",
                "[a.b]",
                "[[c]]",
                "[c.d]",
                "[[c.e]]",
                "[ a . 'b c' ]",
                "# c",
                "",
                '["a"]',
                "[d.e.f]",
            ]
        ),
        st.tuples(
            st.sampled_from(["k", "a", "a.b", "b.'c.d'.e", '"k 1"', "c", "1", "x-y"]),
            st.sampled_from([" = ", "=", "\t= "]),
            st.sampled_from(
                [
                    "1",
                    "0o17",
                    "-1_0.5",
                    "nan",
                    "true",
                    '"s\\n\\u00e9"',
                    "'l\\'",
                    '"""\nm\\\n  n\n"""',
                    "'''x''y'''",
                    "[]",
                    "[1, [2, 3,], # c\n]",
                    "{}",
                    "{x = 1, y.z = 'w'}",
                    "[{a = 1}, {}]",
                    "2024-01-02",
                    "2024-01-02T03:04:05.6+07:00",
                    "2024-01-02 03:04:05",
                    "03:04:05",
                ]
            ),
            st.sampled_from(["", " ", " # c"]),
        ).map("".join),
    ),
    max_size=8,
)


@given(statements=STATEMENTS, line_break=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=400)
def test_the_two_readings_agree(statements: list[str], line_break: str) -> None:
    text = "\n".join(statements).replace("\n", line_break)
    document = read(text)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert [problem.kind for problem in document.problems] == [ProblemKind.SYNTAX]
        return
    assert document.problems == ()
    assert same(document.roots[0], value)
