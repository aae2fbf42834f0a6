"""Files of environment variables: values, places, comments and what is no assignment."""

from __future__ import annotations

import pytest

from agentlint.documents import DataDocument, Mapping, ProblemKind, Scalar, parse
from agentlint.text import Region


def read(text: str) -> DataDocument:
    document = parse("dotenv", Region.whole(text))
    assert isinstance(document, DataDocument)
    return document


def mapping(document: DataDocument) -> Mapping:
    (root,) = document.roots
    assert isinstance(root, Mapping)
    return root


@pytest.mark.parametrize(
    ("line", "value", "written"),
    [
        ("K=v", "v", "v"),
        ("K = v w  ", "v w", "v w"),
        ("export K=v", "v", "v"),
        ("  export\tK=v", "v", "v"),
        ("K: v", "v", "v"),
        ("K=", "", ""),
        ("K=v # note", "v", "v"),
        ("K=v#part", "v#part", "v#part"),
        ("K=# note", "", ""),
        ("K='a # b'", "a # b", "a # b"),
        ("K='a\\n'", "a\\n", "a\\n"),
        ('K="a\\n\\"b\\"" # note', 'a\n"b"', 'a\\n\\"b\\"'),
        ('K="a\nb"', "a\nb", "a\nb"),
        ('K="a" b', '"a" b', '"a" b'),
        ("K='open", "'open", "'open"),
        ("K=${A:-b}", "${A:-b}", "${A:-b}"),
        ("K=$(cmd)", "$(cmd)", "$(cmd)"),
        ("K=a=b", "a=b", "a=b"),
        ("K=\u503c\U0001f600", "\u503c\U0001f600", "\u503c\U0001f600"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_value_and_its_place(line: str, value: str, written: str, line_break: str) -> None:
    text = f"# head\nA=1\n{line}\nZ=2\n".replace("\n", line_break)
    document = read(text)
    assert document.problems == ()
    node = mapping(document).get("K")
    assert isinstance(node, Scalar)
    assert node.text.replace(line_break, "\n") == value
    assert node.span.cut(text) == written.replace("\n", line_break)
    assert [entry.key.text for entry in mapping(document).entries] == ["A", "K", "Z"]


def test_comments_are_found_on_lines_and_after_values() -> None:
    text = "# one\nA=1 # two\n  # three\nB='#no'\n"
    comments = [comment.span().cut(text) for comment in read(text).comments]
    assert comments == ["# one", "# two", "# three"]


def test_a_line_that_is_no_assignment_is_a_problem_and_the_rest_is_read() -> None:
    text = "A=1\nsome words\nB=2\n"
    document = read(text)
    (problem,) = document.problems
    assert (problem.kind, problem.span.start) == (ProblemKind.SYNTAX, 4)
    assert [entry.key.text for entry in mapping(document).entries] == ["A", "B"]


def test_a_name_alone_takes_its_value_from_the_environment() -> None:
    document = read("A=1\nAUTH_SECRET\nexport  OTHER_2 \r\nB=2\nLAST")
    assert document.problems == ()
    assert [entry.key.text for entry in mapping(document).entries] == ["A", "B"]


def test_a_shell_script_under_the_name_of_a_settings_file_is_one_problem() -> None:
    (problem,) = read("set -a\nsource x\nA=1\nfi\n").problems
    assert problem.message == "not a KEY=value line, and 2 more"
    assert problem.span.start == 0


def test_a_repeated_key_is_noticed_and_the_last_one_counts() -> None:
    document = read("A=1\nA=2\n")
    assert len(document.duplicate_keys) == 1
    last = mapping(document).get("A")
    assert isinstance(last, Scalar)
    assert last.text == "2"
