"""Where in a region a model is named, and the fact that is made of it."""

from __future__ import annotations

from bisect import bisect_left

from agentlint.documents import InlineKind, inlines
from agentlint.facts.detectors.model_ids import ModelMatch
from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.source import Source
from agentlint.text import Region, Span

_INLINE_POSITIONS = {
    InlineKind.CODE: Position.INLINE_CODE,
    InlineKind.LINK_TARGET: Position.LINK,
    InlineKind.AUTOLINK: Position.LINK,
    InlineKind.COMMENT: Position.COMMENT,
    InlineKind.HTML: Position.COMMENT,
}


def inline_positions(region: Region) -> list[tuple[Span, Position]]:
    """What stands in code spans, links and comments of `region`, in order."""
    return [
        (inline.region.span(), _INLINE_POSITIONS[inline.kind])
        for inline in inlines(region)
        if inline.kind in _INLINE_POSITIONS
    ]


def placed(span: Span, positions: list[tuple[Span, Position]]) -> tuple[Position, bool]:
    """What `span` stands in, and whether that is a code span that holds nothing else."""
    before = bisect_left(positions, span.end, key=lambda inline: inline[0].start)
    if before and positions[before - 1][0].overlaps(span):
        around, position = positions[before - 1]
        return position, position is Position.INLINE_CODE and around == span
    return Position.PROSE, False


def mention_at(  # noqa: PLR0913 - one argument for each part of the fact that places tell apart
    match: ModelMatch,
    region: Region,
    position: Position,
    stance: Stance,
    source: Source,
    key: str = "",
    *,
    whole: bool = False,
) -> ModelMention:
    """The fact that `region` names a model at `match`."""
    return ModelMention(
        path=source.path,
        id=match.id,
        text=region.text[match.start : match.end],
        vendor=match.vendor,
        span=region.span(match.start, match.end),
        position=position,
        stance=stance,
        key=key,
        in_test=source.in_test,
        whole=whole,
    )
