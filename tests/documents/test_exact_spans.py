"""Values are made, written in many styles and places, and found again exactly where they stand.

For a value without escapes and folds, cutting its span out of the file gives its text; values with
them still read the same. The files are YAML, TOML and JSON on their own, in front matter, in fences
within quotes and lists, and YAML within a block scalar of YAML.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.documents import (
    BlockKind,
    DataDocument,
    Mapping,
    MarkdownDocument,
    Scalar,
    ScalarKind,
    parse,
    walk,
)
from agentlint.text import Region

CHARACTERS = st.sampled_from(
    [
        *"abcXYZ019 _-.:/#'\"\\{}[],&*!|>%@`=~$?<",
        "\n",
        "\t",
        "\u00e9",
        "\u4f60",
        "\uff1a",
        "\U0001f600",
    ]
)
WORDS = st.sampled_from(
    ["gpt-4o", "claude-x:1", "os.environ/KEY", "https://a.b/v1#x", "模型", "a b", "yes"]
)
STRINGS = WORDS | st.text(CHARACTERS, max_size=12)
KEYS = st.sampled_from(["model", "api_base", "a b", "键", "x.y", "k-1"])
LINE_BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@dataclass(frozen=True)
class Written:
    """A document and the strings that it holds, with whether each stands there as it is."""

    text: str
    strings: list[tuple[str, bool]]


def quoted(value: str, ascii_only: bool) -> tuple[str, bool]:
    text = json.dumps(value, ensure_ascii=ascii_only)
    return text, "\\" not in text


PLAIN = re.compile(r"[A-Za-z\u4f60\u6a21\u578b\U0001f600][\w/.-]*(?:[ :#]?[\w/.\u00e9-]+)*")


@st.composite
def yaml_scalar(draw: Any, value: str, indent: str, *, block: bool) -> tuple[str, bool]:
    style = draw(st.sampled_from(["plain", "single", "double", "literal"]))
    if style == "plain" and PLAIN.fullmatch(value) and value not in ("true", "null"):
        return value.replace(" #", "_#"), " #" not in value and ": " not in value
    if style == "single" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'", "'" not in value
    if style == "literal" and block:
        body = value.rstrip("\n")
        breaks = len(value) - len(body)
        header = f"|2{['-', '', '+'][min(breaks, 2)]}" if body else "|2-"
        if body or not value:
            lines = "".join(
                f"{indent}  {line}\n" for line in value.split("\n")[: -1 if breaks else None]
            )
            return f"{header}\n{lines}".rstrip("\n") + "\n" * (breaks > 1), False
    return quoted(value, draw(st.booleans()))


@st.composite
def yaml_document(draw: Any) -> Written:
    lines: list[str] = []
    strings: list[tuple[str, bool]] = []

    def scalar(indent: str, *, block: bool) -> str:
        value = draw(STRINGS)
        text, verbatim = draw(yaml_scalar(value, indent, block=block))
        if "_#" in text and "_#" not in value:
            value = value.replace(" #", "_#")
        strings.append((value, verbatim))
        return str(text)

    def node(indent: str, depth: int) -> None:
        for number in range(draw(st.integers(1, 3))):
            key = draw(KEYS) + str(number)
            shape = draw(st.sampled_from(["scalar", "scalar", "map", "list", "flow"]))
            comment = draw(st.sampled_from(["", "", "  # note"]))
            if shape == "map" and depth:
                lines.append(f"{indent}{key}:{comment}")
                node(indent + "  ", depth - 1)
            elif shape == "list" and depth:
                lines.append(f"{indent}'{key}':{comment}")
                count = draw(st.integers(1, 2))
                lines.extend(f"{indent}- {scalar(indent, block=True)}" for _ in range(count))
            elif shape == "flow":
                inner = f"{{p: {quoted_only()}, q: [{quoted_only()}]}}"
                lines.append(f"{indent}{key}: {inner}{comment}")
            else:
                lines.append(f"{indent}{key}: {scalar(indent, block=True)}")

    def quoted_only() -> str:
        value = draw(STRINGS)
        text, verbatim = quoted(value, draw(st.booleans()))
        strings.append((value, verbatim))
        return text

    node("", 2)
    return Written("\n".join(lines) + "\n", strings)


@st.composite
def json_document(draw: Any) -> Written:
    values = draw(st.lists(STRINGS, min_size=1, max_size=5))
    written = [quoted(value, draw(st.booleans())) for value in values]
    lines = ["// note", '{"list": [']
    lines += [f"  {text}, /* x */" for text, _ in written]
    lines.append('], "n": 1,}')
    return Written(
        "\n".join(lines) + "\n",
        [(value, verbatim) for value, (_, verbatim) in zip(values, written, strict=True)],
    )


@st.composite
def toml_document(draw: Any) -> Written:
    lines: list[str] = ["# note"]
    strings: list[tuple[str, bool]] = []
    for number, value in enumerate(draw(st.lists(STRINGS, min_size=1, max_size=5))):
        if draw(st.booleans()):
            lines.append(
                draw(st.sampled_from([f"[t{number}.u]", f"[[a{number}]]", f"[{number}.'x y']"]))
            )
        text, verbatim = quoted(value, ascii_only=False)
        style = draw(st.sampled_from(["basic", "literal", "multi_literal", "multi_basic"]))
        if style == "literal" and "'" not in value and "\n" not in value:
            text, verbatim = f"'{value}'", True
        elif style == "multi_literal" and "'" not in value:
            text, verbatim = f"'''\n{value}'''", True
        elif style == "multi_basic" and '"' not in value and "\\" not in value:
            text, verbatim = f'"""\n{value}"""', True
        strings.append((value, verbatim))
        assignment = draw(st.sampled_from(["k = {}", "k.l = [{}] # c", "k = {{ a = {} }}"]))
        lines.append(f"{'k' * number}{assignment.format(text)}")
    return Written("\n".join(lines) + "\n", strings)


def found_strings(document: DataDocument) -> list[Scalar]:
    scalars = [
        node
        for root in document.roots
        for _, node in walk(root)
        if isinstance(node, Scalar) and (node.kind is ScalarKind.STRING)
    ]
    return sorted(scalars, key=lambda one: one.outer.start)


def check(document: DataDocument, written: Written, file: str) -> None:
    assert document.problems == ()
    found = found_strings(document)
    assert [one.text for one in found] == [value for value, _ in written.strings]
    for one, (value, verbatim) in zip(found, written.strings, strict=True):
        assert one.region.exact
        cut = one.span.cut(file)
        if verbatim and "\n" not in value:
            assert cut == value
        for word in re.finditer(r"[a-zA-Z0-9\u4e00-\u9fff\U0001f600]+", value):
            place = one.region.span(*word.span()).cut(file)
            assert place == word[0] or "\\" in place


def data(language: str, region: Region) -> DataDocument:
    document = parse(language, region)
    assert isinstance(document, DataDocument)
    return document


@given(written=yaml_document(), line_break=LINE_BREAKS)
@settings(max_examples=150)
def test_every_value_of_yaml_knows_its_exact_place(written: Written, line_break: str) -> None:
    file = written.text.replace("\n", line_break)
    check(data("yaml", Region.whole(file)), written, file)


@given(written=json_document(), line_break=LINE_BREAKS)
@settings(max_examples=80)
def test_every_value_of_json_knows_its_exact_place(written: Written, line_break: str) -> None:
    file = written.text.replace("\n", line_break)
    check(data("json", Region.whole(file)), written, file)


@given(written=toml_document(), line_break=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=150)
def test_every_value_of_toml_knows_its_exact_place(written: Written, line_break: str) -> None:
    file = written.text.replace("\n", line_break)
    check(data("toml", Region.whole(file)), written, file)


@given(written=yaml_document(), line_break=LINE_BREAKS)
@settings(max_examples=60)
def test_yaml_front_matter(written: Written, line_break: str) -> None:
    file = f"---\n{written.text}---\n\n# Title\n".replace("\n", line_break)
    document = parse("markdown", Region.whole(file))
    assert isinstance(document, MarkdownDocument)
    assert document.front_matter is not None
    check(document.front_matter, written, file)


@given(written=yaml_document(), line_break=LINE_BREAKS, depth=st.integers(1, 3))
@settings(max_examples=100)
def test_yaml_in_block_scalars_of_yaml(written: Written, line_break: str, depth: int) -> None:
    file = written.text
    for _ in range(depth):
        body = "".join(f"    {line}\n" if line else "\n" for line in file.split("\n")[:-1])
        file = f"kind: ConfigMap\ndata:\n  inner.yaml: |\n{body}other: 1\n"
    file = file.replace("\n", line_break)
    region = Region.whole(file)
    for _ in range(depth):
        (root,) = data("yaml", region).roots
        assert isinstance(root, Mapping)
        inner = root.get("data")
        assert isinstance(inner, Mapping)
        block = inner.get("inner.yaml")
        assert isinstance(block, Scalar)
        region = block.region
    check(data("yaml", region), written, file)


CONTAINERS = st.lists(
    st.sampled_from([("> ", "> "), ("- ", "  "), ("1. ", "   "), ("10) ", "    ")]), max_size=4
)


@given(
    written=st.one_of(
        yaml_document().map(lambda one: ("yaml", one)),
        json_document().map(lambda one: ("json", one)),
        toml_document().map(lambda one: ("toml", one)),
    ),
    line_break=LINE_BREAKS,
    containers=CONTAINERS,
    fence=st.sampled_from(["```", "~~~~"]),
    closed=st.booleans(),
)
@settings(max_examples=200)
def test_data_in_fences_in_quotes_and_lists(
    written: tuple[str, Written],
    line_break: str,
    containers: list[tuple[str, str]],
    fence: str,
    closed: bool,
) -> None:
    language, inner = written
    fence = fence + fence[0] * 12  # longer than any run within
    lines = [f"{fence}{language}", *inner.text.split("\n")[:-1], *([fence] if closed else [])]
    first = "".join(mark for mark, _ in containers)
    others = "".join(mark for _, mark in containers)
    file = "".join(f"{others if number else first}{line}\n" for number, line in enumerate(lines))
    file = f"Intro \U0001f600\n\n{file}".replace("\n", line_break)
    document = parse("markdown", Region.whole(file))
    assert isinstance(document, MarkdownDocument)
    (block,) = [block for block in document.blocks if block.kind is BlockKind.FENCE]
    assert block.region.text == inner.text
    assert block.depth == len(containers)
    check(data(language, block.region), inner, file)
