"""The catalogue is refreshed from files on the machine, and says what changed."""

import json
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from agentlint.knowledge.catalogue import (
    Catalogue,
    CatalogueError,
    bundled,
    read_overlay,
    with_overlay,
)
from agentlint.knowledge.catalogue_update import (
    installed_litellm,
    read_catalogue,
    update_lines,
    write_overlay,
)
from agentlint.knowledge.describe import describe, known, matching_ids
from agentlint.knowledge.families import Family
from agentlint.knowledge.litellm import litellm_chat_route

TODAY = date(2027, 2, 1)
COST_MAP: dict[str, Any] = {
    "sample_spec": {"litellm_provider": "one of https://docs.litellm.ai/docs/providers"},
    "gpt-8": {
        "litellm_provider": "openai",
        "mode": "chat",
        "supported_endpoints": ["/v1/chat/completions", "/v1/responses", "/v1/batch"],
        "deprecation_date": "2029-01-01",
    },
    "gpt-8-pro": {"litellm_provider": "openai", "mode": "responses"},
    "xai/grok-9": {"litellm_provider": "xai", "mode": "chat", "deprecation_date": "soon"},
    "text-embedding-4": {"litellm_provider": "openai", "mode": "embedding"},
    "odd": {"litellm_provider": "openai", "mode": ["chat"], "supported_endpoints": [1]},
}
TYPES = '''
ChatModel: TypeAlias = Literal["gpt-8", "gpt-8-mini"]
"""Deprecated values:

- "gpt-8-mini": Announced shutdown
  date: 2028-05-06. See the docs.
"""
'''


def _cost_map(folder: Path) -> Path:
    path = folder / "litellm" / "model_prices_and_context_window_backup.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(COST_MAP))
    (folder / "litellm-2.5.0.dist-info").mkdir()
    return path


def _openai(folder: Path) -> Path:
    types = folder / "openai" / "types" / "shared"
    types.mkdir(parents=True)
    (types / "chat_model.py").write_text(TYPES)
    (types / "responses_model.py").write_text(
        'raise SystemExit("never run me")\n'
        'ResponsesModel: TypeAlias = Union[str, ChatModel, Literal["gpt-8-pro", "gpt-8"]]\n'
    )
    (folder / "openai-4.0.1.dist-info").mkdir()
    return folder / "openai"


def test_a_cost_map_of_litellm(tmp_path: Path) -> None:
    path = _cost_map(tmp_path)
    read = read_catalogue(path, today=TODAY)
    (source,) = read.sources
    assert (source.name, source.version, source.day) == ("litellm", "2.5.0", TODAY)
    assert source.sha256 == sha256(path.read_bytes()).hexdigest()
    assert read.served["openai"] == {
        "gpt-8": {Family.CHAT_COMPLETIONS, Family.RESPONSES},
        "gpt-8-pro": {Family.RESPONSES},
        "text-embedding-4": {Family.EMBEDDINGS},
    }
    assert read.shutdown == {"openai": {"gpt-8": date(2029, 1, 1)}}
    assert read.litellm_responses == {"openai": {"gpt-8-pro"}}


def test_an_api_json_of_models_dev(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    path.write_text(json.dumps({"openai": {"id": "openai", "models": {"GPT-8": {}, "gpt-9": {}}}}))
    read = read_catalogue(path, today=TODAY)
    assert read.sources[0].name == "models.dev"
    assert read.served == {"openai": {"gpt-8": frozenset(), "gpt-9": frozenset()}}


def test_the_type_files_of_the_openai_package_are_read_and_never_run(tmp_path: Path) -> None:
    read = read_catalogue(_openai(tmp_path), today=TODAY)
    assert (read.sources[0].name, read.sources[0].version) == ("openai", "4.0.1")
    assert read.responses_only == {"gpt-8-pro"}
    assert read.served["openai"]["gpt-8-mini"] == {Family.CHAT_COMPLETIONS, Family.RESPONSES}
    assert read.shutdown == {"openai": {"gpt-8-mini": date(2028, 5, 6)}}


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "{",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"a": {"b": 1}}',
        "\x00",
        '{"a": "\udcff"}',
    ],
)
def test_any_other_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "some.json"
    path.write_text(content, errors="surrogateescape")
    with pytest.raises(CatalogueError, match=r"some\.json"):
        read_catalogue(path, today=TODAY)
    with pytest.raises(CatalogueError, match=r"some\.json"):
        read_overlay(path)


_OVERLAY = {
    "source": {"name": "litellm", "version": "2.5.0", "date": "2027-01-23", "sha256": "ab"},
    "served": {"openai": {"gpt-8": ["responses"]}},
    "shutdown": {"openai": {"gpt-8": "2029-01-01"}},
    "litellm_responses": {"openai": ["gpt-8"]},
    "litellm_providers": ["openai"],
    "responses_only": [],
}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"source": {"name": 3}}, "Expected `str`, got `int` - at `$.source.name`"),
        ({"source": {}}, "Object missing required field `name` - at `$.source`"),
        ({"served": {"a": {"b": ["ch\nat"]}}}, r"Invalid enum value 'ch\nat' - at `$.served"),
        ({"shutdown": {"a": {"b\n": "soon"}}}, "Invalid RFC3339 encoded date - at `$.shutdown"),
        ({"litellm_providers": "openai"}, "Expected `array`, got `str` - at `$.litellm_providers`"),
    ],
)
def test_an_overlay_with_another_value_says_in_one_line_what_is_wrong(
    tmp_path: Path, wrong: dict[str, object], told: str
) -> None:
    path = tmp_path / "new.json"
    path.write_text(json.dumps(_OVERLAY))
    assert read_overlay(path).served == {"openai": {"gpt-8": {Family.RESPONSES}}}
    path.write_text(json.dumps({**_OVERLAY, **wrong}))
    with pytest.raises(CatalogueError) as refused:
        read_overlay(path)
    assert str(refused.value).startswith(f"new.json: not a catalogue overlay ({told}")
    assert len(str(refused.value).splitlines()) == 1


def test_a_folder_without_type_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no type files"):
        read_catalogue(tmp_path, today=TODAY)


def test_type_files_that_are_not_python_are_refused(tmp_path: Path) -> None:
    for name in ("chat_model.py", "responses_model.py"):
        (tmp_path / name).write_text("Literal[(((")
    with pytest.raises(CatalogueError, match="not Python"):
        read_catalogue(tmp_path, today=TODAY)


def test_an_installed_litellm_is_found_without_importing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert installed_litellm() is None
    path = _cost_map(tmp_path)
    (path.parent / "__init__.py").write_text("raise SystemExit('never import me')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert installed_litellm() == path
    assert "litellm" not in sys.modules


def test_the_difference_is_told_line_by_line(tmp_path: Path) -> None:
    read = read_catalogue(_cost_map(tmp_path), today=TODAY)
    lines = update_lines(bundled(), read)
    assert lines[0].startswith("read litellm 2.5.0, sha256 ")
    assert "+ openai/gpt-8: chat_completions, responses" in lines
    assert "~ openai/gpt-8: shutdown 2029-01-01" in lines
    assert update_lines(read, read)[1:] == ["nothing new"]


def test_a_long_difference_is_cut_with_its_count(tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    path.write_text(json.dumps({"x": {"models": {f"model-{n}": {} for n in range(500)}}}))
    lines = update_lines(bundled(), read_catalogue(path, today=TODAY))
    assert len(lines) == 202
    assert lines[-1] == "... and 300 more"


@pytest.fixture
def refreshed(tmp_path: Path) -> Catalogue:
    overlay = tmp_path / "deep" / "folder" / "models.json"
    write_overlay(read_catalogue(_cost_map(tmp_path), today=TODAY), overlay)
    assert [entry.name for entry in overlay.parent.iterdir()] == ["models.json"]
    return with_overlay(overlay)


def test_an_overlay_lies_above_the_snapshot(refreshed: Catalogue) -> None:
    assert [source.day for source in refreshed.sources] == [TODAY, bundled().sources[0].day]
    assert "gpt-8" in refreshed.served["openai"]
    assert "gpt-5-pro" in refreshed.served["openai"]
    assert known("gpt-8", catalogue=refreshed)
    assert not known("gpt-8")
    route = litellm_chat_route("openai/gpt-8-pro", catalogue=refreshed)
    assert route is not None
    assert route.family is Family.RESPONSES


def test_what_is_known_of_an_id_is_plain_data(refreshed: Catalogue) -> None:
    told = describe("openai/o3-pro", as_of=date(2026, 11, 30), catalogue=refreshed)
    assert json.loads(json.dumps(told)) == told
    assert (told["id"], told["vendor"], told["known"]) == ("o3-pro", "openai", True)
    (fact,) = told["facts"]
    assert fact["families"] == ["responses"]
    assert "openai-python" in fact["says"]
    assert told["retirements"][0]["days_left"] == 11
    assert [source["age_days"] for source in told["sources"]] == [-63, 10]


def test_an_unknown_id_is_said_to_be_unknown() -> None:
    told = describe("gpt-99", as_of=TODAY)
    assert (told["known"], told["facts"], told["served"], told["retirements"]) == (
        False,
        [],
        [],
        [],
    )


def test_ids_are_searched_by_part_or_by_pattern() -> None:
    assert "gpt-5.1-codex-max" in matching_ids("codex")
    assert matching_ids("o?-pro") == ["o1-pro", "o3-pro"]
    assert matching_ids("no-such-model") == []


def test_an_overlay_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    overlay = tmp_path / "new.json"
    fresh = read_catalogue(_cost_map(tmp_path), today=TODAY)
    write_overlay(replace(fresh, served={}), overlay)
    before = with_overlay(overlay)
    assert "gpt-8" not in before.served["openai"]
    assert with_overlay(overlay) is before
    write_overlay(fresh, overlay)
    assert "gpt-8" in with_overlay(overlay).served["openai"]
