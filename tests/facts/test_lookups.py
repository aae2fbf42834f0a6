"""Code that looks for a model, filters by it or logs it is told from code that puts it to work."""

from __future__ import annotations

import pytest

from agentlint.documents import MarkdownDocument, parse
from agentlint.facts.mention import Stance
from agentlint.facts.source import Source
from agentlint.facts.wording.mentions import mentions
from agentlint.text import Region


def stances(code: str, language: str) -> list[Stance]:
    """The stance towards each model of a sample in an instruction file."""
    document = parse("markdown", Region.whole(f"# A\n\n```{language}\n{code}\n```\n"))
    assert isinstance(document, MarkdownDocument)
    return [mention.stance for mention in mentions(document, Source("AGENTS.md"))]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("sql", "UPDATE tenants SET model = 'writer' WHERE model = 'gpt-4o';"),
        ("sql", "select *\nfrom calls\nwhere tenant = 1\n  and model = 'gpt-4o'"),
        ("python", "db.execute(\"DELETE FROM calls WHERE cost = 0 AND model = 'gpt-4o'\")"),
        ("bash", "psql -c \"SELECT 1 FROM calls WHERE model = 'gpt-4o'\""),
        ("bash", "grep -rn 'model=\"gpt-4o\"' src/"),
        ("bash", "$ rg -l 'a; model: gpt-4o' | xargs rm"),
        ("bash", "cat a | xargs -0 grep MODEL=gpt-4o"),
        ("bash", "if git --no-pager grep -q MODEL=gpt-4o; then exit 1; fi"),
        ("bash", "git log --oneline \\\n  -S 'model=\"gpt-4o\"'"),
        ("bash", "sed -i 's|model: gpt-4o|model: writer|' routes.txt"),
        (
            "bash",
            'KEY=a uv run scores.py import \\\n  --creator-slug "a" \\\n  --model-name "gpt-4o"',
        ),
        ("bash", "scores.py fetch --model-name gpt-4o --creator-slug openai"),
        ("bash", "$ gateway models info --model gpt-4o"),
        ("bash", "python costs.py pricing --model gpt-4o"),
        ("bash", "llm list-models --model gpt-4o"),
        ("bash", "tools/models.py --provider a --add-model gpt-4o [--dry-run]"),
        ("bash", "tools/models.py --remove-mapped-model=gpt-4o"),
        ("python", 'n = await tokens.count_tokens_accurately(text, model="gpt-4o")'),
        ("python", 'n = num_tokens_from_messages(\n    messages, model="gpt-4o")'),
        ("typescript", 'const n = countTokens(text, { model: "gpt-4o" });'),
        ("python", 'rows = db.query(Call).filter_by(model="gpt-4o").all()'),
        ("python", 'logger.info(\n    "call (%s)",\n    model="gpt-4o",\n)'),
        ("python", 'log = logger.bind(model="gpt-4o")'),
        ("python", 'CALLS.labels(kind=name(), model="gpt-4o").inc()'),
        ("ruby", 'Call.where(model: "gpt-4o").count'),
        ("typescript", 'console.log("called", { model: "gpt-4o" });'),
        ("typescript", 'await db.call.findMany({ where: { model: "gpt-4o" } });'),
        ("typescript", "const able = gateway.findProvidersForModel('gpt-4o');"),
        ("python", 'if litellm.supports_vision(model="gpt-4o"):'),
        ("python", 'print(get_model_info(\n    model="gpt-4o"))'),
        ("python", 'params = get_supported_openai_params(model="gpt-4o")'),
        ("typescript", 'if (supportsTools({ model: "gpt-4o" })) {'),
        ("python", 'with usage_context(model="gpt-4o"):'),
        ("python", 'log_usage(user, model="gpt-4o")'),
        (
            "python",
            'from app.usage_logging import context_of_model\nwith context_of_model("gpt-4o"):',
        ),
        (
            "typescript",
            'import { a, withModel } from "../lib/cost-tracking";\nwithModel("gpt-4o", run);',
        ),
        ("python", 'encoding = tiktoken.encoding_for_model("gpt-4o")'),
        ("python", 'count = litellm.token_counter(text=text, model="gpt-4o")'),
        (
            "python",
            "import tiktoken\n\ndef count_tokens(text: str, model: str = 'gpt-4o') -> int:\n    ...",
        ),
    ],
)
def test_what_is_looked_for_is_only_named(language: str, code: str) -> None:
    assert stances(code, language) == [Stance.NEUTRAL]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("sql", "UPDATE tenants SET plan = 'a', model = 'gpt-4o' WHERE id = 1;"),
        ("python", "db.execute('SELECT 1 WHERE id = 1')\nask(model=\"gpt-4o\")"),
        ("bash", "grep -q KEY .env && export MODEL=gpt-4o"),
        ("bash", "grep 'a' b\nexport MODEL=gpt-4o"),
        ("bash", "sed -i 's|^MODEL=.*|MODEL=gpt-4o|' .env"),
        ("bash", "agent --model gpt-4o --prompt 'grep it'"),
        ("bash", "agent --prompt 'show the pricing page' --model gpt-4o"),
        ("bash", "gateway models set --model gpt-4o"),
        ("bash", "gateway models list && agent --model gpt-4o"),
        ("bash", "tools/models.py --default-model gpt-4o [--dry-run]"),
        ("bash", "tools/models.py --add-model $NEW && agent --fallback-model gpt-4o"),
        ("bash", "agent --update-model gpt-4o"),
        ("python", 'n = client.messages.count_tokens(model="gpt-4o", messages=[])'),
        ("typescript", 'await ai.models.countTokens({ model: "gpt-4o", contents });'),
        ("python", 'def count_tokens(text, model="gpt-4o"):'),
        ("python", 'count_tokens(ask(text, model="gpt-4o"))'),
        ("python", 'def get(model="gpt-4o"):\n    ...'),
        ("typescript", 'get(model: string = "gpt-4o") {'),
        ("python", 'logger.info("start"); ask(model="gpt-4o")'),
        ("python", 'logger.info(ask(model="gpt-4o"))'),
        ("python", 'chain = llm.bind(model="gpt-4o")'),
        ("python", 'client.with_model("gpt-4o")'),
        ("python", 'with context_with_model("gpt-4o"):'),
        ("python", 'from app.usage import get_model\nllm = get_model("gpt-4o")'),
        ("python", 'tracked_completion(model="gpt-4o", messages=messages)'),
        ("python", 'log_usage(model="gpt-4o", prompt=prompt)'),
        ("python", 'LogAnalyzer(model="gpt-4o")'),
        ("python", 'def usage_context(model="gpt-4o"):'),
        ("typescript", 'generate({ model: "gpt-4o", messages: rows.filter(isNew) });'),
    ],
)
def test_what_is_put_to_work_beside_a_search_is_assigned(language: str, code: str) -> None:
    assert stances(code, language) == [Stance.ASSIGNED]


@pytest.mark.parametrize("command", ["grep -rn model=gpt-4o src", "models.py --add-model gpt-4o"])
def test_a_search_in_a_sentence_orders_no_model(command: str) -> None:
    text = f"Use `{command}` first, then use `gpt-4o`.\n"
    document = parse("markdown", Region.whole(text))
    assert isinstance(document, MarkdownDocument)
    found = [mention.stance for mention in mentions(document, Source("AGENTS.md"))]
    assert found == [Stance.NEUTRAL, Stance.DIRECTIVE]
