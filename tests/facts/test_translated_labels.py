"""Labels in other languages that forbid what stands below, and those that only look like it."""

from __future__ import annotations

from time import process_time

import pytest

from agentlint.facts.wording.translated_labels import forbids_in_translation


@pytest.mark.parametrize(
    "label",
    [
        "VERBOTEN (Bestätigung nötig)",
        "Was verboten ist",
        "Schlechte Beispiele",
        "Ce que l'agent ne doit PAS faire",
        "Ne pas utiliser les modèles suivants",
        "Anti-Patrones a Evitar",
        "Itens absolutamente proibidos",
        "Esempio sbagliato",
        "СТРОГО ЗАПРЕЩЕНО",
        "错误示例",
        "不应该做的",
        "絶対にやってはいけないこと",
        "절대 사용하지 말 것",
    ],
)
def test_a_label_that_forbids_in_another_language(label: str) -> None:
    assert forbids_in_translation(label) is True


@pytest.mark.parametrize(
    "label",
    ["Richtig", "Correcto", "Sempre fazer", "Разрешено", "正确做法", "良い例", "올바른 예시"],
)
def test_tells_what_is_right(label: str) -> None:
    assert forbids_in_translation(label) is False


@pytest.mark.parametrize(
    "label",
    [
        "",
        "No",
        "Non",
        "Se não",
        "Si non",
        "Mai",
        "Nicht-Ziele",
        "À faire / à ne pas faire",
        "Qué hacer y qué no",
        "Gestion des erreurs",
        "Nicht Teil dieses Auftrags",
        "错误处理",
        "実装しない機能",
        "委譲しないケース",
        "Model routing",
    ],
)
def test_a_label_that_says_neither(label: str) -> None:
    assert forbids_in_translation(label) is None


def test_a_long_label_takes_no_time() -> None:
    started = process_time()
    for label in ("禁止" * 100, "nicht " * 33, "하지말" * 66, "(" * 200):
        for _ in range(50):
            forbids_in_translation(label)
    assert process_time() - started < 1
