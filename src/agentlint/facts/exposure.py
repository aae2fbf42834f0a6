"""Keys by which a contract or run record says that an agent was given credentials.

The guides' keys: `publisher_token_available`, `cloudflare_token_available_to_writer`,
`secrets_in_prompt`; each is false where the boundary holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import DataDocument, Mapping, Node, Scalar, walk
from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.text import Pattern, Span, may_spell_any

_EXPOSES = Pattern(
    r"secrets_in_prompt|[a-z0-9_]{1,60}_(?:token|key|secret|credential)s?_available(?:_to_[a-z_]{1,40})?"
)
_WORDS = ("_in_prompt", "_available")
_YES = frozenset({"true", "yes"})


class Exposure(Struct, frozen=True):
    """`key` says that an agent has a credential, or that a prompt holds one."""

    path: str
    key: str
    span: Span
    scope: RouteScope = RouteScope.REPOSITORY


def exposures(document: DataDocument, source: Source) -> Iterator[Exposure]:
    """Each such key whose value is a yes."""
    if not may_spell_any(document.region.text.casefold(), _WORDS):
        return
    for root in document.roots:
        for _, node in walk(root):
            for entry in node.entries if isinstance(node, Mapping) else ():
                if _EXPOSES.fullmatch(entry.key.text.lower()) and _is_yes(entry.value):
                    yield Exposure(source.path, entry.key.text, entry.key.span, source.scope)


def _is_yes(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.strip().lower() in _YES
