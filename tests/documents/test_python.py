"""Python without running it: what is read, where it stands, and that nothing makes the reader fail."""

from __future__ import annotations

import ast
import random
import sys
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.documents import ProblemKind, Scalar, parse_code
from agentlint.documents.code import (
    Call,
    Choice,
    CodeDocument,
    Conditional,
    Dictionary,
    Item,
    Listing,
    Lookup,
    Path,
    ScopeKind,
    TryPart,
    Unread,
)
from agentlint.documents.python_expressions import MAX_DICTIONARY_KEYS
from agentlint.text import Region, Span


def read(text: str) -> CodeDocument:
    return parse_code(Region.whole(text))


def only_call(text: str) -> Call:
    (placed,) = read(text).calls
    return placed.call


def test_a_call_has_its_name_its_arguments_and_its_place() -> None:
    text = "x = client.chat.completions.create('a', model='gpt-5.4', *rest)\n"
    call = only_call(text)
    assert call.function.names == ("client", "chat", "completions", "create")
    assert call.function.span.cut(text) == "client.chat.completions.create"
    assert call.span.cut(text) == text[4:-1]
    model, first = call.argument("model"), call.positional(0)
    assert isinstance(model, Scalar)
    assert isinstance(first, Scalar)
    assert (first.text, model.text, model.span.cut(text)) == ("a", "gpt-5.4", "gpt-5.4")
    assert model.outer.cut(text) == "'gpt-5.4'"
    assert call.open
    assert call.argument("messages") is None


def test_expressions_that_are_understood_and_those_that_are_not() -> None:
    text = 'f(a.b, os.environ["K"], x or "y", await g, -1, f"{z}", [], [1], None, 1.5, True)\n'
    kinds = [type(argument.value) for argument in only_call(text).arguments]
    assert kinds == [Path, Lookup, Choice, Path, *[Unread] * 4, *[Scalar] * 3]
    values = [argument.value for argument in only_call(text).arguments]
    assert [v.empty for v in values if isinstance(v, Unread)] == [False, False, True, False]


def test_lists_of_texts_and_names_and_what_is_picked_from_them() -> None:
    text = "f(['a', b.c], ('a',), {'a'}, [f()], ['a'] * 2, a.b[k], a[0], a[1:], f()[0])\n"
    kinds = [type(argument.value) for argument in read(text).calls[0].call.arguments]
    assert kinds == [Listing, Listing, Listing, Unread, Unread, Item, Item, Unread, Unread]
    many = f"f([{'a, ' * (MAX_DICTIONARY_KEYS + 1)}])\n"
    assert isinstance(only_call(many).positional(0), Unread)


def test_a_condition_tells_what_it_asks_of() -> None:
    condition = read("f(a if b.c(d) and g().h else e)\n").calls[0].call.positional(0)
    assert isinstance(condition, Conditional)
    assert condition.asked == {"b", "b.c", "d", "g"}


def test_a_text_for_a_newer_python_says_what_reads_it() -> None:
    (problem,) = read("import openai\nx = \n").problems
    assert problem.kind is ProblemKind.SYNTAX
    assert (
        "which agentlint runs on: if a newer Python reads it, run agentlint on that"
        in problem.message
    )


def test_a_dictionary_with_literal_keys_is_read_by_its_keys() -> None:
    text = "f({'url': 'u', 'inner': {'key': None}, 'list': [1]})\n"
    options = only_call(text).positional(0)
    assert isinstance(options, Dictionary)
    assert options.span.cut(text) == text[2:-2]
    url, inner = options.argument("url"), options.argument("inner")
    assert isinstance(url, Scalar)
    assert url.span.cut(text) == "u"
    assert isinstance(inner, Dictionary)
    assert isinstance(inner.argument("key"), Scalar)
    assert options.argument("other") is None


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{**rest}",
        "{'key': 1, **rest}",
        "{1: 'a'}",
        "{name: 'a'}",
        "{" + "".join(f"'{number}': 1," for number in range(MAX_DICTIONARY_KEYS + 1)) + "}",
    ],
)
def test_other_dictionaries_are_not_read(text: str) -> None:
    assert isinstance(only_call(f"f({text})\n").positional(0), Unread)


def test_calls_on_calls_and_on_items_keep_what_they_hang_on() -> None:
    first, second = read("OpenAI(base_url='u').chat.create()\nclients['a'].chat.create()\n").calls[
        ::2
    ]
    assert first.call.function.names == ("chat", "create")
    assert isinstance(first.call.function.base, Call)
    assert isinstance(second.call.function.base, Lookup)


def test_names_know_the_scope_that_binds_them() -> None:
    document = read(
        "import os.path, numpy as np\n"
        "from openai import OpenAI as O, AsyncOpenAI\n"
        "from .config import MODEL\n"
        "A = 1\n"
        "class C:\n"
        "    B = 2\n"
        "    def f(self, p):\n"
        "        global A\n"
        "        self.client, A = O(), 3\n"
        "        A = 4\n"
        "        with open('x') as h, O() as inner: pass\n"
        "        for i in (): pass\n"
    )
    assert document.imports == {
        "os": "os",
        "np": "numpy",
        "O": "openai.OpenAI",
        "AsyncOpenAI": "openai.AsyncOpenAI",
        "MODEL": ".config.MODEL",
    }
    assert [(scope.kind, scope.parent) for scope in document.scopes] == [
        (ScopeKind.MODULE, None),
        (ScopeKind.CLASS, 0),
        (ScopeKind.FUNCTION, 1),
    ]
    bound = {(".".join(b.target), b.scope, b.value is None) for b in document.bindings}
    assert {("A", 0, False), ("A", 0, True), ("B", 1, False), ("inner", 2, False)} <= bound
    assert {("p", 2, True), ("i", 2, True), ("MODEL", 0, True), ("f", 1, True)} <= bound


def test_a_call_knows_the_try_statements_around_it() -> None:
    document = read(
        "try:\n"
        "    a()\n"
        "    def later(): b()\n"
        "except (openai.APIError, ValueError):\n"
        "    log.warning('x')\n"
        "    raise\n"
        "else:\n"
        "    c()\n"
    )
    parts = {placed.call.function.text: placed.tries for placed in document.calls}
    assert [t.part for t in parts["a"]] == [TryPart.BODY]
    assert parts["b"] == ()
    (handler,) = parts["log.warning"]
    assert handler.part is TryPart.HANDLER
    assert handler.catches == ("openai.APIError", "ValueError")
    assert handler.calls == ("log.warning",)
    assert handler.statement == parts["a"][0].statement
    assert [t.part for t in parts["c"]] == [TryPart.ELSE]


def test_comments_are_found_and_a_hash_in_a_string_is_none() -> None:
    text = "a = '# no'  # yes\nb = f'#{x}' '''\n# no\n''' # too\n\n# last"
    assert [comment.text for comment in read(text).comments] == ["# yes", "# too", "# last"]


JOINED = """\
x = ("a#"  # one
     "b"  # two
     'c # no')
y = (f"a{x}#"  # three
     # four
     '''b # no
     # no''')
z = '''a '' # no
  # no'''
u = "é#" \\
    "# no"  # five
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_between_joined_strings_are_comments(newline: str) -> None:
    text = JOINED.replace("\n", newline)
    comments = read(text).comments
    assert [one.text for one in comments] == ["# one", "# two", "# three", "# four", "# five"]
    assert all(comment.span().cut(text) == comment.text for comment in comments)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_count_code_points_beside_emoji_and_wide_characters(end: str) -> None:
    lines = ["模型 = '🦊'; f('前🦊'); g(model='后')", "'''🦊", "'''; 好.办(名='值🦊值')"]
    text = end.join(lines)
    calls = read(text).calls
    assert [placed.call.span.cut(text) for placed in calls] == [
        "f('前🦊')",
        "g(model='后')",
        "好.办(名='值🦊值')",
    ]
    last = calls[-1].call.argument("名")
    assert isinstance(last, Scalar)
    assert last.span.cut(text) == last.text == "值🦊值"


_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)
_PREFIXES = st.sampled_from(["", "r", "u", "R"])
_QUOTES = st.sampled_from(["'", '"', "'''", '"""'])


@given(_WORDS, _PREFIXES, _QUOTES, _WORDS)
def test_the_span_of_a_literal_cuts_exactly_it(
    value: str, prefix: str, quote: str, around: str
) -> None:
    """Literals that need no escape, whatever stands before them on their line."""
    token = f"{prefix}{quote}{value}{quote}"
    before = f"x = {around!r}; " if around.isprintable() else ""
    text = f"{before}call({token})\n"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            plain = ast.literal_eval(token) == value
        except (SyntaxError, ValueError):
            return
    if not plain:
        return
    literal = only_call(text).positional(0)
    assert isinstance(literal, Scalar)
    assert literal.text == value
    assert literal.span.cut(text) == value
    assert literal.outer.cut(text) == token


@given(_WORDS, _WORDS)
def test_a_literal_with_escapes_has_the_place_of_the_whole(one: str, two: str) -> None:
    token = f"{one!a} {two!a}"
    literal = only_call(f"call({token})\n").positional(0)
    assert isinstance(literal, Scalar)
    assert literal.text == one + two
    assert ast.literal_eval(literal.outer.cut(f"call({token})\n")) == one + two
    assert literal.outer.contains(literal.span)


_WORDS_OF_PYTHON = (
    "import a|class A|def f(x=1)|lambda|match x|case|try|except* E|async |await |f'{x!r:{y}}'|with a as b"
    "|global x|nonlocal y|**|:=|if 1|else|return|yield|not |'''"
)
_PIECES = st.sampled_from(
    [*_WORDS_OF_PYTHON.split("|"), *"()[]{}:;,.=@*'\"\\\n\r\t #\x0c\0é🦊\ud800", ".b" * 60]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=300)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    document = read(text)
    for placed in document.calls:
        assert 0 <= placed.call.span.start <= placed.call.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("import a" + ".b" * 50_000, ProblemKind.LIMIT),
        ("x = f'" + "{a}" * 80_000 + "'", ProblemKind.LIMIT),
        ("if 1:import a" + ".b\\\n" * 600, ProblemKind.LIMIT),
        ("from a" + " . b" * 600 + " import c", ProblemKind.LIMIT),
        ("-" * 100_000 + "a", ProblemKind.LIMIT),
        ("a" + ".b" * 100_000, ProblemKind.LIMIT),
        ("if a:pass\n" + "elif a:pass\n" * 15_000, ProblemKind.LIMIT),
        ("x" * 300_000, ProblemKind.LIMIT),
        ("f(", ProblemKind.SYNTAX),
        ("a = \0", ProblemKind.SYNTAX),
        ("print 'x'", ProblemKind.SYNTAX),
        ("'\ud800'", ProblemKind.SYNTAX),
    ],
    ids=lambda value: f"{len(value)} characters" if len(value) > 40 else None,
)
def test_what_would_hurt_is_a_problem_and_no_more(text: str, kind: ProblemKind) -> None:
    document = read(text)
    (problem,) = document.problems
    assert problem.kind is kind
    assert document.calls == ()


def test_a_syntax_error_is_told_at_its_line() -> None:
    text = "a = 1\nb = (\nc = 2\n"
    (problem,) = read(text).problems
    assert problem.span in {Span(6, 6), Span(12, 12)}
    assert f"{sys.version_info[0]}.{sys.version_info[1]}" in problem.message


def test_deep_expressions_are_left_unread_and_their_calls_are_found() -> None:
    depth = 60
    calls = read("f(" * depth + "1" + ")" * depth).calls
    assert len(calls) == depth


def test_reading_takes_no_warning_from_the_text() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert only_call(r"f('\d')").positional(0) is not None


def test_a_module_in_a_region_speaks_in_offsets_of_the_file() -> None:
    file = "> f(model='🦊gpt')\n"
    document = parse_code(Region.whole(file).cut(2, len(file)))
    model = document.calls[0].call.argument("model")
    assert isinstance(model, Scalar)
    assert model.span.cut(file) == "🦊gpt"


def test_many_calls_in_one_are_read_once_each() -> None:
    """Reading an argument again for every call around it would take minutes here."""
    choices = random.Random(7)
    text = f"f({','.join(choices.choice(['g(h(1),h(2))', 'g()']) for _ in range(12_000))})"
    assert len(read(text).calls) == 1 + text.count("g(") + text.count("h(")
