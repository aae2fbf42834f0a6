"""What is read a line at a time is read as ruamel reads it, and ordinary configs are read that way."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from agentlint.documents import yaml_lines, yaml_stream
from agentlint.text import Region, Span

GATEWAY = """\
# The gateway's models.
model_list:
- model_name: review-fast  # the default
  litellm_params:
    model: openai/some-model
    api_key: os.environ/OPENAI_API_KEY
    tags: [a, "b c", d/e]
- model_name: 'draft model'

general_settings: {}
router_settings:
  fallbacks: []
  timeout: 30
"""
WORKFLOW = """\
name: CI
on:
  push:
    branches: [main, "release/**"]
  pull_request:
permissions: {}
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Test
        run: |
          # not a comment
          pytest -q

        env:
          URL: https://gateway.example/v1#x
          KEY: ${{ secrets.KEY }}
      - run: >-
          one
          two
"""
SERVICES = """\
x-service: &service
  restart: unless-stopped
  healthcheck: {test: ["CMD", "curl -s \\"$URL\\""], retries: 3}
services:
  gateway:
    <<: *service
    command: >
      serve
    labels: &labels
    - it''s
    - 'it''s'
    description: Routes calls of models
      to the gateway, and

      nowhere else.
    ports: [
      8080,  # of the gateway
      "9090",
    ]
    networks:
      [front, back]
  worker: {restart: always, labels: *labels, env: {}}
"""
MANIFESTS = """\
---
kind: ConfigMap
data:
  args:
  - --flag
  - -x
  nothing:
--- # another one
- k: v
  n: ''
-   'q'
"""


@pytest.mark.parametrize("text", [GATEWAY, WORKFLOW, SERVICES, MANIFESTS, "", "# nothing\n", "k:"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_ordinary_configs_are_read_by_lines(text: str, line_break: str) -> None:
    region = Region.whole(text.replace("\n", line_break))
    read = yaml_lines.read(region)
    assert read == yaml_stream.read(region)
    assert read is not None


@pytest.mark.parametrize(
    "line",
    [
        "a: !t v", "a:\tb", "? a", "a: b: c", "a: 'b", 'a: "b', "a: |2", "a: {{ b }}", "- - a", "-",
        "text", "...", "\ta: b", "a: [b: c]", "a: {b}", 'a: {"b":1}', "a: {b: }", "a: &x", "a: &x *y",
        "a: [b", "a: [b]c", "a: [,]", "a: [b\nc]", "a: [\n---]", '"\\q": b', 'a: "\\UFFFFFFFF"',
        "- &x a: b", "&x a: b", "[a]: b", "*x : b", "a: [&x b]", f"'{'a' * 1100}': b",
    ],
)  # fmt: skip
def test_a_line_that_says_more_is_left_to_ruamel(line: str) -> None:
    assert yaml_lines.read(Region.whole(f"k: v\n{line}\n")) is None
    assert yaml_lines.read(Region.whole(f"{line}\n")) is None


VALUES = st.sampled_from(
    [
        "v", "v w", "'q r'", '"d"', '""', "''", "1", "true", "~", "[]", "{}", "[a, b]", "http://h/#x",
        "v # c", "--flag", "-1", "你 x", "2024-01-01", "${{ t }}", "a, b", "[ 'x y',\"z\" ]", "  v  ",
        "a:b", "a#b", "v:", "=", "<<", "[./x, *.md]", "- x", "x]", "`x`", "'x': y", '"x"#c',
        "*a", "&a v", "&a 'q'", "&b [*a, b]", "'it''s'", '"a\\tb\\u00e9 \\x41"', "&a", "&a |",
        "{a: b, 'c': \"d\"}", "{a: [b, {c: d}], e: *a}", "[[], [a], {}]", "[a, ]", "[a b]", "{a : b}",
    ]
)  # fmt: skip
KEYS = st.sampled_from(
    [
        "k:",
        "a.b:",
        "x y:",
        "'q':",
        '"d q":',
        "on:",
        "1:",
        "é:",
        "$x:",
        "k :",
        "-k:",
        "<<:",
        "'q''r':",
    ]
)
# What begins on the line of its key or dash, or below it, and ends on a later one.
LONG_VALUES = st.sampled_from(
    [
        ["v", "w"], ["v", "", "w x", "- y"], ["v", "w # c"], ["v", "# c"], ["v", "w: x"], ["v", "'w'"],
        ["[a,", "b]"], ["[", "a,  # c", "# d", "b,", "]"], ["{a: b,", "", "c: [d", "]} # e"],
        ["[a", "b]"], ["{a:", "b}"], ['"a', 'b"'], ["'a ", "", "it''s'"], ['"a\\', '  \\"b"'],
        ["['a", "b']"],
        ["'a", "---", "b'"], ["[a, # c", "]"], ["[a#b", "]"],
    ]
)  # fmt: skip
BLOCKS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+"])
BLOCK_LINES = st.lists(
    st.sampled_from(["", "text", "  more", " x", "# no comment", "      "]), max_size=4
)


@st.composite
def entries(draw: st.DrawFn, column: int, prefix: str, depth: int) -> list[str]:
    """The lines of a key and its value, the first of which begins with `prefix`."""
    key = draw(KEYS)
    kind = draw(st.sampled_from(["value", "value", "nothing", "block", "long", "below"]))
    if kind == "block":
        inside = " " * (column + draw(st.integers(1, 3)))
        lines = [inside + line if line else "" for line in draw(BLOCK_LINES)]
        return [f"{prefix}{key} {draw(BLOCKS)}{draw(st.sampled_from(['', ' # c']))}", *lines]
    if kind == "long":
        first, *others = draw(LONG_VALUES)
        inside = " " * (column + draw(st.integers(0, 3)))
        lines = [inside + line if line else "" for line in others]
        if draw(st.booleans()):
            return [f"{prefix}{key} {first}", *lines]
        return [prefix + key, inside + first, *lines]
    if kind == "below" and depth < 4:
        inside_column = column + draw(st.sampled_from([0, 2, 2, 4]))
        return [
            prefix + key + draw(st.sampled_from(["", " # c", " &a", " &b # c"])),
            *draw(nodes(inside_column, depth + 1)),
        ]
    return [f"{prefix}{key} {draw(VALUES)}" if kind == "value" else prefix + key]


@st.composite
def nodes(draw: st.DrawFn, column: int, depth: int = 0) -> list[str]:
    """The lines of a mapping or a list whose keys or dashes stand in `column`."""
    lines: list[str] = []
    is_list = draw(st.booleans())
    for _ in range(draw(st.integers(1, 3))):
        dash = draw(st.sampled_from(["- ", "-   "])) if is_list else ""
        if is_list and draw(st.booleans()):
            lines.append(" " * column + dash + draw(VALUES).strip())
        else:
            here = column + len(dash)
            lines += draw(entries(here, " " * column + dash, depth))
            for _ in range(draw(st.integers(0, 1)) if is_list else 0):
                lines += draw(entries(here, " " * here, depth))
    return lines


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Block style, mostly right, with up to two faults or oddities put into it."""
    lines = draw(nodes(draw(st.sampled_from([0, 0, 2]))))
    if draw(st.booleans()):
        lines = [
            draw(st.sampled_from(["---", "# c", "--- # c"])),
            *lines,
            "---",
            *draw(nodes(0, 3)),
        ]
    if draw(st.integers(0, 9)) == 0:
        lines += draw(
            st.sampled_from([["---"], ["--- # c", "---"], ["---", "", "# c", "---", "k: v"]])
        )
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.sampled_from(["indent", "insert", "character", "append"])):
            case "indent":
                lines[at] = " " * draw(st.integers(0, 4)) + line.lstrip()
            case "insert":
                lines.insert(
                    at, draw(st.sampled_from(["", "# c", "   # d", " ", "---", "...", "x"]))
                )
            case "character":
                column = draw(st.integers(0, len(line)))
                added = draw(st.sampled_from(" :-#'\"[]{},&*!|>%@`\tx?"))
                lines[at] = line[:column] + added + line[column:]
            case "append":
                lines[at] = f"{line} {draw(VALUES)}"
    line_break = draw(st.sampled_from(["\n", "\n", "\n", "\r\n"]))
    return line_break.join(lines) + draw(st.sampled_from([line_break, ""]))


@given(text=texts(), quoted=st.booleans(), exact=st.booleans())
@settings(max_examples=300)
@example(text="a:\n  #123", quoted=False, exact=True)
@example(text="k: |\n# c\n  text\n", quoted=False, exact=True)
@example(text="k:\n- a\n-\nl: v\n", quoted=False, exact=True)
def test_what_is_read_by_lines_is_what_ruamel_reads(text: str, quoted: bool, exact: bool) -> None:
    region = in_quotes(text, exact=exact) if quoted else Region.whole(text)
    read = yaml_lines.read(region)
    event("by lines" if read else "left to ruamel")
    assume(read is not None)
    assert read == yaml_stream.read(region)


def in_quotes(text: str, *, exact: bool) -> Region:
    """The text as it stands in a Markdown quote, each line after `> `."""
    pieces = []
    at = 0
    for line in text.splitlines(keepends=True):
        pieces.append((line, Span(at + 2, at + 2 + len(line))))
        at += 2 + len(line)
    return Region.join(pieces, exact=exact)
