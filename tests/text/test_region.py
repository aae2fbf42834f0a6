"""Embedded text keeps its places, however deep it is embedded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agentlint.text import Position, Region, SourceFile, Span, line_starts

TEXT = st.text(st.sampled_from("ab \t\n\r€😀\u2028\x0b"), max_size=60)


@st.composite
def regions(draw: st.DrawFn) -> tuple[str, Region]:
    """A file and a region of some of its pieces, in order."""
    file = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(file)), max_size=8)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return file, Region.join([(span.cut(file), span) for span in spans])


@given(regions(), st.data())
def test_every_character_of_a_region_is_where_it_says(
    made: tuple[str, Region], data: st.DataObject
) -> None:
    file, region = made
    for offset, character in enumerate(region.text):
        assert region.span(offset, offset + 1).cut(file) == character
    low = data.draw(st.integers(0, len(region.text)))
    high = data.draw(st.integers(low, len(region.text)))
    inner = region.cut(low, high)
    assert inner.text == region.text[low:high]
    for offset, character in enumerate(inner.text):
        assert inner.span(offset, offset + 1).cut(file) == character
        assert region.span(low, high).contains(inner.span(offset, offset + 1))


def test_an_escape_is_taken_whole() -> None:
    file = r'"a\u00e9b"'
    region = Region.join([("a", Span(1, 2)), ("é", Span(2, 8)), ("b", Span(8, 9))])
    assert region.span(1, 2).cut(file) == r"\u00e9"
    assert region.span(0, 3).cut(file) == r"a\u00e9b"
    assert region.cut(1, 3).span().cut(file) == r"\u00e9b"


def test_an_empty_region_still_has_a_place() -> None:
    assert Region.join([], at=7).span() == Span(7, 7)
    assert Region.whole("abc").cut(2, 2).span() == Span(2, 2)


@given(TEXT)
def test_lines_end_where_editors_end_them(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    source = SourceFile("x", text)
    assert [source.line_text(n + 1) for n in range(source.line_count)] == plain.split("\n")
    for number, start in enumerate(line_starts(text), 1):
        assert source.position(start) == Position(number, 1)
