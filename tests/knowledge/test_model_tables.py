"""The tables about models: what they name is known everywhere, and what they say agrees."""

import json
import re
from datetime import date

import pytest

from agentlint.knowledge.catalogue import bundled
from agentlint.knowledge.data import rows, table
from agentlint.knowledge.families import Family
from agentlint.knowledge.location import rules_dir
from agentlint.knowledge.names import effort_is_a_setting, listed_model, parse_model, recognise
from agentlint.knowledge.providers import all_providers, provider_named

TABLES = [
    ("endpoint_families", "family"),
    ("endpoint_families", "dialect"),
    ("providers", "provider"),
    ("responses_only", "model"),
    ("responses_only", "tools_limit"),
    ("provider_exceptions", "exception"),
    ("retirements", "retirement"),
    ("model_patterns", "vendor"),
    ("model_patterns", "effort"),
]
MODEL_ROWS = [
    model
    for name, kind in TABLES
    for row in rows(name, kind)
    for model in (*row.get("models", ()), *([row["id"]] if "id" in row else ()))
]
# Names that are too plain for any pattern, or that single hosts made up.
NOT_IN_TEXT = {
    "canopylabs/orpheus-arabic-saudi",
    "canopylabs/orpheus-v1-english",
    "deepseek-r1-distill-llama-70b-specdec",
    "distil-whisper-large-v3-en",
    "embedding-001",
    "gemma-7b-it",
    "labs-mistral-small-creative",
    "llama-3-sonar-large-32k-chat",
    "llama-3-sonar-large-32k-online",
    "llama-3-sonar-small-32k-chat",
    "llama-3-sonar-small-32k-online",
    "llama3-groq-70b-8192-tool-use-preview",
    "llama3-groq-8b-8192-tool-use-preview",
    "llava-v1.5-7b-4096-preview",
    "multimodalembedding",
    "omni-moderation",
    "open-codestral-mamba",
    "playai-tts",
    "playai-tts-arabic",
    "qwen-qwq-32b",
}


@pytest.mark.parametrize("section", ["prefixes", "values"])
def test_the_word_lists_have_a_source_and_a_day_too(section: str) -> None:
    lists = table("model_patterns")[section]
    assert lists["source"].strip()
    assert date.fromisoformat(lists["verified_on"])


def test_the_snapshot_has_a_source_and_stays_small() -> None:
    path = rules_dir() / "data" / "catalogue_snapshot.json"
    snapshot = json.loads(path.read_text(encoding="utf-8"))
    assert snapshot["source"].strip()
    assert date.fromisoformat(snapshot["verified_on"]) <= date.today()
    assert path.stat().st_size < 60_000


def test_who_says_so_is_spelled_out() -> None:
    spelled_out = table("responses_only")["sources"].keys()
    for row in rows("responses_only", "model"):
        assert row["says"]
        assert {*row["says"], *row.get("against", ())} <= spelled_out, row["id"]


def test_where_the_end_of_a_model_was_read_is_spelled_out_once() -> None:
    sources = table("retirements")["sources"]
    assert {row["source"] for row in rows("retirements", "retirement")} == sources.keys()
    assert all(source.get("page") or source["text"] for source in sources.values())
    assert len({tuple(source.items()) for source in sources.values()}) == len(sources)


def test_disagreement_is_written_down_where_a_source_is_against() -> None:
    for row in rows("responses_only", "model"):
        assert bool(row.get("against")) <= bool(row.get("disagreement")), row["id"]


def test_a_confirmed_id_has_two_sources_or_a_failure_that_was_seen() -> None:
    for row in rows("responses_only", "model"):
        if row["certainty"] == "confirmed":
            assert len(row["says"]) + bool(row.get("seen")) >= 2, row["id"]


def test_tables_name_known_families_and_providers() -> None:
    for row in rows("provider_exceptions", "exception"):
        assert {Family(name) for name in row["families"]}
        assert provider_named(row["provider"])
    for row in rows("retirements", "retirement"):
        assert provider_named(row["provider"])


def test_no_name_belongs_to_two_providers() -> None:
    names = [name for provider in all_providers() for name in {provider.name, *provider.names}]
    assert len(names) == len(set(names))


def test_what_precedes_an_id_is_known_to_the_detector() -> None:
    words = set(table("model_patterns")["prefixes"]["words"].split())
    spelled = {name for provider in all_providers() for name in provider.names}
    no_prefix = {
        "neon-ai-gateway",
        "kong_ai_proxy",
        "archgw",
        "one_api",
        "one-api",
        "envoy",
        "new-api",
    }
    assert spelled - no_prefix <= words


def test_the_effort_is_a_setting_with_the_vendors_that_are_listed_for_it() -> None:
    vendors = {row["name"] for row in rows("model_patterns", "vendor")}
    listed = {row["vendor"] for row in rows("model_patterns", "effort")}
    assert listed < vendors
    assert {vendor for vendor in (*vendors, None) if effort_is_a_setting(vendor)} == listed
    assert all(row["setting"] for row in rows("model_patterns", "effort"))


@pytest.mark.parametrize("model", sorted(set(MODEL_ROWS) - NOT_IN_TEXT))
def test_the_judged_ids_are_found_and_taken_apart(model: str) -> None:
    name = recognise(model) or parse_model(model)
    assert name.vendor
    assert name.key == parse_model(name.key).key


def test_listed_ids_are_taken_apart_without_asking_whose_they_are() -> None:
    retired = [model for row in rows("retirements", "retirement") for model in row["models"]]
    limited = [model for row in rows("responses_only", "tools_limit") for model in row["models"]]
    for model in {*retired, *limited, *MODEL_ROWS, *bundled().responses_only}:
        known, listed = parse_model(model), listed_model(model)
        assert (listed.key, listed.snapshot) == (known.key, known.snapshot), model


def test_every_quantifier_of_a_pattern_is_bounded() -> None:
    unbounded = re.compile(r"[*+]|\{\d+,\}")
    tables = table("model_patterns")
    rows_of_words = (*tables["vendor"], tables["fragments"], tables["prefixes"], tables["values"])
    for row in rows_of_words:
        for value in row.values():
            for pattern in value if isinstance(value, list) else [value]:
                plain = re.sub(r"\\.|\[[^\]]*\]", "", str(pattern))
                assert not unbounded.search(plain) or "://" in plain, pattern
