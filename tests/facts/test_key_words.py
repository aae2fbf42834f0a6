"""Keys that tell something are found in every text that spells them: what is asked of a text before its
tree is walked never loses a fact."""

from __future__ import annotations

import json
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agentlint.documents import DataDocument, parse
from agentlint.facts import exposure
from agentlint.facts.files import migration_keys
from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.text import Pattern, Region

SOURCE = Source("gateway.json", "", RouteScope.REPOSITORY)
KEYS = (
    *(migration_keys._WAY_BACK_KEY, migration_keys._MIGRATION_KEY, migration_keys._SIDE_KEY),
    exposure._EXPOSES,
)
VALUES = st.sampled_from([True, "yes", "https://gateway.example/v1", {"model": "a"}, ["b"], "x.md"])


def _spelled(pattern: Pattern) -> st.SearchStrategy[str]:
    """Texts that a pattern takes as a key, in any case."""
    keys = st.from_regex(pattern.compiled, fullmatch=True)
    return st.one_of(keys, keys.map(str.upper), keys.map(str.swapcase))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """JSON with keys of all kinds, the letters of some written as escapes."""
    keys = st.one_of(*map(_spelled, KEYS), st.sampled_from(["old_base_url", "new_base_url", "a"]))
    tree = draw(st.dictionaries(keys, VALUES, max_size=4))
    text = json.dumps(tree, ensure_ascii=draw(st.booleans()))
    return text.replace("e", "\\u0065") if draw(st.booleans()) else text


@settings(max_examples=40)
@given(documents())
@example('{"\u017fwitch_to": {"model": "a"}}')
@example('{"roll\\u0062ack": "go back"}')
@example('{"legacy_gateway": "a", "new_gateway": "b"}')
def test_no_key_is_lost_unread(text: str) -> None:
    document = parse("json", Region.whole(text))
    assert isinstance(document, DataDocument)
    asked = _told(document)
    with pytest.MonkeyPatch.context() as patch:
        for module in (migration_keys, exposure):
            _always_walk(module, patch)
        assert asked == _told(document)


def _always_walk(module: ModuleType, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(module, "may_spell_any", lambda text, words: True)


def _told(document: DataDocument) -> list[object]:
    return [*migration_keys.moves(document, SOURCE), *exposure.exposures(document, SOURCE)]
