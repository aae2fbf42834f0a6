"""One table for all languages: what speaks in one has its counterpart in each other, and what is silent."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec import Struct
from msgspec.structs import asdict
from tests.facts.reading import stances_in

from agentlint.facts.mention import Stance

# `M` stands for an ID in a code span.
ID = "gpt-5.4"
NAME = re.compile("(?<![A-Za-z])M(?![A-Za-z])")


class Cells(Struct, frozen=True):
    """What a language has for each way to speak of a model; of `orders` each one orders it."""

    orders: tuple[str, ...]
    prohibitions: tuple[str, ...]
    conditions: tuple[str, ...]
    quotations: tuple[str, ...]
    forbidding_headings: tuple[str, ...]
    questions: tuple[str, ...]
    past_reports: tuple[str, ...]
    other_things: tuple[str, ...]


LANGUAGES = {
    "German": Cells(
        orders=(
            "Verwende M.",
            "Verwende immer M.",
            "Verwende für Code-Reviews immer das Modell M.",
            "Für Code-Reviews immer M verwenden.",
            "Immer M für Reviews verwenden.",
            "Du musst M verwenden.",
            "Sie müssen immer M verwenden.",
            "Du musst M für Reviews verwenden.",
            "Für Reviews muss M verwendet werden.",
            "M muss verwendet werden.",
            "Verwende immer das M-Modell.",
            "Verwende nur M.",
            "Übergib Reviews an M.",
            "Delegiere alle Reviews immer an das Modell M.",
            "Das Modell muss M sein.",
        ),
        prohibitions=(
            "Verwende M nicht.",
            "Verwende M auf keinen Fall.",
            "Verwende M unter keinen Umständen.",
            "Du musst M nicht verwenden.",
            "- **Verboten:** verwende immer M.",
            "Übergib keine Reviews an M.",
        ),
        conditions=(
            "Verwende M nur, wenn ein Mensch zustimmt.",
            "Verwende M nur mit Freigabe.",
            "Wenn ein Mensch zustimmt, verwende M.",
            "Wenn du M verwenden musst, frage zuerst.",
        ),
        quotations=(
            "Der alte Prompt „Verwende immer M.“ ist gestrichen.",
            'Sagt der Nutzer "Antworte kurz. Verwende immer M.", lehne ab.',
        ),
        forbidding_headings=(
            "## Verboten\n\n- Verwende immer M.",
            "## VERBOTEN (nur mit Freigabe)\n\n- Verwende immer M.",
            "**Niemals tun:**\n\n- Verwende M.",
            "So nicht:\n\n- Verwende M.",
            "## Verbotene Aktionen\n\n- Verwende M.",
        ),
        questions=("Verwende immer M?", "Muss M verwendet werden?"),
        past_reports=(
            "Früher haben wir immer M verwendet.",
            "Früher hieß es: Verwende immer M.",
        ),
        other_things=(
            "Verwende immer M-kompatible Endpunkte.",
            "Verwende immer den Tokenizer von M.",
            "Verwende für Aufgaben mit M den Cache.",
            "Für Reviews verwenden wir immer M.",
            "Der Dienst muss M verwenden.",
            "Wir übergeben Reviews an M.",
            "Das Ergebnis muss M sein.",
        ),
    ),
    "French": Cells(
        orders=(
            "Utilisez M.",
            "Utilise toujours M.",
            "Pour les revues, utilisez M.",
            "Pour les revues de code utilisez toujours le modèle M.",
            "Vous devez utiliser M.",
            "Tu dois toujours utiliser M.",
            "Il faut utiliser M.",
            "L'agent doit utiliser M.",
            "M doit être utilisé.",
            "Utilisez uniquement M.",
            "Déléguez les revues à M.",
            "Vous devez déléguer les revues à M.",
            "Le modèle doit être M.",
        ),
        prohibitions=(
            "N'utilisez jamais M.",
            "N'utilisez M en aucun cas.",
            "Vous ne devez pas utiliser M.",
            "- **Interdit :** utilisez M.",
            "Ne déléguez rien à M.",
        ),
        conditions=(
            "Utilisez M uniquement avec accord.",
            "Utilisez M seulement si un humain approuve.",
            "Avec accord, utilisez M.",
            "Utilisez M après validation.",
        ),
        quotations=(
            "La consigne « Utilisez toujours M » est retirée.",
            'Si l\'utilisateur dit "Utilisez toujours M", refusez.',
        ),
        forbidding_headings=(
            "## Interdit\n\n- Utilisez M.",
            "## Ce que l'agent ne doit PAS faire\n\n- Utilise toujours M.",
            "## À ne pas faire\n\n- Utilise toujours M.",
            "**Commandes interdites**\n\n- Utilise toujours M.",
            "Ne jamais :\n\n- Utilise toujours M.",
        ),
        questions=("Utilisez toujours M ?", "Faut-il toujours utiliser M ?"),
        past_reports=(
            "Avant, nous utilisions toujours M.",
            "Auparavant : utilisez toujours M.",
        ),
        other_things=(
            "Utilisez M-compatible.",
            "Utilisez toujours le tokenizer de M.",
            "Pour les revues le service utilise toujours M.",
            "Le service doit utiliser M.",
            "L'agent délègue les revues à M.",
            "Le modèle doit être compatible avec M.",
        ),
    ),
    "Spanish": Cells(
        orders=(
            "Utilice M.",
            "Usa siempre M.",
            "Para revisiones usa siempre M.",
            "Para la revisión de código usa siempre el modelo M.",
            "Debes usar M.",
            "Debes usar siempre M.",
            "Hay que usar M.",
            "Se debe usar M.",
            "Tienes que usar M.",
            "M debe usarse.",
            "Delegue las revisiones a M.",
            "Debes delegar las revisiones a M.",
            "El modelo por defecto debe ser M.",
        ),
        prohibitions=(
            "No uses M.",
            "Nunca uses siempre M.",
            "No debes usar M.",
            "Utilice M en ningún caso.",
            "- **Prohibido:** usa siempre M.",
            "No delegue nada a M.",
            "El modelo no debe ser M.",
        ),
        conditions=(
            "Usa siempre M solo si una persona lo aprueba.",
            "Utilice M solo con permiso.",
            "Con permiso, usa siempre M.",
            "Utilice M tras la aprobación.",
        ),
        quotations=(
            "La regla «Usa siempre M» queda anulada.",
            'Si el usuario dice "usa siempre M", rechaza.',
        ),
        forbidding_headings=(
            "## No hacer\n\n- Usa siempre M.",
            "## Qué no hacer\n\n- Usa siempre M.",
            "## PROHIBIDO\n\n- Usa siempre M.",
            "**Nunca hagas esto:**\n\n- Usa siempre M.",
            "## Anti-patrones a evitar\n\n- Usa siempre M.",
        ),
        questions=("¿Usar siempre M?", "¿Debes usar M?"),
        past_reports=("Antes usábamos siempre M.", "Antes decía: usa siempre M."),
        other_things=(
            "Usa siempre M-compatible.",
            "Usa siempre el tokenizador de M.",
            "Para revisiones el servicio usa siempre M.",
            "Para revisiones Claude usa siempre M.",
            "El servicio debe usar M.",
            "El servicio delega las revisiones a M.",
            "El modelo debe ser mejor que M.",
        ),
    ),
    "Portuguese": Cells(
        orders=(
            "Utilize M.",
            "Use sempre M.",
            "Use sempre o modelo M no código.",
            "Para revisões use sempre M.",
            "Você deve usar M.",
            "Você deve usar sempre M.",
            "É preciso usar M.",
            "M deve ser usado.",
            "Delegue a revisão para M.",
            "Delega sempre as revisões para M.",
            "O modelo deve ser M.",
        ),
        prohibitions=(
            "Não use M.",
            "Nunca use M.",
            "Utilize M em hipótese alguma.",
            "Você não deve usar M.",
            "- **Proibido:** use sempre M.",
            "Nunca delegue revisões para M.",
        ),
        conditions=(
            "Use sempre M apenas se uma pessoa aprovar.",
            "Utilize M somente com permissão.",
            "Com autorização, use sempre M.",
            "Utilize M após aprovação.",
        ),
        quotations=(
            "A regra «Use sempre M» foi removida.",
            'Se o usuário disser "use sempre M", recuse.',
        ),
        forbidding_headings=(
            "## Proibido\n\n- Use sempre M.",
            "## O que não fazer\n\n- Use sempre M.",
            "## 🚨 NUNCA FAZER\n\n- Use sempre M.",
            "**Não faça isso:**\n\n- Use sempre M.",
            "## Itens proibidos\n\n- Use sempre M.",
        ),
        questions=("Usar sempre M?", "Você deve usar M?"),
        past_reports=("Antes usávamos sempre M.", "Antigamente: use sempre M."),
        other_things=(
            "Use sempre M-compatível.",
            "Use sempre o tokenizador do M.",
            "Para revisões o serviço usa sempre M.",
            "O serviço deve usar M.",
            "O agente delega a revisão para M.",
            "O resultado deve ser M.",
        ),
    ),
    "Italian": Cells(
        orders=(
            "Utilizzate M.",
            "Usa sempre M.",
            "Per le revisioni usa sempre il modello M.",
            "Devi usare M.",
            "Devi usare sempre M.",
            "Bisogna usare M.",
            "Si deve usare M.",
            "M deve essere usato.",
            "Affidate le revisioni a M.",
            "Devi delegare le revisioni a M.",
            "Il modello deve essere M.",
        ),
        prohibitions=(
            "Non usare mai M.",
            "Utilizzate M in nessun caso.",
            "Non devi usare M.",
            "- **Vietato:** usa sempre M.",
            "Non affidate revisioni a M.",
        ),
        conditions=(
            "Usa sempre M solo se una persona approva.",
            "Utilizzate M solo con permesso.",
            "Con autorizzazione, usa sempre M.",
            "Utilizzate M dopo approvazione.",
        ),
        quotations=(
            "La regola «Usa sempre M» è stata tolta.",
            'Se l\'utente dice "usa sempre M", rifiuta.',
        ),
        forbidding_headings=(
            "## Vietato\n\n- Usa sempre M.",
            "## Cosa non fare\n\n- Usa sempre M.",
            "**Non fare mai:**\n\n- Usa sempre M.",
            "## ❌ SBAGLIATO\n\n- Usa sempre M.",
        ),
        questions=("Usare sempre M?", "Devi usare M?"),
        past_reports=("Prima usavamo sempre M.", "In passato: usa sempre M."),
        other_things=(
            "Usa sempre M-compatibile.",
            "Usa sempre il tokenizer di M.",
            "Per le revisioni il servizio usa sempre M.",
            "Il servizio deve usare M.",
            "Il servizio affida le revisioni a M.",
            "Il risultato deve essere M.",
        ),
    ),
    "Russian": Cells(
        orders=(
            "Используй M.",
            "Всегда используй M.",
            "Для ревью всегда используй M.",
            "Используй для ревью кода всегда модель M.",
            "Нужно использовать M.",
            "Необходимо всегда использовать модель M.",
            "Агент должен использовать M.",
            "Используй только M.",
            "Ревью отдавай M.",
            "Передавай ревью M.",
            "Модель должна быть M.",
        ),
        prohibitions=(
            "Не используй M.",
            "Ни в коем случае не используй M.",
            "Не нужно использовать M.",
            "- **Запрещено:** всегда используй M.",
            "Не отдавай ревью M.",
        ),
        conditions=(
            "Используй M только с разрешения человека.",
            "Используй M, если человек разрешит.",
            "После согласования используй M.",
            "Если нужно использовать M, спроси.",
        ),
        quotations=(
            "Правило «Всегда используй M» отменено.",
            'Если пользователь пишет "всегда используй M", откажи.',
        ),
        forbidding_headings=(
            "## Запрещено\n\n- Всегда используй M.",
            "## Запреты\n\n- Всегда используй M.",
            "## Что нельзя делать\n\n- Всегда используй M.",
            "**Никогда не делай так:**\n\n- Всегда используй M.",
        ),
        questions=("Всегда использовать M?", "Нужно использовать M?"),
        past_reports=("Раньше мы всегда использовали M.", "Раньше: всегда используй M."),
        other_things=(
            "Используй M-совместимый API.",
            "Всегда используй токенизатор M.",
            "Для ревью сервис всегда использует M.",
            "Сервис должен использовать M.",
            "Сервис отдаёт ревью M.",
            "Модель должна быть быстрее M.",
        ),
    ),
    "Chinese (simplified)": Cells(
        orders=(
            "请使用 M。",
            "始终使用 M。",
            "请始终使用 M 进行代码审查。",
            "必须始终使用 M。",
            "代码审查时必须使用 M。",
            "请务必只使用 M。",
            "评审必须交给 M。",
            "测试统一交给 M 子代理。",
            "所有代码必须由 M 生成。",
            "默认模型必须为 M。",
            "子代理只能使用 M。",
        ),
        prohibitions=(
            "不要使用 M。",
            "请不要始终使用 M。",
            "严禁使用 M。",
            "- **禁止：** 必须使用 M。",
            "不要交给 M。",
            "不要把评审默认交给 M。",
        ),
        conditions=(
            "当必须使用 M 时，请先申请。",
            "必须使用 M 之前，先问人。",
            "经批准后，请使用 M。",
            "仅当必须使用 M，才能申请。",
        ),
        quotations=(
            "旧提示词写着“必须使用 M”，已删除。",
            "用户说「请始终使用 M」就拒绝。",
            '删除 "必须使用 M" 这一条。',
        ),
        forbidding_headings=(
            "## 禁止事项\n\n- 必须使用 M。",
            "## 不要\n\n- 始终使用 M。",
            "## 绝对禁止事项\n\n- 始终使用 M。",
            "不要这样做：\n\n- 始终使用 M。",
            "## 反模式\n\n- 始终使用 M。",
        ),
        questions=("必须使用 M 吗？", "是否必须使用 M？", "必须使用 M？"),
        past_reports=("以前必须使用 M。", "以前，必须使用 M。", "过去始终使用 M。"),
        other_things=(
            "必须使用 M 兼容的接口。",
            "必须使用 M 的分词器。",
            "系统始终使用 M。",
            "评审已被统一交给 M。",
            "任务交给 M 执行。",
            "检查优先交给 M 上的模型。",
            "免费账号只能用 M。",
            "固定使用 M。",
            "结果再统一交给 M 打分。",
        ),
    ),
    "Chinese (traditional)": Cells(
        orders=(
            "請使用 M。",
            "始終使用 M。",
            "請始終使用 M 進行審查。",
            "必須始終使用 M。",
            "務必使用 M。",
            "評審必須交給 M。",
            "預設模型必須為 M。",
        ),
        prohibitions=(
            "請勿使用 M。",
            "請不要始終使用 M。",
            "- **禁止：** 必須使用 M。",
            "不要交給 M。",
        ),
        conditions=(
            "當必須使用 M 時，請先申請。",
            "經批准後，請使用 M。",
            "僅當必須使用 M，才能申請。",
        ),
        quotations=("舊提示詞寫著「必須使用 M」，已刪除。", "“請始終使用 M”已作廢。"),
        forbidding_headings=(
            "## 禁止事項\n\n- 必須使用 M。",
            "## 絕對禁止事項\n\n- 始終使用 M。",
            "不要這樣做：\n\n- 始終使用 M。",
        ),
        questions=("必須使用 M 嗎？", "必須使用 M？"),
        past_reports=("以前必須使用 M。", "過去始終使用 M。"),
        other_things=(
            "必須使用 M 相容的介面。",
            "系統始終使用 M。",
            "系統會預設交給 M。",
        ),
    ),
    "Japanese": Cells(
        orders=(
            "M を使用してください。",
            "必ず M を使用する。",
            "レビューでは必ず M を使用すること。",
            "レビューは M を使うこと。",
            "常に M を使う。",
            "レビューは M に任せる。",
            "レビューは M に委譲すること。",
            "モデルは必ず M とする。",
            "モデルは必ず M を使う。",
            "モデルは M で固定。",
        ),
        prohibitions=(
            "M を使用しないでください。",
            "M は使わないでください。",
            "M を使用してはいけません。",
            "- **禁止：** 必ず M を使用すること。",
            "レビューは M に任せない。",
        ),
        conditions=(
            "承認がある場合のみ M を使用してください。",
            "許可を得てから、M を使用してください。",
            "M を使用する場合は承認を得てください。",
        ),
        quotations=(
            "「M を使用してください」という指示は無視する。",
            "M を使用してください。という指示は無視する。",
            "M を使用してください、とは書かないこと。",
            "M を使用してくださいと言われたら断る。",
        ),
        forbidding_headings=(
            "## 禁止事項\n\n- 必ず M を使用してください。",
            "## やってはいけないこと\n\n- 必ず M を使用する。",
            "## 避けるべきアンチパターン\n\n- 必ず M を使用する。",
            "以下は禁止：\n\n- 必ず M を使用する。",
        ),
        questions=("必ず M を使用しますか？", "必ず M を使用する？"),
        past_reports=("以前は必ず M を使用していた。", "従来は、必ず M を使用すること。"),
        other_things=(
            "M 互換の API を使用してください。",
            "M のトークナイザーを使用してください。",
            "このサービスは常に M を使用する。",
            "レビューは M に任せた。",
            "ルーターは仕事を M に任せる。",
            "システムは M に任せる。",
        ),
    ),
    "Korean": Cells(
        orders=(
            "M를 사용하세요.",
            "항상 M를 사용한다.",
            "리뷰 시 반드시 M 모델을 사용하세요.",
            "M를 반드시 사용해야 합니다.",
            "항상 M만 사용하세요.",
            "리뷰는 M에게 맡긴다.",
            "리뷰는 M에게 맡기세요.",
            "모델은 반드시 M여야 한다.",
            "모델은 M로 고정한다.",
        ),
        prohibitions=(
            "M를 사용하지 마세요.",
            "M는 사용 금지.",
            "- **금지:** 항상 M를 사용하세요.",
            "리뷰는 M에게 맡기지 마세요.",
        ),
        conditions=(
            "승인을 받은 경우에만 M를 사용하세요.",
            "승인 후, M를 사용하세요.",
            "M를 사용해야 하는 경우 먼저 물어보세요.",
        ),
        quotations=(
            "“항상 M를 사용하세요”라는 지시는 무시한다.",
            '"M를 사용하세요"라고 하면 거절한다.',
        ),
        forbidding_headings=(
            "## 금지 사항\n\n- 항상 M를 사용하세요.",
            "## 하지 말아야 할 것\n\n- 항상 M를 사용하세요.",
            "## 절대 금지사항\n\n- 항상 M를 사용하세요.",
            "## 안티패턴\n\n- 항상 M를 사용하세요.",
        ),
        questions=("항상 M를 사용하나요?", "항상 M를 사용한다?"),
        past_reports=("예전에는 항상 M를 사용했다.", "과거: 항상 M를 사용한다."),
        other_things=(
            "M 호환 API를 사용하세요.",
            "M의 토크나이저를 사용하세요.",
            "이 서비스는 항상 M를 사용한다.",
            "리뷰는 M에게 맡겼다.",
            "라우터는 작업을 M에게 맡긴다.",
            "모델은 M로 고정돼 있다.",
        ),
    ),
}


def stance(text: str) -> Stance:
    (found,) = stances_in(NAME.sub(f"`{ID}`", text))
    return found


def cells(orders: bool) -> Iterator[tuple[str, str, str]]:
    for language, row in LANGUAGES.items():
        for cell, texts in asdict(row).items():
            assert texts
            if (cell == "orders") is orders:
                yield from ((language, cell, text) for text in texts)


@pytest.mark.parametrize(("language", "cell", "text"), list(cells(orders=True)))
def test_every_order_of_a_language_is_one(language: str, cell: str, text: str) -> None:
    assert stance(text) is Stance.DIRECTIVE


@pytest.mark.parametrize(("language", "cell", "text"), [*cells(orders=True), *cells(orders=False)])
def test_a_name_before_the_id_changes_nothing(language: str, cell: str, text: str) -> None:
    (found,) = stances_in(NAME.sub(f"GPT-5.4 (`{ID}`)", text))
    assert found is stance(text)


@pytest.mark.parametrize(("language", "cell", "text"), list(cells(orders=False)))
def test_everything_else_is_silent(language: str, cell: str, text: str) -> None:
    assert stance(text) is not Stance.DIRECTIVE
