"""What a sample says itself of the models that it sets: that they are wrong, forms, rows or records."""

from __future__ import annotations

import pytest
from tests.facts.reading import stances_in, stances_in_sample

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
        ("yaml", "title: a\ndate: 2026-01-27\nmodel: gpt-5.4\ntokens_in: 234\ntokens_out: 89"),
        ("", 'tokens_in: 1\n"model": "gpt-5.4"'),
        ("yaml", "- tokens_in: 1\n  steps:\n    - a\n  model: gpt-5.4"),
        ("json", '{"n": 1, "model": "gpt-5.4"}\n{"n": 2, "model": "gpt-5.4"}'),
        ("jsonl", '{"n": 1, "model": "gpt-5.4"}'),
        ("", '{"n": 1, "model": "gpt-5.4"}\n\n{"n": 2, "model": "gpt-5.4"}'),
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
        ("yaml", "model: gpt-5.4\nmax_tokens: 4000\ndate: 2026-01-27"),
        ("yaml", "model: gpt-5.4\ntokens: 4000\n\ntokens_in: 1"),
        ("yaml", "model: gpt-5.4\nusage:\n  tokens_in: 1"),
        ("yaml", "tokens_in: 1\nmodel: gpt-5.4\nprompt: a"),
        ("jsonl", '{"custom_id": "a", "model": "gpt-5.4"}'),
        ("json", '{"model": "gpt-5.4", "messages": []}\n{"model": "gpt-5.4", "messages": []}'),
        ("", '{"model": "gpt-5.4", "port": 8000}'),
        ("", '[profile]\nmodel = "gpt-5.4"'),
    ],
)
def test_calls_beside_numbers(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", 'MODEL_FAST = "gpt-5.4"'),
        ("env", "MODEL_FAST=gpt-5.4"),
        ("bash", "export OPENAI_MODEL_FAST=gpt-5.4"),
        ("bash", "OPENAI_MODEL_2=gpt-5.4 ./review.sh"),
        ("yaml", "OPENAI_MODEL_LITE: gpt-5.4"),
        ("python", 'model = model or "gpt-5.4"'),
        ("python", 'self.model: str = model or "gpt-5.4"'),
        ("ts", 'const model = process.env.MODEL ?? "gpt-5.4";'),
        ("ts", 'ask({ model: process.env.MODEL || "gpt-5.4", prompt });'),
        ("ts", 'const model = options?.model || "gpt-5.4";'),
        ("python", 'model = os.getenv("MODEL", "gpt-5.4")'),
        ("python", 'model=os.environ.get("MODEL", "gpt-5.4"),'),
        ("python", 'agent = create_agent("openai:gpt-5.4", tools)'),
    ],
)
def test_defaults_and_names_that_begin_with_model(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("ts", "span.set({ 'gen_ai.request.model': prompt.model ?? 'gpt-5.4' })"),
        ("ts", "trace.generation({ model:  prompt.model ?? 'gpt-5.4', a: 1 })"),
        ("python", "trace.generation(model=prompt.model or 'gpt-5.4')"),
        ("python", "is_known = model == other or 'gpt-5.4' in models"),
        ("python", 'MODEL_PRICES = {"gpt-5.4": 2.5}'),
        ("python", 'MODEL_LEGACY = "gpt-5.4"'),
        ("bash", "export OPENAI_MODEL_OLD=gpt-5.4"),
        ("bash", "export OPENAI_MODEL_DISPLAY_NAME=gpt-5.4"),
        ("env", "OPENAI_MODEL_PRICE_PER_CALL=gpt-5.4"),
        ("python", 'ALLOWED_MODEL_PATTERN = "gpt-5.4"'),
        ("python", '    openai_model: str = os.getenv("OPENAI_MODEL", "gpt-5.4")'),
        ("python", '    model: str | None = os.environ.get("OPENAI_MODEL", "gpt-5.4")'),
    ],
)
def test_what_only_looks_like_a_default(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.NEUTRAL}


@pytest.mark.parametrize("secret", ["BOT_TOKEN=   # required", "DB_PASSWORD=", 'API_KEY=""'])
def test_an_empty_secret_is_to_be_filled_in(secret: str) -> None:
    assert stances(f"{secret}\nOPENAI_MODEL=gpt-5.4", "env") == {Stance.EXAMPLE}
    assert stances("PROXY=\nOPENAI_MODEL=gpt-5.4", "env") == {Stance.ASSIGNED}


_PYTEST = """import pytest

@pytest.fixture
def client():
    return Client(model='gpt-5.4')

def test_review(client):
    assert 'ok' in Manager(config={'model': 'gpt-5.4'}).run(client)
"""


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", _PYTEST),
        (
            "ts",
            "it('answers', async () => { const a = { model: 'gpt-5.4' }; expect(ask(a)).toBe(1) })",
        ),
        (
            "ts",
            "describe('a', () => {\n  test('b', () => {\n    expect(ask({ model: 'gpt-5.4' })).toBe(1)",
        ),
        (
            "go",
            'func TestAsk(t *testing.T) {\n\tc := Client{Model: "gpt-5.4"}\n\trequire.NoError(t, c.Ask())',
        ),
    ],
)
def test_what_a_test_works_with_is_an_example(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.EXAMPLE}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "os.environ['A_MODEL'] = 'gpt-5.4'\nassert router.MODEL == 'gpt-5.4'"),
        ("ts", "process.env.A_MODEL = 'gpt-5.4'\nexpect(load().model).toBe('gpt-5.4')"),
    ],
)
def test_what_an_assertion_expects_is_feigned(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.NEUTRAL}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        (
            "python",
            "client = Client(model='gpt-5.4')\n\ndef test_review():\n    assert client.ping()",
        ),
        ("python", "def test_connection():\n    print(Client(model='gpt-5.4').ping())"),
        ("python", "def ask():\n    assert KEY\n    return Client(model='gpt-5.4')"),
        ("ts", "const ok = test(x) && expect; ask({ model: 'gpt-5.4' })"),
    ],
)
def test_what_is_no_test_though_it_looks_so(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}


def test_a_condition_beside_a_setting_expects_nothing() -> None:
    code = "MODEL = 'gpt-5.4'\nif MODEL == 'gpt-5.4':\n    pass"
    assert Stance.ASSIGNED in stances(code, "python")


def test_a_fence_of_no_language_that_shows_json_is_read_as_json() -> None:
    code = '{"model": "gpt-5.4", "messages": []}'
    for shown in (code, f"<tool>\n  <arguments>{code}</arguments>\n</tool>"):
        text = f"# A\n\nExample:\n\n```\n{shown}\n```\n"
        assert stances_in(text) == [Stance.EXAMPLE]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        (
            "ts",
            "const g = trace.generation({\n  name: 'a',\n  model: 'gpt-5.4',\n  input: messages,\n});",
        ),
        (
            "ts",
            "startObservation('llm', { model: 'gpt-5.4', input: m }, { asType: 'generation' });",
        ),
        ("ts", "updateActiveObservation({ model: 'gpt-5.4', output });"),
        (
            "python",
            "with langfuse.start_as_current_observation(\n  model='gpt-5.4',\n  input=m,\n): pass",
        ),
        ("python", "get_client().update_current_generation(model='gpt-5.4', input=m)"),
        ("python", "generation.update(output=x, model='gpt-5.4')"),
        ("python", "generation.end(output=x, model='gpt-5.4', metadata={'a': 1})"),
        ("python", "g = root_span.start_generation(name='a', model='gpt-5.4', input=m)"),
        ("python", "span.set_attributes({'llm.model': 'gpt-5.4', 'input': x})"),
        (
            "python",
            "with tracer.start_as_current_span('a', attributes={'model': 'gpt-5.4', 'prompt': p}): pass",
        ),
        (
            "python",
            "trace.generation(\n  name='a',\n  model='gpt-5.4',\n  model_parameters={'a': 0})",
        ),
        (
            "bash",
            'python3 scripts/log_event.py --agent r --meta \'{"model": "gpt-5.4", "step": 1}\'',
        ),
        ("bash", "cd a && node tools/track-usage.mjs \\\n  --model gpt-5.4 --tokens 300"),
        ("bash", "uv run record_cost.py --model gpt-5.4"),
        (
            "bash",
            'curl -X POST https://metrics.example.com/e -d \'{"model": "gpt-5.4", "latency_ms": 4500}\'',
        ),
    ],
)
def test_what_a_tracer_or_a_log_is_told_calls_nobody(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.NEUTRAL}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "client.start_generation(model='gpt-5.4', prompt=p)"),
        ("python", "client.generation.create(model='gpt-5.4', prompt=p)"),
        ("python", "pipeline.generation(model='gpt-5.4', prompt=p)"),
        (
            "python",
            "with langfuse.start_as_current_observation(input=client.ask({'model': 'gpt-5.4'})): pass",
        ),
        ("python", "config.update(model='gpt-5.4')"),
        ("python", "agent.update({'model': 'gpt-5.4'})"),
        (
            "python",
            "from langfuse.openai import openai\nopenai.responses.create(model='gpt-5.4', input=m)",
        ),
        ("ts", "observe({ model: 'gpt-5.4', input })"),
        ("bash", "python log_analyzer.py --model gpt-5.4"),
        ("bash", "python log.py --model gpt-5.4"),
        ("bash", "agent --log-events --model gpt-5.4"),
        ("bash", "log_event.py done && agent --model gpt-5.4"),
        ("bash", "agent --model gpt-5.4 -p 'log_event the metric'"),
        (
            "bash",
            'curl https://api.openai.com/v1/responses -d \'{"model": "gpt-5.4", "max_latency_ms": 4500}\'',
        ),
        ("bash", "echo 'record-cost ' ; agent --model gpt-5.4"),
    ],
)
def test_what_only_sounds_like_a_tracer_or_a_log(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("ts", 'ask({ model: openai(process.env.A_MODEL ?? "gpt-5.4"), prompt })'),
        ("ts", 'const m = openai.responses("gpt-5.4");'),
        ("ts", 'export const m = () => openai(process.env.M || "gpt-5.4");'),
        ("ts", "return google(\n  'gemini-3-flash',\n);"),
        ("python", 'a = Agent(\n\n    "gpt-5.4",\n)'),
        ("python", 'a = Agent(\n    # the large one\n    "gpt-5.4",\n)'),
        ("python", 'a = run_sub_agent("gpt-5.4")'),
        ("python", 'a = completion("gpt-5.4", messages)'),
        ("go", 'r, err := c.Models.GenerateContentStream(ctx, "gemini-3-flash", p, nil)'),
        ("yaml", "a:\n  script:\n    - agent --model gpt-5.4"),
        ("yaml", "a:\n  script:\n  - agent --model=gpt-5.4"),
        ("yaml", "a:\n  run: >-\n    agent\n    --model gpt-5.4"),
    ],
)
def test_calls_and_options_that_are_given_a_model(language: str, code: str) -> None:
    assert stances(code, language) == {Stance.ASSIGNED}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("ts", 'const models = { a: openai("gpt-5.4") };'),
        ("ts", 'openai("gpt-5.4");'),
        ("ts", 'const n = google.search("gpt-5.4");'),
        ("python", 'n = count_tokens(\n    "gpt-5.4",\n)'),
        ("python", 'a = Agent(  # BAD\n    "gpt-5.4",\n)'),
        ("python", 'a = get_agent("gpt-5.4")'),
        ("python", 'MODELS = (\n    "gpt-5.4",\n)'),
        ("go", 'n, err := c.Models.CountTokens(ctx, "gemini-3-flash", p, nil)'),
        ("yaml", "a:\n  text: agent --model gpt-5.4"),
        ("yaml", "a:\n  run: agent\n  help: |\n    agent --model gpt-5.4"),
        ("yaml", "a:\n  run: |\n    agent\nb:\n  - agent --model gpt-5.4"),
        ("yaml", "a:\n  run: grep -rn -- --model=gpt-5.4 src"),
        ("yaml", "a:\n  args:\n    - --model=Qwen/Qwen3-32B"),
        ("yaml", "a:\n  run:\n    model: gpt-5.4"),
    ],
)
def test_calls_and_lines_of_configs_that_put_no_model_to_work(language: str, code: str) -> None:
    assert stances(code, language) <= {Stance.NEUTRAL, Stance.PROHIBITED}


@pytest.mark.parametrize("told", ["extracted_at", "generated_at", "finished_at"])
def test_a_record_of_what_has_run_orders_nothing(told: str) -> None:
    record = f'{{\n "source": "s",\n "{told}": "ISO 8601 timestamp",\n "model": "gpt-4.1"\n}}'
    assert stances(record, "json") == {Stance.NEUTRAL}


def test_a_setting_with_a_day_is_one() -> None:
    assert stances('{"verified_at": "2026-11-01", "model": "gpt-4.1"}', "json") == {Stance.ASSIGNED}
