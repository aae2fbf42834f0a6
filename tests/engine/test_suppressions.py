"""Where an ignore comment works, and where it is said to have no effect."""

from __future__ import annotations

from datetime import date

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run

TODAY = date(2026, 11, 20)
FAULT = "Always use `gpt-5.4`."
IGNORE = "agentlint: ignore[hardcoded-model-id] because"


def rules(lines: list[str]) -> list[str]:
    return [line.split("[")[1].split("]")[0] for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        f"{FAULT} <!-- {IGNORE} -->\n",
        f"<!-- {IGNORE} -->\n{FAULT}\n",
        f"<!-- {IGNORE} -->\n\n{FAULT}\n",
        f"- <!-- {IGNORE} -->\n- {FAULT}\n",
        f"> <!-- {IGNORE} -->\n> {FAULT}\n",
        f"{FAULT}\n\n<!-- agentlint: ignore-file[hardcoded-model-id] all of it -->\n",
        f"```sh\n# {IGNORE}\nexport OPENAI_MODEL=gpt-5.4\n```\n",
        f"```sh\nexport OPENAI_MODEL=gpt-5.4  # {IGNORE}\n```\n",
        f'> ```js\n> // {IGNORE}\n> call({{model: "gpt-5.4"}})\n> ```\n',
        f"---\n# {IGNORE}\nmodel: gpt-5.4\n---\n\nText.\n",
        f"<!-- agentlint: ignore[hardcoded-model-id, literal-secret] because -->\n{FAULT}\n",
    ],
)
def test_a_comment_takes_back_the_finding_it_is_meant_for(check, lines, text: str) -> None:
    said = rules(lines(check({"AGENTS.md": text})))
    assert "hardcoded-model-id" not in said
    assert said in ([], ["unused-suppression"])


@pytest.mark.parametrize(
    "text",
    [
        f"`<!-- {IGNORE} -->` {FAULT}\n",
        f"# {IGNORE}\n\n{FAULT}\n",
        f"<!-- {IGNORE} -->\nText.\n{FAULT}\n",
        f"<!-- agentlint: ignore[literal-secret] because -->\n{FAULT}\n",
    ],
)
def test_a_comment_elsewhere_takes_nothing_back(check, lines, text: str) -> None:
    assert "hardcoded-model-id" in rules(lines(check({"AGENTS.md": text})))


def test_suppressed_findings_are_counted(check) -> None:
    report = check({"AGENTS.md": f"<!-- {IGNORE} -->\n{FAULT}\n"})
    assert [item.finding.rule for item in report.suppressed] == ["hardcoded-model-id"]


def test_yaml_toml_and_json_comments_work(check, lines) -> None:
    files = {
        "a.yaml": "routes:\n  # agentlint: ignore[missing-endpoint-family] x\n"
        "  writer:\n    model: gpt-5.4\n",
        "b.toml": "# agentlint: ignore[missing-endpoint-family] x\n[routes.writer]\n"
        'model = "gpt-5.4"\n',
        "c.jsonc": '{"routes": {\n  // agentlint: ignore[missing-endpoint-family] x\n'
        '  "writer": {"model": "gpt-5.4"}}}\n',
    }
    assert lines(check(files)) == []


def test_comments_can_be_left_out_of_account(tmp_path) -> None:
    (tmp_path / "AGENTS.md").write_text(f"<!-- {IGNORE} -->\n{FAULT}\n")
    report = run(Run(tmp_path, (tmp_path,), Settings(), TODAY, honour_comments=False))
    assert [finding.rule for finding in report.findings] == ["hardcoded-model-id"]
    assert report.suppressed_count == 0


@pytest.mark.parametrize("path", ["client.py", "tests/test_client.py", "routes.yaml", "a.toml"])
def test_no_comment_is_called_unused_where_not_all_was_read(check, lines, path: str) -> None:
    comment = "# agentlint: ignore[missing-endpoint-family, literal-secret] because"
    whole = {
        ".py": f"from openai import OpenAI\n\nclient = OpenAI()  {comment}\n",
        ".yaml": f"routes:\n  writer: {comment}\n    endpoint_family: responses\n",
        ".toml": f'[routes.writer] {comment}\nendpoint_family = "responses"\n',
    }
    text = whole[path[path.rindex(".") :]]
    assert rules(lines(check({path: text}))).count("unused-suppression") == 2
    assert "unused-suppression" not in " ".join(lines(check({path: f"{text}[{{('\n"})))


CALL = 'client.responses.create(model="gpt-5.4")\n```\n'


@pytest.mark.parametrize(
    "text",
    [
        f"{FAULT} <!-- agentlint: ignore[literal-secret] never changes -->\n",
        f"<!-- agentlint: ignore[wrong-reference-dialect] -->\n```python\n{CALL}",
        f"```python\n# agentlint: ignore[literal-secret] never a real one\n{CALL}",
    ],
)
def test_the_words_of_a_comment_forbid_no_model(check, lines, text: str) -> None:
    assert "hardcoded-model-id" in rules(lines(check({"AGENTS.md": text})))
