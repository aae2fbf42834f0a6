"""Curves on logarithmic axes as SVG, with no library: few lines, and a file that diffs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple, TypeAlias

Curve: TypeAlias = Sequence[tuple[float, float]]
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 460, 320, 64, 40, 20, 52
_COLOURS = ("#0b6e4f", "#c8553d", "#3d5a98", "#8d6a9f", "#b08900", "#444444")


class Panel(NamedTuple):
    """One set of curves by name, with what is on its axes."""

    title: str
    across: str
    up: str
    curves: Mapping[str, Curve]


def svg(panels: Sequence[Panel]) -> str:
    """The panels, two a row."""
    rows = ceil(len(panels) / 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _WIDTH} {rows * _HEIGHT}">',
        "<style>text { font: 12px sans-serif }</style>",
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for index, panel in enumerate(panels):
        x, y = index % 2 * _WIDTH, index // 2 * _HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


class _Axis(NamedTuple):
    """From whole powers of ten to places: `low` and `high` are exponents."""

    low: int
    high: int
    start: float
    end: float

    def place(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[int]:
        return list(range(self.low, self.high + 1))


def _axis(values: Iterable[float], start: float, end: float) -> _Axis:
    exponents = [log10(value) for value in values]
    low = floor(min(exponents))
    return _Axis(low, max(ceil(max(exponents)), low + 1), start, end)


def _panel(panel: Panel) -> Iterable[str]:
    points = [point for curve in panel.curves.values() for point in curve]
    across = _axis((x for x, _ in points), _LEFT, _WIDTH - _RIGHT)
    up = _axis((y for _, y in points), _HEIGHT - _BOTTOM, _TOP)
    yield _text(_WIDTH / 2, 18, panel.title, 'font-weight="bold"')
    for power in across.ticks:
        x = across.place(10**power)
        yield _line(x, _TOP, x, _HEIGHT - _BOTTOM)
        yield _text(x, _HEIGHT - _BOTTOM + 16, f"{10.0**power:g}")
    for power in up.ticks:
        y = up.place(10**power)
        yield _line(_LEFT, y, _WIDTH - _RIGHT, y)
        yield _text(_LEFT - 6, y + 4, f"{10.0**power:g}", anchor="end")
    yield _text(_WIDTH / 2, _HEIGHT - 14, panel.across)
    yield _text(14, _HEIGHT / 2, panel.up, f'transform="rotate(-90 14 {_HEIGHT / 2})"')
    for index, (name, curve) in enumerate(panel.curves.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        places = [(across.place(x), up.place(y)) for x, y in curve]
        path = " ".join(f"{x},{y}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places)
        yield _text(_LEFT + 8, _TOP + 14 + 15 * index, name, f'fill="{colour}"', anchor="start")


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#dddddd"/>'


def _text(x: float, y: float, text: str, more: str = "", *, anchor: str = "middle") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {more}>{escape(text)}</text>'
