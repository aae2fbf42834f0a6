"""Headings, lead-ins and heads of columns in languages other than English that forbid what stands below.

A label forbids only if all of it is made of the words below and one of them forbids: "Verboten" and "Ne pas
utiliser les modèles suivants" do, "Nicht-Ziele" and "Gestion des erreurs" do not, and "À faire / à ne pas
faire" says both. The lists are closed, and a label is read once, from its start to its end.
"""

from __future__ import annotations

from msgspec import Struct

_MARKS = " \t\r\n\u3000*_`~#:：.。!！?？…—–-、,，\"'“”«»「」【】[]>❌✅✔✓🚫⛔⚠️\ufe0f"
_SENTENCE_ENDS = "。！？"
_OPENS = "(（"


class _Vocabulary(Struct, frozen=True):
    """Of `forbids` one has to stand in a label, and nothing else than those and `others`; a label that
    begins with one of `allows` tells what is right."""

    forbids: frozenset[str]
    others: frozenset[str]
    allows: frozenset[str]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = (
    _Vocabulary(  # German
        forbids=_set(
            """nicht nie niemals verboten verbotene verbotenes verbotener verbot verbote untersagt
            unzulässig vermeiden vermeide falsch schlecht schlechtes schlechte antipattern antipatterns
            anti-pattern anti-patterns anti-muster antimuster tabu keinesfalls gegenbeispiel
            negativbeispiel"""
        ),
        others=_set(
            """so das dies diese dieses die der folgende folgenden aktionen dinge modelle modell muster
            beispiel beispiele tun machen anfassen verwenden verwende verwendet nutzen nutze benutzen
            benutze einsetzen sie du ihr agenten darfst dürfen dürft darf ist sind streng strikt absolut
            ausdrücklich bitte zu was soll sollst werden unbedingt zu im"""
        ),
        allows=_set(
            "richtig korrekt gut besser stattdessen erlaubt empfohlen immer pflicht gutes verwende nutze"
        ),
    ),
    _Vocabulary(  # French
        forbids=_set(
            """jamais interdit interdits interdite interdites interdiction interdictions proscrit pas
            éviter évitez proscrire antipattern antipatterns anti-pattern anti-patterns mauvais mauvaise
            incorrect contre-exemple"""
        ),
        others=_set(
            """ne n à a faire fais faites utiliser utilise utilisez employer ce ces ceci cela que qu il
            faut l agent agents claude doit doivent dois devez vous tu les le la modèles modèle suivants
            suivant comme ça exemple exemples pratiques actions commandes éléments absolument
            strictement choses de d est sont formellement usages"""
        ),
        allows=_set(
            "correct bon bonne mieux plutôt autorisé autorisés recommandé toujours obligatoire utilisez"
        ),
    ),
    _Vocabulary(  # Spanish
        forbids=_set(
            """nunca jamás prohibido prohibida prohibidos prohibidas prohibición prohibiciones no evitar
            evita evite incorrecto incorrecta mal malo mala antipatrón antipatrones anti-patrón
            anti-patrones"""
        ),
        others=_set(
            """hacer hagas haga hacerlo usar uses utilizar utilices use emplear lo que qué se debe deben
            debes el los las la modelos modelo siguientes siguiente estos este esto ejemplo ejemplos de
            a prácticas práctica acciones comandos cosas estrictamente terminantemente absolutamente
            permitido permitidos está están así"""
        ),
        allows=_set(
            "correcto bien bueno mejor permitido recomendado siempre obligatorio usa utiliza hacer"
        ),
    ),
    _Vocabulary(  # Portuguese
        forbids=_set(
            """nunca jamais proibido proibida proibidos proibidas proibição proibições não nao evitar
            evite errado errada incorreto ruim antipadrão antipadrões anti-padrão anti-padrões"""
        ),
        others=_set(
            """fazer faça façam usar use utilizar utilize o que se deve devem você os as a modelos
            modelo itens ações comandos coisas absolutamente estritamente terminantemente permitido
            permitidos exemplo exemplos de isso isto assim seguintes é são"""
        ),
        allows=_set(
            "correto certo bom melhor permitido recomendado sempre obrigatório use utilize faça"
        ),
    ),
    _Vocabulary(  # Italian
        forbids=_set(
            """mai vietato vietata vietati vietate divieto divieti non evitare evita sbagliato sbagliata
            errato errata scorretto proibito proibiti antipattern anti-pattern"""
        ),
        others=_set(
            """fare usare utilizzare usate cosa cose che da si deve devi devono i le il modelli modello
            seguenti questo questi esempio esempi così assolutamente severamente rigorosamente
            consentito consentiti permesso azioni comandi è sono"""
        ),
        allows=_set(
            "corretto giusto bene meglio invece consentito raccomandato sempre obbligatorio usa usate"
        ),
    ),
    _Vocabulary(  # Russian
        forbids=_set(
            """нельзя никогда запрещено запрещён запрещен запрещены запрещена запрещённые запрещенные
            запрет запреты не избегать избегайте неправильно неверно плохо плохой антипаттерн
            антипаттерны анти-паттерны недопустимо"""
        ),
        others=_set(
            """делать делай делайте использовать используй используйте применять следующие модели модель
            эти это что чего так строго категорически абсолютно пример примеры действия команды должен
            должны агент агенту агентам вы ты следует"""
        ),
        allows=_set(
            "правильно верно хорошо лучше разрешено можно рекомендуется всегда обязательно используй"
        ),
    ),
)
# Languages without blanks, or whose endings stick to the words: pieces of a label without its blanks.
_PIECES = (
    _Vocabulary(  # Chinese
        forbids=_set(
            """禁止 严禁 嚴禁 禁忌 禁用 禁 不要 请勿 請勿 切勿 勿 不得 不准 不可 不能 不允许 不允許 不应
            不應 不该 不該 避免 反模式 反例 反面 错误 錯誤"""
        ),
        others=_set(
            """绝对 絕對 严格 嚴格 以下 下列 这些 這些 的 事项 事項 事情 事 行为 行為 操作 做法 使用 用
            做 模型 清单 清單 列表 规则 規則 模式 方式 示例 示范 例子 例 写法 寫法 这样 這樣 这么 应该 應該
            应 應 请 請 项 項 命令 该 該"""
        ),
        allows=_set(
            """正确 正確 推荐 推薦 必须 必須 应该 應該 允许 允許 正例 建议 建議 改用 替代 始终 始終 请 請"""
        ),
    ),
    _Vocabulary(  # Japanese
        forbids=_set(
            """禁止 禁則 厳禁 禁忌 不可 不要 やってはいけない してはいけない 使ってはいけない
            使用してはいけない してはならない べきではない しない やらない 使わない 悪い 誤った 誤り
            間違い 間違った ダメ だめ アンチパターン NG 避ける べからず"""
        ),
        others=_set(
            """絶対に 絶対 以下 次 この これら の は を に モデル 使用 利用 事項 こと 行為 操作 例
            パターン べき な ような リスト 必ず ください で です コマンド や すること する"""
        ),
        allows=_set("正しい 推奨 良い 代わり 必ず 必須 許可 OK やるべき"),
    ),
    _Vocabulary(  # Korean
        forbids=_set(
            """금지 금기 하지말아야 하지말것 하지말 하지마세요 하지않을 사용하지않는 사용하지말 쓰지말
            쓰지마세요 잘못된 나쁜 안티패턴 피해야 안되는"""
        ),
        others=_set(
            """절대로 절대 사항 사용 모델 은 는 을 를 이 가 다음 의 것 예시 예 행동 행위 패턴 목록 명령
            할 하는 되는 아야 된 해야 마세요"""
        ),
        allows=_set("올바른 권장 필수 대신 허용 좋은 반드시 항상 해야"),
    ),
)


# A row or column of "yes" and "no" forbids nothing, nor do the names of a month or of a time, or "if not:".
_ANSWERS = _set("no non не pas nicht não nao mal mai se_não se_nao se_non si_no si_non non_si")


def forbids_in_translation(label: str) -> bool | None:
    """Whether a label forbids whatever stands below it; False for one that says what is right instead,
    and None for any other text."""
    text = _bare(label)
    words = [
        word.strip(_MARKS) or word
        for word in text.lower().replace("’", " ").replace("'", " ").split()
    ]
    if not words:
        return None
    if any(_forbid(words, one) for one in _WORDS):
        return True
    if any(words[0] in one.allows for one in _WORDS):
        return False
    if text.isascii() and not text.startswith(("NG", "OK")):
        return None
    joined = "".join(text.split())
    if any(_forbid(_pieces(joined, one), one) for one in _PIECES):
        return True
    allows = any(joined.startswith(tuple(one.allows)) for one in _PIECES)
    return False if allows else None


def _bare(label: str) -> str:
    """The last sentence of a label without marks and what stands in brackets behind it."""
    text = label.strip(_MARKS)
    at = max(map(text.rfind, _SENTENCE_ENDS))
    text = text[at + 1 :].lstrip(_MARKS)
    opened = min((at for mark in _OPENS if (at := text.find(mark)) > 0), default=len(text))
    if text.endswith((")", "）")):
        text = text[:opened]
    return text.strip(_MARKS)


def _forbid(words: list[str], vocabulary: _Vocabulary) -> bool:
    if "_".join(words) in _ANSWERS:
        return False
    known = vocabulary.forbids | vocabulary.others
    return not vocabulary.forbids.isdisjoint(words) and known.issuperset(words)


def _pieces(text: str, vocabulary: _Vocabulary) -> list[str]:
    """`text` cut into words of a vocabulary, the longest first; nothing where it holds any other."""
    known = vocabulary.forbids | vocabulary.others
    longest = max(map(len, known))
    found, at = list[str](), 0
    while at < len(text):
        piece = next((p for n in range(longest, 0, -1) if (p := text[at : at + n]) in known), "")
        if not piece:
            return []
        found.append(piece)
        at += len(piece)
    return found
