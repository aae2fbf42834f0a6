"""Orders to use a model in languages other than English, told by the words right beside its name.

The lists are closed and small, and each word stands for one that `stance` knows in English: what must be
used, what is to be used always, and what is to be run. Where a language has one form for "use it" and
"it uses it" (`usa`, `utilise`, 使用), the form orders nothing without a word such as "always"; a negation
beside it forbids. Nothing is matched but the ends of short texts, so a long document costs nothing.
"""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.mention import Stance

_REACH = 160
# More than an order, an adverb, an article and a negation need.
_MOST_WORDS = 8
_MARKS = " \t\r\n\u3000`*_\"'“”‘’„«»「」『』【】〈〉《》"
_JOINTS = f"{_MARKS}:：="
_PARTS = ",，、;；:：(（)）—–→"
_STOPS = f"{_PARTS}.。!！?？\n"
_FLAGS = ("--model ", "--model=", " -m ", "--model-id ", "--model-name ")


class _Words(Struct, frozen=True):
    """Words of languages that part words by blanks, in lower case.

    `imperatives` can only order; `verbs` order beside one of `always`, on either side; `infinitives` may
    stand behind the name as well ("Immer X verwenden"); `run` are imperatives for a command.
    """

    imperatives: frozenset[str]
    verbs: frozenset[str]
    always: frozenset[str]
    fillers: frozenset[str]
    negations: frozenset[str]
    run: frozenset[str]
    infinitives: frozenset[str] = frozenset()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LATIN_AND_CYRILLIC = (
    _Words(  # German
        imperatives=_set(
            "verwende nutze benutze wähle verwenden_sie nutzen_sie benutzen_sie wählen_sie"
        ),
        verbs=_set("verwenden nutzen benutzen"),
        always=_set("immer stets ausschließlich grundsätzlich bitte"),
        fillers=_set("das den dein ihr modell nur dafür dabei hier hierfür"),
        negations=_set("nicht nie niemals kein keine keinesfalls"),
        run=_set("starte starten_sie"),
        infinitives=_set("verwenden nutzen benutzen"),
    ),
    _Words(  # French
        imperatives=_set("utilisez employez choisissez"),
        verbs=_set("utilise utiliser emploie employer"),
        always=_set("toujours impérativement obligatoirement"),
        fillers=_set("le modèle uniquement"),
        negations=_set("ne n pas jamais plus éviter évite évitez"),
        run=_set("exécutez lancez"),
    ),
    _Words(  # Spanish
        imperatives=_set("utilice emplee"),
        verbs=_set("usa use usar utiliza utilizar"),
        always=_set("siempre obligatoriamente"),
        fillers=_set("el modelo solo sólo"),
        negations=_set("no nunca jamás evita evite evitar"),
        run=_set("ejecute"),
    ),
    _Words(  # Portuguese
        imperatives=_set("utilize"),
        verbs=_set("use usa usar utiliza utilizar"),
        always=_set("sempre obrigatoriamente"),
        fillers=_set("o modelo apenas somente"),
        negations=_set("não nao nunca jamais evite evita evitar"),
        run=_set("rode"),
    ),
    _Words(  # Italian
        imperatives=_set("utilizzate usate"),
        verbs=_set("usa usare utilizza utilizzare"),
        always=_set("sempre obbligatoriamente"),
        fillers=_set("il modello solo soltanto"),
        negations=_set("non mai evita evitare evitate"),
        run=_set("esegui eseguite"),
    ),
    _Words(  # Russian
        imperatives=_set("используй используйте применяй применяйте выбирай выбирайте"),
        verbs=_set("использовать применять"),
        always=_set("всегда обязательно пожалуйста"),
        fillers=_set("модель только"),
        negations=_set("не никогда нельзя без"),
        run=_set("запусти запустите запускай запускайте выполни выполните"),
    ),
)
# Without one of these before a name there is no order in any of the languages above.
_ORDERING = frozenset(
    word
    for language in _LATIN_AND_CYRILLIC
    for words in (language.imperatives, language.verbs, language.always, language.run)
    for word in words
)

# What must be used, whoever is told so; what is used always, if no subject stands before it.
_ZH_MUST = ("必须", "必須", "务必", "務必", "应该", "應該", "应当", "應當", "请", "請")
_ZH_ALWAYS = ("始终", "始終", "永远", "永遠", "一律", "总是", "總是")
_ZH_VERBS = ("使用", "采用", "採用", "选用", "選用", "选择", "選擇", "指定", "用")
_ZH_RUN = ("运行", "運行", "执行", "執行")
_ZH_NEGATIONS = tuple("不 不要 勿 不得 不能 不可 不再 别 別 禁止 避免 停止".split())
# "不必须", "是否必须", "申请使用" (applies for), "邀请": the word before is another then.
_ZH_OTHER_WORD = tuple("不非无無否未没沒勿申邀")
_PAST = ("以前", "之前", "曾", "过去", "過去", "原来", "原來", "当时", "當時")
_ZH_SUBJECTLESS = ("否则", "否則", "时", "時")
# "必须使用 X 兼容的接口" wants an interface, and "X 以外的模型" any other model.
_ZH_NOT_ITSELF = tuple("的 兼容 相容 格式 协议 協定 协定 名称 名稱 风格 以外 之外".split())

_JA_ALWAYS = ("必ず", "常に")
_JA_SUBJECTLESS = ("では", "には", "時は", "際は", "場合は")
_JA_STRONG = tuple(
    """を使用してください を使ってください を利用してください を指定してください を選択してください
    を使用して下さい を使って下さい を利用して下さい を使用すること を使うこと
    を利用すること を指定すること を使用せよ""".split()
)
_JA_PLAIN = tuple(
    """を使用する を使用します を使う を使います を利用する を利用します を使用 を利用
    を指定する を指定します""".split()
)
_JA_RUN = ("を実行してください", "を実行して下さい", "を実行すること")
_JA_NEGATIONS = (
    *("を使用しない", "を使わない", "を利用しない", "は使用しない", "は使わない", "は利用しない"),
    *("を使用禁止", "は使用禁止", "の使用は禁止", "の使用を禁止", "ではなく"),
)

_KO_ALWAYS = ("항상", "반드시")
_KO_SUBJECTLESS = ("에는", "때는", "경우", "시")
_KO_OBJECT = ("를", "을", "는", "은", "")
_KO_STRONG = (
    *("사용하세요", "사용하십시오", "사용할 것", "사용해야 합니다", "사용해야 한다", "사용해야 함"),
    *("사용해 주세요", "사용해주세요", "사용하라", "쓰세요", "선택하세요", "지정하세요"),
)
_KO_PLAIN = ("사용한다", "사용합니다", "사용", "쓴다")
_KO_RUN = ("실행하세요", "실행하십시오", "실행할 것", "실행해 주세요", "실행해주세요")
_KO_NEGATIONS = ("사용하지", "사용 금지", "쓰지", "사용을 금지", "대신")

_EXAMPLES = (
    *(
        "例如",
        "比如",
        "譬如",
        "例：",
        "例:",
        "示例",
        "例えば",
        "たとえば",
        "예를 들",
        "예:",
        "예시",
    ),
    *(
        "z. b.",
        "z.b.",
        "zum beispiel",
        "beispiel",
        "par exemple",
        "exemple",
        "p. ex.",
        "por ejemplo",
    ),
    *("ejemplo", "p. ej.", "por exemplo", "exemplo", "ad esempio", "per esempio", "esempio"),
    *("например", "пример"),
)
# What only would hold ("if X must be used, ..."), in the same part of a sentence.
_IF = ("如果", "若", "假如", "倘若", "是否", "もし", "만약", "만일")


class _Place(Struct, frozen=True):
    """What stands around a name: `part` from the last comma or colon up to it, `before` from the start of
    its clause, `after` up to the end of its clause. `is_command` says that the name is an option in one."""

    part: str
    before: str
    after: str
    is_command: bool

    @property
    def is_statement(self) -> bool:
        """Whether the part could tell what something does that is named before it: "`ask()`: usa X"."""
        head = self.before.rstrip(_MARKS).removesuffix(self.part).rstrip(_MARKS)
        return bool(head) and head[-1] not in ",，、;；"


def translated_stance(text: str, low: int, start: int, end: int, high: int) -> Stance:
    """What words of other languages than English do with the model named at `[start, end)` of `text`, in
    its clause `[low, high)`."""
    place = _place(text, low, start, end, high)
    if place is None:
        return Stance.NEUTRAL
    stance = _in_words(place)
    if not (place.part.isascii() and place.after.isascii()):
        told = (judge(place) for judge in (_chinese, _japanese, _korean))
        stance = next((one for one in told if one is not Stance.NEUTRAL), stance)
    if stance is Stance.DIRECTIVE and any(word in place.before.lower() for word in _EXAMPLES):
        return Stance.NEUTRAL
    return stance


def _place(text: str, low: int, start: int, end: int, high: int) -> _Place | None:
    """None for a name that stands in a code span behind something else than an option for a model."""
    low, high = max(low, start - _REACH), min(high, end + _REACH)
    before, after = text[low:start], text[end:high]
    code = before.rpartition("`")[2] if before.count("`") % 2 else ""
    is_command = code.endswith(_FLAGS)
    if is_command:
        before, after = before[: len(before) - len(code)], after.partition("`")[2]
    elif code.strip(_JOINTS):
        return None
    before = before.rstrip(_JOINTS)
    at = max((before.rfind(mark) for mark in _PARTS), default=-1)
    return _Place(before[at + 1 :].strip(_MARKS), before, after.lstrip(_MARKS), is_command)


def _chinese(place: _Place) -> Stance:
    part = place.part.removesuffix("模型").rstrip(_MARKS)
    if place.is_command and part in _ZH_RUN and not place.is_statement:
        return Stance.DIRECTIVE
    verb = _ending(part, (*_ZH_VERBS, *_ZH_RUN) if place.is_command else _ZH_VERBS)
    if not verb:
        return Stance.NEUTRAL
    part = part.removesuffix(verb)
    if part.endswith(_ZH_NEGATIONS):
        return Stance.PROHIBITED
    if place.after.startswith(_ZH_NOT_ITSELF) or any(word in part for word in (*_IF, *_PAST)):
        return Stance.NEUTRAL
    must = _ending(part, _ZH_MUST)
    always = _ending(part, _ZH_ALWAYS)
    part = part.removesuffix(must or always)
    if must:
        return Stance.NEUTRAL if part.endswith(_ZH_OTHER_WORD) else Stance.DIRECTIVE
    is_told = always and _has_no_subject(part, _ZH_SUBJECTLESS, place)
    return Stance.DIRECTIVE if is_told else Stance.NEUTRAL


def _japanese(place: _Place) -> Stance:
    after = place.after.removeprefix("モデル").lstrip(_MARKS)
    if after.startswith(_JA_NEGATIONS):
        return Stance.PROHIBITED
    if any(word in place.part for word in _IF):
        return Stance.NEUTRAL
    if _closes(after, _JA_RUN if place.is_command else _JA_STRONG):
        return Stance.DIRECTIVE
    always = _ending(place.part, _JA_ALWAYS)
    subject = place.part.removesuffix(always).rstrip()
    is_told = always and _has_no_subject(subject, _JA_SUBJECTLESS, place)
    return Stance.DIRECTIVE if is_told and _closes(after, _JA_PLAIN) else Stance.NEUTRAL


def _korean(place: _Place) -> Stance:
    after = place.after.removeprefix("모델").lstrip(_MARKS)
    particle = _beginning(after, _KO_OBJECT)
    after = after.removeprefix(particle).lstrip(_MARKS)
    always = _ending(place.part, _KO_ALWAYS)
    said = _beginning(after, _KO_ALWAYS)
    after = after.removeprefix(said).lstrip(_MARKS)
    if after.startswith(_KO_NEGATIONS):
        return Stance.PROHIBITED
    if any(word in place.part for word in _IF):
        return Stance.NEUTRAL
    if _closes(after, _KO_RUN if place.is_command else _KO_STRONG):
        return Stance.DIRECTIVE
    subject = place.part.removesuffix(always).rstrip()
    is_told = always and _has_no_subject(subject, _KO_SUBJECTLESS, place)
    return Stance.DIRECTIVE if is_told and _closes(after, _KO_PLAIN) else Stance.NEUTRAL


def _has_no_subject(before: str, subjectless: tuple[str, ...], place: _Place) -> bool:
    """Whether what stands before an order only says when it holds, and no subject that does so always."""
    return before.endswith(subjectless) if before else not place.is_statement


def _in_words(place: _Place) -> Stance:
    """Languages whose words stand between blanks: the part holds nothing but the order and articles."""
    before = _words(place.part.replace("’", " ").replace("'", " "))
    if len(before) > _MOST_WORDS or _ORDERING.isdisjoint(before):
        return Stance.NEUTRAL
    behind = _words_behind(place.after)
    for language in _LATIN_AND_CYRILLIC:
        if language.negations.intersection((*before, *behind)):
            return Stance.PROHIBITED
        if _is_order(language, frozenset(before), behind, place):
            return Stance.DIRECTIVE
    return Stance.NEUTRAL


def _is_order(language: _Words, before: frozenset[str], behind: list[str], place: _Place) -> bool:
    always = before & language.always
    said = before - language.always - language.fillers
    if not said:
        return bool(always) and len(behind) == 1 and behind[0] in language.infinitives
    if len(said) > 1:
        return False
    if said <= language.imperatives or (place.is_command and said <= language.run):
        return True
    return bool(always) and said <= language.verbs and not place.is_statement


def _words(text: str) -> list[str]:
    """The words of a text in lower case; the polite form of German as one."""
    words = [word for piece in text.lower().split() if (word := piece.strip(_MARKS))]
    return " ".join(words).replace("en sie", "en_sie").split()


def _words_behind(after: str) -> list[str]:
    """The words between a name and the next mark of punctuation."""
    end = min((at for mark in _STOPS if (at := after.find(mark)) >= 0), default=len(after))
    return _words(after[:end])


def _ending(text: str, words: tuple[str, ...]) -> str:
    """The first of `words` that `text` ends with, or nothing."""
    return next((word for word in words if text.endswith(word)), "") if text else ""


def _beginning(text: str, words: tuple[str, ...]) -> str:
    return next((word for word in words if text.startswith(word)), "")


def _closes(text: str, words: tuple[str, ...]) -> bool:
    """Whether `text` begins with one of `words`, and nothing goes on from there that could undo it."""
    return any(
        text.startswith(word)
        and (not (rest := text[len(word) :].strip(_MARKS)) or rest[0] in _STOPS)
        for word in words
    )
