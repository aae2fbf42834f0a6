"""Repairs in the syntax of each language: the face of a file stays, and only what was meant changes."""

from __future__ import annotations

import pytest

from agentlint.documents import Mapping, walk
from agentlint.findings import (
    Applicability,
    Change,
    Finding,
    FromEnvironment,
    Location,
    NewEntry,
    NewKey,
    NewValue,
    NoComment,
    NoEntry,
    Repair,
    Severity,
)
from agentlint.fixes import FileSyntax, apply_fixes, keeps_the_rest, spelled
from agentlint.fixes.syntax import PYTHON
from agentlint.text import SourceFile, Span

TABLE = "    routes:\n      w:\n        model: gpt-5.4\n"
ENTRY = ("endpoint_family", "responses")


def syntax(text: str, language: str) -> FileSyntax:
    return FileSyntax(SourceFile("file", text), language)


def place(text: str, part: str) -> Span:
    assert text.count(part) == 1, part
    start = text.index(part)
    return Span(start, start + len(part))


def repaired(text: str, language: str, *changes: Change) -> str | None:
    """The text with the changes, None where they have no room or would not keep the rest."""
    file = syntax(text, language)
    fix = spelled(Repair("mend it", Applicability.SAFE, changes), file)
    if fix is None:
        return None
    finding = Finding("rule", Location("file", Span(0, 0)), "", Severity.INFO, fix=fix)
    applied = apply_fixes(text, [finding])
    return applied.text if keeps_the_rest(file, applied) else None


def with_entry(text: str, language: str, value: str = "gpt-5.4") -> str | None:
    """The text with a family beside the model."""
    span = place(text, value)
    return repaired(text, language, NewEntry(mapping_with(text, language, span), span, *ENTRY))


def mapping_with(text: str, language: str, value: Span) -> Span:
    """Where the one mapping stands that has an entry with the value."""
    roots = (root for tree in syntax(text, language).trees for root in tree.roots)
    nodes = (node for root in roots for _, node in walk(root) if isinstance(node, Mapping))
    (mapping,) = {n.span for n in nodes if any(entry.value.span == value for entry in n.entries)}
    return mapping


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("yaml", "w:\n  model: gpt-5.4\n", "w:\n  model: gpt-5.4\n  endpoint_family: responses\n"),
        ("yaml", "- model: gpt-5.4", "- model: gpt-5.4\n  endpoint_family: responses"),
        (
            "yaml",
            "w:\r\n    model: 'gpt-5.4' # daily\r\n    x: 1\r\n",
            "w:\r\n    model: 'gpt-5.4' # daily\r\n    endpoint_family: 'responses'\r\n    x: 1\r\n",
        ),
        ("yaml", "w: {model: gpt-5.4}\n", "w: {model: gpt-5.4, endpoint_family: responses}\n"),
        (
            "yaml",
            'w: { "model": "gpt-5.4" , x: 1 }\n',
            'w: { "model": "gpt-5.4", "endpoint_family": "responses" , x: 1 }\n',
        ),
        (
            "yaml",
            "w: {\n  model: gpt-5.4, # daily\n  x: 1\n}\n",
            "w: {\n  model: gpt-5.4, # daily\n  endpoint_family: responses,\n  x: 1\n}\n",
        ),
        (
            "json",
            '{\n\t"model": "gpt-5.4"\n}',
            '{\n\t"model": "gpt-5.4",\n\t"endpoint_family": "responses"\n}',
        ),
        (
            "json",
            '{\n  "model": "gpt-5.4", /* daily */\n  "x": 1,\n}\n',
            '{\n  "model": "gpt-5.4", /* daily */\n  "endpoint_family": "responses",\n  "x": 1,\n}\n',
        ),
        ("json", '{"model":"gpt-5.4"}', '{"model":"gpt-5.4", "endpoint_family": "responses"}'),
        (
            "toml",
            "[w]\nmodel = 'gpt-5.4'\n[v]\n",
            "[w]\nmodel = 'gpt-5.4'\nendpoint_family = 'responses'\n[v]\n",
        ),
        (
            "toml",
            'w = { model = "gpt-5.4" }\n',
            'w = { model = "gpt-5.4", endpoint_family = "responses" }\n',
        ),
        (
            "yaml",
            f"data:\n  c.yaml: |\n{TABLE}",
            f"data:\n  c.yaml: |\n{TABLE}        endpoint_family: responses\n",
        ),
        (
            "markdown",
            "Text\n\n```yaml\nw:\n  model: gpt-5.4\n```\n",
            "Text\n\n```yaml\nw:\n  model: gpt-5.4\n  endpoint_family: responses\n```\n",
        ),
        (
            "markdown",
            "---\nmodel: gpt-5.4\n---\n\nText\n",
            "---\nmodel: gpt-5.4\nendpoint_family: responses\n---\n\nText\n",
        ),
        (
            "markdown",
            "---\nsay: when: so\nmodel: gpt-5.4\n---\n\nText\n",
            "---\nsay: when: so\nmodel: gpt-5.4\nendpoint_family: responses\n---\n\nText\n",
        ),
    ],
)
def test_an_entry_is_written_as_its_neighbour_is(language: str, before: str, after: str) -> None:
    assert with_entry(before, language) == after


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("toml", "w.model = 'gpt-5.4'\n"),
        ("yaml", "w:\n  model: >-\n    gpt-5.4\n"),
        ("yaml", "w:\n  model: !!str gpt-5.4\n"),
        ("markdown", "> ```yaml\n> w:\n>   model: gpt-5.4\n> ```\n"),
        ("yaml", "? model\n: gpt-5.4\n"),
    ],
)
def test_no_entry_where_its_line_cannot_be_told(language: str, text: str) -> None:
    assert with_entry(text, language) is None


def test_no_entry_in_a_mapping_that_an_alias_repeats() -> None:
    text = "a: &shared\n  model: gpt-5.4\nb: *shared\n"
    assert with_entry(text, "yaml") is None


@pytest.mark.parametrize(
    ("language", "before", "new", "after"),
    [
        ("yaml", "k: old # why\n", "new", "k: new # why\n"),
        ("yaml", "k: 'old'\n", "it's", "k: 'it''s'\n"),
        ("yaml", 'k: "old"\n', 'a "b" \\', 'k: "a \\"b\\" \\\\"\n'),
        ("yaml", "k: old\n", "${{ secrets.X }}", "k: ${{ secrets.X }}\n"),
        ("yaml", "k: [old]\n", "${X}", 'k: ["${X}"]\n'),
        ("yaml", "k: old\n", "{env:X}", 'k: "{env:X}"\n'),
        ("yaml", "k: old\n", "a: b", 'k: "a: b"\n'),
        ("yaml", "k: old\n", "no", 'k: "no"\n'),
        ("yaml", "k: &a old\n", "new", "k: &a new\n"),
        ("json", '{"k": "old"}', "{env:X}", '{"k": "{env:X}"}'),
        ("toml", "k = 'old'", "new", "k = 'new'"),
        ("toml", 'k = "old"', "é", 'k = "é"'),
        ("dotenv", "export K=old # why\n", "new", "export K=new # why\n"),
        ("dotenv", "K=old\n", "", "K=\n"),
        ("dotenv", "K='old'\n", "", "K=''\n"),
        ("dotenv", "K=old # why\n", "", 'K="" # why\n'),
        ("dotenv", "K=old\n", "https://a.example/v1", "K=https://a.example/v1\n"),
        ("dotenv", 'K="old"\n', "https://a.example/?b&c", 'K="https://a.example/?b&c"\n'),
        (PYTHON, "f('old', \"new\")\n", "new", "f('new', \"new\")\n"),
    ],
)
def test_a_value_keeps_its_quotes_or_takes_those_it_needs(
    language: str, before: str, new: str, after: str
) -> None:
    assert repaired(before, language, NewValue(place(before, "old"), new)) == after


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (PYTHON, "k = f'old'\n"),
        (PYTHON, "k = {'old': 1}\n"),
        (PYTHON, "k = 'a' 'old'\n"),
        ("yaml", "k: |\n  old\n"),
        ("yaml", "k: !tag old\n"),
        ("yaml", "a: &x old\nb: *x\n"),
        ("json", '{"k": "\\u006fold"}'),
        ("toml", "k = '''old'''"),
    ],
)
def test_no_new_value_for_a_part_a_block_a_tag_or_what_an_alias_repeats(
    language: str, text: str
) -> None:
    assert repaired(text, language, NewValue(place(text, "old"), "new")) is None


@pytest.mark.parametrize(
    ("language", "text", "new"),
    [
        ("dotenv", "K=old\n", "a&b"),
        ("dotenv", 'K="old"\n', "$a"),
        (PYTHON, "k = 'old'\n", "it's"),
        (PYTHON, "k = 'old'\n", "a\\b"),
    ],
)
def test_no_new_value_that_would_need_an_escape(language: str, text: str, new: str) -> None:
    assert repaired(text, language, NewValue(place(text, "old"), new)) is None


def test_a_value_with_a_line_break_is_never_written() -> None:
    assert repaired("k: old\n", "yaml", NewValue(Span(3, 6), "a\nb")) is None


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("yaml", "a: 1\nk: &x old # why\n", "a: 1\nname: &x old # why\n"),
        ("yaml", '- {a: 1, "k": old}\n', '- {a: 1, "name": old}\n'),
        ("json", '{"k": "old", "a": {"k": 1}}', '{"name": "old", "a": {"k": 1}}'),
        ("toml", "[t]\nk = 'old' # why\n", "[t]\nname = 'old' # why\n"),
        ("toml", "t.k = 'old'\n", "t.name = 'old'\n"),
        ("yaml", "name: 1\nk: old\n", None),
        ("yaml", "b: &x\n  k: old\nc: *x\n", None),
    ],
)
def test_a_key_is_renamed_and_its_value_stays(
    language: str, before: str, after: str | None
) -> None:
    assert repaired(before, language, NewKey(place(before, "old"), "name")) == after


def test_a_key_and_its_value_are_renamed_together() -> None:
    span = place("w:\n  k: old\n", "old")
    changes = (NewKey(span, "name"), NewValue(span, "new"))
    assert repaired("w:\n  k: old\n", "yaml", *changes) == "w:\n  name: new\n"


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("yaml", "w:\n  a: 1\n  k: old # why\n  b: 2 # so\n", "w:\n  a: 1\n  b: 2 # so\n"),
        ("yaml", "w:\r\n  k: 'old'\r\n  a: 1\r\n", "w:\r\n  a: 1\r\n"),
        ("yaml", "# first\na: 1\n# about k\nk: old", "# first\na: 1\n# about k"),
        ("toml", "a = 1\nk = 'old'\n[t]\n", "a = 1\n[t]\n"),
        ("yaml", "w:\n  k: old\n", None),
        ("yaml", "- k: old\n  a: 1\n", None),
        ("yaml", "a: 1\nk: |\n  old\n", None),
        ("yaml", "w: {a: 1, k: old}\n", None),
        ("json", '{\n  "a": 1,\n  "k": "old"\n}\n', None),
        ("toml", "a = 1\nt.k = 'old'\nt.b = 1\n", None),
        ("yaml", "a: &x\n  k: old\n  b: 1\nc: *x\n", None),
    ],
)
def test_an_entry_goes_with_its_line_and_never_with_another(
    language: str, before: str, after: str | None
) -> None:
    assert repaired(before, language, NoEntry(place(before, "old"))) == after


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("yaml", "# agentlint: ignore[a] why\nk: 1\n", "k: 1\n"),
        ("yaml", "k: 1  # agentlint: ignore[a] why\r\n", "k: 1\r\n"),
        ("yaml", "k: 1 # agentlint: ignore[a]", "k: 1"),
        ("yaml", "k: 1\r\n# agentlint: ignore[a]", "k: 1"),
        ("yaml", "k: 1 # agentlint: ignore[b, a]\n", "k: 1 # agentlint: ignore[b]\n"),
        ("yaml", "k: 1 # agentlint: ignore[a, b]\n", "k: 1 # agentlint: ignore[b]\n"),
        ("yaml", "k: 1 # note; agentlint: ignore[a]\n", None),
        ("json", '{"k": 1} // agentlint: ignore[a]\n', '{"k": 1}\n'),
        ("json", '{"k": /* agentlint: ignore[a] */ 1}\n', '{"k": 1}\n'),
        ("markdown", "<!-- agentlint: ignore[a] why -->\n\nText\n", "\nText\n"),
        ("markdown", "Text <!-- agentlint: ignore[a] -->\n", "Text\n"),
        ("markdown", "One\n<!-- agentlint: ignore[a] -->\nTwo\n", "One\n\nTwo\n"),
        ("markdown", "- One\n<!-- agentlint: ignore[a] -->\nTwo\n", "- One\n\nTwo\n"),
        ("markdown", "- One\n<!-- agentlint: ignore[a] -->\n- Two\n", "- One\n- Two\n"),
        ("markdown", "# One\n<!-- agentlint: ignore[a] -->\nTwo\n", "# One\nTwo\n"),
        ("markdown", "One\n<!-- agentlint: ignore[a] -->\n## Two\n", "One\n## Two\n"),
        ("markdown", "<!-- agentlint: ignore[a] -->\n\ufeffText\n", None),
    ],
)
def test_a_name_goes_with_its_comment_and_never_with_a_note(
    language: str, before: str, after: str | None
) -> None:
    listed = before[before.index("[") + 1 : before.index("]")].split(", ")
    names = tuple(
        place(before, f"{name}{end}") for name in listed for end in ",]" if f"{name}{end}" in before
    )
    names = tuple(Span(name.start, name.end - 1) for name in names)
    end = min(
        (before.index(mark) for mark in (" -->", " */") if mark in before),
        default=before.index("agentlint")
        + len(before[before.index("agentlint") :].splitlines()[0]),
    )
    said = Span(before.index("agentlint"), end)
    change = NoComment(said, names, names[listed.index("a")])
    assert repaired(before, language, change) == after


SETTINGS = "from a import settings\n"
PROGRAM = 'from openai import OpenAI\n\nclient = OpenAI(api_key="old")\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            PROGRAM,
            'import os\n\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.environ["KEY"])\n',
        ),
        ("import os\nk = 'old'  # why\n", 'import os\nk = os.environ["KEY"]  # why\n'),
        ("import os as o\nk = 'old'\n", 'import os as o\nk = o.environ["KEY"]\n'),
        ("from os import environ\nk = 'old'\n", 'from os import environ\nk = environ["KEY"]\n'),
        ('"""Doc."""\r\nk = "old"\r\n', '"""Doc."""\r\nimport os\r\n\r\nk = os.environ["KEY"]\r\n'),
        (
            'import os\nMY_KEY = os.getenv("KEY")\nk = "old"\n',
            'import os\nMY_KEY = os.getenv("KEY")\nk = MY_KEY\n',
        ),
        ("import os\nd['k'] = 'old'\n", "import os\nd['k'] = os.environ["),
        ("import os\nk = f() or 'old'\n", "import os\nk = f() or os.environ["),
        ("import ast\nimport sys\nk = 'old'\n", "import ast\nimport os\nimport sys\n"),
        (
            "import os.path\nimport a\nk = 'old'\n",
            'import os.path\nimport a\nk = os.environ["KEY"]',
        ),
        (
            '"""Doc."""\n\n# about a\nfrom a import b\nk = "old"\n',
            '"""Doc."""\n\nimport os\n\n# about a\nfrom a import b\nk = os.environ',
        ),
        (
            "# Licence\n\n# about a\nfrom a import b\nk = 'old'\n",
            "# Licence\n\nimport os\n\n# about a\nfrom a import b\nk = os.environ",
        ),
        ("# Licence\nfrom a import b\nk = 'old'\n", "# Licence\nimport os\n\nfrom a import b\n"),
        (
            "KEY = f()\ndef g():\n    KEY = 'old'\n",
            "import os\n\nKEY = f()\ndef g():\n    KEY = os",
        ),
        (
            f"{SETTINGS}j = settings.KEY\nk = 'old'\n",
            f"{SETTINGS}j = settings.KEY\nk = settings.KEY\n",
        ),
        (
            f"{SETTINGS}def f():\n    g('old', settings.key.get_secret_value())\n",
            f"{SETTINGS}def f():\n    g(settings.key.get_secret_value(), settings.key",
        ),
        (
            f"{SETTINGS}i = (settings.key, settings.KEY)\nk = 'old'\n",
            f"import os\n\n{SETTINGS}i = (settings.key, settings.KEY)\nk = os.environ",
        ),
        (
            "import os\nfrom a import Names\nj = Names.KEY\nk = 'old'\n",
            "import os\nfrom a import Names\nj = Names.KEY\nk = os.environ",
        ),
        (f"import os\nk = 'old'\n{SETTINGS}j = settings.KEY\n", "import os\nk = os.environ"),
        ("import os\ns = f()\ns.KEY = 1\nk = 'old'\n", "import os\ns = f()\ns.KEY = 1\nk = os"),
        ("é = 'ü'; k = 'old'\n", "import os\n\né = 'ü'; k = os.environ[\"KEY\"]\n"),
    ],
)
def test_a_program_reads_the_text_from_its_environment(before: str, after: str) -> None:
    text = repaired(before, PYTHON, FromEnvironment(place(before, "old"), "KEY"))
    assert text is not None
    assert text.startswith(after)
    assert "old" not in text


@pytest.mark.parametrize(
    "text",
    [
        "k = b'old'\n",
        "k = f'old'\n",
        "k = 'x' 'old'\n",
        "k = '''old'''\n",
        "k = {'old': 1}\n",
        "'old'\n",
        "k = os.getenv('KEY', 'old')\n",
        "k = os.getenv('KEY') or 'old'\n",
        "import os\nos.environ['KEY'] = 'old'\n",
        "import os\ndef f(os):\n    g('old')\n",
        "def f():\n    g('old')\n    import os\n",
        "from __future__ import annotations; import a\nk = 'old'\n",
        "match k:\n    case 'old':\n        pass\n",
        "k = 'old\n",
        "def f(:\n    k = 'old'\n",
    ],
)
def test_no_lookup_where_only_a_literal_can_stand(text: str) -> None:
    assert repaired(text, PYTHON, FromEnvironment(place(text, "old"), "KEY")) is None


def test_a_repair_whose_changes_meet_is_none() -> None:
    text = "k: old\n"
    span = place(text, "old")
    assert repaired(text, "yaml", NewValue(span, "a"), NewValue(span, "b")) is None
