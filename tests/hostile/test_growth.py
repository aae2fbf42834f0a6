"""Twice as much of anything takes about twice as long: no join and no report grows with the square."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.facts.redaction import masks
from agentlint.knowledge.secret_shapes import sample
from agentlint.reporters import FORMATS, render

Files = Mapping[str, str]
TIMES = 4
FLOOR = 0.4
"""Seconds of processor time below which a run says nothing of how time grows."""
GROWTH = 2.5 * TIMES


def _deployments(count: int) -> str:
    rows = (
        f"- {{model_name: m{i}, litellm_params: {{model: openai/gpt-5.4}}}}\n" for i in range(count)
    )
    return "model_list:\n" + "".join(rows)


def aliases_that_nobody_defined(n: int) -> Files:
    uses = ", ".join(f"{{x{i}: [y{i}]}}" for i in range(n))
    return {"litellm.yaml": f"{_deployments(3)}router_settings:\n  fallbacks: [{uses}]\n"}


def fallbacks_of_one_name(n: int) -> Files:
    rows = "- {model_name: a, litellm_params: {model: openai/gpt-5.4}}\n" * n
    lists = ", ".join("{a: [b]}" for _ in range(n))
    return {"litellm.yaml": f"model_list:\n{rows}router_settings:\n  fallbacks: [{lists}]\n"}


def routes_that_share_their_names(n: int) -> Files:
    pair = (
        "- {alias: a, endpoint_family: responses, model: gpt-5.4, fallback: b}\n"
        "- {alias: b, endpoint_family: chat_completions, model: gpt-4o}\n"
    )
    return {"routes.yaml": "routes:\n" + pair * n}


def suppressions_above_one_line(n: int) -> Files:
    comment = "<!-- agentlint: ignore[hardcoded-model-id] because -->\n\n"
    return {"AGENTS.md": "# A\n\n" + comment * n + "Always use `gpt-5.4`.\n"}


def suppressions_on_lines_of_their_own(n: int) -> Files:
    line = "Always use `gpt-5.4`. <!-- agentlint: ignore[hardcoded-model-id] because -->\n\n"
    return {"AGENTS.md": "# A\n\n" + line * n}


def credentials_on_one_line(n: int) -> Files:
    rng = random.Random(1)
    keys = [sample("github-token", rng) for _ in range(40)]
    servers = ",".join(f'"s{i}":{{"env":{{"API_KEY":"{keys[i % 40]}"}}}}' for i in range(n))
    return {".mcp.json": f'{{"mcpServers":{{{servers}}}}}'}


def credentials_on_many_lines(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "password: hunter2Hunter77xyzQ\n" * n}


def models_in_one_paragraph(n: int) -> Files:
    return {"AGENTS.md": "# A\n\n" + "Always use `gpt-5.4` and never claude-opus-4-1; " * n}


def orders_in_two_files(n: int) -> Files:
    orders = "".join(f"- For reviews, use gpt-5.{i % 50}.\n" for i in range(n))
    return {"AGENTS.md": orders, "CLAUDE.md": orders, "sub/AGENTS.md": orders}


def records_and_links(n: int) -> Files:
    record = "```yaml\nmigration_check_id: c\nrollback_note_available: true\n```\n\n"
    return {"docs/migration.md": "# A\n\n" + f"[rollback](rollback-x.md)\n\n{record}" * n}


def calls_and_aliases(n: int) -> Files:
    call = "client.chat.completions.create(model='gpt-5.4', messages=[])\n"
    start = "from openai import OpenAI\nclient = OpenAI()\n"
    return {"litellm.yaml": _deployments(n), "app.py": start + call * n}


def writers_and_judges(n: int) -> Files:
    names = [f"{a}{b}" for a in ("writer", "critic") for b in ("", "-route", "_model", ".agent")]
    routes = "".join(
        f"- {{alias: {name}, model: gpt-5.4, endpoint_family: responses}}\n" for name in names
    )
    return {"routes.yaml": "routes:\n" + routes * (n // 8)}


SHAPES: Mapping[Callable[[int], Files], int] = {
    aliases_that_nobody_defined: 450,
    fallbacks_of_one_name: 350,
    routes_that_share_their_names: 600,
    suppressions_above_one_line: 800,
    suppressions_on_lines_of_their_own: 400,
    credentials_on_one_line: 250,
    credentials_on_many_lines: 300,
    models_in_one_paragraph: 800,
    orders_in_two_files: 150,
    records_and_links: 200,
    calls_and_aliases: 250,
    writers_and_judges: 300,
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_time_grows_with_the_number(shape: Callable[[int], Files], tmp_path: Path) -> None:
    few = SHAPES[shape]
    taken = _seconds(shape(few * TIMES), tmp_path / "many")
    if taken > FLOOR:
        base = min(_seconds(shape(few), tmp_path / f"few{turn}") for turn in range(2))
        assert taken < GROWTH * base, (taken, base)


def _seconds(files: Files, root: Path) -> float:
    """Processor time of a run over files and of a report in every format."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    masks.cache_clear()
    started = time.process_time()
    report = run(Run(root, (root,), Settings(), date(2026, 11, 20)))
    for name in FORMATS:
        render(name, report)
    return time.process_time() - started
