"""Places go to the client and come back, whatever it counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind

from agentlint.server.positions import Positions
from agentlint.text import SourceFile

TEXTS = st.text(alphabet="aé😀\u2028\x0b\n\r", max_size=60)


@given(TEXTS, st.sampled_from([kind.value for kind in PositionEncodingKind]), st.data())
def test_an_offset_survives_the_way_there_and_back(text, encoding, data) -> None:
    places = Positions(SourceFile("a.md", text), encoding)
    offset = data.draw(st.integers(0, len(text)))
    line = places.source.line_span(places.source.position(offset).line)
    # Within a line end there is no place but the end of the line.
    assert places.offset(places.position(offset)) == min(offset, line.end)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 6), ("utf-16", 4), ("utf-32", 3)])
def test_each_encoding_counts_its_own_units(encoding: str, column: int) -> None:
    places = Positions(SourceFile("a.md", "x\na😀b"), encoding)
    assert places.position(5) == Position(1, column)


def test_a_place_beyond_the_text_is_its_end() -> None:
    places = Positions(SourceFile("a.md", "ab\n😀"))
    assert places.offset(Position(0, 99)) == 2
    assert places.offset(Position(99, 0)) == 4
    assert places.offset(Position(1, 1)) == 4
