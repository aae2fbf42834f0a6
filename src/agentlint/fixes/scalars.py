"""A value in the syntax of its language: in the quotes that it has, or in those that it needs."""

from __future__ import annotations

import json

from agentlint.documents import Scalar, ScalarKind
from agentlint.text import Pattern

# Plain in YAML whatever stands around it.
_WORD = Pattern(r"[A-Za-z_/.][\w/.-]{0,400}")
# Plain in YAML outside of brackets: no indicator first, no `: ` and no ` #`.
_PLAIN = Pattern(r"[\w$/.](?:[^\x00-\x1f\x7f:#]|:(?=[^\s])|(?<=[^\s])#){0,400}(?<![\s:])")
# Taken as it stands by shells, docker compose and the dotenv libraries alike.
_SHELL_WORD = Pattern(r"[\w/.:@%+,=~-]{0,2000}")
_IN_SHELL_QUOTES = Pattern(r"[^\x00-\x1f\x7f'\"\\$`]{0,2000}")
_NO_WORDS = frozenset("true false yes no on off null none y n".split())
_QUOTES = ("'", '"')


def quote_of(scalar: Scalar, text: str) -> str | None:
    """The quote mark around a scalar, "" for none; None for a block, several lines or a tag."""
    outer, inner = scalar.outer.cut(text), scalar.span.cut(text)
    if not scalar.region.exact or "\n" in outer or "\r" in outer:
        return None
    if outer == inner:
        return ""
    mark = outer[:1]
    return mark if mark in _QUOTES and outer == f"{mark}{inner}{mark}" else None


def written(value: str, language: str, quote: str, *, bracketed: bool) -> str | None:
    """`value` as a scalar of `language`, in the given quotes where it can stand in them.

    `bracketed` says that it stands in a YAML flow collection. None where there is no way.
    """
    if any(ord(character) < 0x20 for character in value):
        return None
    match language:
        case "json" | "jsonl":
            return json.dumps(value, ensure_ascii=False)
        case "toml":
            return f"'{value}'" if quote == "'" and "'" not in value else _in_double(value)
        case "yaml":
            return _yaml(value, quote, bracketed=bracketed)
        case "dotenv" | "dockerfile":
            plain = _IN_SHELL_QUOTES if quote else _SHELL_WORD
            return f"{quote}{value}{quote}" if plain.fullmatch(value) else None
    return None


def _yaml(value: str, quote: str, *, bracketed: bool) -> str:
    plain = _WORD if bracketed else _PLAIN
    if not quote and plain.fullmatch(value) and _is_text(value):
        return value
    return "'" + value.replace("'", "''") + "'" if quote == "'" else _in_double(value)


def _is_text(value: str) -> bool:
    """Whether any YAML reader takes the plain word for text."""
    from agentlint.documents.yaml_tree import plain_kind

    return plain_kind(value) is ScalarKind.STRING and value.lower() not in _NO_WORDS


def _in_double(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
