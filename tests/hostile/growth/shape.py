"""What a hostile repository may repeat, and how often it takes to see how time grows with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Files: TypeAlias = Mapping[str, str]
Shape: TypeAlias = Callable[[int], Files]

SHAPES: dict[Shape, int] = {}
"""Every shape, with how often a short run repeats it; a long one does so a few times as often."""


def few(number: int) -> Callable[[Shape], Shape]:
    """Makes a shape of the function that writes its files, and says how often a short run repeats it."""

    def mark(shape: Shape) -> Shape:
        SHAPES[shape] = number
        return shape

    return mark
