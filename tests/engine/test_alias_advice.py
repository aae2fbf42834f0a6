"""Which names in instructions are aliases, and where one is no advice."""

from __future__ import annotations

import pytest

CONFIG = """\
model_list:
  - model_name: fleet-quality
    litellm_params:
      model: ollama/qwen2.5-coder:7b
      api_base: http://10.0.0.7:11434
"""
BODY = """'{"model":"qwen2.5-coder:7b","prompt":"x"}'"""


@pytest.mark.parametrize(
    ("command", "advised"),
    [
        (f"curl http://10.0.0.7:4000/v1/chat/completions -d {BODY}", True),
        (f"curl http://10.0.0.7:11434/v1/chat/completions -d {BODY}", False),
        (f"curl http://10.0.0.7:11434/v1/chat/completions \\\n  -d {BODY}", False),
        (f"curl -d {BODY} http://USER@10.0.0.7:11434/v1/chat/completions", False),
        (f"curl http://localhost:11434/api/generate -d {BODY}", False),
        (f"curl http://localhost:11434/api/chat -d {BODY}", False),
        (
            f"curl http://10.0.0.7:11434/v1/models\ncurl http://10.0.0.7:4000/v1/messages -d {BODY}",
            True,
        ),
    ],
)
def test_a_call_of_the_upstream_is_not_told_to_use_an_alias(
    check, command: str, *, advised: bool
) -> None:
    text = f"Ask it:\n\n```bash\n{command}\n```\n"
    (found,) = check({"config.yaml": CONFIG, "AGENTS.md": text}).findings
    assert found.rule == "hardcoded-model-id"
    assert ("fleet-quality" in found.help) is advised
    assert bool(found.related) is advised


def test_of_a_list_in_front_matter_the_first_that_is_no_alias_is_told(check) -> None:
    agent = "---\nname: a\nmodels: [nvidia/openai/gpt-oss-120b, gpt-5.4, gpt-5.5]\n---\nReview.\n"
    key = '{"name": "k", "value": "env.KEY", "models": ["openai/gpt-oss-120b"], "weight": 1}'
    bifrost = f'{{"providers": {{"nvidia": {{"keys": [{key}]}}}}}}'
    found = check({"bifrost/config.json": bifrost, ".claude/agents/a.md": agent}).findings
    told = [finding.message for finding in found if finding.rule == "hardcoded-model-id"]
    assert told == ["model ID `gpt-5.4` is hard-coded in front matter, and 1 more below `models`"]
