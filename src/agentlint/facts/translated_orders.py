"""Orders to use a model in languages other than English, told by the words right beside its name.

The lists are closed and small, and each word stands for one that `stance` knows in English: what must be
used, what is to be used always, and what is to be run. Where a language has one form for "use it" and
"it uses it" (`usa`, `utilise`, 使用), the form orders nothing without a word such as "always"; a negation
beside it forbids. Nothing is matched but the ends of short texts, so a long document costs nothing.
"""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.mention import Stance
from agentlint.facts.translated_labels import forbids_in_translation

_REACH = 160
# More than an order, an adverb, an article, a negation and what it is for need.
_MOST_WORDS = 12
_LONGEST_PHRASE = 5
_LONGEST_ARTICLE = 3
_LONGEST_LINE = 1_000
_LONGEST_SAID = 16
_MARKS = " \t\r\n\u3000`*_\"'“”‘’„«»「」『』【】〈〉《》"
_MARKS_BUT_QUOTES = " \t\r\n\u3000`*_"
_JOINTS = f"{_MARKS}:：="
_PARTS = ",，、;；:：(（)）—–→"
_STOPS = f"{_PARTS}.。!！?？\n"
_TRIMMED = f"{_MARKS}{_STOPS}¿¡"
_FLAGS = ("--model ", "--model=", " -m ", "--model-id ", "--model-name ")
# What opens a quotation, and what may close it.
_QUOTES = (("„", "“”"), ("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))


class _Words(Struct, frozen=True):
    """Words of languages that part words by blanks, in lower case; `_` joins words that are one.

    `imperatives` can only order; `verbs` order beside one of `always`, on either side, and behind one of
    `musts`, which `subjects` may have; `infinitives` may stand behind the name as well ("Immer X
    verwenden"); `run` are imperatives for a command. `used` is what has to be done with a name before it
    ("X muss verwendet werden"). `prepositions` begin what something is used for, and `breaks` are never
    part of that. `conditions` lead to an `approval`, or follow one of `only`.
    """

    imperatives: frozenset[str]
    verbs: frozenset[str]
    always: frozenset[str]
    musts: frozenset[str]
    subjects: frozenset[str]
    fillers: frozenset[str]
    negations: frozenset[str]
    run: frozenset[str]
    used: frozenset[str]
    prepositions: frozenset[str]
    breaks: frozenset[str]
    only: frozenset[str]
    conditions: frozenset[str]
    approval: frozenset[str]
    past: frozenset[str]
    infinitives: frozenset[str] = frozenset()

    @property
    def orders(self) -> frozenset[str]:
        """Without one of these there is no order."""
        return self.imperatives | self.verbs | self.always | self.musts | self.run


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LATIN_AND_CYRILLIC = (
    _Words(  # German
        imperatives=_set(
            "verwende nutze benutze wähle verwenden_sie nutzen_sie benutzen_sie wählen_sie"
        ),
        verbs=_set("verwenden nutzen benutzen"),
        always=_set("immer stets ausschließlich grundsätzlich bitte"),
        musts=_set("musst müsst müssen muss"),
        subjects=_set("du ihr sie man agenten alle jeder agent claude codex"),
        fillers=_set("das den dein ihr modell nur dafür dabei hier hierfür"),
        negations=_set("nicht nie niemals kein keine keinen keinem keinerlei keinesfalls"),
        run=_set("starte starten_sie"),
        used=_set("verwendet genutzt benutzt eingesetzt"),
        prepositions=_set("für bei beim in im zum zur während"),
        breaks=_set(
            """wir ich er es sie wer was der dem des ein eine einen einem einer und oder mit von vom an
            am auf aus über unter nach vor seit zu durch gegen ohne um als wie ob dass wenn falls"""
        ),
        only=_set("nur ausschließlich"),
        conditions=_set("wenn falls sofern mit nach auf bei erst"),
        approval=_set(
            """zustimmt zustimmung freigabe freigibt freigegeben genehmigt genehmigung erlaubt erlaubnis
            rückfrage rücksprache absprache einverständnis einverstanden"""
        ),
        past=_set("früher damals bisher zuvor ehemals vormals einst galt hieß"),
        infinitives=_set("verwenden nutzen benutzen einsetzen"),
    ),
    _Words(  # French
        imperatives=_set("utilisez employez choisissez"),
        verbs=_set("utilise utiliser emploie employer"),
        always=_set("toujours impérativement obligatoirement"),
        musts=_set("devez dois doit doivent il_faut"),
        subjects=_set("vous tu on agents agent l les claude codex"),
        fillers=_set("le modèle uniquement"),
        negations=_set("ne n pas jamais plus aucun aucune éviter évite évitez"),
        run=_set("exécutez lancez"),
        used=_set("être_utilisé être_employé"),
        prepositions=_set("pour lors dans en pendant"),
        breaks=_set("nous je il elle qui que quoi dont où et ou avec par sur sous sans si quand à"),
        only=_set("uniquement seulement exclusivement"),
        conditions=_set("si avec après sur sous lorsque quand moyennant en"),
        approval=_set("accord autorisation permission approbation validation approuve autorise"),
        past=_set("autrefois auparavant précédemment anciennement jadis disait"),
    ),
    _Words(  # Spanish
        imperatives=_set("utilice emplee"),
        verbs=_set("usa use usar utiliza utilizar emplear"),
        always=_set("siempre obligatoriamente"),
        musts=_set("debes debe deben debéis hay_que tienes_que tiene_que"),
        subjects=_set("tú usted ustedes se agentes agente los el claude codex"),
        fillers=_set("el modelo solo sólo"),
        negations=_set("no nunca jamás ningún ninguna evita evite evitar"),
        run=_set("ejecute"),
        used=_set("usarse utilizarse emplearse ser_usado ser_utilizado"),
        prepositions=_set("para en durante"),
        breaks=_set("él ella yo que quien cuando si y o con por sin como se a"),
        only=_set("solo sólo solamente únicamente"),
        conditions=_set("si con tras después cuando bajo previa previo mediante en"),
        approval=_set("aprobación autorización permiso consentimiento aprueba autoriza acuerdo"),
        past=_set("antes anteriormente previamente antiguamente decía"),
    ),
    _Words(  # Portuguese
        imperatives=_set("utilize"),
        verbs=_set("use usa usar utiliza utilizar"),
        always=_set("sempre obrigatoriamente"),
        musts=_set("deve devem deves é_preciso é_obrigatório tem_que"),
        subjects=_set("você vocês tu agentes agente os o claude codex"),
        fillers=_set("o modelo apenas somente"),
        negations=_set("não nao nunca jamais nenhum nenhuma hipótese evite evita evitar"),
        run=_set("rode"),
        used=_set("ser_usado ser_utilizado"),
        prepositions=_set("para em na no durante"),
        breaks=_set("ele ela eu que quem quando se e ou com por sem como ao"),
        only=_set("apenas somente só"),
        conditions=_set("se com após depois quando sob mediante em"),
        approval=_set("aprovação autorização permissão consentimento aprovar aprova autorizar"),
        past=_set("antes anteriormente antigamente outrora dizia"),
    ),
    _Words(  # Italian
        imperatives=_set("utilizzate usate"),
        verbs=_set("usa usare utilizza utilizzare"),
        always=_set("sempre obbligatoriamente"),
        musts=_set("devi deve dovete devono bisogna è_obbligatorio"),
        subjects=_set("tu voi si agenti agente gli l claude codex"),
        fillers=_set("il modello solo soltanto"),
        negations=_set("non mai nessun nessuna evita evitare evitate"),
        run=_set("esegui eseguite"),
        used=_set("essere_usato essere_utilizzato"),
        prepositions=_set("per in nella nelle nei durante"),
        breaks=_set("lui lei io che chi quando se e o con da senza come a"),
        only=_set("solo soltanto solamente unicamente"),
        conditions=_set("se con dopo quando previa previo in"),
        approval=_set("approvazione autorizzazione permesso consenso approva autorizza"),
        past=_set("prima precedentemente in_passato diceva"),
    ),
    _Words(  # Russian
        imperatives=_set("используй используйте применяй применяйте выбирай выбирайте"),
        verbs=_set("использовать применять"),
        always=_set("всегда обязательно пожалуйста"),
        musts=_set("нужно необходимо надо следует должен должны обязан обязаны требуется"),
        subjects=_set("ты вы тебе вам агент агенты агенту агентам claude codex"),
        fillers=_set("модель только"),
        negations=_set("не ни никогда нельзя без"),
        run=_set("запусти запустите запускай запускайте выполни выполните"),
        used=_set("использоваться применяться"),
        prepositions=_set("для при в во на"),
        breaks=_set("мы я он она они кто что который когда если и или с по от из чтобы как"),
        only=_set("только лишь"),
        conditions=_set("если с после при по когда"),
        approval=_set(
            "разрешения разрешению согласия согласию согласии одобрения согласования одобрит разрешит"
        ),
        past=_set("раньше ранее прежде"),
    ),
)
# Without one of these before a name there is no order in any of the languages above, but for what has
# to be done behind one of `_MUSTS`.
_ORDERING = frozenset[str]().union(*(language.orders for language in _LATIN_AND_CYRILLIC))
_MUSTS = frozenset[str]().union(*(language.musts for language in _LATIN_AND_CYRILLIC))
# What joins two nouns to one thing: "la revisión de código".
_LINKS = _set("de du des d del di da do della")
# Words that are one in the lists above.
_JOINED = tuple(
    (" ".join(("", words, "")), " ".join(("", words.replace(" ", "_"), "")))
    for words in (
        *("verwenden sie", "nutzen sie", "benutzen sie", "wählen sie", "starten sie"),
        *("il faut", "être utilisé", "être employé", "hay que", "tienes que", "tiene que"),
        *("ser usado", "ser utilizado", "antes de", "é preciso", "é obrigatório", "tem que"),
        *("è obbligatorio", "essere usato", "essere utilizzato", "in passato", "prima di"),
        "прежде чем",
    )
)
# "X-kompatible Endpunkte" are endpoints; "das X-Modell" is the model itself.
_ITSELF_BEHIND_HYPHEN = ("modell", "модел")

# What must be used, whoever is told so; what is used always, if no subject stands before it.
_ZH_MUST = ("必须", "必須", "务必", "務必", "应该", "應該", "应当", "應當", "请", "請")
_ZH_ONLY = ("只", "仅", "僅", "都", "均", "全部", "统一", "統一")
_ZH_ALWAYS = ("始终", "始終", "永远", "永遠", "一律", "总是", "總是")
_ZH_VERBS = ("使用", "采用", "採用", "选用", "選用", "选择", "選擇", "指定", "用")
_ZH_RUN = ("运行", "運行", "执行", "執行")
_ZH_NEGATIONS = tuple("不 不要 勿 不得 不能 不可 不再 别 別 禁止 避免 停止".split())
# "不必须", "是否必须", "申请使用" (applies for), "邀请": the word before is another then.
_ZH_OTHER_WORD = tuple("不非无無否未没沒勿申邀")
_PAST = ("以前", "之前", "曾", "过去", "過去", "原来", "原來", "当时", "當時")
_ZH_SUBJECTLESS = ("否则", "否則", "时", "時")
# "必须使用 X 兼容的接口" wants an interface, "X 以外的模型" any other model, and "必须使用 X 时" names an
# occasion, as "必须使用 X 这句话" names an order.
_ZH_NOT_ITSELF = tuple(
    """的 兼容 相容 格式 协议 協定 协定 名称 名稱 风格 以外 之外 时 時 之前 之后 之後 前 后 後 期间 期間
    这句 這句 这条 這條 这一 這一""".split()
)
_ZH_QUESTION = ("吗", "嗎", "么", "呢")

_JA_ALWAYS = ("必ず", "常に")
_JA_SUBJECTLESS = ("では", "には", "時は", "際は", "場合は")
_JA_STRONG = tuple(
    """を使用してください を使ってください を利用してください を指定してください を選択してください
    を使用して下さい を使って下さい を利用して下さい を使用すること を使うこと を利用すること
    を指定すること を使用せよ""".split()
)
_JA_PLAIN = tuple(
    """を使用する を使用します を使う を使います を利用する を利用します を使用 を利用 を指定する
    を指定します""".split()
)
_JA_RUN = ("を実行してください", "を実行して下さい", "を実行すること")
_JA_NEGATIONS = (
    *("を使用しない", "を使わない", "を利用しない", "は使用しない", "は使わない", "は利用しない"),
    *("を使用禁止", "は使用禁止", "の使用は禁止", "の使用を禁止", "ではなく"),
)

_KO_ALWAYS = ("항상", "반드시")
_KO_SUBJECTLESS = ("에는", "때는", "경우", "시")
_KO_OBJECT = ("를", "을", "는", "은", "만", "")
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
_IF = tuple("如果 若 假如 倘若 是否 仅当 僅當 只有 仅在 僅在 もし 만약 만일".split())
# What has to be asked for first, or is done in some cases only.
_APPROVALS = tuple(
    """经批准 經批准 批准后 批准後 获得批准 獲得批准 获批 獲批 征得 徵得 同意后 同意後 同意时 同意的情况
    经同意 許可后 许可后 授权后 授權後 先申请 先申請 需申请 需申請 需审批 先审批 需批准 须批准 需经 须经
    承認を得 承認後 承認があ 承認され 承認した 許可を得 許可後 許可があ 許可され 許可した 同意を得
    同意した 場合のみ 場合だけ 場合に限 ときのみ 時のみ 승인을_받 승인_후 승인이_있 승인된 승인한 승인하
    허가를_받 허가_후 허락을_받 허락한 동의를_받 동의한 동의하 경우에만 때만""".split()
)
_PAST_BEFORE = tuple(
    """曾 过去 過去 原来 原來 从前 從前 以往 此前 旧版 舊版 以前は かつて 従来 これまで 旧プロンプト
    예전 이전에는 과거 한때""".split()
)
_PAST_FIRST = ("以前", "之前")
# What makes the sentence before it one that somebody said: "「…してください。」という指示".
_SAID = tuple("という とは と言 と書 といっ との って 라는 이라는 라고 이라고".split())


class _Place(Struct, frozen=True):
    """What stands around a name: `part` from the last comma or colon up to it, `before` from the start of
    its clause, `after` up to the end of its clause, and `beyond` that what follows. `is_command` says
    that the name is an option in one."""

    part: str
    before: str
    after: str
    beyond: str
    is_command: bool

    @property
    def head(self) -> str:
        """What stands before the part."""
        return self.before.rstrip(_MARKS).removesuffix(self.part).rstrip(_MARKS)

    @property
    def is_statement(self) -> bool:
        """Whether the part could tell what something does that is named before it: "`ask()`: usa X"."""
        head = self.head
        return bool(head) and head[-1] not in ",，、;；"

    @property
    def is_forbidden(self) -> bool:
        """Whether a label before the part forbids what it says: "Verboten: verwende X"."""
        head = self.head
        return head.endswith((":", "：")) and forbids_in_translation(head) is True

    @property
    def is_moot(self) -> bool:
        """Whether what is ordered is an example, a question, long past, said by another, or done only
        once someone has agreed to it."""
        before = self.before.lower()
        around = f"{before} {self.after}".replace(" ", "_")
        return (
            any(word in before for word in _EXAMPLES)
            or any(word in before for word in _PAST_BEFORE)
            or before.lstrip(_MARKS).startswith(_PAST_FIRST)
            or any(word in around for word in _APPROVALS)
            or self.beyond.startswith(("?", "？"))
            or self.beyond.lstrip(_TRIMMED).startswith(_SAID)
            or any(f"{stop}{said}" in self.after for stop in "、，, " for said in _SAID)
        )


def translated_stance(text: str, low: int, start: int, end: int, high: int) -> Stance:
    """What words of other languages than English do with the model named at `[start, end)` of `text`, in
    its clause `[low, high)`."""
    place = _place(text, low, start, end, high)
    if place is None or _is_modifier(text, end):
        return Stance.NEUTRAL
    stance = _in_words(place)
    if not (place.part.isascii() and place.after.isascii()):
        told = (judge(place) for judge in (_chinese, _japanese, _korean))
        stance = next((one for one in told if one is not Stance.NEUTRAL), stance)
    if stance is not Stance.DIRECTIVE:
        return stance
    if place.is_forbidden:
        return Stance.PROHIBITED
    return Stance.NEUTRAL if place.is_moot or _is_quoted(text, start, end) else stance


def _is_modifier(text: str, end: int) -> bool:
    """Whether a hyphen behind a name makes it part of another word."""
    at = end
    while at < min(len(text), end + 4) and text[at] in "`*_":
        at += 1
    behind = text[at : at + 8].lower()
    return (
        behind.startswith("-")
        and behind[1:2].isalpha()
        and not behind[1:].startswith(_ITSELF_BEHIND_HYPHEN)
    )


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks hold more than a name: then an order is somebody else's."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    after = after.lstrip(_MARKS_BUT_QUOTES).removeprefix("模型").removeprefix("モデル")
    for opens, closes in _QUOTES:
        at = before.rfind(opens)
        if at < 0 or any(mark in before[at + 1 :] for mark in closes):
            continue
        to = min((i for mark in closes if (i := after.find(mark)) >= 0), default=-1)
        if to >= 0 and (before[at + 1 :].strip(_MARKS) or after[:to].strip(_MARKS)):
            return True
    line = text[max(0, start - _LONGEST_LINE) : start].rpartition("\n")[2]
    if '"' not in line or line.count('"') % 2 == 0:
        return False
    inside = line.rpartition('"')[2] + after.partition('"')[0]
    return '"' in after and bool(inside.strip(_MARKS))


def _place(text: str, low: int, start: int, end: int, high: int) -> _Place | None:
    """None for a name that stands in a code span behind something else than an option for a model."""
    low = max(low, start - _REACH)
    before, after = text[low:start], text[end : min(high, end + _REACH)]
    code = before.rpartition("`")[2] if before.count("`") % 2 else ""
    is_command = code.endswith(_FLAGS)
    if is_command:
        before, after = before[: len(before) - len(code)], after.partition("`")[2]
    elif code.strip(_JOINTS):
        return None
    before = before.rstrip(_JOINTS)
    at = max((before.rfind(mark) for mark in _PARTS), default=-1)
    part = before[at + 1 :].strip(_MARKS)
    return _Place(part, before, after.lstrip(_MARKS), text[high : high + _LONGEST_SAID], is_command)


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
    if place.after.rstrip(_STOPS + _MARKS).endswith(_ZH_QUESTION):
        return Stance.NEUTRAL
    said = set[str]()
    while word := _ending(part, (*_ZH_MUST, *_ZH_ALWAYS, *_ZH_ONLY)):
        said.add(word)
        part = part.removesuffix(word).rstrip(_MARKS)
    if not said.isdisjoint(_ZH_MUST):
        return Stance.NEUTRAL if part.endswith(_ZH_OTHER_WORD) else Stance.DIRECTIVE
    if part.endswith(_ZH_NEGATIONS):
        return Stance.PROHIBITED
    is_told = not said.isdisjoint(_ZH_ALWAYS) and _has_no_subject(part, _ZH_SUBJECTLESS, place)
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
    """Languages whose words stand between blanks: the part holds nothing but the order, articles and what
    the model is used for."""
    before = _words(place.part.replace("’", " ").replace("'", " "))
    behind = _words_behind(place.after)
    if len(before) > _MOST_WORDS:
        return Stance.NEUTRAL
    if _ORDERING.isdisjoint(before) and _MUSTS.isdisjoint(behind[:1]):
        return Stance.NEUTRAL
    said = frozenset((*before, *behind))
    spoken = [one for one in _LATIN_AND_CYRILLIC if _is_order(one, before, behind, place)]
    for language in spoken or _LATIN_AND_CYRILLIC:
        if language.negations & said and language.orders & said:
            return Stance.PROHIBITED
    if not spoken or any(_is_conditional(language, place) for language in spoken):
        return Stance.NEUTRAL
    return Stance.DIRECTIVE


def _is_order(language: _Words, before: list[str], behind: list[str], place: _Place) -> bool:
    words = frozenset(_without_purpose(language, before))
    always = words & language.always
    said = words - language.always - language.fillers
    if not said and not always:
        must = not language.musts.isdisjoint(behind[:1])
        return must and _is_to_be_used(language, behind[1:]) and not place.is_statement
    if not said:
        return _closes_with_infinitive(language, behind)
    if said & language.musts:
        if place.is_statement and not said & language.subjects:
            return False
        verb = said - language.musts - language.subjects
        if verb:
            return verb <= language.verbs
        return _closes_with_infinitive(language, behind) or _is_to_be_used(language, behind)
    if len(said) > 1:
        return False
    if said <= language.imperatives or (place.is_command and said <= language.run):
        return True
    return bool(always) and said <= language.verbs and not place.is_statement


def _without_purpose(language: _Words, words: list[str]) -> list[str]:
    """The words of an order without what the model is to be used for ("Verwende für Reviews immer X",
    "Для ревью всегда используй X"); all of them where that could be anything else."""
    start = next((at for at, word in enumerate(words) if word in language.prepositions), -1)
    if start < 0:
        return words
    frame = language.orders | language.fillers | language.subjects
    end = len(words)
    while end > start + 1 and words[end - 1] in frame:
        end -= 1
    purpose = words[start + 1 : end]
    if not 1 <= len(purpose) <= _LONGEST_PHRASE:
        return words
    if not (language.breaks | language.prepositions | language.orders).isdisjoint(purpose):
        return words
    things = [word for word in purpose if len(word) > _LONGEST_ARTICLE]
    linked = sum(word in _LINKS for word in purpose)
    if start == 0 and language.imperatives.isdisjoint(words) and len(things) > 1 + linked:
        return words  # "Para revisiones Claude usa siempre X" tells what Claude does
    return [*words[:start], *words[end:]]


def _closes_with_infinitive(language: _Words, behind: list[str]) -> bool:
    """Whether nothing but what a model is for stands between its name and the verb of the order."""
    if not behind or behind[-1] not in language.infinitives:
        return False
    return len(behind) == 1 or behind[0] in language.prepositions


def _is_to_be_used(language: _Words, behind: list[str]) -> bool:
    """Whether the words behind "must" and a name say that it has to be used."""
    words = [word for word in behind if word not in language.always]
    return not language.used.isdisjoint(words[:1])


def _is_conditional(language: _Words, place: _Place) -> bool:
    """Whether an order holds only once someone has agreed, or belongs to the past."""
    before, after = _words(place.before), _words(place.after)
    if not language.past.isdisjoint(before):
        return True
    if after and after[0] in language.only and not language.conditions.isdisjoint(after[1:2]):
        return True
    words = (*before, *after)
    agreed = max((at for at, word in enumerate(words) if word in language.approval), default=0)
    return not language.conditions.isdisjoint(words[:agreed])


def _words(text: str) -> list[str]:
    """The words of a text in lower case; what is written as several and listed as one, as one."""
    words = [word for piece in text.lower().split() if (word := piece.strip(_TRIMMED))]
    joined = f" {' '.join(words)} "
    for several, one in _JOINED:
        joined = joined.replace(several, one)
    return joined.split()


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
