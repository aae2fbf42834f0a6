"""Orders to use a model in languages other than English, told by the words right beside its name.

The lists (`rules/data/orders.toml`) are closed and small, and each word stands for one that `stance` knows
in English: what must be used, what is to be used always, and what is to be run. Where a language has one
form for "use it" and "it uses it" (`usa`, `utilise`, 使用), the form orders nothing without a word such as
"always"; a negation beside it forbids. Nothing is matched but the ends of short texts, so a long document
costs nothing.
"""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.mention import Stance
from agentlint.facts.wording.orders_vocabulary import (
    Words,
    anywhere,
    chinese,
    japanese,
    joined,
    korean,
    languages,
    musts,
    ordering,
)
from agentlint.facts.wording.translated_labels import forbids_in_translation

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
        listed = anywhere()
        before = self.before.lower()
        around = f"{before} {self.after}".replace("_", " ")
        return (
            any(word in before for word in listed.examples)
            or any(word in before for word in listed.past)
            or before.lstrip(_MARKS).startswith(listed.past_first)
            or any(word in around for word in listed.approvals)
            or self.beyond.startswith(("?", "？"))
            or self.beyond.lstrip(_TRIMMED).startswith(listed.said)
            or any(f"{stop}{said}" in self.after for stop in "、，, " for said in listed.said)
        )


def translated_stance(text: str, low: int, start: int, end: int, high: int) -> Stance:
    """What words of other languages than English do with the model named at `[start, end)` of `text`, in
    its clause `[low, high)`."""
    place = _place(text, low, start, end, high)
    if place is None or _is_modifier(text, end):
        return Stance.NEUTRAL
    stance = _in_words(place)
    if not (place.part.isascii() and place.after.isascii()):
        stances = (judge(place) for judge in (_chinese, _japanese, _korean))
        stance = next((one for one in stances if one is not Stance.NEUTRAL), stance)
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
        and not behind[1:].startswith(anywhere().itself_behind_hyphen)
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
    zh = chinese()
    part = place.part.removesuffix("模型").rstrip(_MARKS)
    if place.is_command and part in zh.run and not place.is_statement:
        return Stance.DIRECTIVE
    verb = _ending(part, (*zh.verbs, *zh.run) if place.is_command else zh.verbs)
    if not verb:
        return Stance.NEUTRAL
    part = part.removesuffix(verb)
    if part.endswith(zh.negations):
        return Stance.PROHIBITED
    only_if_or_once = (*anywhere().conditions, *zh.past)
    if place.after.startswith(zh.not_itself) or any(word in part for word in only_if_or_once):
        return Stance.NEUTRAL
    if place.after.rstrip(_STOPS + _MARKS).endswith(zh.questions):
        return Stance.NEUTRAL
    said = set[str]()
    while word := _ending(part, (*zh.must, *zh.always, *zh.only)):
        said.add(word)
        part = part.removesuffix(word).rstrip(_MARKS)
    if not said.isdisjoint(zh.must):
        return Stance.NEUTRAL if part.endswith(zh.part_of_another) else Stance.DIRECTIVE
    if part.endswith(zh.negations):
        return Stance.PROHIBITED
    is_order = not said.isdisjoint(zh.always) and _has_no_subject(part, zh.subjectless, place)
    return Stance.DIRECTIVE if is_order else Stance.NEUTRAL


def _japanese(place: _Place) -> Stance:
    ja = japanese()
    after = place.after.removeprefix("モデル").lstrip(_MARKS)
    if after.startswith(ja.negations):
        return Stance.PROHIBITED
    if any(word in place.part for word in anywhere().conditions):
        return Stance.NEUTRAL
    if _closes(after, ja.run if place.is_command else ja.strong):
        return Stance.DIRECTIVE
    always = _ending(place.part, ja.always)
    subject = place.part.removesuffix(always).rstrip()
    is_order = always and _has_no_subject(subject, ja.subjectless, place)
    return Stance.DIRECTIVE if is_order and _closes(after, ja.plain) else Stance.NEUTRAL


def _korean(place: _Place) -> Stance:
    ko = korean()
    after = place.after.removeprefix("모델").lstrip(_MARKS)
    particle = _beginning(after, ko.particles)
    after = after.removeprefix(particle).lstrip(_MARKS)
    always = _ending(place.part, ko.always)
    said = _beginning(after, ko.always)
    after = after.removeprefix(said).lstrip(_MARKS)
    if after.startswith(ko.negations):
        return Stance.PROHIBITED
    if any(word in place.part for word in anywhere().conditions):
        return Stance.NEUTRAL
    if _closes(after, ko.run if place.is_command else ko.strong):
        return Stance.DIRECTIVE
    subject = place.part.removesuffix(always).rstrip()
    is_order = always and _has_no_subject(subject, ko.subjectless, place)
    return Stance.DIRECTIVE if is_order and _closes(after, ko.plain) else Stance.NEUTRAL


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
    if ordering().isdisjoint(before) and musts().isdisjoint(behind[:1]):
        return Stance.NEUTRAL
    said = frozenset((*before, *behind))
    spoken = [one for one in languages() if _is_order(one, before, behind, place)]
    for language in spoken or languages():
        if language.negations & said and language.orders & said:
            return Stance.PROHIBITED
    if not spoken or any(_is_conditional(language, place) for language in spoken):
        return Stance.NEUTRAL
    return Stance.DIRECTIVE


def _is_order(language: Words, before: list[str], behind: list[str], place: _Place) -> bool:
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


def _without_purpose(language: Words, words: list[str]) -> list[str]:
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
    linked = sum(word in anywhere().links for word in purpose)
    if start == 0 and language.imperatives.isdisjoint(words) and len(things) > 1 + linked:
        return words  # "Para revisiones Claude usa siempre X" tells what Claude does
    return [*words[:start], *words[end:]]


def _closes_with_infinitive(language: Words, behind: list[str]) -> bool:
    """Whether nothing but what a model is for stands between its name and the verb of the order."""
    if not behind or behind[-1] not in language.infinitives:
        return False
    return len(behind) == 1 or behind[0] in language.prepositions


def _is_to_be_used(language: Words, behind: list[str]) -> bool:
    """Whether the words behind "must" and a name say that it has to be used."""
    words = [word for word in behind if word not in language.always]
    return not language.used.isdisjoint(words[:1])


def _is_conditional(language: Words, place: _Place) -> bool:
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
    line = f" {' '.join(words)} "
    for several, one in joined():
        line = line.replace(several, one)
    return line.split()


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
