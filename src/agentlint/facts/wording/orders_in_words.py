"""Orders in the languages whose words stand between blanks: German, French, Spanish, Russian ..."""

from __future__ import annotations

from agentlint.facts.mention import Stance
from agentlint.facts.wording.order_place import STOPS, TRIMMED, Place
from agentlint.facts.wording.orders_vocabulary import (
    Words,
    anywhere,
    joined,
    languages,
    musts,
    ordering,
)

# More than an order, an adverb, an article, a negation and what it is for need.
_MOST_WORDS = 12
_LONGEST_PHRASE = 5
_LONGEST_ARTICLE = 3


def stance_in_words(place: Place) -> Stance:
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


def obliges_in_words(place: Place) -> bool:
    """Whether a word around a name says that something must be done, or "always" beside an imperative."""
    said = frozenset((*_words(place.part), *_words_behind(place.after)))
    return any(
        said & one.musts
        or (
            said & one.always.difference(anywhere().requests)
            and said & (one.imperatives | one.hand)
        )
        for one in languages()
    )


def _is_order(language: Words, before: list[str], behind: list[str], place: Place) -> bool:
    if _hands_over(language, before, place) or _must_be(language, before, behind):
        return True
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


def _hands_over(language: Words, before: list[str], place: Place) -> bool:
    """Whether the words before a name hand work over to it: "Delegue la revisión a X"."""
    hands = language.hand | language.handing
    at = next((at for at, word in enumerate(before) if word in hands), -1)
    if at < 0:
        return False
    end = len(before)
    while end > at + 1 and before[end - 1] in language.fillers:
        end -= 1
    if language.to and before[end - 1] not in language.to:
        return False
    frame = {word for word in before[:end] if word in language.always | language.musts}
    work = [word for word in before[at + 1 : end] if word not in frame][
        : -1 if language.to else None
    ]
    first = [word for word in before[:at] if word not in frame | language.subjects]
    if first and language.to:
        return False
    if len(work) + len(first) > _LONGEST_PHRASE or not language.breaks.isdisjoint((*work, *first)):
        return False
    if not language.negations.isdisjoint(before):
        return False
    return before[at] in language.hand or (bool(frame) and not place.is_statement)


def _must_be(language: Words, before: list[str], behind: list[str]) -> bool:
    """Whether a model has to be the one named: "El modelo debe ser X", "Das Modell muss X sein"."""
    at = next((at for at, word in enumerate(before) if word in language.musts), -1)
    of = next((of for of, word in enumerate(before) if word in language.model), -1)
    if not 0 <= of < at or not (language.breaks | language.negations).isdisjoint(before[:of]):
        return False
    if not language.negations.isdisjoint(before):
        return False
    said = [word for word in before[at + 1 :] if word not in language.always | language.fillers]
    if said:
        return len(said) == 1 and said[0] in language.be
    return not language.be.isdisjoint(behind[:1])


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


def _is_conditional(language: Words, place: Place) -> bool:
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
    words = [word for piece in text.lower().split() if (word := piece.strip(TRIMMED))]
    line = f" {' '.join(words)} "
    for several, one in joined():
        line = line.replace(several, one)
    return line.split()


def _words_behind(after: str) -> list[str]:
    """The words between a name and the next mark of punctuation."""
    end = min((at for mark in STOPS if (at := after.find(mark)) >= 0), default=len(after))
    return _words(after[:end])
