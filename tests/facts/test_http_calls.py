"""Which endpoint and model a script calls by itself."""

from __future__ import annotations

from agentlint.facts.http_call import HttpCall
from agentlint.facts.source import Source
from agentlint.facts.wording.http_calls import curl_calls, script_calls
from agentlint.knowledge.families import Family
from agentlint.text import Region


def calls(script: str) -> list[HttpCall]:
    found = list(curl_calls(Region.whole(script), Source("AGENTS.md")))
    for call in found:
        assert call.model.span.cut(script) == call.model.value
        assert call.url.span.cut(script) == call.url.value
    return found


def test_each_command_has_its_own_url_and_model() -> None:
    script = (
        'curl -s "$BASE/v1/responses" \\\n'
        "  -H 'Content-Type: application/json' \\\n"
        '  -d \'{"model": "writer", "input": "ping"}\'\n'
        'curl https://llm.example/v1/messages -d "{\\"model\\": \\"critic\\"}"\n'
    )
    found = [(call.model.value, call.family) for call in calls(script)]
    assert found == [("writer", Family.RESPONSES), ("critic", Family.ANTHROPIC_MESSAGES)]


def test_a_command_may_be_long_and_ends_at_an_empty_line() -> None:
    body = '"input": "' + "ping " * 2_000 + '", "model": "writer"'
    long = f"curl https://llm.example/v1/responses -d '{{{body}}}'\n"
    assert [call.model.value for call in calls(f'{long}\n"model": "critic"\n')] == ["writer"]


def test_a_command_without_endpoint_or_model_is_no_call() -> None:
    assert calls("curl https://llm.example/healthz\n") == []
    assert calls('curl https://llm.example/v1/responses -d \'{"model": "$MODEL"}\'\n') == []
    assert calls('curl https://llm.example/v1/models\n\n"model": "writer"\n') == []


def script(*lines: str) -> list[tuple[str, Family]]:
    text = Region.whole("\n".join(lines) + "\n")
    found = script_calls(text, Source(".github/workflows/review.yml"))
    return [(call.model.value, call.family) for call in found]


ANTHROPIC = "curl https://api.anthropic.com/v1/messages -d @body.json"


def test_a_script_with_one_endpoint_sends_its_models_there() -> None:
    assert script("body=$(jq -n '{model: \"claude-opus-4-8\"}')", ANTHROPIC) == [
        ("claude-opus-4-8", Family.ANTHROPIC_MESSAGES)
    ]
    assert script("jq -n --arg model claude-opus-4-8 '{model: $model}'", ANTHROPIC) == [
        ("claude-opus-4-8", Family.ANTHROPIC_MESSAGES)
    ]
    assert script(
        'await fetch("https://api.openai.com/v1/responses", {body: JSON.stringify({',
        "  // model: 'gpt-4o',",
        "  model: 'gpt-5.4',",
        "})})",
    ) == [("gpt-5.4", Family.RESPONSES)]


def test_a_url_may_name_the_model() -> None:
    url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:generateContent"
    assert script(f'curl "{url}?key=$KEY"') == [("gemini-3-flash", Family.GEMINI_GENERATE_CONTENT)]
    assert script(f"node ask.js '{url}'") == [("gemini-3-flash", Family.GEMINI_GENERATE_CONTENT)]


def test_a_script_that_does_not_tell_where_a_model_goes_makes_no_call() -> None:
    openai = "curl https://api.openai.com/v1/responses -d @body.json"
    model = "jq -n '{model: \"gpt-5.4\"}'"
    assert script(model, ANTHROPIC, openai) == []
    assert script(model, "curl https://llm.internal.example/v1/responses -d @body.json") == []
    assert script('echo \'{"model": "a-car", "base_model": "gpt-5.4"}\'', openai) == []
    assert script("jq -n '{model: \"gpt-$VERSION\"}'", openai) == []


def test_a_call_holds_no_query_of_its_url() -> None:
    (call,) = script_calls(
        Region.whole('curl "https://llm.example/v1/responses?key=x" -d \'{"model": "writer"}\'\n'),
        Source("a.yml"),
    )
    assert call.url.value == "https://llm.example/v1/responses"
