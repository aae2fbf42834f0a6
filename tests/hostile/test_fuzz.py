"""Thousands of bent and spliced files, and documents of every kind that nobody would write."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from fuzz.atheris_rooms import NO_ATHERIS, ROOMS
from fuzz.invariants import broken
from fuzz.mutator import STRETCHED, corpus, mutant, stretched
from fuzz.run import complaints, delays
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = 10_000
_CHUNK = 250


def _try(seeds: range) -> list[str]:
    return [
        f"{seed}: {complaint}"
        for seed in seeds
        for complaint in complaints(seed, thorough=seed % 25 == 0)
    ]


def test_no_mutant_of_a_real_file_breaks_a_promise() -> None:
    chunks = [range(start, start + _CHUNK) for start in range(0, MUTANTS, _CHUNK)]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as workers:
        assert list(chain.from_iterable(workers.map(_try, chunks))) == []


def _time(seeds: range) -> list[str]:
    return [f"{seed}: {complaint}" for seed in seeds for complaint in delays(seed)]


def test_no_piece_of_a_real_file_repeated_takes_long() -> None:
    chunks = [range(start, start + 100) for start in range(0, 1_200, 100)]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as workers:
        assert list(chain.from_iterable(workers.map(_time, chunks))) == []
    assert all(len(stretched(seed)[1]) >= STRETCHED * 0.9 for seed in range(50))


def test_mutants_are_of_every_kind_and_the_same_for_the_same_number() -> None:
    made = [mutant(seed) for seed in range(400)]
    assert made[:50] == [mutant(seed) for seed in range(50)]
    assert {Path(one.path).suffix for one in made} >= {".md", ".yaml", ".toml", ".json", ".py"}
    assert sum(one.canary in one.text for one in made) > 100
    assert len(corpus()) > 300


def test_a_broken_promise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = mutant(1).canary
    told = list(broken("AGENTS.md", "Always use `gpt-5.4`.\n", "hard-coded in an instruction"))
    assert any("the canary" in one for one in told)
    assert list(broken("AGENTS.md", f"Always use `gpt-5.4`, key {secret}\n", secret)) == []


WORDS = st.sampled_from(
    [
        *("model", "model_list", "litellm_params", "model_name", "api_key", "api_base", "routes"),
        *(
            "endpoint_family",
            "endpoint_path",
            "responses",
            "chat_completions",
            "fallbacks",
            "a",
            "*",
        ),
        *("gpt-5.4", "openai/gpt-5.4-mini", "claude-opus-4-1", "os.environ/K", "${K}", "{{ .x }}"),
        *("https://api.openai.com/v1", "model_provider", "wire_api", "chat", "mcpServers", "env"),
        *("migration_check_id", "review_status", "approved", "on", "jobs", "steps", "run", "uses"),
        *("password", "hunter2Hunter77xyzQ", "agentlint: ignore[literal-secret] x", "use", "never"),
    ]
)
TEXT = st.one_of(WORDS, st.text(st.characters(exclude_categories=("Cs",)), max_size=12))
TREE = st.recursive(
    st.one_of(TEXT, st.integers(), st.booleans(), st.none(), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=14,
)


def _yaml(node: Any, indent: str = "") -> str:
    match node:
        case dict() if node:
            return "".join(
                f"\n{indent}{_scalar(k)}: {_yaml(v, indent + '  ')}" for k, v in node.items()
            )
        case list() if node:
            return "".join(f"\n{indent}- {_yaml(item, indent + '  ')}" for item in node)
        case str() if "\n" in node:
            return f"|\n{indent}  " + node.replace("\n", f"\n{indent}  ")
    return _scalar(node)


def _scalar(value: object) -> str:
    """Sometimes a plain scalar that means something else, as people write them."""
    text = json.dumps(value, ensure_ascii=len(str(value)) % 2 == 0)
    plain = isinstance(value, str) and len(value) % 3 == 0 and value.isprintable() and value
    return value if plain else text  # type: ignore[return-value]


def _toml(node: Any) -> str:
    tables = node if isinstance(node, dict) else {"a": node}
    lines = []
    for key, value in tables.items():
        if isinstance(value, dict):
            lines.append(f"[{json.dumps(key)}]\n")
            lines += [f"{json.dumps(k)} = {json.dumps(v)}\n" for k, v in value.items()]
        else:
            lines.insert(0, f"{json.dumps(key)} = {json.dumps(value)}\n")
    return "".join(lines)


def _python(node: Any, words: list[str]) -> str:
    call = ", ".join(
        f"{word}={value!r}" for word, value in zip(words, (node, "gpt-5.4"), strict=False)
    )
    return (
        "from openai import OpenAI\nclient = OpenAI(api_key='x', base_url='https://a/v1')\n"
        f"M = {node!r}\nclient.chat.completions.create(model=M, {call})\n"
        "try:\n    client.responses.create(model=M)\nexcept Exception:\n    "
        f"client.chat.completions.create(model='gpt-5.4', **{node!r})  # {' '.join(words)!a}\n"
    )


def _markdown(words: list[str], node: Any) -> str:
    marks = ["# ", "- ", "> ", "1. ", "", "    ", "| ", "```\n", "<!-- ", "[x](", "`", "**"]
    lines = (f"{marks[len(word) % len(marks)]}{word} " for word in words)
    return "\n".join(lines) + f"\n\nAlways use `{words[0] if words else ''}`: {node}\n"


def _fences(node: Any) -> str:
    quoted = f"> ```json\n> {json.dumps(node)}\n> ```\n"
    return f"# Migration\n\n```yaml{_yaml(node)}\n```\n\n{quoted}"


def _deployments(node: Any) -> str:
    return _yaml({"model_list": [{"model_name": "a", "litellm_params": node}]})


def _workflow(node: Any, words: list[str]) -> str:
    return _yaml({"on": "push", "jobs": {"a": {"steps": [{"run": words, "env": node}]}}})


def _jsonc(node: Any, words: list[str]) -> str:
    return f"// {words}\n{json.dumps({'provider': node}, indent=1)[:-1]}, /* x */ }}"


def _variables(words: list[str]) -> str:
    return "".join(f"export {name}={value}\n" for name, value in pairwise(words))


KINDS: dict[str, tuple[str, Callable[[Any, list[str]], str]]] = {
    "yaml": ("litellm.yaml", lambda node, words: _deployments(node)),
    "workflow": (".github/workflows/a.yml", _workflow),
    "toml": (".codex/config.toml", lambda node, words: _toml(node)),
    "json": (".mcp.json", lambda node, words: json.dumps({"mcpServers": node, "env": words})),
    "jsonc": ("opencode.jsonc", _jsonc),
    "jsonl": ("routes.jsonl", lambda node, words: f"{json.dumps({'model': node})}\n" * len(words)),
    "dotenv": (".env", lambda node, words: _variables(words)),
    "dockerfile": (
        "Dockerfile",
        lambda node, words: _variables(words).replace("export", "ENV"),
    ),
    "python": ("app.py", lambda node, words: _python(node, list(filter(str.isidentifier, words)))),
    "markdown": ("AGENTS.md", lambda node, words: _markdown(words, node)),
    "front matter": (
        ".claude/agents/a.md",
        lambda node, words: f"---{_yaml({'model': node})}\n---\n{_markdown(words, node)}",
    ),
    "fences": ("docs/migration.md", lambda node, words: _fences(node)),
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(node=TREE, words=st.lists(TEXT, max_size=6))
def test_no_document_of_any_kind_breaks_a_promise(kind: str, node: Any, words: list[str]) -> None:
    path, write = KINDS[kind]
    assert list(broken(path, write(node, words).replace("\0", ""))) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_parser_room_stands_coverage_guided_fuzzing(room: str, tmp_path: Path) -> None:
    harness = [sys.executable, "-B", str(ROOT / "fuzz" / "atheris_rooms.py"), room]
    result = subprocess.run(
        [*harness, "-runs=1500", "-max_len=500", "-seed=1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    if result.returncode == NO_ATHERIS:
        pytest.skip("atheris is not installed (pip install atheris)")
    assert result.returncode == 0, result.stderr[-2000:]
