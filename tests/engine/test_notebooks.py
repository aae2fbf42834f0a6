"""Notebooks as a user sees them: what a check finds in their cells, and where."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.cli.command import agentlint
from tests.engine.trees import checked, write
from tests.notebook_samples import code, markdown, notebook, shown, stream
from tests.secret_samples import sample

from agentlint.discovery import recognise_content
from agentlint.discovery.candidate import FileKind
from agentlint.reporters import Report

CLIENT = "from openai import OpenAI\nclient = OpenAI()\n"
CALL = 'client.chat.completions.create(model="o3-pro", messages=[])\n'
RULE = "responses-only-on-chat"
KEY = sample("openai-project-key", random.Random(3))
OTHER_KEY = sample("groq-api-key", random.Random(4))

Check = Callable[[Mapping[str, str]], Report]


def told(report: Report, rule: str) -> list[str]:
    """The texts that the findings of a rule point at."""
    return [
        finding.span.cut(report.sources[finding.path].text)
        for finding in report.findings
        if finding.rule == rule
    ]


def test_a_client_of_one_cell_is_called_in_a_later_one(check: Check) -> None:
    text = notebook(markdown("# Hello"), CLIENT, 'MODEL = "o3-pro"', "%%time\nprint(1)", CALL)
    report = check({"a.ipynb": text})
    (finding,) = (one for one in report.findings if one.rule == RULE)
    assert finding.span.cut(text) == "o3-pro"
    place = report.sources["a.ipynb"].position(finding.span.start)
    line = text.splitlines()[place.line - 1]
    assert line.strip().startswith('"client.chat.completions.create(model=\\"o3-pro')
    assert place.column == line.index("o3-pro") + 1


@pytest.mark.parametrize("indent", [None, 1])
def test_a_magic_or_a_broken_cell_hides_no_other(check: Check, indent: int | None) -> None:
    cells = ("%pip install openai", CLIENT, "!ls\n?print", "def broken(:", f"%%time\nx = {CALL}")
    report = check({"a.ipynb": notebook(*cells, indent=indent)})
    assert told(report, RULE) == ["o3-pro"]
    assert report.notices == ()


@pytest.mark.parametrize("magic", ["%time", "%timeit -n 3 -r1", "%time x ="])
def test_the_code_behind_a_magic_is_read_at_its_place(check: Check, magic: str) -> None:
    line = f"{magic} {CALL}"
    text = notebook(CLIENT, f"%pip install x\nif client:\n    {line}    print(1)\n")
    report = check({"a.ipynb": text})
    (finding,) = (one for one in report.findings if one.rule == RULE)
    assert finding.span.cut(text) == "o3-pro"
    assert text[: finding.span.start].endswith(json.dumps(line)[1:].partition("o3-pro")[0])


def test_only_python_is_a_program_and_all_is_searched_for_credentials(check: Check) -> None:
    cells = (CLIENT, CALL, markdown(f"Use `{KEY}` for it."), f"%%bash\nexport A={OTHER_KEY}")
    report = check({"a.ipynb": notebook(*cells, language="typescript")})
    assert told(report, RULE) == []
    assert told(report, "literal-secret") == [KEY, OTHER_KEY]


def test_a_token_that_a_cell_printed_is_told_once_and_other_output_is_not(check: Check) -> None:
    named = random.Random(5).randbytes(16).hex()
    picture = {"image_png": "iVBORw0KGgo" * 99}
    cells = (
        CLIENT,
        code("client", shown(f"OpenAI(api_key='{KEY}')", **picture), stream(f"{KEY}\n")),
        code("x", stream(f"api_key = {named}\nmodel='o3-pro'\n" + CALL)),
    )
    text = notebook(*cells)
    report = check({"a.ipynb": text})
    (finding,) = report.findings
    assert (finding.rule, finding.span.cut(text)) == ("literal-secret", KEY)
    assert finding.span.start == text.index(KEY)
    assert "in the output of a cell" in finding.message
    assert finding.help.endswith("clear the output that shows it")
    assert finding.fix is None


def test_escapes_of_json_move_no_place(check: Check) -> None:
    said = '# "caf\u00e9" \U0001f600 \\n \t; '
    text = notebook(CLIENT, f"x = {said!r}; {CALL}")
    report = check({"a.ipynb": text})
    assert told(report, RULE) == ["o3-pro"]


def test_a_comment_in_a_cell_takes_a_finding_back(check: Check) -> None:
    comment = f"# agentlint: ignore[{RULE}, retired-model] known"
    behind = notebook(CLIENT, f"{CALL.strip()}  {comment}\n", CALL)
    above = notebook(CLIENT, f"{comment}\n{CALL}", CALL)
    for text in (behind, above):
        report = check({"a.ipynb": text})
        assert len(told(report, RULE)) == 1
        assert [one.finding.rule for one in report.suppressed].count(RULE) == 1
        assert not told(report, "unused-suppression")
    mark = notebook(CLIENT, markdown(f"{KEY} <!-- agentlint: ignore[literal-secret] a demo -->"))
    assert not told(check({"a.ipynb": mark}), "literal-secret")


def test_no_fix_is_written_into_a_notebook(tmp_path: Path) -> None:
    source = f'{CLIENT.strip()[:-1]}api_key="{KEY}")\n'
    files = {"a.ipynb": notebook(source, CALL), "b.py": source + CALL}
    write(tmp_path, files)
    agentlint(tmp_path, "check", "--fix", "--unsafe-fixes")
    assert (tmp_path / "a.ipynb").read_text() == files["a.ipynb"]
    assert KEY not in (tmp_path / "b.py").read_text()
    report = json.loads(agentlint(tmp_path, "check", "--output-format", "json").stdout)
    assert {one["path"] for one in report["findings"] if one["rule"] == "literal-secret"} == {
        "a.ipynb"
    }


def test_a_baseline_holds_when_cells_are_put_before(tmp_path: Path) -> None:
    write(tmp_path, {"a.ipynb": notebook(CLIENT, CALL)})
    assert agentlint(tmp_path, "check").returncode == 1
    agentlint(tmp_path, "baseline", "-o", "known.jsonl")
    write(tmp_path, {"a.ipynb": notebook(markdown("# New\n\nand more"), "import os", CLIENT, CALL)})
    assert agentlint(tmp_path, "check", "--baseline", "known.jsonl").returncode == 0


def test_what_is_read_and_sarif_name_the_notebook(tmp_path: Path) -> None:
    write(tmp_path, {"a.ipynb": notebook(CLIENT, CALL)})
    listed = agentlint(tmp_path, "check", "--show-files").stdout
    assert "a.ipynb  notebook, by its content (python-model-calls)" in listed
    sarif = json.loads(agentlint(tmp_path, "check", "--output-format", "sarif").stdout)
    places = [result["locations"][0]["physicalLocation"] for result in sarif["runs"][0]["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {"a.ipynb"}
    line = (tmp_path / "a.ipynb").read_text().splitlines()[places[0]["region"]["startLine"] - 1]
    assert "o3-pro" in line


def test_folders_that_are_not_walked_hold_no_notebooks_either(check: Check) -> None:
    text = notebook(CLIENT, CALL)
    places = ("vendor/", "node_modules/x/", ".ipynb_checkpoints/", "out/")
    files = {f"{place}a.ipynb": text for place in places} | {".gitignore": "out/\n"}
    assert check(files).files_read == 0


def test_a_notebook_in_a_folder_of_tests_or_examples_is_as_a_program_there(check: Check) -> None:
    call = f'{CLIENT}client.responses.create(model="gpt-4-32k", input="")\n'
    for folder in ("tests", "examples", "notebooks", "app"):
        files = {f"{folder}/a.ipynb": notebook(call), f"{folder}/a.py": call}
        report = check(files)
        by_path = {
            path: sorted(
                (one.rule, one.severity) for one in report.findings if one.path.endswith(path)
            )
            for path in ("a.ipynb", "a.py")
        }
        assert by_path["a.ipynb"] == by_path["a.py"], folder


def test_only_what_people_wrote_makes_a_notebook_worth_reading() -> None:
    data = notebook(code("print(1)", stream(CLIENT + CALL))).encode()
    assert recognise_content(data, FileKind.NOTEBOOK) is None
    data = notebook(CLIENT, CALL).encode()
    signature = recognise_content(data, FileKind.NOTEBOOK)
    assert signature
    assert signature.id == "python-model-calls"
    http = 'requests.post("https://api.openai.com/v1/chat/completions", json={"model": "a"})'
    signature = recognise_content(notebook(http).encode(), FileKind.NOTEBOOK)
    assert signature
    assert signature.id == "python-http-calls"


def test_a_notebook_that_is_named_is_searched_whatever_it_holds(tmp_path: Path) -> None:
    write(tmp_path, {"a.ipynb": notebook(markdown(f"The key is {KEY}"))})
    assert agentlint(tmp_path, "check").returncode == 0
    named = agentlint(tmp_path, "check", "a.ipynb", "--output-format", "concise")
    assert "[literal-secret]" in named.stdout
    assert (
        "notebook, since it was named"
        in agentlint(tmp_path, "check", "a.ipynb", "--show-files").stdout
    )


def test_pictures_make_no_notebook_too_large(check: Check) -> None:
    picture = {"data": {"image/png": "iVBORw0KGgo" * 300_000}, "output_type": "display_data"}
    report = check({"a.ipynb": notebook(CLIENT, code("plot()", picture), CALL)})
    assert told(report, RULE) == ["o3-pro"]
    huge = {"data": {"image/png": "iVBORw0KGgo" * 800_000}, "output_type": "display_data"}
    report = check({"a.ipynb": notebook(CLIENT, code("plot()", huge), CALL)})
    assert report.findings == ()


def test_many_large_notebooks_are_read_by_several_processes_and_from_the_cache(
    tmp_path: Path,
) -> None:
    picture = {"data": {"image/png": "iVBORw0KGgo" * 120_000}, "output_type": "display_data"}
    files = {f"{n}.ipynb": notebook(CLIENT, CALL) for n in range(60)}
    files["large.ipynb"] = notebook(CLIENT, code("plot()", picture), CALL)
    write(tmp_path, files)
    for _ in range(2):
        report = checked(tmp_path, jobs=2, cache=tmp_path.parent / "cache")
        assert report.files_read == len(files)
        assert told(report, RULE) == ["o3-pro"] * len(files)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_of_what_jupyter_cannot_open_secrets_alone_are_told(tmp_path: Path, encoding: str) -> None:
    text = notebook(CLIENT, CALL, markdown(f"caf\u00e9 {KEY}")).replace("\\u00e9", "\u00e9")
    (tmp_path / "a.ipynb").write_bytes(text.encode(encoding))
    ran = agentlint(tmp_path, "check", "a.ipynb", "--output-format", "concise")
    assert "[literal-secret]" in ran.stdout
    assert RULE not in ran.stdout
    assert "notice[not-text]" in ran.stdout + ran.stderr


def test_a_model_is_imported_from_a_module_beside_the_notebook(check: Check) -> None:
    files = {
        "models.py": 'MODEL = "o3-pro"\n',
        "a.ipynb": notebook(CLIENT, "from models import MODEL", CALL.replace('"o3-pro"', "MODEL")),
    }
    assert RULE in [finding.rule for finding in check(files).findings]
