"""A baseline hides what was there before, whatever else is rewritten, and nothing that is new."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.secret_samples import sample

from agentlint.config import ConfigError, Settings
from agentlint.engine import Run, run
from agentlint.engine.baseline import entries_of, read_baseline, write_baseline
from agentlint.findings import BaselineEntry
from agentlint.reporters import Report

TODAY = date(2026, 11, 20)
WORDS = (
    "outline",
    "draft",
    "plan",
    "long",
    "short",
    "small",
    "careful",
    "daily",
    "weekly",
    "urgent",
)
FAULT = "Always use `gpt-5.4` for {}."


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def judged(
    root: Path,
    *paths: str,
    baseline: tuple[BaselineEntry, ...] | None = None,
    with_settings: Settings | None = None,
) -> Report:
    chosen = tuple(root / path for path in paths) or (root,)
    return run(Run(root, chosen, with_settings or Settings(), TODAY, baseline=baseline))


def entries(root: Path) -> tuple[BaselineEntry, ...]:
    """The baseline of a repository, by way of its file."""
    file = root.parent / f"{root.name}-baseline.jsonl"
    file.write_text(write_baseline(entries_of(judged(root))), encoding="utf-8")
    return read_baseline(file)


class Repository:
    """A repository that says the same faults in ever other words, at other places.

    Neither the faults nor what they are about change: the models, the routes and their keys.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._secret = sample("openai-project-key", random.Random(7))

    def files(self) -> dict[str, str]:
        work = self._words()
        return {
            "AGENTS.md": self._instructions(work),
            ".github/copilot-instructions.md": f"For {work}, use the route alias `review-deep`.\n",
            "gateway-routes.yaml": self._routes(),
        }

    def _instructions(self, work: str) -> str:
        blocks = [
            f"Always use `gpt-5.4` for {self._words()}.",
            f"{self._words().capitalize()}? Always use `gpt-5.4`.",
            f"- Always use `gpt-5.4` {self._words()}",
            f"Always use `claude-opus-4-5` for {self._words()}.",
            f"Use the route alias `review-fast` for {work}.",
            f"Call it with `OPENAI_API_KEY={self._secret}` for {self._words()}.",
            "## Move to the gateway\n\nSwitch every agent from the OpenAI API to the model gateway.",
        ]
        blocks += [self._unrelated_block() for _ in range(self._rng.randint(0, 8))]
        self._rng.shuffle(blocks)
        return self._rng.choice(("", "# Agents\n\n")) + "\n\n".join(blocks) + "\n"

    def _unrelated_block(self) -> str:
        return self._rng.choice(
            (
                f"## About the {self._words()}",
                f"{self._words().capitalize()} first, then {self._words()}.",
                f"- {self._words()}\n- {self._words()}",
                f"```sh\nmake {self._rng.choice(WORDS)}\n```",
                f"| {self._words()} | {self._words()} |\n|---|---|\n| a | b |",
            )
        )

    def _routes(self) -> str:
        indent = " " * self._rng.choice((2, 4))
        routes = [
            ["writer:", "model: gpt-5.4"],
            ["reviewer:", "model: gpt-5.4", "endpoint_family: chatt"],
            [
                "critic:",
                "model: gpt-5.4",
                "endpoint_family: responses",
                "endpoint_path: /v1/messages",
            ],
        ]
        sound = ("model: gpt-5.4", "endpoint_family: responses")
        names = self._rng.sample(WORDS, self._rng.randint(0, 5))
        routes += [[f"{name}:", *sound] for name in names]
        self._rng.shuffle(routes)
        lines = [f"# {self._words()}"] * self._rng.randint(0, 2) + ["routes:"]
        for head, *keys in routes:
            extra = [f"note: {self._words()}"] * self._rng.randint(0, 1)
            body = [*keys, *extra]
            self._rng.shuffle(body)
            lines += [indent + head, *(2 * indent + key for key in body)]
            lines += [""] * self._rng.randint(0, 2)
        return "\n".join(lines) + "\n"

    def _words(self) -> str:
        return " ".join(self._rng.choices(WORDS, k=self._rng.randint(1, 4)))


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_a_rewritten_repository_has_nothing_new(tmp_path_factory, seed: int) -> None:
    root = tmp_path_factory.mktemp("repository")
    repository = Repository(random.Random(seed))
    write(root, repository.files())
    before = judged(root)
    count = len(before.findings)
    assert count >= 10
    assert "conflicting-routing" in {finding.rule for finding in before.findings}
    baseline = entries_of(before)
    write(root, repository.files())
    after = judged(root, baseline=baseline)
    assert after.findings == ()
    assert after.baseline is not None
    assert (after.baseline.hidden, after.baseline.stale) == (count, ())
    again = judged(root).findings
    assert {f.fingerprint for f in again} == {f.fingerprint for f in before.findings}


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_what_is_new_among_its_likes_is_what_is_reported(tmp_path_factory, seed: int) -> None:
    """A fourth mention of a model is new, not the one that happens to stand last."""
    rng = random.Random(seed)
    root = tmp_path_factory.mktemp("repository")
    blocks = [FAULT.format(word) for word in rng.sample(WORDS, 3)]
    write(root, {"AGENTS.md": "\n\n".join(blocks)})
    baseline = entries(root)
    new = "And never forget: use `gpt-5.4` at all times."
    blocks.insert(rng.randint(0, 3), new)
    blocks.insert(rng.randint(0, 4), "Something else.")
    write(root, {"AGENTS.md": "\n\n".join(blocks)})
    report = judged(root, baseline=baseline)
    (finding,) = report.findings
    source = report.sources["AGENTS.md"]
    assert source.line_text(source.position(finding.span.start).line) == new


def test_what_is_gone_is_stale_and_says_how_many(tmp_path: Path) -> None:
    write(tmp_path, {"AGENTS.md": "\n\n".join(FAULT.format(word) for word in WORDS[:3])})
    baseline = entries(tmp_path)
    write(tmp_path, {"AGENTS.md": FAULT.format("one")})
    report = judged(tmp_path, baseline=baseline)
    assert report.findings == ()
    assert report.baseline is not None
    assert report.baseline.hidden == 1
    (stale,) = report.baseline.stale
    assert (stale.path, stale.rule, stale.count) == ("AGENTS.md", "hardcoded-model-id", 2)


def stale_paths(report: Report) -> list[str]:
    assert report.baseline is not None
    return [entry.path for entry in report.baseline.stale]


def test_only_what_was_looked_at_can_be_stale(tmp_path: Path) -> None:
    write(tmp_path, {"AGENTS.md": FAULT.format("x"), "docs/AGENTS.md": FAULT.format("x")})
    baseline = entries(tmp_path)
    write(tmp_path, {"AGENTS.md": "Nothing.\n"})
    (tmp_path / "docs" / "AGENTS.md").unlink()
    assert stale_paths(judged(tmp_path, baseline=baseline)) == ["AGENTS.md", "docs/AGENTS.md"]
    assert stale_paths(judged(tmp_path, "AGENTS.md", baseline=baseline)) == ["AGENTS.md"]
    assert stale_paths(judged(tmp_path, "docs", baseline=baseline)) == ["docs/AGENTS.md"]
    silent = Settings(ignore=("hardcoded-model-id",))
    assert stale_paths(judged(tmp_path, baseline=baseline, with_settings=silent)) == []


def test_a_file_that_cannot_be_read_is_not_stale(tmp_path: Path) -> None:
    write(tmp_path, {"AGENTS.md": FAULT.format("x")})
    baseline = entries(tmp_path)
    (tmp_path / "AGENTS.md").write_bytes(b"\xff")
    assert stale_paths(judged(tmp_path, baseline=baseline)) == []


def test_a_comment_that_suppresses_makes_the_entry_stale(tmp_path: Path) -> None:
    write(tmp_path, {"AGENTS.md": FAULT.format("x")})
    baseline = entries(tmp_path)
    comment = "<!-- agentlint: ignore[hardcoded-model-id] audit -->\n"
    write(tmp_path, {"AGENTS.md": comment + FAULT.format("x")})
    assert stale_paths(judged(tmp_path, baseline=baseline)) == ["AGENTS.md"]


def test_suppressing_one_of_several_does_not_rename_the_others(tmp_path: Path) -> None:
    write(tmp_path, {"AGENTS.md": f"{FAULT}\n\n{FAULT}\n"})
    first, second = (finding.fingerprint for finding in judged(tmp_path).findings)
    comment = "<!-- agentlint: ignore[hardcoded-model-id] audit -->\n"
    write(tmp_path, {"AGENTS.md": f"{comment}{FAULT}\n\n{FAULT}\n"})
    report = judged(tmp_path)
    assert [finding.fingerprint for finding in report.findings] == [second]
    assert [item.finding.fingerprint for item in report.suppressed] == [first]


def test_the_file_is_sorted_one_line_an_entry_and_holds_no_text(tmp_path: Path) -> None:
    repository = Repository(random.Random(1))
    secret = sample("anthropic-api-key", random.Random(3))
    write(tmp_path, {**repository.files(), "zz/AGENTS.md": f"Use `{secret}`.\n"})
    text = write_baseline(entries_of(judged(tmp_path)))
    head, *rest = (json.loads(line) for line in text.splitlines())
    assert head == {"agentlint-baseline": 1}
    assert len(rest) >= 8
    keys = [(entry["path"], entry["rule"], entry["fingerprint"]) for entry in rest]
    assert keys == sorted(set(keys))
    assert secret[:12] not in text
    assert "gpt-5.4" not in text
    assert "writer" not in text
    values = {value for entry in rest for value in (entry["fingerprint"], *entry["lines"])}
    assert all(re.fullmatch(r"[0-9a-f]{32}|[0-9a-f]{4}", value) for value in values)


def test_no_hash_is_made_over_a_credential(tmp_path: Path) -> None:
    """Else a short password could be guessed from the baseline."""
    text = "model_list:\n- model_name: a\n  litellm_params: {{model: openai/x, api_key: {}}}\n"
    files = []
    for value in ("hunter2" + "hunter9" + "XyZ", "tr0ub4dor" + "and3" + "qqZ"):
        write(tmp_path, {"config.yaml": text.format(value)})
        report = judged(tmp_path)
        assert "literal-secret" in {finding.rule for finding in report.findings}
        files.append(write_baseline(entries_of(report)))
    assert files[0] == files[1]


def test_a_merge_that_keeps_both_sides_is_still_a_baseline(tmp_path: Path) -> None:
    write(tmp_path, {"AGENTS.md": FAULT.format("x")})
    ours = write_baseline(entries_of(judged(tmp_path)))
    write(tmp_path, {"AGENTS.md": f"{FAULT}\n\n{FAULT}\n", "docs/AGENTS.md": FAULT})
    theirs = write_baseline(entries_of(judged(tmp_path)))
    merged = tmp_path / "merged.jsonl"
    merged.write_text(ours + "\n".join(theirs.splitlines()[1:]) + "\n", encoding="utf-8")
    report = judged(tmp_path, baseline=read_baseline(merged))
    assert report.findings == ()
    assert stale_paths(report) == []


HEAD = '{"agentlint-baseline": 1}\n'
ENTRY = '{"rule": "x", "path": "y", "fingerprint": "z", "count": 1, "lines": []}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "b.jsonl: not a baseline; `agentlint baseline` writes one"),
        ("[1]", "b.jsonl:1: not an entry of a baseline"),
        (HEAD.replace("1", "2"), "b.jsonl: a baseline of another version"),
        (HEAD + "<<<<<<< ours", "b.jsonl:2: not a line of JSON"),
        (HEAD + "[" * 100_000, "b.jsonl:2: not a line of JSON"),
        (HEAD + '\n{"rule": "x"}', "b.jsonl:3: not an entry of a baseline"),
        (HEAD + ENTRY.replace('"z"', "3"), "b.jsonl:2: not an entry of a baseline"),
        (HEAD + ENTRY.replace("[]", "4"), "b.jsonl:2: not an entry of a baseline"),
        (HEAD + ENTRY.replace("1", '"1"'), "b.jsonl:2: not an entry of a baseline"),
        (HEAD + ENTRY.replace("1", "true"), "b.jsonl:2: not an entry of a baseline"),
        (HEAD + ENTRY.replace("1", "-5"), "b.jsonl:2: not an entry of a baseline"),
        ("", "b.jsonl: not a baseline"),
        ("\n", "b.jsonl: not a baseline"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "b.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_baseline(file)
    assert str(error.value).startswith(message)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file or folder"):
        read_baseline(tmp_path / "b.jsonl")
