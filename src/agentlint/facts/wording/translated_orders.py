"""Orders to use a model in languages other than English, told by the words right beside its name.

The lists (`rules/data/orders.toml`) are closed and small, and each word stands for one that `stance` knows
in English: what must be used, what is to be used always, and what is to be run. Where a language has one
form for "use it" and "it uses it" (`usa`, `utilise`, 使用), the form orders nothing without a word such as
"always"; a negation beside it forbids. Nothing is matched but the ends of short texts, so a long document
costs nothing.
"""

from __future__ import annotations

from agentlint.facts.mention import Stance
from agentlint.facts.wording.order_place import (
    MARKS,
    REACH,
    STOPS,
    Place,
    beginning,
    closes_with,
    ending,
    place_of,
)
from agentlint.facts.wording.orders_in_words import obliges_in_words, stance_in_words
from agentlint.facts.wording.orders_vocabulary import VerbLast, anywhere, chinese, japanese, korean

_LONGEST_LINE = 1_000
_MARKS_BUT_QUOTES = " \t\r\n\u3000`*_"
# What opens a quotation, and what may close it.
_QUOTES = (("„", "“”"), ("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))


def translated_stance(text: str, low: int, start: int, end: int, high: int) -> Stance:
    """What words of other languages than English do with the model named at `[start, end)` of `text`, in
    its clause `[low, high)`."""
    place = place_of(text, low, start, end, high)
    if place is None or _is_modifier(text, end):
        return Stance.NEUTRAL
    stance = stance_in_words(place)
    if not (place.part.isascii() and place.after.isascii()):
        stances = (judge(place) for judge in (_chinese, _japanese, _korean))
        stance = next((one for one in stances if one is not Stance.NEUTRAL), stance)
    if stance is not Stance.DIRECTIVE:
        return stance
    if place.is_forbidden:
        return Stance.PROHIBITED
    return Stance.NEUTRAL if place.is_moot or _is_quoted(text, start, end) else stance


def obligation_in_translation(text: str, low: int, start: int, end: int, high: int) -> Stance:
    """As `translated_stance`, where a name has to stand behind a "must" to be ordered: a heading or a cell
    says "Ejecuta X" of what others do."""
    stance = translated_stance(text, low, start, end, high)
    place = place_of(text, low, start, end, high)
    if stance is not Stance.DIRECTIVE or place is None:
        return stance
    return Stance.DIRECTIVE if _obliges(place) else Stance.NEUTRAL


def _obliges(place: Place) -> bool:
    """Whether what is around a name says that something must be, or always, in a form that only orders."""
    zh, ja, ko = chinese(), japanese(), korean()
    musts = {*zh.must, *ja.always, *ko.always, *ja.be, *ko.be}.difference(anywhere().requests)
    if not f"{place.part}{place.after}".isascii() and any(
        word in place.part or place.after.startswith(word) for word in musts
    ):
        return True
    return obliges_in_words(place)


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
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    after = after.lstrip(_MARKS_BUT_QUOTES).removeprefix("模型").removeprefix("モデル")
    for opens, closes in _QUOTES:
        at = before.rfind(opens)
        if at < 0 or any(mark in before[at + 1 :] for mark in closes):
            continue
        to = min((i for mark in closes if (i := after.find(mark)) >= 0), default=-1)
        if to >= 0 and (before[at + 1 :].strip(MARKS) or after[:to].strip(MARKS)):
            return True
    line = text[max(0, start - _LONGEST_LINE) : start].rpartition("\n")[2]
    if '"' not in line or line.count('"') % 2 == 0:
        return False
    inside = line.rpartition('"')[2] + after.partition('"')[0]
    return '"' in after and bool(inside.strip(MARKS))


def _chinese(place: Place) -> Stance:
    zh = chinese()
    part = place.part.removesuffix("模型").rstrip(MARKS)
    if place.is_command and part in zh.run and not place.is_statement:
        return Stance.DIRECTIVE
    verbs = (*zh.verbs, *zh.run) if place.is_command else zh.verbs
    verb = ending(part, (*zh.hand, *zh.by, *zh.be, *verbs))
    if not verb:
        return Stance.NEUTRAL
    part = part.removesuffix(verb).rstrip(MARKS)
    if part.endswith(zh.negations):
        return Stance.PROHIBITED if verb in (*zh.hand, *verbs) else Stance.NEUTRAL
    if place.after.startswith(zh.not_itself) or _is_no_order_in_chinese(place, part):
        return Stance.NEUTRAL
    return _told_in_chinese(place, part, verb)


def _told_in_chinese(place: Place, part: str, verb: str) -> Stance:
    """What the words before a verb do with what stands behind it."""
    zh = chinese()
    said = set[str]()
    while word := ending(part, (*zh.must, *zh.always, *zh.only, *zh.first)):
        said.add(word)
        part = part.removesuffix(word).rstrip(MARKS)
    if not said.isdisjoint(zh.must):
        is_order = not part.endswith(zh.part_of_another) and _may_be_ordered(verb, part, place)
    elif part.endswith(zh.negations):
        return Stance.PROHIBITED
    elif verb in zh.hand:
        is_order = bool(said) and not any(word in part for word in zh.tells)
        is_order = is_order and _may_be_ordered(verb, part, place)
    else:
        is_order = verb not in (*zh.by, *zh.be) and not said.isdisjoint(zh.always)
        is_order = is_order and _has_no_subject(part, zh.subjectless, place)
    return Stance.DIRECTIVE if is_order else Stance.NEUTRAL


def _is_no_order_in_chinese(place: Place, part: str) -> bool:
    """Whether a clause asks, supposes, looks back, or says when something would hold."""
    zh = chinese()
    listed = (*anywhere().conditions, *zh.past, *zh.supposes)
    is_asked = place.after.rstrip(STOPS + MARKS).endswith(zh.questions)
    return is_asked or any(word in part for word in listed)


def _may_be_ordered(verb: str, part: str, place: Place) -> bool:
    """Whether a verb that "must" stands before orders what stands behind it: "必须由 X" where X does work,
    "必须为 X" of a model alone, and "必须交给 X" of any work but that of "不要把…"."""
    zh = chinese()
    if verb in zh.by:
        return any(word in place.after for word in zh.done)
    if verb in zh.hand:
        return not part.startswith((*zh.negations, *zh.part_of_another))
    return verb not in zh.be or part.endswith(zh.model)


def _japanese(place: Place) -> Stance:
    ja = japanese()
    after = place.after.removeprefix("モデル").lstrip(MARKS)
    return _verb_last(ja, place, after, "")


def _korean(place: Place) -> Stance:
    ko = korean()
    after = place.after.removeprefix("모델").lstrip(MARKS)
    particle = beginning(after, ko.particles)
    after = after.removeprefix(particle).lstrip(MARKS)
    said = beginning(after, ko.always)
    return _verb_last(ko, place, after.removeprefix(said).lstrip(MARKS), said)


def _verb_last(language: VerbLast, place: Place, after: str, said: str) -> Stance:
    """What stands `after` a name does with it; `said` is an "always" between them."""
    if after.startswith(language.negations):
        return Stance.PROHIBITED
    if any(word in place.part for word in anywhere().conditions):
        return Stance.NEUTRAL
    if closes_with(after, language.run if place.is_command else (*language.strong, *language.hand)):
        return Stance.DIRECTIVE
    always = ending(place.part, language.always)
    subject = place.part.removesuffix(always).rstrip()
    if _names_model(language, subject, after, is_always=bool(always or said)):
        return Stance.DIRECTIVE
    if closes_with(after, language.handing) and _is_topic_alone(language, subject):
        return Stance.DIRECTIVE
    is_order = always and _has_no_subject(subject, language.subjectless, place)
    enough = (*language.plain, *language.handing)
    return Stance.DIRECTIVE if is_order and closes_with(after, enough) else Stance.NEUTRAL


def _names_model(language: VerbLast, subject: str, after: str, *, is_always: bool) -> bool:
    """Whether the model is what has to be the one named, or stays it: "モデルは必ず X とする"."""
    if not subject.endswith(language.models):
        return False
    return closes_with(after, (*language.be, *language.being) if is_always else language.be)


def _is_topic_alone(language: VerbLast, subject: str) -> bool:
    """Whether nothing is said of who hands work over: "レビューは X に任せる", not "A は B を任せる"."""
    is_topic = subject.endswith(language.topics) and not subject.endswith(language.tellers)
    return is_topic and not any(word.endswith(language.objects) for word in subject.split())


def _has_no_subject(before: str, subjectless: tuple[str, ...], place: Place) -> bool:
    """Whether what stands before an order only says when it holds, and no subject that does so always."""
    return before.endswith(subjectless) if before else not place.is_statement
