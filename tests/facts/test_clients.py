"""By which of its clients a sample calls a model."""

from __future__ import annotations

import pytest

from agentlint.facts.wording.clients import around_call

MODEL = "gpt-5.4"


def parts(code: str) -> list[str]:
    """What tells of a sample where the model goes that it names first: around the clients, and clients."""
    return [" ".join(part.split()) for part in around_call(code, code.index(MODEL))]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            'a = OpenAI()\nb = OpenAI(url=u)\na.ask("gpt-5.4")',
            ['a.ask("gpt-5.4")', "a = OpenAI()"],
        ),
        (
            'self.a = OpenAI()\nb = AzureOpenAI(url=u)\nself.a.x.ask(model="gpt-5.4")',
            ['self.a.x.ask(model="gpt-5.4")', "self.a = OpenAI()"],
        ),
        (
            'a = OpenAI(x)\na = OpenAI(y)\na.ask("gpt-5.4")',
            ['a.ask("gpt-5.4")', "a = OpenAI(y)"],
        ),
        ('a = ChatOpenAI("gpt-5.4")\nb = ChatOpenAI(url=u)', ["", 'a = ChatOpenAI("gpt-5.4")']),
        (
            "openai = createOpenAI({ url })\nb = createOpenAI({})\nask({ model: openai('gpt-5.4') })",
            ["ask({ model: })", "openai = createOpenAI({ url })", "openai('gpt-5.4')"],
        ),
        (
            "const a = x.openai('gpt-5.4');\nconst b = x.openai('o', {\n  url,\n});",
            ["const ; const ;", "a = x.openai('gpt-5.4')"],
        ),
    ],
)
def test_a_client_beside_the_one_that_is_called_counts_for_nothing(
    code: str, told: list[str]
) -> None:
    assert sorted(parts(code)) == sorted(told)


@pytest.mark.parametrize(
    "code",
    [
        'a = OpenAI(url=u)\nask("gpt-5.4")',
        'a = OpenAI()\nb = OpenAI(url=u)\nask("gpt-5.4")',
        'a = OpenAI()\nb = OpenAI(url=u)\nMODEL = "gpt-5.4"',
        'a = OpenAI()\nb = OpenAI(url=u)\nab.ask("gpt-5.4")',
        'def f(): return OpenAI(url=u), Anthropic()\nclient.ask("gpt-5.4")',
        "\n".join((*(f"a{n} = OpenAI(url={n})" for n in range(30)), 'a0.ask("gpt-5.4")')),
    ],
)
def test_all_of_a_sample_counts_where_nobody_can_tell_who_is_called(code: str) -> None:
    assert parts(code) == []
