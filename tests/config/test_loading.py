"""Settings files: what is understood, and the one line that says what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentlint.config import (
    ConfigError,
    Profile,
    find_settings,
    json_schema,
    load_settings,
    read_settings,
)
from agentlint.findings import Severity
from agentlint.knowledge.pages import rule_pages

RULES = ["hardcoded-model-id", "literal-secret"]


def test_every_key_is_read() -> None:
    settings = load_settings(
        {
            "profile": "strict",
            "select": ["ALL"],
            "extend-select": ["literal-secret"],
            "ignore": ["hardcoded-model-id"],
            "exclude": ["docs"],
            "per-file-ignores": {"skills/**": ["ALL"]},
            "severity": {"literal-secret": "warning"},
            "gateway": {"base-url-env": "GATEWAY_URL", "bridges": True},
            "models": {"approved": ["gpt-5.4"]},
        },
        RULES,
        source=None,
    )
    assert settings.profile is Profile.STRICT
    assert settings.severity["literal-secret"] is Severity.WARNING
    assert settings.per_file_ignores[0].pattern == "skills/**"
    assert (settings.gateway.base_url_env, settings.gateway.bridges) == ("GATEWAY_URL", True)
    assert settings.models.approved == ("gpt-5.4",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("selct = []", "unknown key `selct`; did you mean `select`?"),
        ("[gateway]\nbridge = true", "unknown key `gateway.bridge`; did you mean `bridges`?"),
        ("[zzz]\na = 1", "unknown key `zzz`"),
        ("gateway = 1", "gateway: expected a table, got a number"),
        (
            'ignore = ["literal-secrets"]',
            "ignore: unknown rule `literal-secrets`; did you mean `literal-secret`?",
        ),
        ("select = [1]", "select: expected a list of strings, got a list"),
        (
            'profile = "strikt"',
            "profile: expected default or strict, got `strikt`; did you mean `strict`?",
        ),
        (
            '[severity]\nliteral-secret = "fatal"',
            "severity.literal-secret: expected error or warning or info, got `fatal`",
        ),
        ('[per-file-ignores]\n"a" = ["nope"]', "per-file-ignores.`a`: unknown rule `nope`"),
        ("[gateway]\nbridges = 1", "gateway.bridges: expected true or false, got a number"),
        ("a = ", "not valid TOML: Invalid value (at end of document)"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_key(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "agentlint.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        read_settings(path, RULES)
    assert str(error.value) == f"agentlint.toml: {line}"


def test_the_nearest_file_is_used_and_a_pyproject_without_a_table_is_not(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "agentlint.toml").write_text("")
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find_settings(inner, tmp_path) == tmp_path / "agentlint.toml"
    (inner / "pyproject.toml").write_text("[tool.agentlint]\nprofile = 'strict'\n")
    found = find_settings(inner, tmp_path)
    assert found == inner / "pyproject.toml"
    assert read_settings(found, RULES).profile is Profile.STRICT


def test_rules_run_by_profile_select_and_ignore() -> None:
    def enabled(raw: dict[str, object], *, strict_only: bool) -> bool:
        return load_settings(raw, RULES, source=None).enabled(
            "literal-secret", strict_only=strict_only
        )

    assert enabled({}, strict_only=False)
    assert not enabled({}, strict_only=True)
    assert enabled({"profile": "strict"}, strict_only=True)
    assert enabled({"extend-select": ["literal-secret"]}, strict_only=True)
    assert not enabled({"select": ["hardcoded-model-id"]}, strict_only=False)
    assert not enabled({"select": ["ALL"], "ignore": ["literal-secret"]}, strict_only=False)


def test_the_schema_accepts_the_examples_and_refuses_what_the_loader_refuses() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    import tomllib

    schema = json_schema(list(rule_pages()))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    root = Path(__file__).parents[2]
    shown = (root / "README.md").read_text().split("```toml\n")[1].split("```")[0]
    examples = [path.read_text() for path in (root / "examples").rglob("agentlint.toml")]
    for text in (shown, *examples):
        validator.validate(tomllib.loads(text))
        load_settings(tomllib.loads(text), list(rule_pages()), source=None)
    assert not validator.is_valid({"selct": []})
    assert not validator.is_valid({"gateway": {"bridges": 1}})
