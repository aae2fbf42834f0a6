"""What stands above tables and samples is known alike in each language."""

from __future__ import annotations

import pytest
from msgspec.structs import astuple, fields
from tests.facts.reading import stances_in

from agentlint.facts.mention import Stance
from agentlint.facts.wording.announcements import begins_example, leads_to_report, shows_form
from agentlint.facts.wording.orders_vocabulary import HeadWords, heads_in_pieces, heads_in_words
from agentlint.facts.wording.sections import tells_way_back

EXAMPLES = [
    *(
        "Example:",
        "示例：",
        "范例:",
        "例：",
        "サンプル：",
        "例：",
        "예시:",
        "예:",
        "Beispiel:",
        "**Beispiel:**",
    ),
    *("Exemple :", "Par exemple :", "Ejemplo:", "Por ejemplo:", "Esempio:", "Exemplo:", "Пример:"),
    *("Beispiel für `llm.json`:", "Esempio di configurazione:", "Struktur:", "結構："),
]
# What says no less than that the sample is to be used, or of something else that it is one.
NO_EXAMPLES = [
    *("Configuration:", "Konfiguration:", "Modèle :", "Configuração:", "配置：", "設定：", "설정:"),
    *(
        "例外：",
        "사례:",
        "Verwende dieses Beispiel:",
        "Utilisez cet exemple :",
        "Используй пример:",
    ),
]
CODE = '{"model": "gpt-5.4-2026-03-05", "temperature": 1}'


def _stance(lead_in: str) -> list[Stance]:
    return stances_in(f"# A\n\n{lead_in}\n\n```json\n{CODE}\n```\n")


def test_each_language_has_each_list() -> None:
    languages = (*heads_in_words(), *heads_in_pieces())
    assert len(languages) == 9
    for language in languages:
        assert all(astuple(language)), language
    assert {field.name for field in fields(HeadWords)} >= {
        "example",
        "output",
        "report",
        "way_back",
    }


@pytest.mark.parametrize("label", EXAMPLES)
def test_a_sample_below_a_label_of_examples_only_shows(label: str) -> None:
    assert shows_form(label)
    assert _stance(label) == [Stance.EXAMPLE]


@pytest.mark.parametrize("label", NO_EXAMPLES)
def test_a_sample_below_any_other_label_is_set(label: str) -> None:
    assert not shows_form(label)
    assert _stance(label) == [Stance.ASSIGNED]


@pytest.mark.parametrize(
    "label", ["Beispiel:", "Exemple :", "Ejemplo:", "Пример:", "示例：", "예시:"]
)
def test_a_program_below_a_label_of_examples_is_one(label: str) -> None:
    assert begins_example(label)
    assert not begins_example(f"Dies ist kein {label}")


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Ausgabe:",
            "Réponse :",
            "Salida:",
            "Saída:",
            "Risposta:",
            "Вывод:",
            "输出：",
            "出力：",
            "출력:",
        ),
        *("Ergebnis:", "Résultat :", "Resultado:", "Risultato:", "Результат:", "結果：", "결과:"),
    ],
)
def test_what_a_command_printed_is_told_by_its_label(label: str) -> None:
    assert _stance(label) == [Stance.NEUTRAL]


@pytest.mark.parametrize(
    "label",
    [
        *("Antworte in diesem Format:", "Réponds dans ce format :", "Responde con este formato:"),
        *("Responda neste formato:", "Rispondi in questo formato:", "Ответь в этом формате:"),
        *(
            "输出格式：",
            "出力形式：",
            "출력 형식:",
            "报告格式：",
            "Ausgabeformat:",
            "Formato de salida:",
        ),
    ],
)
def test_what_the_reader_is_to_say_is_told_by_its_label(label: str) -> None:
    assert leads_to_report(label)


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("Modellauswahl", "Aufgabe | Modell"),
        ("Choix du modèle", "Tâche | Modèle"),
        ("Selección de modelo", "Tarea | Modelo"),
        ("Seleção de modelo", "Tarefa | Modelo"),
        ("Scelta del modello", "Compito | Modello"),
        ("Выбор модели", "Задача | Модель"),
        ("模型选择", "任务 | 模型"),
        ("モデルの選択", "タスク | モデル"),
        ("모델 선택", "작업 | 모델"),
    ],
)
def test_a_table_that_gives_models_their_work_orders_them(title: str, heads: str) -> None:
    table = f"| {heads} |\n|---|---|\n| x | gpt-5.4-2026-03-05 |\n"
    assert stances_in(f"# {title}\n\n{table}") == [Stance.DIRECTIVE]
    assert stances_in(f"# A\n\n{table}") != [Stance.DIRECTIVE]


@pytest.mark.parametrize(
    "sentence",
    [
        *("Die Umstellung lässt sich rückgängig machen.", "On peut rétablir l'ancienne URL."),
        *("Plan de reversión: la URL anterior.", "Para reverter, volte à URL antiga."),
        *("Per il ripristino c'è la vecchia URL.", "Откат: вернуть прежний адрес."),
        *("回滚到旧网关。", "ロールバック手順", "롤백 방법"),
    ],
)
def test_the_way_back_is_known(sentence: str) -> None:
    assert tells_way_back(sentence)
    assert not tells_way_back("Die Umstellung erfolgt für alle Agenten à la carte.")
