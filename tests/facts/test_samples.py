"""What a code sample shows and asks nobody to write."""

from __future__ import annotations

import pytest

from agentlint.facts.wording.samples import (
    forms_in,
    is_answered,
    is_feigned,
    is_form,
    is_logged,
    is_marked_wrong,
    is_synopsis,
    is_to_be_chosen,
)
from agentlint.text import Span

ID = "gpt-5.4"


@pytest.mark.parametrize(
    "comment",
    [
        "# BAD",
        "// ❌ pins it",
        "# WRONG: dated",
        "# don't",
        "  # never do this",
        "# ← wrong",
        "-- Bad",
        "/* avoid */",
    ],
)
def test_a_comment_that_calls_its_line_wrong(comment: str) -> None:
    line = f'ask(model="{ID}")  {comment}'
    assert is_marked_wrong(line, line.index(ID) + len(ID), len(line))


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "# GOOD",
        "# was: gpt-4o",
        "# wrong models give 404",
        "# do not change this without asking",
        "# never use the mini model for this",
        "# ✅, not ❌",
        "https://bad.example.com",
    ],
)
def test_a_comment_that_does_not(comment: str) -> None:
    line = f'ask(model="{ID}")  {comment}'
    assert not is_marked_wrong(line, line.index(ID) + len(ID), len(line))


def test_a_comment_behind_the_line_that_opens_the_call() -> None:
    call = f'ask(  # BAD\n    text,\n    model="{ID}",\n)'
    end = call.index("\n", call.index(ID))
    assert is_marked_wrong(call, call.index(ID) + len(ID), end)
    apart = f'ask()  # BAD\n\nask(\n    model="{ID}",\n)'
    end = apart.index("\n", apart.index(ID))
    assert not is_marked_wrong(apart, apart.index(ID) + len(ID), end)


def test_the_answer_of_a_server_ends_where_the_next_request_begins() -> None:
    answer = "HTTP/1.1 200 OK\n\n"
    assert is_answered(answer, len(answer))
    for request in ("POST /v1/responses HTTP/1.1\n\n", "curl -d '{", "$ ask "):
        assert not is_answered(request, len(request))
        assert not is_answered(answer + request, len(answer + request))
        assert is_answered(request + "\n" + answer, len(request + "\n" + answer))


def test_lines_of_logs_and_drawings() -> None:
    for line in (
        "[2026-01-01] model: ",
        "INFO calling model=",
        "12:00:01 model=",
        "[WARN] model=",
        "│ model: ",
        "Phase 1 API: provider=acme, model=",
        "Generator started: two_phase=True, depth=2, model=",
    ):
        assert is_logged(line + ID, 0, len(line)), line
    for line in (
        "model: ",
        "DEBUG=1 MODEL=",
        "2026-plan model=",
        "run | tee model=",
        "Reviews: model=",
    ):
        assert not is_logged(line + ID, 0, len(line)), line


@pytest.mark.parametrize(
    "code",
    [
        "§mock.return_value.model = ",
        "§mockConfig.model = ",
        "x.return_value = Response(§model=",
        "ask.mockResolvedValue({ §model: ",
        'x.return_value = {"id": "x", "§model": ',
        "ask.assert_called_with(ANY, §model=",
        "expect(ask).toHaveBeenCalledWith(expect.objectContaining({ §model: ",
    ],
)
def test_what_a_test_feigns_or_expects(code: str) -> None:
    text = code.replace("§", "") + ID
    assert is_feigned(text, code.index("§"), len(text) - len(ID))


@pytest.mark.parametrize(
    "code", ["§model = ", "Client(Mock(), §model=", "return ask(§model=", "mocking = C(§model="]
)
def test_what_no_test_feigns(code: str) -> None:
    text = code.replace("§", "") + ID
    assert not is_feigned(text, code.index("§"), len(text) - len(ID))


def test_a_form_has_a_placeholder_and_nothing_but_settings() -> None:
    form = f"# Who answers\nAPI_KEY=your_api_key_here\nOPENAI_MODEL={ID}  # or another\n"
    assert is_form(form, "Create `.env`:")
    assert is_form(f"A_PROJECT=your-project\nA_MODEL={ID}\n", "")
    assert is_form(f"A_REGION=<region, or nothing>\nA_MODEL={ID}\n", "")
    assert not is_form(f"A_PROJECT=yours\nA_MODEL={ID}\n", "")
    assert not is_form(form, "Put this into `.env`:")
    assert not is_form(f"API_KEY=$KEY\nPORT=8000\nEMPTY=\nOPENAI_MODEL={ID}\n", "")
    assert not is_form(form + "agent -p ping\n", "")
    assert is_form(f"export API_KEY=your-key\nexport OPENAI_MODEL={ID}\n", "")
    assert is_form(f"set API_KEY=your-key\nset OPENAI_MODEL={ID}\n", "On Windows:")
    assert is_form(f'$env:API_KEY = "your-key"\n$env:OPENAI_MODEL = "{ID}"\n', "")
    assert is_form(f"A_URL=http://a:1  # a\n       http://b:1  # b\n{form}", "")
    assert not is_form(f"A_URL=http://a:1\n  agent -p ping\n{form}", "")
    assert not is_form(f"export API_KEY=your-key && agent --model {ID}\n", "")
    assert not is_form(f"export API_KEY=your-key\nagent --model {ID}\n", "")
    assert not is_form(f"export API_KEY=$KEY\nexport OPENAI_MODEL={ID}\n", "")


def test_a_form_may_be_one_paragraph_of_a_sample() -> None:
    form = f"API_KEY=your-key\nA_MODEL={ID}"
    for sample in (f"{form}\n\nagent -p ping\n", f"# A\nrun it\n \t\n{form}"):
        assert not is_form(sample, "")
        assert forms_in(sample, "").any_contains(Span(sample.index(ID), sample.index(ID)))
    parted = f"API_KEY=your-key\n\nA_MODEL={ID}\nagent -p ping\n"
    assert not forms_in(parted, "").any_contains(Span(parted.index(ID), parted.index(ID)))


@pytest.mark.parametrize(
    "behind",
    [
        '")  # or configured model',
        '",  # replace with your model deployment name',
        "',  // Replace this with your own model",
        "\")  # Use your provider's model",
        '" # <- change to your model.',
        '")  # or any other model (see the list)',
        '")  # or another LLM model ID\r',
    ],
)
def test_a_comment_says_that_another_model_belongs_there(behind: str) -> None:
    assert is_to_be_chosen(f"{ID}{behind}", len(ID), len(ID) + len(behind))
    assert not is_to_be_chosen(f"{ID}\n{behind}", len(ID), len(ID))


@pytest.mark.parametrize(
    "behind",
    [
        '")',
        '")  # Required parameter',
        '")  # or any other model is refused',
        '")  # never change it to your model',
        '")  # your model runs here',
        '")  # another model may answer',
        '")  # the configured model',
        '", name="# or any other model")',
        '")  # fast; or any other model',
    ],
)
def test_a_comment_tells_of_a_model(behind: str) -> None:
    assert not is_to_be_chosen(f"{ID}{behind}", len(ID), len(ID) + len(behind))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("run --model ", "|gpt-5.4-mini"),
        ("run --model ", " | gpt-5.4-mini"),
        ("run --model {", "|fast}"),
        ("run [--model ", "]"),
        ("run [--model=", "|fast|slow] [--once]"),
        ("run [-m ", "] FILE"),
        ("run --model small|", ""),
    ],
)
def test_the_synopsis_of_a_command(before: str, after: str) -> None:
    assert is_synopsis(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("run --model ", " | tee log"),
        ("run --model ", "|cat"),
        ("run --model ", " [--once]"),
        ("[[ -n a ]] && run --model ", ""),
        ('[ "$(run --model ', ')" ]'),
        ("args: [--model=", ", --once]"),
        ("run [--once] --model ", ""),
    ],
)
def test_a_command_that_is_run(before: str, after: str) -> None:
    assert not is_synopsis(before, after)
