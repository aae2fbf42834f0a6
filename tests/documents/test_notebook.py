"""Notebooks: what their cells say and where it stands, and which of it is a program."""

from __future__ import annotations

import ast
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notebook_samples import code, markdown, notebook, stream

from agentlint.documents import ProblemKind
from agentlint.documents.languages import parse_notebook
from agentlint.documents.notebook import CellKind, NotebookDocument
from agentlint.documents.notebook_program import program_of
from agentlint.text import Region

SIGNS = st.sampled_from([*"ab 0#'\"\\/{}[],:%!?", "\n", "\r", "\t", "\0", "\u00e9", "\U0001f600"])
SOURCES = st.lists(st.text(SIGNS, max_size=12), max_size=5) | st.text(SIGNS, max_size=40)
KINDS = st.sampled_from(["code", "markdown", "raw"])
CELLS = st.lists(st.tuples(KINDS, SOURCES), max_size=4)
OUTPUT = [{"output_type": "stream", "text": ['"source": ["no"]\n'], "data": {"source": ["no"]}}]


def read(text: str) -> NotebookDocument:
    return parse_notebook(Region.whole(text))


def program(text: str) -> str:
    return program_of(read(text)).region.text


@given(CELLS, st.booleans(), st.sampled_from([None, 1]), st.randoms())
def test_every_part_of_a_cell_is_found_where_the_file_spells_it(cells, ascii_only, indent, rng):
    made = []
    for kind, source in cells:
        cell = [("cell_type", kind), ("outputs", OUTPUT), ("metadata", {"source": ["no"]})]
        cell.append(("source", source))
        rng.shuffle(cell)
        made.append(dict(cell))
    text = json.dumps({"metadata": {}, "cells": made}, ensure_ascii=ascii_only, indent=indent)
    document = read(text)
    assert document.problems == ()
    said = ["".join(source) for _, source in cells if source != []]
    assert [document.text[cell.start : cell.end] for cell in document.cells] == said
    for cell in document.cells:
        for start in range(cell.start, cell.end):
            written = document.region.span(start, start + 1).cut(text)
            assert json.loads(f'"{written}"') == document.text[start]


@given(CELLS)
def test_a_program_has_every_character_where_the_cells_have_it(cells) -> None:
    made = [{"cell_type": kind, "source": source} for kind, source in cells]
    document = read(json.dumps({"cells": made}))
    made_of = program_of(document).region.text
    assert len(made_of) == len(document.text)
    stand_ins, of_indents = " 0", {("\n", " "), ("\n", "\t")}
    for one, other in zip(made_of, document.text, strict=True):
        assert one == other or one in stand_ins or (one, other) in of_indents
    ast.parse(made_of.replace("\0", " "))


def test_other_cells_and_other_languages_are_no_program() -> None:
    text = notebook(markdown("import this"), "import that\n", language="python")
    assert program(text).split() == ["import", "that"]
    assert [cell.kind for cell in read(text).cells] == [CellKind.MARKDOWN, CellKind.CODE]
    assert not program(notebook("import that\n", language="R")).strip()
    assert read(notebook("x", language="Scala")).language == "scala"
    info = {"cells": [code("import a")], "metadata": {"language_info": {"name": "julia"}}}
    assert not program(json.dumps(info)).strip()
    untold = {"cells": [code("import a")]}
    assert program(json.dumps(untold)).strip() == "import a"


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("%pip install x\nimport a", "0 import a"),
        ("!pip install \\\n   x y\nimport a", "0 import a"),
        ("import a\nif x:\n    !ls\n", "import a if x: 0"),
        ("files = !ls\nimport a", "0 import a"),
        ("took = %timeit -o f()\nimport a", "0 import a"),
        ("import a\n?a\na.b?\na??", "import a 0 0 0"),
        ("\n%%time\nimport a", "0 import a"),
        ("%%capture out\nimport a", "0 import a"),
        ("%%bash\nimport a", ""),
        ("%%writefile a.py\nimport a", ""),
        ("x = (5\n% 3)", "x = (5 % 3)"),
        ('x = """\n%pip\n!ls\nwhy?\n"""', 'x = """ %pip !ls why? """'),
        ("await a()", "await a()"),
        (" import a\nb = 1", "import a b = 1"),
        ("    import a\n    if x:\n        b = f(\n        2)\n", "import a if x: b = f( 2)"),
        ("  %pip install x\n  import a", "0 import a"),
        ("%time x = f(2)", "x = f(2)"),
        ("%timeit -n 10 -r3 -o f(2)", "f(2)"),
        ("%timeit -r1 for a in b: pass", "for a in b: pass"),
        ("if x:\n    %time a = f()\n    b()", "if x: a = f() b()"),
        ("%time x = \\\n    f(2)\nimport a", "x = \\ f(2) import a"),
        ("!pip x\n%memit x; y", "0 x; y"),
        ("%time\nimport a", "0 import a"),
        ("%time !ls\n%time %run a.py\n%time x = f(2)", "0 0 x = f(2)"),
        ("%lprun -f f f(2)\nimport a", "0 import a"),
        ("%timeit -s a b\nimport a", "0 import a"),
        ("%timer x = f(2)\n%cd x\n%env A=b", "0 0 0"),
        ("%%timeit x = f(2)\nimport a", "0 import a"),
        ("def broken(:\n    !ls", ""),
    ],
)
def test_what_is_meant_for_ipython_or_a_shell_is_left_out(cell: str, left: str) -> None:
    assert " ".join(program(notebook(cell, "z = 1")).split()) == f"{left} z = 1".strip()


def test_a_broken_cell_costs_only_itself_and_is_told_if_it_may_call_a_model() -> None:
    text = notebook("import a", "x = f(model=<fill in>)", "import b")
    told = program_of(read(text))
    assert told.region.text.split() == ["import", "a", "import", "b"]
    (problem,) = told.problems
    assert problem.kind is ProblemKind.SYNTAX
    assert "the other cells were read" in problem.message
    assert program_of(read(notebook("import a", "pip install x"))).problems == ()


def test_pictures_in_the_text_are_left_out() -> None:
    data = "iVBORw0KGgo" * 100_000
    text = notebook(
        markdown(f'<img src="data:image/png;base64,{data}" alt="a">\nafter'), "import a"
    )
    document = read(text)
    assert document.problems == ()
    left = '<img src="data:image/png;base64," alt="a">\nafter\n\nimport a'
    assert document.text.strip() == left
    at = document.text.index("after")
    assert document.region.span(at, at + 5).cut(text) == "after"


def test_what_cells_printed_is_kept_apart() -> None:
    text = notebook(code("x", stream("a\nb\n"), {"data": {"text/plain": "c", "image/png": "QUJD"}}))
    document = read(text)
    assert [printed.text for printed in document.printed] == ["a\nb\n", "c"]
    assert all(one.span.cut(text).startswith("[") for one in document.printed)
    assert document.text.strip() == "x"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "syntax"),
        ("[]", "syntax"),
        ('{"cells": [', "syntax"),
        ('{"cells": [{"source": ["a\nb"]}]}', "syntax"),
        ('{"cells": [{"source": ["a" "b"]}]}', "syntax"),
        ('{"cells": [{"source" ["a"]}]}', "syntax"),
        ('{"cells": [{3: 4}]}', "syntax"),
        ('{"cells": [,]}', "syntax"),
        ('{"cells": []} more', "syntax"),
        ('{"cells": [{"outputs": nul}]}', "syntax"),
        ('{"cells": [{"outputs": ' + "[" * 200_000, "limit"),
        ('{"a": ' + "1" * 5_000 + "}", "limit"),
        ('{"cells": [{"source": [' + '"",' * 100_000 + '""]}]}', "limit"),
        ('{"cells": [{"source": "' + "a b " * 300_000 + '"}]}', "limit"),
    ],
)
def test_what_is_no_notebook_or_too_much_is_told(text: str, kind: str) -> None:
    (problem,) = read(text).problems
    assert problem.kind == kind
    assert 0 <= problem.span.start <= problem.span.end <= len(text)


def test_cells_before_a_fault_are_kept() -> None:
    text = notebook("import a", "import b")
    cut = text[: text.index('"import b')]
    document = read(cut)
    assert document.text.split() == ["import", "a"]
    assert document.problems


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"cells": {}}',
        '{"cells": [1, [], "a", null]}',
        '{"cells": [{"source": null}, {"source": {"a": 1}}, {"source": [1, ["a"]]}]}',
        '{"cells": [{"cell_type": [], "outputs": [1, {"data": [], "text": {}}]}], "metadata": []}',
        '{"metadata": {"kernelspec": [], "language_info": {"name": 3}}, "x": NaN}',
    ],
)
def test_other_json_gives_no_cells(text: str) -> None:
    document = read(text)
    assert (document.cells, document.problems, document.language) == ((), (), "")
