"""Records are known by their keys wherever they stand, and a template is none."""

from __future__ import annotations

import json
import random

import pytest
from tests.secret_samples import sample

from agentlint.discovery import FileKind
from agentlint.facts.contract import InstructionContract
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.files.extract import extract
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.facts.section import Link, WayBackKey
from agentlint.knowledge.records import Form, RecordKind, record_kinds
from agentlint.text import SourceFile

APPROVAL = {"candidate_model_id": "gpt-5.4", "approved_by": "ops", "overall_result": "pass"}


def facts(path: str, text: str, kind: FileKind = FileKind.CONFIG) -> FileFacts:
    return extract(SourceFile(path, text, has_bom=False), kind)


def records(path: str, text: str, kind: FileKind = FileKind.CONFIG) -> tuple[Record, ...]:
    return facts(path, text, kind).of(Record)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("a.json", json.dumps(APPROVAL), FileKind.CONFIG),
        ("a.yaml", "".join(f"{k}: {v}\n" for k, v in APPROVAL.items()), FileKind.CONFIG),
        ("a.toml", "".join(f'{k} = "{v}"\n' for k, v in APPROVAL.items()), FileKind.CONFIG),
        ("a.jsonl", f"{{}}\n{json.dumps(APPROVAL)}\n", FileKind.LOG),
        ("a.yaml", json.dumps({"records": [APPROVAL]}), FileKind.CONFIG),
        ("gateway.md", f"# A\n\n> ```json\n> {json.dumps(APPROVAL)}\n> ```\n", FileKind.DOCUMENT),
        ("gateway.md", f"```jsonl\n{json.dumps(APPROVAL)}\n```\n", FileKind.DOCUMENT),
    ],
)
def test_a_record_is_found_wherever_it_stands(path: str, text: str, kind: FileKind) -> None:
    (record,) = records(path, text, kind)
    model = record.field("candidate_model_id")
    assert record.kind == "model-approval"
    assert record.proves
    assert model
    assert model.text == "gpt-5.4"
    assert text[model.place.start : model.place.end] == "gpt-5.4"


def test_of_a_field_that_is_there_twice_the_last_value_holds() -> None:
    (record,) = records(
        "a.yaml", "migration_check_id: a\nrollback_ready: no\nrollback_ready: yes\n"
    )
    assert record.text("rollback_ready") == "yes"


@pytest.mark.parametrize(
    "unfilled",
    ["<model-id>", "VERIFY_MODEL_ID_IN_GATEWAY_DOCS", "gpt-5.4 | o3", "${MODEL}", "{{ model }}"],
)
def test_a_value_that_is_still_to_be_filled_in_makes_a_template(unfilled: str) -> None:
    (record,) = records("a.json", json.dumps({**APPROVAL, "candidate_model_id": unfilled}))
    assert record.is_template
    assert not record.proves


@pytest.mark.parametrize(
    "extra",
    [
        {"gateway_base_url": "REDACTED"},
        {"gateway_base_url": "<redacted>"},
        {"gateway_base_url": "$GATEWAY_BASE_URL"},
        {"notes": "change the base URL back if it fails"},
        {"notes": ""},
    ],
)
def test_what_is_left_out_on_purpose_makes_no_template(extra: dict[str, str]) -> None:
    (record,) = records("a.json", json.dumps({**APPROVAL, **extra}))
    assert record.proves


def test_a_schema_that_describes_a_record_is_none() -> None:
    described = {key: {"type": "string"} for key in APPROVAL}
    assert records("a.json", json.dumps({"properties": described})) == ()


def test_test_material_proves_nothing() -> None:
    (record,) = records("tests/fixtures/a.json", json.dumps(APPROVAL))
    assert not record.proves


def test_another_guides_spelling_is_the_same_field() -> None:
    (record,) = records("a.json", '{"migration_check_id": "1", "endpoint_family": "chat"}')
    family = record.field("gateway_family")
    assert family
    assert family.text == "chat"
    assert family.key.value == "endpoint_family"


def test_no_fact_keeps_a_prompt_or_a_credential() -> None:
    key = sample("openai-project-key", random.Random(7))
    text = json.dumps({**APPROVAL, "prompt": "Tell me about ACME", "run_id": key, "token": key})
    found = facts("a.json", text).of(Record)
    assert key not in repr(found)
    assert "ACME" not in repr(found)
    assert [field.key.value for field in found[0].unsafe] == ["prompt", "token"]


def test_a_run_record_is_no_route_table() -> None:
    text = "run_id: a\nsecrets_in_prompt: false\nwriter_endpoint_family: responses\n"
    assert facts("run.yaml", text).of(Route) == ()
    assert len(facts("routes.yaml", "writer_endpoint_family: responses\n").of(Route)) == 1


def test_a_promise_is_no_way_back_and_a_note_is_a_link() -> None:
    ready = facts("check.yaml", "migration_check_id: a\nrollback_ready: yes\n")
    assert ready.of(WayBackKey) == ()
    noted = facts("records/check.yaml", "rollback_note: docs/back.md#how\n")
    assert [link.target for link in noted.of(Link)] == ["docs/back.md", "records/docs/back.md"]


def test_a_contract_is_read_from_fence_and_front_matter_and_not_from_a_record() -> None:
    contract = "instruction_source: AGENTS.md\nagent_must_stop_on_conflict: true\n"
    for text in (f"---\n{contract}---\n# A\n", f"# A\n\n```yaml\n{contract}```\n"):
        (found,) = facts("AGENTS.md", text, FileKind.INSTRUCTION).of(InstructionContract)
        assert found.source.raw == "AGENTS.md"
        assert found.stop.raw == "true"
        assert not found.report.given
    run = "run_id: a\nsecrets_in_prompt: false\ninstruction_source: AGENTS.md\n"
    assert facts("run.yaml", run).of(InstructionContract) == ()


@pytest.mark.parametrize("kind", record_kinds(), ids=lambda kind: kind.id)
def test_every_row_can_be_met(kind: RecordKind) -> None:
    spellings = [name for field in kind.fields for name in field.spellings]
    assert len(spellings) == len(set(spellings))
    known = {field.name for field in kind.fields}
    for truth in kind.truths:
        assert {*truth.when, *truth.needs} <= known
    assert {kind.items, kind.aliases, kind.note} - {""} <= known
    assert all(field.values for field in kind.fields if field.form in (Form.WORDS, Form.STATUS))
