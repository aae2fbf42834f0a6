"""Data that a command prints is told from a file that people are to write."""

from __future__ import annotations

import pytest
from tests.facts.reading import stances_in

from agentlint.facts.mention import Stance


def stance_in(text: str) -> Stance:
    """The stance towards the one model of a document."""
    (stance,) = stances_in(text)
    return stance


def stance_below(command: str, between: str = "", fence: str = "json") -> Stance:
    shell = f"```bash\n{command}\n```\n{between}\n"
    return stance_in(f'{shell}```{fence}\n{{"model": "gpt-5.4"}}\n```\n')


@pytest.mark.parametrize(
    "command",
    [
        "gateway status",
        "cd gateway\n./gateway list",
        "curl -s \\\n  http://localhost:4000/health",
        "kubectl get model writer",
        "gateway run --json",
    ],
)
def test_what_a_command_prints_is_only_named(command: str) -> None:
    assert stance_below(command) is Stance.NEUTRAL


@pytest.mark.parametrize(
    "command",
    [
        "sudo apt-get install tool",
        "go get example.com/tool",
        "mkdir -p ~/.tool",
        "curl http://localhost:4000/v1/responses -d @request.json",
        "tool list > models",
        "tool status\ntool init",
    ],
)
def test_what_stands_below_another_command_is_assigned(command: str) -> None:
    assert stance_below(command) is Stance.ASSIGNED


def test_text_between_tells_what_the_data_is() -> None:
    assert stance_below("tool status", "Then configure it:\n") is Stance.ASSIGNED


def test_a_program_is_no_answer() -> None:
    assert stance_below("tool status", fence="python") is Stance.ASSIGNED


def stance_under(heading: str, sample: str, fence: str = "") -> Stance:
    return stance_in(f"## {heading}\n\n```{fence}\n{sample}\n```\n")


@pytest.mark.parametrize(
    "heading", ["Expected output", "Success Output", "3. Sample response", "**Results**", "Logs"]
)
def test_a_sample_of_no_language_below_a_label_of_output_was_printed(heading: str) -> None:
    assert stance_under(heading, "[ok] done (model: gpt-5.4)") is Stance.NEUTRAL


@pytest.mark.parametrize(
    "heading", ["Structured output", "Response format", "Log analysis", "Setup"]
)
def test_below_other_labels_such_a_sample_may_be_to_write(heading: str) -> None:
    assert stance_under(heading, "model: gpt-5.4") is Stance.ASSIGNED


@pytest.mark.parametrize(
    "heading",
    ["成功响应", "出力例", "응답 예시", "Antwort", "Réponse", "Respuesta", "Пример: ответ"],
)
def test_answers_are_told_in_other_languages(heading: str) -> None:
    assert stance_under(heading, '{"id": 1, "model": "gpt-5.4"}', "json") is Stance.NEUTRAL


@pytest.mark.parametrize(
    ("fence", "code"),
    [
        ("python", 'def ask(model="gpt-5.4"):\n    return {"prompt_tokens": 1}'),
        ("javascript", 'ask({ model: "gpt-5.4" });\nsend({ "object": 1 });'),
    ],
)
def test_a_program_that_names_keys_of_answers_is_none(fence: str, code: str) -> None:
    assert stance_in(f"```{fence}\n{code}\n```\n") is Stance.ASSIGNED


@pytest.mark.parametrize("fence", ["", "json", "python", "javascript", "bash", "http"])
def test_an_answer_in_whatever_fence(fence: str) -> None:
    answer = '# 200\n{"object": "chat.completion", "model": "gpt-5.4"}'
    assert stance_in(f"```{fence}\n{answer}\n```\n") is Stance.NEUTRAL


def stance_after(lead_in: str, sample: str, fence: str = "") -> Stance:
    return stance_in(f"# A\n\n{lead_in}\n\n```{fence}\n{sample}\n```\n")


@pytest.mark.parametrize(
    "lead_in",
    [
        "Report in this format:",
        "Then show the user exactly what will change:",
        "Ask before you switch. Reply in the following format:",
        "**Output format:**",
        "请按以下格式报告：",
        "次の形式で報告してください：",
        "다음 형식으로 보고:",
        "Antworte in diesem Format:",
        "Répondez dans ce format :",
        "Responde en este formato:",
        "Responda neste formato:",
        "Rispondi in questo formato:",
        "Отвечай в таком формате:",
    ],
)
def test_what_the_reader_is_to_say_is_only_named(lead_in: str) -> None:
    assert stance_after(lead_in, "model: gpt-5.4\ncost: 0.XX") is Stance.NEUTRAL


@pytest.mark.parametrize(
    ("lead_in", "sample"),
    [
        ("Show the user how to start it:", "model: gpt-5.4"),
        ("Show the user exactly what will be run:", "tool --model gpt-5.4"),
        ("Write the config in this format:", "model: gpt-5.4"),
        ("Report problems to the platform team. Configure it:", "model: gpt-5.4"),
        ("Show this setting in the response format:", "model: gpt-5.4"),
        ("Configure it:", "Model: gpt-5.4"),
        ("Configure it:", "Model: gpt-5.4  # for reviews"),
    ],
)
def test_what_the_reader_is_to_do_is_assigned(lead_in: str, sample: str) -> None:
    assert stance_after(lead_in, sample) is Stance.ASSIGNED


def test_a_line_that_says_more_of_a_model_is_one_of_a_report() -> None:
    assert stance_after("Then:", "Model: gpt-5.4 (OpenAI)\nCost: low") is Stance.NEUTRAL
