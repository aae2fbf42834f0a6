"""Settings change which findings there are, and how bad they are."""

from __future__ import annotations

FILES = {"AGENTS.md": "Always use `gpt-5.4`.\n", "skills/a/SKILL.md": "Always use `gpt-5.4`.\n"}


def test_severity_and_per_file_ignores(check, lines) -> None:
    settings = '[severity]\nhardcoded-model-id = "error"\n[per-file-ignores]\n"skills/" = ["ALL"]\n'
    said = lines(check({**FILES, "agentlint.toml": settings}))
    assert len(said) == 1
    assert said[0].startswith("AGENTS.md:1:13: error[hardcoded-model-id]")


def test_select_runs_only_what_it_names(check, lines) -> None:
    assert lines(check({**FILES, "agentlint.toml": 'select = ["literal-secret"]\n'})) == []


def test_exclude_is_told_from_the_root(check, lines) -> None:
    said = lines(check({**FILES, "agentlint.toml": 'exclude = ["/skills"]\n'}))
    assert [line.split(":")[0] for line in said] == ["AGENTS.md"]


def test_a_suppression_of_a_rule_that_did_not_run_is_not_unused(check, lines) -> None:
    files = {
        "AGENTS.md": "<!-- agentlint: ignore[hardcoded-model-id] x -->\nUse the alias.\n",
        "agentlint.toml": 'ignore = ["hardcoded-model-id"]\n',
    }
    assert lines(check(files)) == []


def test_the_strict_profile_tells_of_names_that_bind_nobody(check, lines) -> None:
    text = "The service supports gpt-4o.\n"
    assert lines(check({"AGENTS.md": text})) == []
    strict = lines(check({"AGENTS.md": text, "agentlint.toml": 'profile = "strict"\n'}))
    assert any("info[hardcoded-model-id]" in line for line in strict)


def test_a_baseline_of_one_profile_fits_the_other(check) -> None:
    text = "The service supports gpt-5.4.\n\nAlways use `gpt-5.4`.\n\nUse gpt-5.4 for reviews.\n"
    by_default = check({"AGENTS.md": text}).findings
    strict = check({"AGENTS.md": text, "agentlint.toml": 'profile = "strict"\n'}).findings
    assert len(by_default) == 2
    numbered = {found.location: found.fingerprint for found in strict}
    assert all(numbered[found.location] == found.fingerprint for found in by_default)
    assert len(set(numbered.values())) == len(strict) > 2


def test_what_is_said_of_suppressions_is_silenced_in_a_file_as_well(check, lines) -> None:
    text = (
        "<!-- agentlint: ignore[literal-secret] -->\n<!-- agentlint: ignore[nope] x -->\nUse it.\n"
    )
    files = {"sub/AGENTS.md": text, "AGENTS.md": text}
    told = [line.partition(":")[0] for line in lines(check(files))]
    assert told == ["AGENTS.md"] * 2 + ["sub/AGENTS.md"] * 2
    for rules in ('["ALL"]', '["unused-suppression", "invalid-suppression"]'):
        settings = f'[per-file-ignores]\n"sub/**" = {rules}\n'
        said = lines(check({**files, "agentlint.toml": settings}))
        assert [line.partition(":")[0] for line in said] == ["AGENTS.md"] * 2


def test_a_comment_for_a_rule_that_is_silenced_there_is_not_unused(check, lines) -> None:
    text = "<!-- agentlint: ignore[literal-secret] pinned for now -->\nUse the alias.\n"
    settings = '[per-file-ignores]\n"AGENTS.md" = ["literal-secret"]\n'
    assert len(lines(check({"AGENTS.md": text}))) == 1
    assert lines(check({"AGENTS.md": text, "agentlint.toml": settings})) == []
