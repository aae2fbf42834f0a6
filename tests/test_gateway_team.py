"""The example repository that follows all five guides, and what one wrong line in it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from agentlint.reporters import Report

EXAMPLE = Path(__file__).parents[1] / "examples" / "gateway-team"


@dataclass(frozen=True)
class Mutation:
    """`old` stands once in the file and becomes `new`; the one finding is of `rule` at `place`,
    which is `path:line:column`, and `reason` says why a reader wants to know."""

    file: str
    old: str
    new: str
    rule: str
    place: str
    reason: str


MUTATIONS = (
    Mutation(
        "AGENTS.md",
        "agent_must_stop_on_conflict: true",
        "agent_must_stop_on_conflict: false",
        "missing-instruction-source",
        "AGENTS.md:7:30",
        "an agent that goes on past a conflict chooses its own instructions",
    ),
    Mutation(
        "AGENTS.md",
        'instruction_source: "AGENTS.md"\n',
        'instruction_source: "docs/AGENT_RULES.md"\n',
        "missing-instruction-source",
        "AGENTS.md:4:22",
        "the named file does not exist, so nobody follows it",
    ),
    Mutation(
        "AGENTS.md",
        "agent_must_report_instruction_source: true\n",
        "",
        "missing-instruction-source",
        "AGENTS.md:4:1",
        "without the report nobody can tell which instructions a run followed",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "model: gemini-3-pro",
        "model: gemini-3-flash",
        "unapproved-model",
        "config/gateway-routes.yaml:12:12",
        "the repository keeps approvals, and this model has none",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "    endpoint_family: anthropic_messages\n",
        "",
        "missing-endpoint-family",
        "config/gateway-routes.yaml:17:3",
        "the route no longer says which protocol it speaks",
    ),
    Mutation(
        "records/approvals.jsonl",
        '"candidate_model_id": "claude-opus-4-5", "endpoint_family": "anthropic_messages", '
        '"happy_path_status": 200, "error_path_status": 404',
        '"candidate_model_id": "claude-opus-4-5", "endpoint_family": "anthropic_messages", '
        '"happy_path_status": 200, "error_path_status": 200',
        "incomplete-record",
        "records/approvals.jsonl:3:232",
        "an approval cannot pass over an error path that answered 200",
    ),
    Mutation(
        "records/approvals.jsonl",
        '"latency_ms": 640',
        '"prompt": "Summarise the incident of customer 4711.", "latency_ms": 640',
        "unsafe-record",
        "records/approvals.jsonl:4:226",
        "the approval would commit a raw prompt",
    ),
    Mutation(
        "records/approvals.jsonl",
        '"latency_ms": 1833, "output_non_empty": true, "overall_result": "pass", '
        '"approved_by": "platform-oncall", "approved_at": "2026-10-02T09:30:00Z"',
        '"latency_ms": 1833, "output_non_empty": true, "overall_result": "pass", '
        '"approved_by": "platform-oncall", "approved_at": "2026-01-02T09:30:00Z"',
        "stale-approval",
        "records/approvals.jsonl:2:354",
        "the reviewer's model was last approved more than 180 days ago",
    ),
    Mutation(
        "records/migration-check.yaml",
        "rollback_note: docs/rollback.md",
        "rollback_note: docs/way-back.md",
        "incomplete-record",
        "records/migration-check.yaml:13:16",
        "the check promises a note that nobody can open",
    ),
    Mutation(
        "records/migration-check.yaml",
        "error_path_result: pass",
        "error_path_result: skipped",
        "incomplete-record",
        "records/migration-check.yaml:8:20",
        "the guide knows pass and fail; a skipped check is none",
    ),
    Mutation(
        "records/migration-check.yaml",
        "redaction_result: no-secrets-recorded\n",
        "",
        "incomplete-record",
        "records/migration-check.yaml:1:1",
        "nobody said whether the log was cleaned of secrets",
    ),
    Mutation(
        "records/run-2026-10-05.yaml",
        "error_category: none",
        "error_category: account",
        "incomplete-record",
        "records/run-2026-10-05.yaml:12:16",
        "an account error blocks the run and is no verdict on the draft",
    ),
    Mutation(
        "records/smoke-test.json",
        '["writer", "reviewer", "critic", "fallback"]',
        '["writer", "reviewer", "critic", "fallback", "planner"]',
        "incomplete-record",
        "records/smoke-test.json:5:67",
        "an alias counts as tested and has no result",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "# One screen, so that a reviewer reads all of it. Way back: docs/rollback.md.\n",
        "migration: { new_base_url_ref: MODEL_GATEWAY_BASE_URL }\n",
        "missing-rollback-note",
        "config/gateway-routes.yaml:1:1",
        "the route table moves calls, and no longer says where the way back is told",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "endpoint_path: /v1/messages",
        "endpoint_path: /v1/chat/completions",
        "endpoint-path-mismatch",
        "config/gateway-routes.yaml:20:20",
        "the path is that of another protocol than the declared one",
    ),
    Mutation(
        ".github/workflows/gateway-check.yml",
        "${{ secrets.MODEL_GATEWAY_TOKEN }}",
        "${{ vars.MODEL_GATEWAY_TOKEN }}",
        "secret-from-vars",
        ".github/workflows/gateway-check.yml:18:32",
        "variables are printed in logs, secrets are masked",
    ),
    Mutation(
        "AGENTS.md",
        "| drafts of patches and articles | `writer` |",
        "| drafts of patches and articles | use `gpt-5.4` |",
        "hardcoded-model-id",
        "AGENTS.md:19:41",
        "the instruction names a model and no alias, so the route table decides nothing",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "endpoint_family: chat_completions",
        "endpoint_family: chat_completion_api",
        "unknown-endpoint-family",
        "config/gateway-routes.yaml:13:22",
        "nobody knows which protocol that word means",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "model: claude-opus-4-5",
        "model: VERIFY_MODEL_ID_IN_GATEWAY_DOCS",
        "unresolved-placeholder",
        "config/gateway-routes.yaml:18:12",
        "the placeholder of the guide reached an active table",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "    verified_on: 2026-10-02\n  critic",
        "  critic",
        "undated-model-choice",
        "config/gateway-routes.yaml:12:12",
        "nobody can tell when the choice was last verified",
    ),
    Mutation(
        "config/gateway-routes.yaml",
        "model_gateway_token_ref: MODEL_GATEWAY_TOKEN",
        "model_gateway_base_url: https://api.openai.com/v1",
        "bypasses-gateway",
        "config/gateway-routes.yaml:3:25",
        "the calls go to a provider, past the gateway that the settings name",
    ),
    Mutation(
        "records/run-2026-10-05.yaml",
        "secrets_in_prompt: false",
        "secrets_in_prompt: true",
        "token-exposed-to-agent",
        "records/run-2026-10-05.yaml:9:1",
        "the run had a secret in reach of the model",
    ),
    Mutation(
        "records/run-2026-10-05.yaml",
        "critic_endpoint_family: anthropic_messages\n",
        "",
        "incomplete-record",
        "records/run-2026-10-05.yaml:1:1",
        "the route table has a critic, and the record does not say how it was called",
    ),
    Mutation(
        "records/run-2026-10-05.yaml",
        "review_status: ready",
        "review_status: approved",
        "incomplete-record",
        "records/run-2026-10-05.yaml:12:16",
        "a review ends ready, to revise or blocked",
    ),
    Mutation(
        "records/smoke-test.json",
        '"alias": "critic", "http_status": 200',
        '"alias": "critic", "http_status": 503',
        "incomplete-record",
        "records/smoke-test.json:9:40",
        "an alias that answered 503 did not pass",
    ),
    Mutation(
        "records/smoke-test.json",
        '"alias": "no-such-alias", "http_status": 404',
        '"alias": "no-such-alias", "http_status": 200',
        "incomplete-record",
        "records/smoke-test.json:11:47",
        "the gateway answered a bad alias with a silent default",
    ),
)


@pytest.fixture
def example() -> dict[str, str]:
    return {
        path.relative_to(EXAMPLE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(EXAMPLE.rglob("*"))
        if path.is_file()
    }


def test_the_example_is_silent_under_the_strict_profile(
    example: Mapping[str, str],
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    assert 'profile = "strict"' in example["agentlint.toml"]
    assert lines(check(example)) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.file}: {m.reason}")
def test_one_wrong_line_gives_the_one_finding_meant(
    mutation: Mutation,
    example: dict[str, str],
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    assert example[mutation.file].count(mutation.old) == 1
    example[mutation.file] = example[mutation.file].replace(mutation.old, mutation.new)
    printed = lines(check(example))
    assert len(printed) == 1, printed
    assert printed[0].startswith(f"{mutation.place}: ")
    assert f"[{mutation.rule}]" in printed[0]


def test_a_note_in_the_same_folder_is_way_back_enough(
    example: dict[str, str],
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    page = example["docs/gateway-migration.md"]
    example["docs/gateway-migration.md"] = page.replace("[rollback note](rollback.md)", "plan")
    assert lines(check(example)) == []


def test_without_any_rollback_note_both_the_migration_and_its_check_are_reported(
    example: dict[str, str],
    check: Callable[[Mapping[str, str]], Report],
    lines: Callable[[Report], list[str]],
) -> None:
    del example["docs/rollback.md"]
    assert [line.partition(" ")[0] for line in lines(check(example))] == [
        "docs/gateway-migration.md:1:3:",
        "records/migration-check.yaml:13:16:",
    ]
