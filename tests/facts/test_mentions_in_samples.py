"""What a sample says itself of the models that it sets: that they are wrong, forms, rows or records."""

from __future__ import annotations

import pytest
from tests.facts.reading import stances_in_sample

from agentlint.facts.mention import Stance


def stances(code: str, language: str = "") -> set[Stance]:
    """The stances towards the models of a sample in an instruction file."""
    return set(stances_in_sample(code, language))


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("", "Forbidden (hard-coded settings):\n  model: 'gpt-4.1'"),
        ("text", "Prohibido:\n  a: 1\n\n  model: gpt-4.1"),
        ("", "禁止:\n  model: 'gpt-4.1'"),
        ("", "model: 'gpt-4.1'   ❌"),
        ("typescript", "ask({ model: 'gpt-4.1' }) ❌"),
        ("typescript", "// 禁止方式\nask({\n  model: 'gpt-4.1',\n})"),
        ("typescript", "// Verboten\nconst model = 'gpt-4.1'"),
        ("python", "# Prohibido\nmodel = 'gpt-4.1'"),
        ("python", "model = 'gpt-4.1'  # Nicht verwenden!"),
        ("css", "/* Interdit */\nmodel: 'gpt-4.1'"),
    ],
)
def test_what_a_sample_forbids(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.PROHIBITED}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("", "Required:\n  model: gpt-4.1"),
        ("", "Forbidden:\n  model: a\nRequired:\n  model: gpt-4.1"),
        ("", "Forbidden:\nmodel: gpt-4.1"),
        ("text", "Richtig:\n  model: gpt-4.1"),
        ("", "model: 'gpt-4.1'   ✅ ❌"),
        ("typescript", "// 推荐方式\nask({ model: 'gpt-4.1' })"),
        ("typescript", "// Nicht für Bilder\nask({ model: 'gpt-4.1' })"),
        ("python", "# Verboten\nfoo()\n\nmodel = 'gpt-4.1'"),
    ],
)
def test_what_a_sample_does_not_forbid(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("env", "A_MODEL=gpt-5.4\n# or\nA_MODEL=claude-opus-4-8"),
        ("bash", "export A_MODEL=gpt-5.4\n\n# oder Anthropic:\nexport A_MODEL=claude-opus-4-8"),
        ("env", "A_MODEL=gpt-5.4\n\nA_MODEL=claude-opus-4-8"),
        ("env", "A_MODEL=gpt-5.4\n# または\nA_MODEL=claude-opus-4-8\n# 或\nA_MODEL=gpt-5.4-mini"),
        ("python", 'llm = A(model="gpt-5.4")\n# Switch to B\nllm = B(model="claude-opus-4-8")'),
        ("python", 'llm = A(\n  model="gpt-5.4",\n)\n\n# or\nllm = B(\n  model="gpt-5.4-mini",\n)'),
        ("js", 'const a = new A({ model: "gpt-5.4" });\n// ou\nconst a = B("gpt-5.4-mini");'),
        ("python", 'm = A(model="gpt-5.4")\nm = A(model="gpt-5.4-mini")\nm = A(model="o3-pro")'),
        (
            "python",
            'llm = A(model="gpt-5.4")  # OpenAI\nllm = A(model="claude-opus-4-8")  # Claude',
        ),
        ("ts", 'const model = new A({ model: "gpt-5.4" }); // a\nconst model = B("gpt-5.5"); // b'),
    ],
)
def test_forms_one_below_another(language: str, code: str) -> None:
    assert stances(code, language) <= {Stance.EXAMPLE, Stance.NEUTRAL}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("env", "# development\nA_MODEL=gpt-5.4\n# production\nA_MODEL=claude-opus-4-8"),
        ("env", "A_MODEL=gpt-5.4\n# or\nB_MODEL=claude-opus-4-8"),
        ("env", "A_MODEL=gpt-5.4\n# or\nA_MODEL=gpt-5.4"),
        ("python", 'llm = A(model="gpt-5.4")\nllm = B(model="claude-opus-4-8")'),
        ("python", 'llm = A(model="gpt-5.4")\n# or\njudge = B(model="claude-opus-4-8")'),
        ("python", 'llm = A(model="gpt-5.4")\n# For code\nllm = B(model="claude-opus-4-8")'),
        ("python", '# or\nllm = A(model="gpt-5.4")'),
        ("bash", "npm run review -- --model gpt-5.4"),
        ("bash", "cd app ; export A_MODEL=gpt-5.4"),
        ("bash", "cargo run -- \\\n  -- --model gpt-5.4"),
        ("python", 'a = A(model="gpt-5.4")  # a\na = B(a, model="gpt-5.5")  # b'),
        ("python", 'a = A(model="gpt-5.4")  # a\nb = B(model="gpt-5.5")  # b\nc = 1  # c'),
        ("python", 'a = A(model="gpt-5.4")  # a\nb = a.run()\na = A(model="gpt-5.5")  # b'),
        ("python", 'llm = A(model="gpt-5.4")\n# or'),
    ],
)
def test_settings_that_are_no_forms(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("ts", "const PRICES = [{ model: 'gpt-5.4', inputPricePerMillion: 2, outputPrice: 9 }];"),
        ("json", '{"model": "gpt-5.4", "timestamp": "2026-05-01", "scores": {"a": 1}}'),
        ("ts", "const PRICES = [{ model: 'gpt-5.4', pricing: { input: 2, output: 9 } }];"),
        ("ts", "costs.record({ userId, model: 'gpt-5.4', inputTokens, outputTokens });"),
        ("python", "ROWS = [\n  {'model': 'gpt-5.4', 'cost_per_1k': 2, 'input': 2.5},\n]"),
        ("python", "usage.record(\n    model='gpt-5.4',\n    tokens_in=count(a, b),\n)"),
        ("python", "rows.append(UsageEntry(model='gpt-5.4', total_cost=2))"),
        ("python", "answer = {'model': 'gpt-5.4', 'choices': [{'index': 0}]}"),
        ("ts", "add(log_usage(model='gpt-5.4', tokens=2))"),
        ("ts", "await db.insert({ at: now(), model: 'gpt-5.4', cost })"),
    ],
)
def test_rows_and_records_call_nobody(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.NEUTRAL}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("ts", "ask({ model: 'gpt-5.4', max_tokens: 2 })"),
        ("ts", "ask({ model: 'gpt-5.4', maxOutputTokens: 2, maxPrice: 1 })"),
        ("ts", "return { model: 'gpt-5.4', messages, tokens: 2 }"),
        ("ts", "return { model: 'gpt-5.4', input: text, cost }"),
        ("ts", "ask({ model: 'gpt-5.4', options: { cost: 2 } })"),
        ("python", "def record(model='gpt-5.4', tokens_in=0): pass"),
        ("python", "Agent(model='gpt-5.4', tokens=2)"),
        ("python", "log(model='gpt-5.4', level=2)"),
        ("python", "model = 'gpt-5.4'\nprice = 2"),
    ],
)
def test_calls_beside_numbers(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}
