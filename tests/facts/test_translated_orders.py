"""Orders to use a model in other languages than English: told by words right beside it, and no others."""

from __future__ import annotations

import re
from time import process_time

import pytest

from agentlint.facts.mention import Stance
from agentlint.facts.wording.stance import stance_of
from agentlint.facts.wording.translated_orders import translated_stance

NAME = re.compile(r"M\d")


def stance(text: str) -> Stance:
    """The stance towards the first model, written `M1` in the text."""
    places = [match.span() for match in NAME.finditer(text)]
    return stance_of(text, *places[0], places)


@pytest.mark.parametrize(
    "text",
    [
        "- 必须使用 `M1` 生成图片。",
        "所有正式头像、人物立绘、NPC 画像必须使用 `M1` 生成。",
        "请使用 M1 进行代码审查",
        "请务必使用模型 `M1`",
        "**除非用户明确指定其他模型，否则始终使用 `M1`。**",
        "永遠使用 `M1`。",
        "代码审查时始终使用 `M1`",
        "- 運行 `claude --model M1`",
        '运行 `claude --model M1 -p "hi"` 来审查',
        "必ず `M1` を使用する",
        "レビューでは必ず `M1` を使用すること。",
        "レビューには `M1` を使用してください。",
        "常に M1 モデルを使う",
        "`codex -m M1` を実行してください",
        "항상 `M1`를 사용한다.",
        "리뷰 시 반드시 `M1` 모델을 사용하세요.",
        "`M1`을 반드시 사용해야 합니다.",
        "Verwende immer `M1` für Reviews.",
        "- Verwenden Sie `M1`",
        "Für Reviews, bitte verwende `M1`",
        "Immer `M1` verwenden.",
        "Starte `claude --model M1`.",
        "Utilise toujours `M1`",
        "Utilisez le modèle `M1` pour les revues.",
        "Toujours utiliser `M1`.",
        "Usa siempre `M1` para revisar.",
        "Siempre usa `M1`.",
        "Para revisiones, usa siempre `M1`.",
        "Use sempre o modelo `M1`",
        "Utilize `M1` para revisão",
        "Usa sempre `M1` per le revisioni",
        "Используй `M1` для ревью.",
        "Всегда используйте модель M1.",
        "Запусти `claude --model M1`",
    ],
)
def test_an_order_in_another_language(text: str) -> None:
    assert stance(text) is Stance.DIRECTIVE


@pytest.mark.parametrize(
    "text",
    [
        "不要使用 `M1`",
        "请勿使用 `M1`",
        "禁止使用 `M1`。",
        "`M1` を使用しないでください",
        "`M1`는 사용하지 마세요",
        "`M1`을 사용하지 마세요",
        "Verwende nie `M1`.",
        "Verwende `M1` nicht.",
        "N'utilisez jamais `M1`",
        "Utilise jamais `M1`",
        "Nunca uses siempre `M1`",
        "Nunca use `M1`",
        "Non usare mai `M1`",
        "Никогда не используй `M1`",
    ],
)
def test_a_prohibition_in_another_language(text: str) -> None:
    assert stance(text) is Stance.PROHIBITED


@pytest.mark.parametrize(
    "text",
    [
        "系统始终使用 `M1`",
        "使用 `M1` 模型",
        "- 审查固定使用 `M1` 模型",
        "申请使用 `M1`",
        "**编辑**：使用M1或flux",
        "如果必须使用 `M1`，可能需要放弃",
        "以前必须使用 `M1`。",
        "API 请求使用 `M1`",
        "必须使用 `M1` 兼容的接口",
        "是否必须使用 `M1`",
        "请使用更快的模型（如 `M1`）",
        "改为使用 `M1`",
        "默认使用 `M1`",
        "`M1` 已弃用",
        "このサービスは常に `M1` を使用する",
        "`M1` を使用しています",
        "`M1` を使用することができます",
        "例えば `M1` を使用してください",
        "以前は必ず `M1` を使用していた",
        "**使用モデル**: `M1`",
        "このツールは `M1` を使用します",
        "`M1`를 사용합니다",
        "이 서비스는 항상 `M1`를 사용한다",
        "사용 가능 모델: `M1`",
        "Ich verwende `M1`.",
        "Sie verwenden `M1`",
        "Der Dienst verwendet immer `M1`",
        "Le service utilise toujours `M1`",
        "Utilise `M1`",
        "`ask()`: Usa siempre `M1`",
        "Usa `M1` con un esquema",
        "El servicio usa siempre `M1`",
        "Modele utilise : `M1`",
        "O serviço usa sempre `M1`",
        "Il servizio usa sempre `M1`",
        "Сервис всегда использует `M1`",
        "Мы используем `M1`",
        "Например, используй `M1`",
        "review.sh：运行 `claude --model M1`",
        "Por ejemplo: utilice `M1`",
        "Wechsel von `M1` auf `M2`",
    ],
)
def test_descriptions_examples_and_history(text: str) -> None:
    assert stance(text) is Stance.NEUTRAL


def test_a_long_clause_takes_no_time() -> None:
    text = "必须使用 必ず usa siempre verwende " * 30_000 + "`M1`"
    place = len(text) - 3, len(text) - 1
    started = process_time()
    for _ in range(40):
        translated_stance(text, 0, *place, len(text))
    assert process_time() - started < 1
