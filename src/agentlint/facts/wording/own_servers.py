"""Which server of one's own answers with the model of a clause: "Use X via Ollama", "`OLLAMA_MODEL=X`"."""

from __future__ import annotations

from agentlint.facts.variables.prefixes import providers_in_name
from agentlint.facts.wording.stance import clause_around
from agentlint.knowledge.providers import ProviderKind, is_own_program
from agentlint.text import Pattern

# Farther from a name than this, a clause tells of something else.
_REACH = 120
_WORD = Pattern(r"(?i:lm[ _-]studio)|[A-Za-z]{2,20}+(?:\.[A-Za-z]{2,5})?")
_ANSWERING = frozenset({ProviderKind.CLOUD, ProviderKind.AGGREGATOR})


def own_server(text: str, start: int, end: int) -> str:
    """The one that the clause around the model at `[start, end)` names; "" where it names none, or
    somebody else who answers with many vendors' models."""
    low, high = clause_around(text, start, end)
    before = _WORD.finditer(text, max(low, start - _REACH), start)
    behind = _WORD.finditer(text, end, min(high, end + _REACH))
    named = [word[0].lower().replace(" ", "_") for word in (*before, *behind)]
    if any(one.kind in _ANSWERING for name in named for one in providers_in_name((name,))):
        return ""
    return next(filter(_is_server, named), "")


def _is_server(name: str) -> bool:
    """Whether a word is the name of a program and no common noun: much is "local"."""
    return is_own_program(name) and ("." in name or any(providers_in_name((name,))))
