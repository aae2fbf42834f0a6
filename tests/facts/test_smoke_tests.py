"""What a smoke test demands of answers that it cannot be sure of."""

from __future__ import annotations

import pytest

from agentlint.documents import parse_code
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.smoke_tests import smoke_tests
from agentlint.facts.smoke_test import Demand, SmokeTest
from agentlint.facts.source import Source
from agentlint.text import Region

_CALL = "answer = client.responses.create(model='writer', input='ping')\n"


def read(body: str, path: str = "scripts/smoke.py") -> SmokeTest | None:
    document = parse_code(Region.whole(_CALL + body))
    return next(smoke_tests(Names.of(document), Source(path)), None)


def demands(body: str) -> list[Demand]:
    found = read(body)
    assert found is not None
    return [overassertion.demand for overassertion in found.overassertions]


@pytest.mark.parametrize(
    ("line", "demand"),
    [
        ("assert answer.usage.total_tokens == 17", Demand.TOKENS),
        ("assert 17 == body['usage']['prompt_tokens']", Demand.TOKENS),
        ("assert cost_usd <= 0.01", Demand.PRICE),
        ("assert 'x-ratelimit-remaining' in answer.headers", Demand.RATE_LIMIT),
        ("assert latency_ms < 800", Demand.LATENCY),
        ("assert 0.5 > elapsed", Demand.LATENCY),
        ("assert answer.output_text.strip() == 'pong'", Demand.TEXT),
        ("assert answer.choices[0].message.content == 'pong'", Demand.TEXT),
    ],
)
def test_a_demand_that_a_sound_route_may_miss(line: str, demand: Demand) -> None:
    assert demands(line) == [demand]


@pytest.mark.parametrize(
    "line",
    [
        "assert answer.usage.total_tokens > 0",
        "assert answer.output_text",
        "assert answer.output_text != ''",
        "assert answer.status == 'completed'",
        "assert elapsed < 30",
        "assert latency_ms < 20_000",
        "assert cost >= 0",
        "assert len(answer.output) == 1",
    ],
)
def test_a_demand_that_a_sound_route_meets(line: str) -> None:
    assert demands(line) == []


def test_only_real_calls_in_files_that_say_smoke_count() -> None:
    assert read("assert answer.usage.total_tokens == 17", path="tests/test_prices.py") is None
    assert read("client = MagicMock()") is None
    assert read("assert (") is None
    assert read("print(answer.output_text)") is None


def test_an_error_path_is_seen() -> None:
    happy, unhappy = read("assert answer.output_text"), read("with pytest.raises(ValueError): f()")
    assert happy is not None
    assert unhappy is not None
    assert not happy.checks_errors
    assert unhappy.checks_errors


@pytest.mark.parametrize(
    "body",
    [
        '"""Shows what an assert would see, and raises nothing."""',
        "PROMPT = 'Drop statements that assert nothing, or fail(.'",
        "print(answer)  # assert later",
    ],
)
def test_what_a_program_says_is_no_assertion(body: str) -> None:
    assert read(body) is None


@pytest.mark.parametrize(
    "body",
    ["if not answer.output_text:\n    raise SystemExit(1)", "import sys\nsys.exit(not answer)"],
)
def test_a_program_may_demand_without_an_assert(body: str) -> None:
    assert read(body) is not None


def test_what_a_program_says_of_errors_is_no_error_path() -> None:
    said = '"""Never sends an invalid-alias."""\n# TODO: with pytest.raises(ValueError)\n'
    found = read(
        f"def test():\n    {said}    assert answer.output_text\n".replace("\n#", "\n    #")
    )
    sent = read("assert ask(\n    'invalid-alias'\n).status_code\n")
    assert found is not None
    assert sent is not None
    assert not found.checks_errors
    assert sent.checks_errors


@pytest.mark.parametrize(
    ("program", "sending"),
    [
        ("log.setup()\nclient.chat.completions.create(model='a')\n", "client.chat.completions"),
        ("log.setup()\nshow(httpx.post(f'{BASE}/v1/responses'))\n", "httpx.post"),
        ("log.setup()\nURL = BASE + '/v1/messages'\nhttpx.post(URL)\n", "httpx.post"),
        ("messages = []\nmessages.append(1)\nlitellm.completion('a')\n", "litellm.completion"),
        ("print('to /v1/responses')\nask(BASE + '/v1/responses')\n", "ask("),
        ("log.setup()\nretry(client.responses.create, model='a')\n", "retry("),
    ],
)
def test_the_place_is_that_of_the_first_request(program: str, sending: str) -> None:
    document = parse_code(Region.whole(program + "assert True\n"))
    found = next(smoke_tests(Names.of(document), Source("scripts/smoke.py")))
    assert program[found.span.start :].startswith(sending)


def test_a_program_that_only_speaks_of_an_endpoint_is_no_smoke_test() -> None:
    program = '"""Reads what /v1/responses wrote."""\nassert load("a")\n'
    assert (
        next(smoke_tests(Names.of(parse_code(Region.whole(program))), Source("smoke.py")), None)
        is None
    )
