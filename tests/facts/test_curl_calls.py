"""Which endpoint and model a curl command calls."""

from __future__ import annotations

from agentlint.facts.curl_calls import CurlCall, curl_calls
from agentlint.facts.source import Source
from agentlint.knowledge.families import Family
from agentlint.text import Region


def calls(script: str) -> list[CurlCall]:
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


def test_a_command_without_endpoint_or_model_is_no_call() -> None:
    assert calls("curl https://llm.example/healthz\n") == []
    assert calls('curl https://llm.example/v1/responses -d \'{"model": "$MODEL"}\'\n') == []
    assert calls('curl https://llm.example/v1/models\n\n"model": "writer"\n') == []
