"""Settings files: what is understood, and the one line that says what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentlint.cli.check import command as check
from agentlint.config import (
    ConfigError,
    Profile,
    find_settings,
    json_schema,
    load_settings,
    read_settings,
)
from agentlint.config.keys import KEYS
from agentlint.config.loading import OPTIONS_OF_CHECK
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
        ("[gateway]\nzzz = 1", "unknown key `gateway.zzz`; there are base-url-env, bridges"),
        ("extend-exclude = ['a']", "unknown key `extend-exclude`; did you mean `exclude`?"),
        ("extend-ignore = ['a']", "unknown key `extend-ignore`; did you mean `ignore`?"),
        (
            "fail-on = 'error'",
            "unknown key `fail-on`; `--fail-on` is an option of `agentlint check`, and no setting",
        ),
        ("Select = []", "unknown key `Select`; did you mean `select`?"),
        (
            "select = ['Literal-Secret']",
            "select: unknown rule `Literal-Secret`; did you mean `literal-secret`?",
        ),
        ("select = ['all']", "select: unknown rule `all`; did you mean `ALL`?"),
        ("exclude = ['a', 3]", "exclude: expected a list of strings, got one with a number"),
        (
            "[models]\napproval-days = true",
            "models.approval-days: expected a number of days above 0, got a boolean",
        ),
        (
            "[models]\napproval-days = 0",
            "models.approval-days: expected a number of days above 0, got 0",
        ),
        (
            "selct = []\nexclude = 3\n[gateway]\nbridge = true",
            (
                "unknown key `selct`; did you mean `select`?; also: exclude: expected a list of strings, "
                "got a number; also: unknown key `gateway.bridge`; did you mean `bridges`?"
            ),
        ),
        ("gateway = 1", "gateway: expected a table, got a number"),
        (
            'ignore = ["literal-secrets"]',
            "ignore: unknown rule `literal-secrets`; did you mean `literal-secret`?",
        ),
        ("select = [1]", "select: expected a list of strings, got one with a number"),
        (
            'profile = "strikt"',
            "profile: expected default or strict, got `strikt`; did you mean `strict`?",
        ),
        (
            '[severity]\nliteral-secret = "fatal"',
            (
                "severity.literal-secret: expected error or warning or info, got `fatal`"
                "; `ignore` turns a rule off"
            ),
        ),
        (
            '[per-file-ignores]\n"a" = ["nope"]',
            "per-file-ignores.`a`: unknown rule `nope`; `agentlint rules` lists the rules",
        ),
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


@pytest.mark.parametrize("name", ["rules", "lint", "line-length", "zzz"])
def test_a_key_that_is_like_no_other_is_told_all_there_are(tmp_path: Path, name: str) -> None:
    path = tmp_path / "agentlint.toml"
    path.write_text(f"[{name}]\na = 1\n")
    with pytest.raises(ConfigError) as error:
        read_settings(path, RULES)
    keys = dict.fromkeys(key.table or key.name for key in KEYS)
    assert "did you mean" not in str(error.value)
    assert set(str(error.value).partition("; there are ")[2].split(", ")) == set(keys)


def test_the_options_that_are_no_settings_are_options_of_check() -> None:
    options = {word.removeprefix("--") for option in check.params for word in option.opts}
    assert options >= OPTIONS_OF_CHECK
    assert not OPTIONS_OF_CHECK & {key.name for key in KEYS}
