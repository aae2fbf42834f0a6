"""Headings, lead-ins and heads of columns in languages other than English that forbid what stands below.

A label forbids only if all of it is made of known words and one of them forbids: "Verboten" and "Ne pas
utiliser les modèles suivants" do, "Nicht-Ziele" and "Gestion des erreurs" do not, and "À faire / à ne pas
faire" says both. The lists (`rules/data/orders.toml`) are closed, and a label is read once, from its start
to its end.
"""

from __future__ import annotations

from agentlint.facts.wording.orders_vocabulary import (
    Labels,
    anywhere,
    labels_in_pieces,
    labels_in_words,
)

_MARKS = " \t\r\n\u3000*_`~#:：.。!！?？…—–-、,，\"'“”«»「」【】[]>❌✅✔✓🚫⛔⚠️\ufe0f"
_SENTENCE_ENDS = "。！？"
_OPENS = "(（"


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
    if any(_forbid(words, one) for one in labels_in_words()):
        return True
    if any(words[0] in one.allows for one in labels_in_words()):
        return False
    if text.isascii() and not text.startswith(("NG", "OK")):
        return None
    joined = "".join(text.split())
    if any(_forbid(_pieces(joined, one), one) for one in labels_in_pieces()):
        return True
    allows = any(joined.startswith(tuple(one.allows)) for one in labels_in_pieces())
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


def _forbid(words: list[str], labels: Labels) -> bool:
    if " ".join(words) in anywhere().answers:
        return False
    return not labels.forbids.isdisjoint(words) and labels.known.issuperset(words)


def _pieces(text: str, labels: Labels) -> list[str]:
    """`text` cut into words of labels, the longest first; nothing where it holds any other."""
    longest = max(map(len, labels.known))
    found, at = list[str](), 0
    while at < len(text):
        pieces = (text[at : at + length] for length in range(longest, 0, -1))
        piece = next((piece for piece in pieces if piece in labels.known), "")
        if not piece:
            return []
        found.append(piece)
        at += len(piece)
    return found
