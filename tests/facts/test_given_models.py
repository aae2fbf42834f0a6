"""Models that a program gives its own functions, its command line, or picks from a table of its own."""

from __future__ import annotations

import textwrap

import pytest

from agentlint.discovery import FileKind
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.extract import extract
from agentlint.facts.programs.callers import MAX_GIVEN, MAX_GIVEN_IN_ALL
from agentlint.facts.route import Route
from agentlint.text import SourceFile

HEAD = "import argparse, asyncio, click, os, typer\nfrom openai import AzureOpenAI, OpenAI\n"
ASK = "def ask(q, model):\n    OpenAI().responses.create(model=model, input=q)\n"
WRITER = (
    "class Writer:\n    def __init__(self, model=None, client=None):\n"
    "        self.model = model or other()\n        self.client = client\n"
    "    def write(self, q, model):\n        OpenAI().responses.create(model=model)\n"
    "    def read(self, q):\n        OpenAI().responses.create(model=self.model)\n"
)


def facts(code: str) -> FileFacts:
    return extract(SourceFile("app.py", HEAD + textwrap.dedent(code)), FileKind.CODE)


def models(code: str) -> list[str]:
    """The models that are written somewhere for the calls of a program."""
    return [r.model.literal for r in facts(code).of(Route) if r.model.literal]


def defaults(code: str) -> list[str]:
    """The models that calls may have, where only running the program tells."""
    return [r.model_default.literal for r in facts(code).of(Route) if r.model_default.literal]


@pytest.mark.parametrize(
    "code",
    [
        ASK + "ask('q', 'a')",
        ASK + "ask('q', model='a')",
        ASK + "M = 'a'\nask('q', M)",
        ASK + "def outer(m):\n    ask('q', m)\nouter('a')",
        ASK + "async def outer():\n    await asyncio.to_thread(ask, 'q', 'a')",
        ASK + "def again(model):\n    ask('q', model)\n    again(model)\nagain('a')",
        (
            "async def ask(*, model):\n    await OpenAI().responses.create(model=model)\n"
            "async def main():\n    await ask(model='a')"
        ),
        (
            "def ask(q, /, model=None):\n    model = model or other()\n"
            "    OpenAI().responses.create(model=model)\nask('q', 'a')"
        ),
        (
            "def ask(q, model=None):\n    if model is None:\n        model = NEWEST\n"
            "    OpenAI().responses.create(model=model)\nask('q', 'a')"
        ),
        (
            "def outer():\n    def inner(model):\n        OpenAI().responses.create(model=model)\n"
            "    inner('a')"
        ),
        WRITER + "Writer('a').read('q')",
        WRITER + "Writer(model='a')",
        WRITER + "w = Writer()\nw.write('q', 'a')",
        WRITER + "Writer().write('q', 'a')",
        WRITER + "    def both(self):\n        self.write('q', model='a')",
    ],
)
def test_a_model_that_a_function_is_given_is_called(code: str) -> None:
    (route,) = [route for route in facts(code).of(Route) if route.model.literal]
    assert route.model.literal == "a"
    assert route.provider.raw == "openai"
    assert route.is_given
    assert route.model_origin is not None
    assert route.model_origin.cut(HEAD + textwrap.dedent(code)) == "a"


@pytest.mark.parametrize(
    "code",
    [
        ASK + "ask('a')",
        ASK + "ask(*q, 'a')",
        ASK + "ask('q', name('a'))",
        ASK + "other.ask('q', 'a')",
        ASK + "ask = traced(ask)\nask('q', 'a')",
        ASK + "def ask(q, model):\n    pass\nask('q', 'a')",
        "def ask(model):\n    model = names[model]\n    OpenAI().responses.create(model=model)\nask('a')",
        (
            "def ask(model):\n    if x:\n        model = newest(model)\n"
            "    OpenAI().responses.create(model=model)\nask('a')"
        ),
        "def ask(model):\n    OpenAI().responses.create(model=newest(model))\nask('a')",
        "def ask(*models, model=None):\n    OpenAI().responses.create(model=model)\nask('a')",
        (
            "def ask(models):\n    for model in models:\n        OpenAI().responses.create(model=model)\n"
            "ask('a')"
        ),
        WRITER + "Reader().write('q', 'a')",
        WRITER + "def use(writer):\n    writer.write('q', 'a')",
        WRITER + "class Other:\n    def use(self):\n        self.write('q', 'a')",
        WRITER + "class Writer:\n    pass\nWriter('a')",
    ],
)
def test_what_only_looks_as_if_a_function_were_given_a_model(code: str) -> None:
    assert models(code) == []


def test_a_function_is_given_its_client_with_its_model() -> None:
    ask = "def ask(client, model):\n    client.responses.create(model=model)\n"
    calls = "ask(OpenAI(), 'a')\nask(AzureOpenAI(), 'b')\nask(get(), 'c')\n"
    found = {r.model.literal: r.provider.raw for r in facts(ask + calls).of(Route)}
    assert found == {"a": "openai", "b": "azure", "c": ""}


def test_a_default_is_told_beside_what_a_function_is_given() -> None:
    code = "def ask(model='a'):\n    OpenAI().responses.create(model=model)\nask('b')\nask()\n"
    assert (models(code), defaults(code)) == (["b"], ["a"])


def test_what_an_object_was_given_is_a_default_of_its_methods() -> None:
    writer = (
        "class Writer:\n    def __init__(self, model=None):\n        self.model = model\n"
        "    def write(self, model=None):\n        OpenAI().responses.create(model=model or self.model)\n"
    )
    code = writer + "Writer('a').write('b')"
    assert (models(code), defaults(code)) == (["b"], ["a"])


def test_the_default_of_a_function_is_given_on() -> None:
    outer = ASK + "def outer(m='a'):\n    ask('q', m)\n"
    assert defaults(outer) == ["a"]
    assert (models(outer + "outer('b')"), defaults(outer + "outer('b')")) == (["b"], ["a"])


def test_calls_that_are_too_many_are_said_to_be_left_out() -> None:
    calls = "ask('q', 'a')\n" * MAX_GIVEN
    assert facts(ASK + calls).notices == ()
    (notice,) = facts(ASK + calls + "ask('q', 'b')\n").notices
    assert f"more than {MAX_GIVEN} calls of one function" in notice.message
    assert models(ASK + calls + "ask('q', 'b')\n") == ["a"] * MAX_GIVEN


def test_what_is_followed_for_all_calls_of_a_program_has_a_bound() -> None:
    def program(calls: int) -> str:
        asked = "    OpenAI().responses.create(model=m)\n" * calls
        return f"def ask(m):\n{asked}" + "ask('a')\n" * MAX_GIVEN

    most = MAX_GIVEN_IN_ALL // MAX_GIVEN
    assert facts(program(most)).notices == ()
    assert len(facts(program(most + 1)).notices) == 1


PARSED = "p = argparse.ArgumentParser()\n{}\nargs = p.parse_args()\n"
ADDED = PARSED.format("p.add_argument('-m', '--the-model', default='a')")
USED = "OpenAI().responses.create(model=args.the_model)\n"


@pytest.mark.parametrize(
    "code",
    [
        ADDED + USED,
        ADDED + "m = args.the_model or other()\nOpenAI().responses.create(model=args.the_model)",
        PARSED.format("p.add_argument('-m', dest='the_model', default='a')") + USED,
        PARSED.format("p.add_argument('the_model', nargs='?', default='a')") + USED,
        PARSED.format("p.add_argument('--the-model', default=os.getenv('M', 'a'))") + USED,
        "M = 'a'\n" + PARSED.format("p.add_argument('--the-model', default=M)") + USED,
        PARSED.format("for s in p, q:\n    s.add_argument('--the-model', default='a')") + USED,
        ADDED + "def run(given):\n    OpenAI().responses.create(model=given.the_model)\nrun(args)",
        (
            "def parse():\n    p.add_argument('--the-model', default='a')\n    return p.parse_args()\n"
            "def main():\n    args = parse()\n    OpenAI().responses.create(model=args.the_model)"
        ),
        ADDED + ASK + "ask('q', args.the_model)",
        (
            "@click.command()\n@click.option('--the-model', '-m', default='a')\n@click.option('--q')\n"
            "def main(q, the_model):\n    OpenAI().responses.create(model=the_model)"
        ),
        (
            "@click.option('-m', 'model', default='a')\n"
            "def main(model):\n    OpenAI().responses.create(model=model)"
        ),
        (
            "def main(model: str = typer.Option('a', '--model')):\n"
            "    OpenAI().responses.create(model=model)"
        ),
        "def main(model=typer.Argument(default='a')):\n    OpenAI().responses.create(model=model)",
    ],
)
def test_an_option_of_the_command_line_has_a_default(code: str) -> None:
    assert (models(code), defaults(code)) == ([], ["a"])


@pytest.mark.parametrize(
    "code",
    [
        PARSED.format("p.add_argument('--the-model')") + USED,
        PARSED.format("p.add_argument('--model', default='a')") + USED,
        PARSED.format("p.add_argument('--the-model', default=['a'])") + USED,
        ADDED + "p.add_argument('--the-model', default='b')\n" + USED,
        ADDED + "p.set_defaults(the_model='b')\n" + USED,
        ADDED + "args.the_model = newest()\n" + USED,
        ADDED + "def run(args):\n    OpenAI().responses.create(model=args.the_model)",
        ADDED.replace("p.parse_args", "settings.load") + USED,
        (
            "@click.option('--model', default='a')\n"
            "def main(name):\n    OpenAI().responses.create(model=name)"
        ),
        (
            "@other.option('--model', default='a')\n"
            "def main(model):\n    OpenAI().responses.create(model=model)"
        ),
        "def main(model: str = typer.Option(...)):\n    OpenAI().responses.create(model=model)",
    ],
)
def test_an_option_that_may_be_another_has_no_default(code: str) -> None:
    assert (models(code), defaults(code)) == ([], [])


TABLE = "M = {'x': 'a', 'y': 'b'}\n"
LIST = "M = ['a', 'b']\n"


@pytest.mark.parametrize(
    "code",
    [
        TABLE + "def ask(k):\n    OpenAI().responses.create(model=M[k])",
        TABLE + "def ask(k):\n    m = M[k.name]\n    OpenAI().responses.create(model=m)",
        TABLE + "def ask(k):\n    OpenAI().responses.create(model=M.get(k))",
        "M = {'x': 'a'}\ndef ask(k):\n    OpenAI().responses.create(model=M.get(k, 'b'))",
        TABLE + "for m in M.values():\n    OpenAI().responses.create(model=m)",
        LIST + "for m in M:\n    OpenAI().responses.create(model=m)",
        LIST + "OpenAI().responses.create(model=M[k])",
        "for m in ('a', 'b'):\n    OpenAI().responses.create(model=m)",
        "B = 'b'\nM = ['a', B]\n[OpenAI().responses.create(model=m) for m in M]",
        (
            "class Writer:\n    M = {'x': 'a', 'y': 'b'}\n    def ask(self, k):\n"
            "        OpenAI().responses.create(model=self.M[k])"
        ),
        (
            "P = os.getenv('P', 'a')\nF = os.getenv('F', 'b')\ndef ask(x):\n"
            "    m = P if x else F\n    OpenAI().responses.create(model=m)"
        ),
        LIST + ASK + "for m in M:\n    ask('q', m)",
    ],
)
def test_each_model_of_a_table_may_be_called(code: str) -> None:
    found = facts(code).of(Route)
    assert models(code) == []
    assert sorted(r.model_default.literal or "" for r in found) == ["a", "b"]


@pytest.mark.parametrize(
    ("index", "model"), [("0", ["a"]), ("1", ["b"]), ("-1", ["b"]), ("2", []), ("True", ["a", "b"])]
)
def test_a_number_in_brackets_picks_one_of_a_list(index: str, model: list[str]) -> None:
    assert defaults(LIST + f"OpenAI().responses.create(model=M[{index}])") == model


@pytest.mark.parametrize(
    "code",
    [
        "def ask(k, M):\n    OpenAI().responses.create(model=M[k])",
        "M = load()\nOpenAI().responses.create(model=M[k])",
        "M = {'x': 'a', **more}\nOpenAI().responses.create(model=M[k])",
        f"M = [{', '.join(['1'] * 3)}]\nOpenAI().responses.create(model=M[k])",
        f"M = [{', '.join(repr(str(n)) for n in range(30))}]\nOpenAI().responses.create(model=M[k])",
        LIST + "M = load()\nfor m in M:\n    OpenAI().responses.create(model=m)",
        LIST + "for m in M:\n    m = newest(m)\n    OpenAI().responses.create(model=m)",
        LIST + "OpenAI().responses.create(model=M[:1])",
        TABLE + "for m in M:\n    OpenAI().responses.create(model=m)",
        TABLE + "for n, m in M.items():\n    OpenAI().responses.create(model=m)",
        (
            "P = os.getenv('P', 'a')\n"
            "OpenAI().responses.create(model=P if P.startswith('b') else other())"
        ),
    ],
)
def test_a_table_that_may_hold_anything_tells_no_model(code: str) -> None:
    assert (models(code), defaults(code)) == ([], [])


EITHER = (
    "def make(host, model, azure=False, kind='openai'):\n"
    "    {}\n        return OpenAI().responses.create(model=model)\n"
    "    return AzureOpenAI().responses.create(model=deployment)\n"
)
CHECKED = EITHER.replace("    return Az", "    other()\n    return Az")
EARLY = (
    "def make(host, model, azure=False):\n    {}\n        return other(model)\n"
    "    return OpenAI().responses.create(model=model)\n"
)
CHAIN = (
    "def make(host, model):\n    if host == 'a':\n        return one()\n    elif host in ('b', 'c'):\n"
    "        raise ValueError\n    return OpenAI().responses.create(model=model)\n"
)
MATCH = (
    "def make(host, model):\n    match host:\n        case 'a' | 'b':\n            other()\n"
    "        case 'c':\n            pass\n"
    "        case _:\n            OpenAI().responses.create(model=model)\n"
)
ONE_OF = (
    "def make(host, model):\n"
    "    return OpenAI().responses.create(model=model) if host == 'a' else other(model)\n"
)
OUTER = ASK + "def make(host, m):\n    if host == 'a':\n        ask('q', m)\n"
OWN = (
    "class Maker:\n    def __init__(self, host, model):\n        self.host = host\n"
    "        self.model = model\n    def make(self):\n        if self.host == 'a':\n"
    "            OpenAI().responses.create(model=self.model)\n"
)


@pytest.mark.parametrize(
    "code",
    [
        EITHER.format("if host == 'a':") + "make('b', 'm')",
        EITHER.format("if host == 'a':") + "make(model='m', host='b')",
        EITHER.format("if host.lower() == 'a':") + "make('B', 'm')",
        EITHER.format("if host != 'b':") + "make('b', 'm')",
        EITHER.format("if not (host == 'b'):") + "make('b', 'm')",
        EITHER.format("if host in ('a', 'c'):") + "make('b', 'm')",
        EITHER.format("if host == 'a' and model:") + "make('b', 'm')",
        EITHER.format("if not azure:") + "make('b', 'm', azure=True)",
        EITHER.format("if azure:") + "make('b', 'm')",
        EITHER.format("if kind == 'azure':") + "make('b', 'm')",
        EARLY.format("if host == 'b':") + "make('b', 'm')",
        EARLY.format("if host == 'b' or azure:") + "make('b', 'm')",
        CHAIN + "make('a', 'm')",
        CHAIN + "make('c', 'm')",
        MATCH + "make('b', 'm')",
        ONE_OF + "make('b', 'm')",
        OUTER + "make('b', 'm')",
        OWN + "Maker('b', 'm').make()",
    ],
)
def test_a_call_that_what_is_given_beside_the_model_leads_past_is_not_given_it(code: str) -> None:
    assert models(code) == []


@pytest.mark.parametrize(
    "code",
    [
        EITHER.format("if host == 'a':") + "make('a', 'm')",
        EITHER.format("if host == 'a':") + "make('A', 'm')",
        EITHER.format("if host == 'a':") + "make(f(), 'm')",
        EITHER.format("if host == 'a':") + "make(None, 'm')",
        EITHER.format("if host in ('a', 1):") + "make('b', 'm')",
        EITHER.format("if host == 'b' or other():") + "make('c', 'm')",
        EITHER.format("if not azure:") + "make('b', 'm')",
        EITHER.format("if kind == 'openai':") + "make('b', 'm')",
        EITHER.format("if host in HOSTS:") + "make('b', 'm')",
        EARLY.format("if host == 'b' and azure:") + "make('b', 'm')",
        EARLY.format("if host == 'b':") + "make('a', 'm')",
        CHECKED.format("if HOST == 'a':") + "HOST = 'b'\nmake('b', 'm')",
        CHAIN + "make('d', 'm')",
        MATCH + "make('d', 'm')",
        ONE_OF + "make('a', 'm')",
        OUTER + "make('a', 'm')",
        OWN + "Maker('a', 'm').make()",
    ],
)
def test_a_call_that_what_is_given_beside_the_model_may_lead_to_is_given_it(code: str) -> None:
    assert models(code) == ["m"]


def test_a_function_that_turns_to_itself_gives_the_second_model_too() -> None:
    code = """
        def make(model):
            try:
                return OpenAI().responses.create(model=model)
            except Exception:
                if model == "m-1":
                    return make("m-2")

        make("m-1")
    """
    assert models(code) == ["m-2", "m-1"]
