"""Which headings and sentences move model calls to somewhere else, and which tell the way back.

Structure decides, never the distance between words: a heading that names the move of a gateway, provider,
route or base URL, or a sentence that orders one, or the move to another endpoint. Moves of databases,
packages and REST or MCP gateways, history ("was migrated"), conditions and prohibitions are none, and a
bare gateway or base URL is one of model calls only in a text that speaks of them.
"""

from __future__ import annotations

from functools import lru_cache

from agentlint.facts.suppression import without_suppressions
from agentlint.facts.wording import migration_words as words
from agentlint.text import has_letters_beyond_ascii


def names_migration(title: str, around: str) -> bool:
    """Whether a heading or the name of a job says that it moves model calls somewhere else.

    `around` is the whole text: a gateway or a base URL is what models are called by where it speaks of
    those.
    """
    folded = title.casefold()
    if not any(hint in folded for hint in words.HINTS_OF_MOVE) or _is_of_others(title):
        return False
    title = words.WHEN.sub("", title)
    if words.TOGGLE_HEADING.match(title):
        return False
    # Both headings hold their object; most titles do not, and compiling the headings takes longest.
    if words.ORDERED_OBJECT.search(title) and words.MIGRATION_HEADING.search(title):
        return True
    is_shared = words.ORDERED_SHARED_OBJECT.search(title) and words.SHARED_HEADING.search(title)
    return bool(is_shared) and _means_models(title, around)


def orders_migration(sentence: str, around: str) -> bool:
    """Whether a sentence orders someone to send model calls somewhere else; for `around` see
    `names_migration`."""
    order = words.MIGRATION_ORDER.search(sentence)
    if not order or words.NOT_AN_ORDER.search(sentence[: order.end()]) or _is_of_others(sentence):
        return False
    # The "to" of "easy to swap" leads nowhere.
    if not words.TOWARDS.search(sentence, order.start("verb"), order.end()):
        return False
    if words.FOR_A_WHILE.search(sentence):
        return False
    if words.TO_FILE.search(sentence) or words.FILLS_IN.match(sentence, order.start("verb")):
        return False
    moved = words.ORDERED_OBJECT.search(order["rest"]) or words.ENDPOINT_MOVE.search(order["rest"])
    return moved is not None or (
        words.ORDERED_SHARED_OBJECT.search(order["rest"]) is not None
        and _means_models(sentence, around)
    )


def names_rollback(title: str) -> bool:
    """Whether a heading or the name of a job says that it is about the way back."""
    return words.ROLLBACK_WORD.search(without_suppressions(title)) is not None


def tells_way_back(text: str) -> bool:
    """Whether a sentence says how to undo a change of where calls go; orders to git say nothing."""
    said = without_suppressions(text)
    is_said = words.WAY_BACK.search(said) is not None or tells_translated_way_back(said.casefold())
    return is_said and not words.GIT_SENSE.search(said)


def tells_translated_way_back(folded: str) -> bool:
    """Whether a text without capitals names the way back in another language than English."""
    if not has_letters_beyond_ascii(folded):
        return False
    from agentlint.facts.wording.orders_vocabulary import ways_back

    return any(way in folded for way in ways_back())


def _is_of_others(sentence: str) -> bool:
    """Whether a sentence that names a move speaks of something else than calls of models."""
    return bool(words.OTHER_SUBJECTS.search(sentence) or words.OF_LIBRARIES.search(sentence))


def _means_models(sentence: str, around: str) -> bool:
    return not words.NOT_OF_MODELS.search(sentence) and _speaks_of_models(around)


@lru_cache(maxsize=4)
def _speaks_of_models(text: str) -> bool:
    folded = text.casefold()
    return any(named in folded for named in words.OF_MODELS) or words.LLM.search(folded) is not None
