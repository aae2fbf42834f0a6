"""What goes wrong in one place stays there, and is said."""

from __future__ import annotations

import random

import pytest
from tests.secret_samples import sample

from agentlint.engine import judge, load
from agentlint.facts.adapters import litellm
from agentlint.facts.mention import ModelMention
from agentlint.findings import NoticeKind
from agentlint.rules import Rule
from agentlint.text import Span


def test_a_rule_that_raises_keeps_what_it_found(check, lines, monkeypatch) -> None:
    real = judge.load_rule

    def load_rule(rule_id: str) -> Rule:
        rule = real(rule_id)
        if rule_id != "hardcoded-model-id":
            return rule

        def raising(fact, context):
            yield from rule.check(fact, context)
            raise ZeroDivisionError("gpt-5.4")

        return Rule((ModelMention,), raising)

    monkeypatch.setattr(judge, "load_rule", load_rule)
    report = check(
        {
            "AGENTS.md": "Always use `gpt-5.4`.\n",
            "a.yaml": "routes:\n  writer:\n    model: gpt-5.4\n",
        }
    )
    assert [f.rule for f in report.findings] == ["hardcoded-model-id", "missing-endpoint-family"]
    assert [(n.path, n.kind) for n in report.notices] == [("AGENTS.md", NoticeKind.INTERNAL)]
    assert (report.files_read, report.files_skipped) == (2, 0)
    message = report.notices[0].message
    start = f"the rule hardcoded-model-id failed here: ZeroDivisionError at {__name__}:"
    assert message.startswith(start)
    assert message.removeprefix(start).isdigit()
    assert report.failed


@pytest.mark.parametrize("error", [ImportError, SyntaxError, AttributeError])
def test_a_rule_that_cannot_be_loaded_costs_only_itself(error, check, monkeypatch) -> None:
    real = judge.load_rule

    def load_rule(rule_id: str) -> Rule:
        if rule_id == "hardcoded-model-id":
            raise error("gpt-5.4")
        return real(rule_id)

    monkeypatch.setattr(judge, "load_rule", load_rule)
    routes = "routes:\n  writer:\n    model: gpt-5.4\n"
    report = check({"AGENTS.md": "Always use `gpt-5.4`.\n", "a.yaml": routes})
    assert [f.rule for f in report.findings] == ["missing-endpoint-family"]
    (notice,) = report.notices
    assert notice.kind is NoticeKind.INTERNAL
    assert f"the rule hardcoded-model-id failed: {error.__name__} at {__name__}:" in notice.message
    assert report.failed


def test_a_file_that_breaks_an_extractor_keeps_its_credentials(check, monkeypatch) -> None:
    real = load.extract

    def extract(source, kind, format_id, **told):
        if source.path == "AGENTS.md":
            raise RecursionError
        return real(source, kind, format_id, **told)

    monkeypatch.setattr(load, "extract", extract)
    token = sample("anthropic-api-key", random.Random(1))
    agents = f"Always use `gpt-5.4`, with {token}.\n"
    report = check({"AGENTS.md": agents, "CLAUDE.md": "Always use `gpt-5.4`.\n"})
    found = [("AGENTS.md", "literal-secret"), ("CLAUDE.md", "hardcoded-model-id")]
    assert [(f.path, f.rule) for f in report.findings] == found
    assert [(n.path, n.kind) for n in report.notices] == [("AGENTS.md", NoticeKind.INTERNAL)]
    assert report.failed


def test_a_file_of_which_nothing_can_be_told_is_a_notice(check, monkeypatch) -> None:
    def extract(source, *_args, **_told):
        raise RecursionError

    monkeypatch.setattr(load, "extract", extract)
    monkeypatch.setattr(load, "extract_plain", extract)
    report = check({"AGENTS.md": "x"})
    assert [(n.path, n.kind) for n in report.notices] == [("AGENTS.md", NoticeKind.INTERNAL)]
    assert (report.files_read, report.files_skipped) == (0, 1)


def test_a_config_that_breaks_its_adapter_keeps_its_credentials(check, monkeypatch) -> None:
    def deployment_routes(_gateway):
        raise KeyError("model_list")

    monkeypatch.setattr(litellm, "deployment_routes", deployment_routes)
    token = sample("anthropic-api-key", random.Random(1))
    config = f"model_list:\n  - model_name: a\n    litellm_params: {{model: x, api_key: {token}}}\n"
    report = check({"litellm_config.yaml": config})
    assert [f.rule for f in report.findings] == ["literal-secret"]
    (notice,) = report.notices
    assert notice.kind is NoticeKind.INTERNAL


def test_files_that_cannot_be_read_are_noticed(check, tmp_path) -> None:
    (tmp_path / "AGENTS.md").write_bytes(b"caf\xe9\0\0")
    (tmp_path / "CLAUDE.md").write_bytes(b"x" * (1 << 21))
    report = check({"GEMINI.md": "ok\n"})
    assert {(n.path, n.kind) for n in report.notices} == {
        ("AGENTS.md", NoticeKind.NOT_TEXT),
        ("CLAUDE.md", NoticeKind.TOO_LARGE),
    }
    assert (report.files_read, report.files_skipped) == (1, 2)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_searched_for_secrets_and_for_nothing_else(check, tmp_path, encoding) -> None:
    key = sample("openai-project-key", random.Random(1))
    text = f"\ufeffNAME=\u2028é😀\r\nOPENAI_MODEL=gpt-4\r\nOPENAI_API_KEY={key}\r\n"
    (tmp_path / ".env").write_bytes(text.encode(encoding))
    report = check({"AGENTS.md": "ok\n"})
    assert (report.files_read, report.files_skipped) == (2, 0)
    (finding,) = report.findings
    start = text.index(key) - 1
    assert (finding.rule, finding.location.span) == (
        "literal-secret",
        Span(start, start + len(key)),
    )
    assert [(n.path, n.kind) for n in report.notices] == [(".env", NoticeKind.NOT_TEXT)]


def test_a_text_in_an_old_encoding_is_searched_for_secrets_and_for_nothing_else(
    check, tmp_path
) -> None:
    key = sample("openai-project-key", random.Random(1))
    text = f"# shared \x97 until June\nOPENAI_MODEL=gpt-4\nOPENAI_API_KEY={key}\n"
    (tmp_path / ".env").write_bytes(text.encode("latin-1"))
    report = check({"AGENTS.md": "ok\n"})
    (finding,) = report.findings
    start = text.index(key)
    assert (finding.rule, finding.location.span) == (
        "literal-secret",
        Span(start, start + len(key)),
    )
    (notice,) = report.notices
    assert (notice.path, notice.line, notice.kind) == (".env", 1, NoticeKind.NOT_TEXT)
    assert notice.message == "not UTF-8 text (byte 9) (secrets were looked for all the same)"


@pytest.mark.parametrize("tail", ["DEBUG=1\r\n".encode("utf-16-le"), b"\0" * 400])
def test_a_damaged_end_hides_no_secret_of_the_lines_before_it(check, tmp_path, tail) -> None:
    key = sample("openai-project-key", random.Random(1))
    text = f"OPENAI_MODEL=gpt-5.4\nOPENAI_API_KEY={key}\n"
    (tmp_path / ".env").write_bytes(text.encode() + tail)
    report = check({"AGENTS.md": "ok\n"})
    (finding,) = report.findings
    start = text.index(key)
    assert (finding.rule, finding.location.span) == (
        "literal-secret",
        Span(start, start + len(key)),
    )
    (notice,) = report.notices
    assert (notice.path, notice.line, notice.kind) == (".env", 3, NoticeKind.NOT_TEXT)
    assert notice.message.endswith("(secrets were looked for all the same)")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("converted", [False, True])
def test_a_secret_that_powershell_appended_is_found_where_it_stands(
    check, tmp_path, encoding, converted
) -> None:
    key = sample("openai-project-key", random.Random(1))
    head = b"# caf\xc3\xa9\nOPENAI_MODEL=gpt-5.4\n"
    tail = f"DEBUG=1\r\nOPENAI_API_KEY={key}\r\nPORT=1\r\n".encode(encoding)
    data = head + (tail.replace(b"\n", b"\r\n") if converted else tail)
    (tmp_path / ".env").write_bytes(data)
    report = check({"AGENTS.md": "ok\n"})
    (finding,) = report.findings
    span = finding.location.span
    assert data[span.start : span.end].replace(b"\0", b"") == key.encode()
    assert key not in finding.message
    (notice,) = report.notices
    assert notice.message.endswith("(secrets were looked for all the same)")


def test_a_dump_of_an_environment_keeps_its_variables_apart(check, tmp_path) -> None:
    key = sample("openai-project-key", random.Random(1))
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" * 3
    data = f"OPENAI_API_KEY={key}\0PATH={path}\0".encode()
    (tmp_path / ".env").write_bytes(data)
    (finding,) = check({"AGENTS.md": "ok\n"}).findings
    span = finding.location.span
    assert data[span.start : span.end] == key.encode()


def test_a_stray_nul_hides_no_secret(check, tmp_path) -> None:
    key = sample("openai-project-key", random.Random(1))
    (tmp_path / "AGENTS.md").write_bytes(f"# Té\0am\n\nOPENAI_API_KEY={key}\n".encode())
    report = check({})
    assert [finding.rule for finding in report.findings] == ["literal-secret"]
    (notice,) = report.notices
    assert (notice.path, notice.line, notice.kind) == ("AGENTS.md", 1, NoticeKind.NOT_TEXT)
    assert notice.message.startswith("a NUL byte, so not text (byte 5)")


def test_a_broken_config_is_noticed_where_it_breaks(check) -> None:
    report = check({"litellm.yaml": "model_list:\n  - litellm_params: {model: [\n"})
    assert [(n.path, n.kind) for n in report.notices] == [("litellm.yaml", NoticeKind.SYNTAX)]


_OURS, _MIDDLE, _THEIRS = "<<<<<<< HEAD\n", "=======\n", ">>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("path", "start", "line", "end"),
    [
        (
            "litellm.yaml",
            "model_list:\n",
            "  - model_name: a\n    litellm_params: { model: b }\n",
            "",
        ),
        ("opencode.json", "{\n", '  "model": "openai/gpt-5.4"\n', "}\n"),
        (".codex/config.toml", "# ours\n", 'model = "gpt-5.4"\n', ""),
        (".env", "LOG=1\n", "OPENAI_MODEL=gpt-5.4\n", ""),
        (".mcp.json", "{\n", '  "mcpServers": {}\n', "}\n"),
    ],
)
def test_a_merge_that_was_never_finished_is_told_once_where_it_begins(
    check, path: str, start: str, line: str, end: str
) -> None:
    conflict = f"{_OURS}{line}{_MIDDLE}{line}{_THEIRS}"
    for text in (conflict, conflict.replace("\n", "\r\n"), conflict * 2):
        (notice,) = check({path: f"{start}{text}{end}"}).notices
        assert (notice.line, notice.kind) == (2, NoticeKind.SYNTAX)
        assert notice.message == "a merge conflict is left in the file"


_OPEN = "litellm_params: {model: ["


@pytest.mark.parametrize(
    "text",
    [
        f"# Title\n{_MIDDLE}{_OPEN}\n",
        f"{_OPEN}\n{_THEIRS}{_MIDDLE}{_OURS}",
        f"{_OPEN}\n{_OURS}{_MIDDLE}",
        f"{_OPEN}\n# {_OURS}# {_MIDDLE}# {_THEIRS}",
    ],
)
def test_lines_that_are_no_marks_of_a_merge_are_plain_faults(check, text: str) -> None:
    (notice,) = check({"litellm.yaml": text}).notices
    assert "merge" not in notice.message


def test_what_is_read_in_spite_of_the_marks_of_a_merge_is_no_conflict(check) -> None:
    shown = f"{_OURS}a\n{_MIDDLE}b\n{_THEIRS}".replace("\n", "\n      ")
    text = f"litellm_params: {{ model: gpt-5.4 }}\nnote: |\n      {shown}\n"
    assert not check({"litellm.yaml": text}).notices


def test_a_broken_smoke_test_is_noticed_and_no_other_test_is(check) -> None:
    broken = "def (\n"
    call = 'from openai import OpenAI\n\nOpenAI().responses.create(model="gpt-5.4", input="hi")\n'
    told = check(dict.fromkeys(("tests/test_smoke.py", "tests/test_it.py"), call + broken))
    (notice,) = told.notices
    assert (notice.path, notice.line, notice.kind) == ("tests/test_smoke.py", 4, NoticeKind.SYNTAX)


def test_what_is_never_closed_is_told_on_a_line_that_is_there(check) -> None:
    (notice,) = check({"litellm.yaml": "model_list:\n  - litellm_params: {model: [\n"}).notices
    assert (notice.kind, notice.line) == (NoticeKind.SYNTAX, 2)
